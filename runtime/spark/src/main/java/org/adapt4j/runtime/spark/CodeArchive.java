package org.adapt4j.runtime.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.adapt4j.runtime.run.CellCommand;

/**
 * The jars of the cells in one archive, which Spark sends to each executor once and unpacks there.
 *
 * @param file the archive
 * @param classPath where the jars are on a worker, relative to its files
 * @param plugins where the folder of plug-ins is there
 */
record CodeArchive(Path file, List<String> classPath, Optional<String> plugins) {
    private static final String NAME = "adapt4j-code";

    /** Packs the code that a command runs, into a folder. */
    static CodeArchive of(CellCommand command, Path folder) {
        Path file = folder.resolve(NAME + ".zip");
        List<String> classPath = new ArrayList<>();
        try {
            Files.createDirectories(folder);
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
                zip.setLevel(Deflater.NO_COMPRESSION);
                List<Path> parts = command.classPath();
                for (int i = 0; i < parts.size(); i++) {
                    if (Files.exists(parts.get(i))) {
                        // A place of its own for each, and the names above it that a folder of classes is known by.
                        String place = "part" + i + "/" + name(parts.get(i));
                        classPath.add(NAME + "/" + place);
                        add(zip, parts.get(i), place);
                    }
                }
                if (command.plugins().isPresent()) {
                    add(zip, command.plugins().get(), "plugins");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new CodeArchive(file, classPath, command.plugins().map(jars -> NAME + "/plugins"));
    }

    /** Its address for Spark, with the name of the folder that it is unpacked to. */
    String address() {
        return file.toUri() + "#" + NAME;
    }

    private static String name(Path part) {
        Path path = part.toAbsolutePath().normalize();
        return Files.isDirectory(part)
                ? path.subpath(Math.max(0, path.getNameCount() - 3), path.getNameCount())
                        .toString()
                : String.valueOf(path.getFileName());
    }

    private static void add(ZipOutputStream zip, Path part, String place) throws IOException {
        try (Stream<Path> all = Files.walk(part)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                String below = part.relativize(file).toString();
                zip.putNextEntry(new ZipEntry(below.isEmpty() ? place : place + "/" + below));
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
    }
}
