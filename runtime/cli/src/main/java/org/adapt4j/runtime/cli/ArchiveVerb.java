package org.adapt4j.runtime.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Callable;
import org.adapt4j.runtime.natives.OwnFolder;
import org.adapt4j.runtime.program.CellProgram;
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.CellProcess;
import org.adapt4j.runtime.run.PlannedCell;
import org.adapt4j.runtime.run.RunFolder;
import org.adapt4j.runtime.run.RunPlan;
import org.adapt4j.runtime.run.StorageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Writes the class data of a cell's process, which Java maps instead of loading each class anew. The launcher does so once for each build,
 * on the class path that it runs.
 */
@Command(name = "archive", description = "Write the class data from which cells start sooner.")
final class ArchiveVerb implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "FILE", description = "What to write.")
    private Path file = Path.of("");

    ArchiveVerb(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try {
            Path work = Files.createTempDirectory("adapt4j-archive");
            try {
                return write(work);
            } finally {
                OwnFolder.delete(work);
            }
        } catch (IOException e) {
            throw StorageException.of(file, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Exit.INTERRUPTED;
        }
    }

    private int write(Path work) throws IOException, InterruptedException {
        Path experiment = work.resolve("archive.conf");
        try (InputStream text = ArchiveVerb.class.getResourceAsStream("archive.conf")) {
            if (text == null) {
                throw new IllegalStateException("archive.conf is missing from the jar");
            }
            Files.copy(text, experiment);
        }
        Workbench workbench = new PluginOption().workbench();
        RunPlan plan = workbench.plan(experiment, List.of());
        RunFolder run = RunFolder.create(work.resolve("run"), plan);
        PlannedCell planned = plan.cells().get(0);
        CellFolder cell = run.cell(planned);
        Path made = Files.createTempFile(file.toAbsolutePath().getParent(), "cells", ".part");
        Files.delete(made);
        Process process = CellProcess.like(
                        workbench.resources(planned.resolved()),
                        List.of(
                                "-XX:ArchiveClassesAtExit=" + made,
                                "-Xlog:disable",
                                CellProgram.class.getName(),
                                cell.path().toString()))
                .redirectErrorStream(true)
                .redirectOutput(cell.log().toFile())
                .start();
        int exit = process.waitFor();
        if (exit != 0 || !Files.isRegularFile(made)) {
            cell.logTail().forEach(console.err()::println);
            return Exit.INTERNAL;
        }
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        return Exit.OK;
    }
}
