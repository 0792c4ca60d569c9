package org.adapt4j.runtime.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.adapt4j.runtime.program.CellProgram;
import org.adapt4j.runtime.program.Signals;
import org.adapt4j.runtime.run.CellEnd;
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.SingleCell;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs one cell as {@code run} does. Its exit status is what {@link CellEnd} says. */
@Command(name = "cell", description = "Run one cell of a run, as run itself does (for schedulers).")
final class CellVerb implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "CELL", description = "Folder of the cell.")
    private Path path = Path.of("");

    @Mixin
    private PluginOption plugins = new PluginOption();

    CellVerb(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        CellFolder folder = CellFolder.at(path.toAbsolutePath().normalize());
        SingleCell cell = CellProgram.start(folder, plugins.folder());
        List.of("TERM", "INT", "HUP").forEach(name -> Signals.on(name, cell::stop));
        int exit = cell.await();
        if (exit != CellEnd.DONE) {
            console.err()
                    .println(
                            folder.exists()
                                    ? folder.lastReason().orElse("see " + folder.log())
                                    : folder.path() + ": this folder was deleted while its cell ran");
        }
        return exit;
    }
}
