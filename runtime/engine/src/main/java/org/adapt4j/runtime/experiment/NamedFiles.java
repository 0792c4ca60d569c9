package org.adapt4j.runtime.experiment;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.adapt4j.runtime.run.PlannedCell;

/** Finds what cells read or run besides the jars: data sets, cartridges, models, a native library, a Python. */
public final class NamedFiles {

    private NamedFiles() {}

    /**
     * Files and folders that settings name by a path or by a name with a dot, and the Python that plays, which may be named as on a
     * command line.
     *
     * @param cells as planned
     */
    public static SortedSet<Path> of(List<PlannedCell> cells) {
        // Thousands of cells name the same few files: each is looked for once.
        Set<String> texts = new HashSet<>();
        Set<String> programs = new HashSet<>();
        for (PlannedCell cell : cells) {
            Config settings = ConfigFactory.parseString(cell.resolved());
            settings.entrySet().stream()
                    .flatMap(setting -> setting.getValue() instanceof ConfigList list
                            ? list.stream()
                            : Stream.of(setting.getValue()))
                    .map(ConfigValue::unwrapped)
                    .filter(String.class::isInstance)
                    .forEach(value -> texts.add((String) value));
            python(settings).ifPresent(programs::add);
        }
        SortedSet<Path> files = new TreeSet<>();
        texts.forEach(text -> named(text).ifPresent(files::add));
        programs.forEach(name -> program(name).ifPresent(files::add));
        return files;
    }

    private static Optional<Path> named(String text) {
        if (text.contains("/")) {
            return path(text).filter(Files::exists);
        }
        return text.contains(".") ? path(text).filter(Files::isRegularFile) : Optional.empty();
    }

    /** That of the benchmark, or of the section of its back end; one of a back end that does not play counts for nothing. */
    private static Optional<String> python(Config settings) {
        return text(settings, "benchmark.python")
                .or(() -> text(settings, "benchmark.back-end")
                        .flatMap(backEnd -> text(settings, "benchmark." + backEnd + ".python")));
    }

    private static Optional<String> text(Config settings, String path) {
        return settings.hasPath(path) && settings.getValue(path).unwrapped() instanceof String text
                ? Optional.of(text)
                : Optional.empty();
    }

    /** Where a program lies that a process would start by this name. */
    private static Optional<Path> program(String name) {
        String folders = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return name.isEmpty() || name.contains("/")
                ? Optional.empty()
                : Stream.of(folders.split(File.pathSeparator))
                        .flatMap(folder -> path(folder).stream())
                        .flatMap(folder -> path(name).map(folder::resolve).stream())
                        .filter(Files::isExecutable)
                        .filter(Files::isRegularFile)
                        .findFirst();
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty(); // no path, so no file
        }
    }
}
