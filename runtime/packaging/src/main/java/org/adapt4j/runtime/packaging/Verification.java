package org.adapt4j.runtime.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.adapt4j.runtime.report.Report;
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.CellResult;
import org.adapt4j.runtime.run.CodeLog;
import org.adapt4j.runtime.run.DamagedFileException;
import org.adapt4j.runtime.run.PlannedCell;
import org.adapt4j.runtime.run.RunFolder;
import org.adapt4j.runtime.run.Sha256;
import org.adapt4j.runtime.run.StorageException;

/**
 * Looks at a package level by level: signed by whom it should be, whole, and its figures following from its data. No code that the package
 * brings is run.
 */
public final class Verification {
    private static final String ARCHIVE = "archive";
    private static final String SIGNATURE = "signature";
    private static final String INTEGRITY = "integrity";
    private static final String RECOMPUTE = "recompute";

    private Verification() {}

    /**
     * Verifies an archive.
     *
     * @param key public key of whom it should be signed by
     * @return a line a level; nothing is recomputed where integrity is {@link Level.Outcome#DIFFERENT}
     * @throws PackageException if the file is no archive, or one that no package is
     */
    public static List<Level> of(Path archive, Optional<Path> key) {
        try (Scratch scratch = Scratch.make()) {
            PackageFile file = PackageFile.unpack(archive, scratch.path().resolve("package"));
            return of(file, archive, key, scratch);
        }
    }

    private static List<Level> of(PackageFile file, Path archive, Optional<Path> key, Scratch scratch) {
        List<Level> levels = new ArrayList<>();
        levels.add(ArchiveForm.flaw(archive, file, scratch.path().resolve("again.zip"))
                .map(flaw -> new Level(
                        ARCHIVE,
                        Level.Outcome.DIFFERENT,
                        flaw + ": it was changed, or packed anew by another program; what is in it may be whole, see"
                                + " integrity"))
                .orElseGet(() -> new Level(ARCHIVE, Level.Outcome.GOOD, "of the form that packages have")));
        levels.add(signature(file, key));
        levels.add(integrity(file));
        if (levels.get(levels.size() - 1).outcome() == Level.Outcome.DIFFERENT) {
            levels.add(new Level(RECOMPUTE, Level.Outcome.NOT_APPLICABLE, "the package is not what was packed"));
        } else {
            levels.add(recompute(file, scratch.path().resolve("run")));
        }
        return levels;
    }

    private static Level signature(PackageFile file, Optional<Path> key) {
        Optional<String> signature = file.signature();
        if (key.isEmpty()) {
            return new Level(
                    SIGNATURE,
                    Level.Outcome.NOT_APPLICABLE,
                    signature.isPresent()
                            ? "the package is signed; give the public key of who should have signed it with --key"
                            : "the package is not signed");
        }
        if (signature.isEmpty()) {
            return new Level(SIGNATURE, Level.Outcome.DIFFERENT, "the package is not signed");
        }
        return Signature.isBy(file.signed(), signature.get(), key.get())
                ? new Level(SIGNATURE, Level.Outcome.GOOD, "by the owner of " + key.get())
                : new Level(SIGNATURE, Level.Outcome.DIFFERENT, "not by the owner of " + key.get());
    }

    /** @throws PackageException with the first flaw, if there is one */
    static void demandWhole(PackageFile file) {
        Level level = integrity(file);
        if (level.outcome() != Level.Outcome.GOOD) {
            throw new PackageException("the package is not what was packed: " + level.words());
        }
    }

    private static Level integrity(PackageFile file) {
        List<String> flaws = new ArrayList<>(Bag.flaws(file.bag(), List.of(PackageFile.SIGNATURE)));
        int cells = 0;
        if (flaws.isEmpty()) {
            try {
                cells = checkRun(file, flaws);
            } catch (DamagedFileException | StorageException | PackageException e) {
                flaws.add(String.valueOf(e.getMessage()));
            }
        }
        if (flaws.isEmpty()) {
            return new Level(
                    INTEGRITY,
                    Level.Outcome.GOOD,
                    "every file is listed and holds what was packed; " + cells
                            + " cells are named by their configuration");
        }
        String further = flaws.size() == 1 ? "" : " (and " + (flaws.size() - 1) + " more)";
        return new Level(INTEGRITY, Level.Outcome.DIFFERENT, flaws.get(0).replace(file.bag() + "/", "") + further);
    }

