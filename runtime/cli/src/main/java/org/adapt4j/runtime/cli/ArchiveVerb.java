package org.adapt4j.runtime.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.adapt4j.runtime.natives.OwnFolder;
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.CellProcess;
import org.adapt4j.runtime.run.Code;
import org.adapt4j.runtime.run.CodeLog;
import org.adapt4j.runtime.run.RunFolder;
import org.adapt4j.runtime.run.RunPlan;
import org.adapt4j.runtime.run.StorageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Writes the class data of a cell's process, which Java maps instead of loading each class anew. The launcher of a checkout does so once for
 * each build, on the class path that it runs; elsewhere {@link ClassData} does.
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
        return write(file, new PluginOption().workbench(), console.err()::println) ? Exit.OK : Exit.INTERNAL;
    }

    /**
     * Writes the class data, and says nothing.
     *
     * @return whether Java wrote any
     * @throws StorageException if they cannot be written there
     */
    static boolean write(Path file, Workbench workbench) {
        return write(file, workbench, line -> {});
    }

    private static boolean write(Path file, Workbench workbench, Consumer<String> complaints) {
        try {
            // First of all, for it may be that nothing can be written there.
            Path made = Files.createTempFile(file.toAbsolutePath().getParent(), "cells", ".part");
            Path work = Files.createTempDirectory("adapt4j-archive");
            try {
                Files.delete(made);
                CellFolder cell = cell(work, workbench);
                if (exit(cell, made, workbench) != 0 || !Files.isRegularFile(made)) {
                    cell.logTail().forEach(complaints);
                    return false;
                }
                Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
                return true;
            } finally {
                Files.deleteIfExists(made);
                OwnFolder.delete(work);
            }
        } catch (IOException e) {
            throw StorageException.of(file, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static CellFolder cell(Path work, Workbench workbench) throws IOException {
        Path experiment = work.resolve("archive.conf");
        try (InputStream text = ArchiveVerb.class.getResourceAsStream("archive.conf")) {
            if (text == null) {
                throw new IllegalStateException("archive.conf is missing from the jar");
            }
            Files.copy(text, experiment);
        }
        RunPlan plan = workbench.plan(experiment, List.of());
        RunFolder run = RunFolder.create(work.resolve("run"), plan);
        CodeLog log = CodeLog.of(run.path());
        log.pin(Code.ofThisProcess(Optional.empty(), log.last()), Map.of(), true, false);
        return run.cell(plan.cells().get(0));
    }

    private static int exit(CellFolder cell, Path made, Workbench workbench) throws IOException, InterruptedException {
        Process process = CellProcess.like(
                        workbench.resources(cell.resolved()),
                        List.of(
                                "-XX:ArchiveClassesAtExit=" + made,
                                "-Xlog:disable",
                                ArchivedCell.class.getName(),
                                cell.path().toString()))
                .redirectErrorStream(true)
                .redirectOutput(cell.log().toFile())
                .start();
        return process.waitFor();
    }
}
