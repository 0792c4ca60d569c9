package org.adapt4j.runtime.run;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Runs each cell in a Java process of its own on this machine, with the same class path as this one.
 *
 * <p>One process per cell, because libtorch's seed and thread counts belong to the process, and because a crash in native code then ends one
 * cell only. The process's output goes to {@code cell.log}. It gets a pipe as standard input whose end tells it that this process is gone.
 */
public final class CellProcess implements CellLauncher {
    private final Function<CellFolder, CellResources> resources;
    private final List<Path> classPath;
    private final String mainClass;
    private final Optional<Path> plugins;

    /**
     * @param resources of each cell
     * @param mainClass of the cells, see {@link CellCommand}
     * @param plugins folder of further jars
     */
    public CellProcess(Function<CellFolder, CellResources> resources, String mainClass, Optional<Path> plugins) {
        this.resources = resources;
        this.classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
        this.mainClass = mainClass;
        this.plugins = plugins;
    }

    /** How a cell is started here. */
    public CellCommand command(CellFolder folder) {
        return new CellCommand(resources.apply(folder), classPath, mainClass, plugins);
    }

    @Override
    public Running start(CellFolder folder) {
        return start(folder, List.of());
    }

    /** The same. @param devices of CUDA that the cell sees, by number; empty for all */
    Running start(CellFolder folder, List<String> devices) {
        try {
            return new Child(command(folder).in(folder.path(), devices).start());
        } catch (IOException e) {
            throw StorageException.of(folder.log(), e);
        }
    }

    /** Where cells of a class path look for the class data that they start from. */
    public static Path classDataBeside(String classPath) {
        return CellEnvironment.classDataBeside(classPath);
    }

    /** Lets all cells of this process start from these class data, if there are none beside their jars. */
    public static void startFrom(Path classData) {
        System.setProperty(CellEnvironment.CLASS_DATA, classData.toString());
    }

    /**
     * A Java process with the class path, the options and the environment of a cell, to measure what cells would do.
     *
     * @param arguments main class, and what it is called with
     */
    public static ProcessBuilder like(CellResources given, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(CellEnvironment.options(given, Path.of(System.getProperty("java.io.tmpdir"))));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(arguments);
        return likeOther(given, command);
    }

    /** Any process in the environment of a cell: the same threads, the same allocator. */
    public static ProcessBuilder likeOther(CellResources given, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        CellEnvironment.apply(given, builder.environment());
        return builder;
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