    /** The payload's own promises, which a manifest that was made anew does not keep. */
    private static int checkRun(PackageFile file, List<String> flaws) {
        RunFolder run = RunFolder.open(file.run());
        JsonNode seeds = file.json(PackageMaker.SEEDS).path("cells");
        for (PlannedCell cell : run.plan().cells()) {
            if (!CellFolder.idOf(cell.resolved()).equals(cell.id())) {
                flaws.add("run/plan.json: cell " + cell.id() + " is not named by its configuration");
            }
            if (seeds.path(cell.id()).asLong(cell.seed() + 1) != cell.seed()) {
                flaws.add(PackageMaker.SEEDS + ": states another seed for cell " + cell.id() + " than the plan");
            }
            CellFolder folder = run.cell(cell);
            if (folder.result().filter(CellResult.Done.class::isInstance).isPresent()) {
                var evaluations = folder.lines(folder.evaluations());
                var metrics = folder.lines(folder.metrics());
                if (evaluations.isEmpty() && metrics.isEmpty()) {
                    flaws.add("run/cells/" + cell.id() + ": is done, but measured nothing");
                }
            }
        }
        Set<String> ran = new HashSet<>();
        CodeLog.of(file.run())
                .last()
                .ifPresent(code -> code.parts().forEach(part -> ran.add(part.name() + " " + part.sha256())));
        for (JsonNode jar : file.json(Software.LOCK).path("jars")) {
            String name = jar.path("name").asText();
            if (!ran.contains(name + " " + jar.path("sha256").asText())) {
                flaws.add(Software.LOCK + ": names another " + name + " than made the run, by run/code.jsonl");
            }
            if (jar.hasNonNull("file")) {
                Path packed = file.payload().resolve(jar.path("file").asText()).normalize();
                if (!packed.startsWith(file.payload())
                        || !sha256(packed).equals(jar.path("sha256").asText())) {
                    flaws.add(jar.path("file").asText() + ": is not the jar that " + Software.LOCK + " names");
                }
            }
        }
        return run.plan().cells().size();
    }

    private static String sha256(Path file) {
        try {
            return Files.isRegularFile(file) ? Sha256.of(file) : "";
        } catch (IOException e) {
            throw StorageException.of(file, e);
        }
    }

    private static Level recompute(PackageFile file, Path run) {
        Scratch.copy(file.run(), run, path -> !path.startsWith("report"));
        Report.write(run, Report.Options.defaults().inPackage());
        Path packed = file.run().resolve("report");
        Path computed = run.resolve("report");
        List<String> numbers = new ArrayList<>();
        int compared = 0;
        List<String> words = new ArrayList<>();
        boolean sameReporter = reporter(file).equals(ownReporter());
        for (String name : names(packed, computed)) {
            if (!sameReporter && !Files.isRegularFile(packed.resolve(name))) {
                continue; // another version of the report had no such file
            }
            if (name.endsWith(".csv")) {
                compared++;
                difference(packed, computed, name).ifPresent(where -> numbers.add("report/" + name + ": " + where));
            } else if (!name.endsWith(".png")
                    && !name.startsWith("tensorboard/")
                    && !text(packed, name).equals(text(computed, name))) {
                words.add("report/" + name);
            }
        }
        episodes(file, computed).ifPresent(where -> numbers.add(PackageMaker.EPISODES_FILE + ": " + where));
        Claims.difference(
                        file.json(PackageMaker.CLAIMS),
                        Claims.of(RunFolder.open(run).plan().claims(), computed))
                .ifPresent(where -> numbers.add(PackageMaker.CLAIMS + ": " + where));
        if (sameReporter) {
            words.forEach(name -> numbers.add(name + ": is not the text that follows from the results"));
        }
        if (!numbers.isEmpty()) {
            String further = numbers.size() == 1 ? "" : " (and " + (numbers.size() - 1) + " more files)";
            return new Level(RECOMPUTE, Level.Outcome.DIFFERENT, numbers.get(0) + further);
        }
        return new Level(
                RECOMPUTE,
                Level.Outcome.GOOD,
                compared
                        + " tables of numbers and the claims follow from the results; not compared: pictures (PNG),"
                        + " logs"
                        + (sameReporter
                                ? ""
                                : ", and the texts of the page, which another version of the report wrote"));
    }

    private static Optional<String> episodes(PackageFile file, Path computed) {
        Path packed = file.payload().resolve(PackageMaker.EPISODES_FILE);
        return Files.isRegularFile(packed)
                ? difference(packed, computed.resolve(Report.EVALUATIONS))
                : Optional.empty();
    }

    private static TreeSet<String> names(Path... folders) {
        TreeSet<String> names = new TreeSet<>();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(Files::isRegularFile)
                        .forEach(path -> names.add(folder.relativize(path).toString()));
            } catch (IOException e) {
                throw new PackageException("the package has no report", e);
            }
        }
        return names;
    }

    private static Optional<String> difference(Path packed, Path computed, String name) {
        if (!Files.isRegularFile(packed.resolve(name)) || !Files.isRegularFile(computed.resolve(name))) {
            return Optional.of(
                    Files.isRegularFile(packed.resolve(name))
                            ? "does not follow from the results, which give no such table"
                            : "is missing, though the results give it");
        }
        return difference(packed.resolve(name), computed.resolve(name));
    }

    private static Optional<String> difference(Path packed, Path computed) {
        try (Reader one = reader(packed);
                Reader other = reader(computed)) {
            return Numbers.difference(one, other);
        } catch (IOException e) {
            throw StorageException.of(packed, e);
        }
    }

    /** Of any bytes: what is no UTF-8 differs, and does not fail. */
    private static Reader reader(Path file) throws IOException {
        return new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
    }

    private static String text(Path folder, String name) {
        Path file = folder.resolve(name);
        try {
            return Files.isRegularFile(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw StorageException.of(file, e);
        }
    }

    /** SHA-256 of the jar that wrote the report, as the package says it. */
    private static String reporter(PackageFile file) {
        for (JsonNode jar : file.json(Software.LOCK).path("jars")) {
            if (jar.path("name").asText().startsWith("adapt4j-runtime-report-")) {
                return jar.path("sha256").asText();
            }
        }
        return "unknown";
    }

    private static String ownReporter() {
        try {
            Path jar = Path.of(Report.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return sha256(jar);
        } catch (URISyntaxException e) {
            return "";
        }
    }
}
