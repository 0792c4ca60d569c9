package org.adapt4j.runtime.packaging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.adapt4j.runtime.report.Report;
import org.adapt4j.runtime.run.StorageException;

/** Tables and figures' numbers that somebody published beside a package: whether they are what follows from its results. */
public final class PublishedNumbers {
    private static final String NAME = "published";
    private static final List<String> ENDINGS = List.of(".csv", ".md", ".tex");

    private PublishedNumbers() {}

    /**
     * Compares files of a folder with those of the same name in the report that the package's results give.
     *
     * @return {@code published}: the first number that differs, or how many files agree; files without such a name are named
     */
    public static Level of(Path archive, Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new PackageException(folder + ": there is no such folder");
        }
        try (Scratch scratch = Scratch.make()) {
            PackageFile file = PackageFile.unpack(archive, scratch.path().resolve("package"));
            Path run = scratch.path().resolve("run");
            Scratch.copy(file.run(), run, path -> !path.startsWith("report"));
            Map<String, List<Path>> computed = new HashMap<>();
            Report.write(run, Report.Options.defaults().inPackage())
                    .files()
                    .forEach(path -> computed.computeIfAbsent(
                                    String.valueOf(path.getFileName()), unused -> new ArrayList<>())
                            .add(path));
            return compare(folder, computed);
        }
    }

    private static Level compare(Path folder, Map<String, List<Path>> computed) {
        List<String> lacking = new ArrayList<>();
        int agree = 0;
        for (Path published : files(folder)) {
            String name = String.valueOf(published.getFileName());
            List<Path> ours = computed.getOrDefault(name, List.of());
            if (ours.isEmpty()) {
                lacking.add(name);
                continue;
            }
            // A figure and a table may be of one name.
            List<String> differences = ours.stream()
                    .flatMap(path -> difference(name, text(published), text(path)).stream())
                    .toList();
            if (differences.size() == ours.size()) {
                return new Level(
                        NAME,
                        Level.Outcome.DIFFERENT,
                        name + ": " + differences.get(0).replace(" was packed", " is published"));
            }
            agree++;
        }
        return new Level(
                NAME,
                agree == 0 ? Level.Outcome.NOT_APPLICABLE : Level.Outcome.GOOD,
                agree + " files of " + folder + " hold what follows from the results"
                        + (lacking.isEmpty() ? "" : "; not of the package: " + String.join(", ", lacking)));
    }

    private static Optional<String> difference(String name, String published, String ours) {
        return name.endsWith(".csv") ? Numbers.difference(published, ours) : Numbers.differenceOfTexts(published, ours);
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> ENDINGS.stream().anyMatch(file.toString()::endsWith))
                    .filter(file -> !String.valueOf(file.getFileName()).equals("README.md"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw StorageException.of(folder, e);
        }
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw StorageException.of(file, e);
        }
    }
}
