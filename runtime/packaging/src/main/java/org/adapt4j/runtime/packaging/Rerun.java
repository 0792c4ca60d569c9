package org.adapt4j.runtime.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.adapt4j.runtime.run.CellResult;
import org.adapt4j.runtime.run.PlannedCell;
import org.adapt4j.runtime.run.RunFolder;
import org.adapt4j.runtime.run.RunPlan;
import org.adapt4j.runtime.run.Sha256;
import org.adapt4j.runtime.run.StorageException;

/**
 * A package that is run again: unpacked into a folder, with a run folder of its own for the cells that are run anew, by the jars of the
 * package. Libraries that the package only names are taken from those at hand, by their SHA-256.
 */
public final class Rerun {
    private static final String MAIN = "org.adapt4j.runtime.cli.Main";

    private final PackageFile file;
    private final Path folder;

    private Rerun(PackageFile file, Path folder) {
        this.file = file;
        this.folder = folder;
    }

    /**
     * Unpacks an archive whose integrity is good.
     *
     * @param folder empty or not there; {@code package/} and {@code run/} are made in it
     * @throws PackageException if it is refused
     */
    public static Rerun unpack(Path archive, Path folder) {
        PackageFile file = PackageFile.unpack(archive, folder.resolve("package"));
        Verification.demandWhole(file);
        return new Rerun(file, folder);
    }

    /** Jars of third parties in the package: code of strangers, which has to be trusted before it is loaded. */
    public List<Path> plugins() {
        Path plugins = file.payload().resolve(Software.PLUGINS);
        if (!Files.isDirectory(plugins)) {
            return List.of();
        }
        try (Stream<Path> jars = Files.list(plugins)) {
            return jars.filter(jar -> jar.toString().endsWith(".jar")).sorted().toList();
        } catch (IOException e) {
            throw StorageException.of(plugins, e);
        }
    }

    /** The run as it was packed. */
    public Path packed() {
        return file.run();
    }

    /** The run that is made anew. */
    public Path run() {
        return folder.resolve("run");
    }

    /**
     * Plans what is run again.
     *
     * @param most cells, besides those that they start from; taken from as many methods and places as there are; all if empty
     */
    public void plan(Optional<Integer> most) {
        RunFolder packed = RunFolder.open(file.run());
        RunPlan plan = packed.plan();
        List<PlannedCell> ended = plan.cells().stream()
                .filter(cell -> cell.notApplicable().isEmpty())
                .filter(cell -> packed.cell(cell)
                        .result()
                        .filter(CellResult.Done.class::isInstance)
                        .isPresent())
                .toList();
        if (ended.isEmpty()) {
            throw new PackageException("no cell of the package has ended well, so there is nothing to compare with");
        }
        Set<PlannedCell> chosen = new LinkedHashSet<>(most.isPresent() ? sample(ended, most.get()) : ended);
        for (PlannedCell cell : List.copyOf(chosen)) {
            cell.learned()
                    .ifPresent(id -> plan.cells().stream()
                            .filter(other -> other.id().equals(id))
                            .forEach(chosen::add));
        }
        List<PlannedCell> inOrder =
                plan.cells().stream().filter(chosen::contains).toList();
        boolean all = inOrder.size() == ended.size();
        var unused = RunFolder.create(
                run(),
                new RunPlan(
                        plan.name(),
                        plan.description(),
                        plan.versions(),
                        all ? plan.claims() : JsonNodeFactory.instance.arrayNode(),
                        plan.published(),
                        inOrder,
                        plan.experiment()));
    }

    /** Takes one cell of each stratum in turn. */
    private static List<PlannedCell> sample(List<PlannedCell> cells, int most) {
        Function<PlannedCell, String> stratum =
                cell -> cell.kind() + " " + cell.method() + " " + cell.preset() + " " + cell.labels();
        Map<String, List<PlannedCell>> strata = new LinkedHashMap<>();
        List<PlannedCell> adaptationsFirst = Stream.concat(
                        cells.stream().filter(cell -> cell.kind().equals("adapt")),
                        cells.stream().filter(cell -> !cell.kind().equals("adapt")))
                .toList();
        adaptationsFirst.forEach(cell -> strata.computeIfAbsent(stratum.apply(cell), key -> new ArrayList<>())
                .add(cell));
        List<PlannedCell> chosen = new ArrayList<>();
        for (int round = 0; chosen.size() < Math.min(most, cells.size()); round++) {
            for (List<PlannedCell> stratumCells : strata.values()) {
                if (round < stratumCells.size() && chosen.size() < most) {
                    chosen.add(stratumCells.get(round));
                }
            }
        }
        return chosen;
    }

    /**
     * The command that runs the planned cells, with the jars of the package.
     *
     * @param atHand jars among which named libraries are looked for
     * @throws PackageException listing the jars that are neither in the package nor at hand
     */
    public List<String> command(List<Path> atHand) {
        Map<String, Path> bySum = new HashMap<>();
        for (Path jar : atHand) {
            bySum.put(sum(jar), jar);
        }
        List<String> classPath = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (JsonNode jar : file.json(Software.LOCK).path("jars")) {
            String name = jar.path("name").asText();
            if (name.startsWith("plugins/") || jar.path("origin").asText().startsWith("left out")) {
                continue;
            }
            Path found = jar.hasNonNull("file")
                    ? file.payload().resolve(jar.path("file").asText())
                    : bySum.get(jar.path("sha256").asText());
            if (found == null) {
                missing.add(name + ", sha256 " + jar.path("sha256").asText() + ", "
                        + jar.path("purl").asText(jar.path("origin").asText()));
            } else {
                classPath.add(found.toString());
            }
        }
        if (!missing.isEmpty()) {
            throw new PackageException("these jars are neither in the package nor on this machine:\n  "
                    + String.join("\n  ", missing)
                    + "\nGet them (those with an address pkg:maven/GROUP/ARTIFACT@VERSION by: mvn dependency:get"
                    + " -Dartifact=GROUP:ARTIFACT:VERSION) and name their folder with --jars DIR");
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-Dai.djl.offline=true",
                "-cp",
                String.join(File.pathSeparator, classPath),
                MAIN,
                "resume"));
        if (!plugins().isEmpty()) {
            // Whoever asks for this command has looked at them.
            command.addAll(List.of(
                    "--trust-all",
                    "--plugins",
                    file.payload().resolve(Software.PLUGINS).toString()));
        }
        command.add(run().toString());
        return command;
    }

    private static String sum(Path jar) {
        try {
            return Files.isRegularFile(jar) ? Sha256.of(jar) : "";
        } catch (IOException e) {
            throw StorageException.of(jar, e);
        }
    }
}
