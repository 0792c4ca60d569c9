package org.adapt4j.runtime.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.adapt4j.runtime.natives.OwnFolder;
import org.adapt4j.runtime.program.Signals;
import org.adapt4j.runtime.run.CellProcess;
import org.adapt4j.runtime.run.RunFolder;
import org.adapt4j.runtime.run.Sha256;
import org.adapt4j.runtime.run.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The class data from which cells start sooner, of an installation that came without: they belong to one Java and to the places of the
 * jars, so they are made where they are used, once, beside the jars or else in this user's cache. Without them cells only start later.
 */
final class ClassData {
    /** Making them takes about what this many cells gain by them. */
    static final int WORTHWHILE_CELLS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(ClassData.class);

    /** What became of an attempt to make them. */
    enum Made {
        /** They are there. */
        WRITTEN,
        /** This Java makes none. */
        NEVER,
        /** It was stopped, or lacked memory or space: another time it may be well. */
        NOT_NOW
    }

    /** Makes class data. */
    @FunctionalInterface
    interface Maker {
        /** @throws StorageException if the file cannot be written */
        Made make(Path file);
    }

    private ClassData() {}

    /**
     * Sees to it that the cells of a run find class data, if enough of them are left to be worth it.
     *
     * @return false if a signal asked to stop meanwhile
     */
    static boolean provide(RunFolder folder, Workbench workbench) {
        String classPath = System.getProperty("java.class.path");
        // Cells look beside their jars themselves.
        if (!isOfJars(classPath) || Files.exists(CellProcess.classDataBeside(classPath))) {
            return true;
        }
        return Signals.interruptible(() -> {
            try {
                provide(
                                classPath,
                                OwnFolder.of("class-data").resolve(key(classPath) + ".jsa"),
                                () -> left(folder) >= WORTHWHILE_CELLS,
                                file -> ArchiveVerb.write(file, workbench))
                        .ifPresent(CellProcess::startFrom);
            } catch (IOException | RuntimeException e) {
                LOG.debug("no class data", e); // whatever it is, a run needs none
            }
        });
    }

    /**
     * Finds class data or makes them.
     *
     * @param cache file that is used where nothing can be written beside the jars
     * @param worthwhile whether to make them; asked only if there are none
     * @return where they are; empty if there are none, or this Java makes none, which an empty file says
     */
    static Optional<Path> provide(String classPath, Path cache, BooleanSupplier worthwhile, Maker maker)
            throws IOException {
        List<Path> places = List.of(CellProcess.classDataBeside(classPath), cache);
        for (Path file : places) {
            if (Files.exists(file)) {
                return Files.size(file) > 0 ? Optional.of(file) : Optional.empty();
            }
        }
        if (!worthwhile.getAsBoolean()) {
            return Optional.empty();
        }
        for (Path file : places) {
            try {
                Made made = maker.make(file);
                if (made == Made.NEVER) {
                    Files.createFile(file);
                }
                return made == Made.WRITTEN ? Optional.of(file) : Optional.empty();
            } catch (StorageException e) {
                LOG.debug("no class data in {}", file, e);
            }
        }
        return Optional.empty();
    }

    /** How many cells are left to compute. */
    private static long left(RunFolder folder) {
        return folder.status().stream()
                .filter(status -> !status.state().isFinal())
                .count();
    }

    /** Java archives classes of jars only. */
    private static boolean isOfJars(String classPath) {
        return Stream.of(classPath.split(File.pathSeparator)).allMatch(part -> part.endsWith(".jar"));
    }

    /** Tells builds and versions of Java apart. */
    private static String key(String classPath) throws IOException {
        StringBuilder text = new StringBuilder(System.getProperty("java.home") + System.getProperty("java.vm.version"));
        for (String part : classPath.split(File.pathSeparator)) {
            Path jar = Path.of(part);
            text.append('\n').append(jar.toAbsolutePath()).append(' ');
            text.append(Files.size(jar)).append(' ').append(Files.getLastModifiedTime(jar));
        }
        return Sha256.of(text.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    }
}
