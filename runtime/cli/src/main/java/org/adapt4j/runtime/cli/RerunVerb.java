package org.adapt4j.runtime.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.adapt4j.runtime.experiment.ResolvedCell;
import org.adapt4j.runtime.packaging.Comparison;
import org.adapt4j.runtime.packaging.Level;
import org.adapt4j.runtime.program.CellProgram;
import org.adapt4j.runtime.program.Signals;
import org.adapt4j.runtime.run.CellEnd;
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.DurableFiles;
import org.adapt4j.runtime.run.SingleCell;
import org.adapt4j.runtime.run.StorageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs one cell again, from its folder alone, and compares. */
@Command(
        name = "rerun",
        description =
                "Run one cell again from its folder alone, into another folder, and compare the two bit by bit where the"
                        + " machines allow it. Exit status 4 where they differ.")
final class RerunVerb implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "CELL", description = "Folder of the cell, as in RUN/cells/0123456789abcdef.")
    private Path path = Path.of("");

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder for the cell that is run again.")
    private Path out = Path.of("");

    @Mixin
    private PluginOption plugins = new PluginOption();

    RerunVerb(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        CellFolder before = CellFolder.at(path.toAbsolutePath().normalize());
        String resolved = before.resolved();
        Path cells = out.toAbsolutePath().normalize().resolve("cells");
        CellFolder again = CellFolder.at(cells.resolve(CellFolder.idOf(resolved)));
        if (again.exists()) {
            throw new UsageException("--out " + out + ": holds this cell already; choose another folder");
        }
        if (ResolvedCell.parse(resolved).method() instanceof ResolvedCell.Method.Adapt adapt) {
            adapt.learned().ifPresent(id -> copyLearned(before.sibling(id), again.sibling(id)));
        }
        DurableFiles.write(again.path().resolve(CellFolder.RESOLVED), resolved);
        SingleCell cell = CellProgram.start(again, plugins.folder());
        List.of("TERM", "INT", "HUP").forEach(name -> Signals.on(name, cell::stop));
        int exit = cell.await();
        if (exit != CellEnd.DONE) {
            console.err().println(again.lastReason().orElse("see " + again.log()));
            return exit;
        }
        Level level = Comparison.ofCells(before.path(), again.path());
        console.out().println(level);
        return level.outcome() == Level.Outcome.DIFFERENT ? Exit.DIFFERENT : Exit.OK;
    }

    /** What the cell starts from lies beside it, in the run or in a package of it. */
    private static void copyLearned(CellFolder from, CellFolder to) {
        Path learned = from.learned();
        if (!Files.isDirectory(learned)) {
            throw new UsageException(
                    from.path() + ": the cell starts from what this one learned, which is not there. Bring"
                            + " its folder too, or run it again first: adapt4j rerun " + from.path());
        }
        try (var files = Files.list(learned)) {
            for (Path file : files.toList()) {
                Optional<Path> name = Optional.ofNullable(file.getFileName());
                Path copy = to.learned().resolve(name.orElseThrow().toString());
                Files.createDirectories(to.learned());
                Files.copy(file, copy);
            }
            DurableFiles.write(to.path().resolve(CellFolder.RESOLVED), from.resolved());
            Files.copy(from.path().resolve("result.json"), to.path().resolve("result.json"));
            Files.copy(from.path().resolve("SHA256SUMS"), to.path().resolve("SHA256SUMS"));
        } catch (IOException e) {
            throw StorageException.of(to.path(), e);
        }
    }
}
