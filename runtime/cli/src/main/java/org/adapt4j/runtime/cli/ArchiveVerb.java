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
import org.adapt4j.runtime.program.Signals;
import org.adapt4j.runtime.run.CellEnd;
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
        Workbench workbench = new PluginOption().workbench();
        ClassData.Made[] made = {ClassData.Made.NOT_NOW};
        if (!Signals.interruptible(() -> made[0] = write(file, workbench, console.err()::println))) {
            console.err().println("stopped; " + file + " was not written");
            return Exit.INTERRUPTED;
        }
        return switch (made[0]) {
            case WRITTEN -> Exit.OK;
            case NEVER -> {
                console.err().println(file + " was not written: this Java makes no class data. Cells only start later");
                yield Exit.INTERNAL;
            }
            case NOT_NOW -> {
                console.err()
                        .println(file
                                + " was not written: its process was stopped, or lacked memory or space. Try again");
                yield Exit.INTERRUPTED;
            }
        };
    }

    /**
     * Writes the class data, and says nothing. A thread that is interrupted stops the attempt, and stays interrupted.
     *
     * @throws StorageException if they cannot be written there
     */
    static ClassData.Made write(Path file, Workbench workbench) {
        return write(file, workbench, line -> {});
    }

    private static ClassData.Made write(Path file, Workbench workbench, Consumer<String> complaints) {
        try {
            // First of all, for it may be that nothing can be written there.
            Path made = Files.createTempFile(file.toAbsolutePath().getParent(), "cells", ".part");
            Path work = Files.createTempDirectory("adapt4j-archive");
            try {
                Files.delete(made);
                CellFolder cell = cell(work, workbench);
                ClassData.Made outcome = outcome(exit(cell, made, workbench), Files.isRegularFile(made));
                if (outcome == ClassData.Made.WRITTEN) {
                    Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
                } else {
                    cell.logTail().forEach(complaints);
                }
                return outcome;
            } finally {
                Files.deleteIfExists(made);
                OwnFolder.delete(work);
            }
        } catch (IOException e) {
            throw StorageException.of(file, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ClassData.Made.NOT_NOW;
        }
    }

    /**
     * What the end of the process means.
     *
     * @param exit its status, see {@link CellEnd}; a Java that cannot start ends with 1 too
     * @param written whether it began to write a file, which it does last of all
     */
    static ClassData.Made outcome(int exit, boolean written) {
        if (exit == CellEnd.DONE && written) {
            return ClassData.Made.WRITTEN;
        }
        boolean ranToItsEnd = exit == CellEnd.DONE || exit == CellEnd.FAILED;
        return ranToItsEnd && !written ? ClassData.Made.NEVER : ClassData.Made.NOT_NOW;
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
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly().onExit().join(); // or it would write after what it wrote was cleared up
            throw e;
        }
    }
}
