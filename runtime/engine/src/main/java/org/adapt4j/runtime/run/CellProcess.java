package org.adapt4j.runtime.run;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Runs each cell in a Java process of its own on this machine, with the same class path as this one.
 *
 * <p>One process per cell, because libtorch's seed and thread counts belong to the process, and because a crash in native code then ends one
 * cell only. The process's output goes to {@code cell.log}. It gets a pipe as standard input whose end tells it that this process is gone.
 */
public final class CellProcess implements CellLauncher {
    /**
     * What makes training faster: without secondary arenas and with these thresholds, glibc keeps the pages of freed tensors instead of
     * handing them back, and memory that is fresh to a process is dear (1.25 times faster IMPALA training, measured for this project).
     */
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "OPT_OUT_TRACKING", "true",
            "MALLOC_ARENA_MAX", "1",
            "MALLOC_MMAP_THRESHOLD_", "4294967296",
            "MALLOC_TRIM_THRESHOLD_", "17179869184",
            "MALLOC_TOP_PAD_", "67108864");

    private final Function<PlannedCell, CellResources> resources;
    private final String classPath;
    private final String mainClass;
    private final List<String> options;

    /**
     * @param resources of each cell
     * @param mainClass is called with {@code cell --watch-input FOLDER} and {@code options}
     * @param options further arguments for it, such as the plug-in folder
     */
    public CellProcess(Function<PlannedCell, CellResources> resources, String mainClass, List<String> options) {
        this.resources = resources;
        this.classPath = System.getProperty("java.class.path");
        this.mainClass = mainClass;
        this.options = List.copyOf(options);
    }

    @Override
    public Running start(PlannedCell cell, CellFolder folder) {
        CellResources given = resources.apply(cell);
        ProcessBuilder builder = new ProcessBuilder(command(folder.path(), given));
        builder.environment().putAll(ENVIRONMENT);
        builder.environment().put("OMP_NUM_THREADS", Integer.toString(given.threads()));
        builder.environment().put("MKL_NUM_THREADS", Integer.toString(given.threads()));
        File log = folder.log().toFile();
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log));
        try {
            return new Child(builder.start());
        } catch (IOException e) {
            throw StorageException.of(folder.log(), e);
        }
    }

    private List<String> command(Path folder, CellResources given) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + given.heapMegabytes() + "m");
        // Replays lie outside the heap and are as large as the experiment says; the plan has told how large.
        command.add("-XX:MaxDirectMemorySize=1024g");
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("-XX:+UseSerialGC");
        command.add("-XX:ErrorFile=" + folder.resolve("hs_err.log"));
        command.add("-XX:-CreateCoredumpOnCrash");
        command.add("-Djava.awt.headless=true");
        // A library that is missing is an error to report, not one to fetch from the network while experiments run.
        command.add("-Dai.djl.offline=true");
        command.add("-cp");
        command.add(classPath);
        command.add(mainClass);
        command.add("cell");
        command.add("--watch-input");
        command.addAll(options);
        command.add(folder.toString());
        return command;
    }

    private record Child(Process process) implements Running {
        @Override
        public long pid() {
            return process.pid();
        }

        @Override
        public CompletableFuture<Integer> exit() {
            return process.onExit().thenApply(Process::exitValue);
        }

        @Override
        public void askToStop() {
            process.destroy();
        }

        @Override
        public void kill() {
            process.destroyForcibly();
        }
    }
}
