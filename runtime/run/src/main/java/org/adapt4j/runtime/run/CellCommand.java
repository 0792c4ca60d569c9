package org.adapt4j.runtime.run;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How the process of a cell is started, on whichever machine: by the Java of the process that starts it.
 *
 * @param given what the cell gets
 * @param classPath jars and folders of classes
 * @param mainClass is called with {@code --plugins} and the folder of plug-ins, if there is one, and with the folder of the cell
 * @param plugins folder of further jars
 */
public record CellCommand(CellResources given, List<Path> classPath, String mainClass, Optional<Path> plugins) {
    /** Names the folder of plug-ins in the arguments of the main class. */
    public static final String PLUGINS = "--plugins";

    /** Freezes the list. */
    public CellCommand {
        classPath = List.copyOf(classPath);
    }

    /**
     * The process, not started yet: its output goes to {@code cell.log}, and the end of its standard input tells it that who started it is
     * gone.
     *
     * @param folder of the cell
     * @param devices of CUDA that it sees, by number; empty for all
     */
    public ProcessBuilder in(Path folder, List<String> devices) {
        String jars = classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(CellEnvironment.options(given, folder));
        command.addAll(CellEnvironment.shortCuts(jars));
        command.addAll(List.of("-cp", jars, mainClass));
        plugins.ifPresent(jar -> command.addAll(List.of(PLUGINS, jar.toString())));
        command.add(folder.toString());
        ProcessBuilder builder = new ProcessBuilder(command);
        CellEnvironment.apply(given, builder.environment());
        if (!devices.isEmpty()) {
            builder.environment().put("CUDA_VISIBLE_DEVICES", String.join(",", devices));
        }
        File log = CellFolder.at(folder).log().toFile();
        return builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log));
    }
}
