package org.adapt4j.runtime.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.CellResult;
import org.adapt4j.runtime.run.DurableFiles;
import org.adapt4j.runtime.run.Origin;
import org.adapt4j.runtime.run.PlannedCell;
import org.adapt4j.runtime.run.RunFolder;
import org.adapt4j.runtime.run.RunPlan;
import org.adapt4j.runtime.run.Sha256;
import org.adapt4j.runtime.run.StorageException;

/**
 * A package that is run again: unpacked into a folder, with a run folder of its own for the cells that are run anew. What it unpacked once it
 * takes up again, so that a re-run that was stopped goes on.
 */
public final class Rerun {
    private static final String SOURCE = "package.sha256";
    private static final String TABLE = "comparison.csv";
    private static final String SCALE_FREE = "scale-free";

    private final PackageFile file;
    private final Path folder;
    private Change change = Change.NONE;

    private Rerun(PackageFile file, Path folder) {
        this.file = file;
        this.folder = folder;
    }

    /**
     * Unpacks an archive whose integrity is good, or takes up what was unpacked of the same archive before.
     *
     * @param folder empty or not there, or that of a re-run; {@code package/} and {@code run/} are made in it
     * @throws PackageException if it is refused
     */
    public static Rerun unpack(Path archive, Path folder) {
        Path source = folder.resolve(SOURCE);
        Path packed = folder.resolve("package");
        PackageFile file;
        if (Files.isRegularFile(source)) {
            if (!text(source).equals(sum(archive))) {
                throw new PackageException(folder + ": is a re-run of another package; choose another with --out");
            }
            file = PackageFile.unpacked(packed);
        } else {
            file = PackageFile.unpack(archive, packed);
        }
        Verification.demandWhole(file);
        DurableFiles.write(source, sum(archive));
        return new Rerun(file, folder);
    }

    /** Whether the owner of a key signed it. @param key file of a public key */
    public boolean isSignedBy(Path key) {
        return file.signature()
                .filter(signature -> Signature.isBy(file.signed(), signature, key))
                .isPresent();
    }

    /** The code that it brings. */
    public PackagedCode code() {
        return new PackagedCode(file);
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
     * @param what is done otherwise than in the run that was packed
     * @throws PackageException if no cell can be, or a file is missing that one reads
     */
    public void plan(Optional<Integer> most, Change what) {
        change = what;
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
        demandInputs(inOrder);
        ArrayNode claims = JsonNodeFactory.instance.arrayNode();
        if (inOrder.size() == ended.size()) {
            plan.claims()
                    .valueStream()
                    .filter(claim ->
                            change.isComparable() || claim.path(SCALE_FREE).asBoolean(false))
                    .forEach(claims::add);
        }
        var unused = RunFolder.create(
                run(),
                new RunPlan(
                        plan.name(),
                        plan.description(),
                        plan.versions(),
                        claims,
                        plan.published(),
                        changed(inOrder),
                        plan.experiment()));
    }

    /** Takes one cell of each stratum in turn: of each method at each place of the grid. */
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

    /** Names follow from configurations, so that cells come after those that they start from. */
    private List<PlannedCell> changed(List<PlannedCell> cells) {
        Map<String, String> names = new HashMap<>();
        Map<String, PlannedCell> changed = new HashMap<>();
        for (boolean starts : new boolean[] {true, false}) {
            for (PlannedCell cell : cells) {
                if (cell.learned().isEmpty() == starts) {
                    String resolved = change.edit().apply(cell.resolved(), names);
                    String id = CellFolder.idOf(resolved);
                    if (names.containsValue(id)) {
                        throw new PackageException("with " + change.words() + ", " + cell.title()
                                + " is the same as another cell; give a larger budget");
                    }
                    names.put(cell.id(), id);
                    changed.put(
                            cell.id(),
                            new PlannedCell(
                                    id,
                                    cell.kind(),
                                    cell.method(),
                                    cell.preset(),
                                    cell.labels(),
                                    cell.seed(),
                                    cell.task(),
                                    cell.learned().map(learned -> names.getOrDefault(learned, learned)),
                                    cell.notApplicable(),
                                    resolved));
                }
            }
        }
        return cells.stream()
                .flatMap(cell -> Stream.ofNullable(changed.get(cell.id())))
                .toList();
    }

    /** What cells read besides the jars lies where their configuration says, and is what it was. */
    private void demandInputs(List<PlannedCell> cells) {
        List<String> flaws = new ArrayList<>();
        for (Map.Entry<String, JsonNode> input :
                file.json(PackageMaker.INPUTS).path("files").properties()) {
            String path = input.getKey();
            String sum = input.getValue().asText();
            if (cells.stream().noneMatch(cell -> cell.resolved().contains(path))) {
                continue;
            }
            if (!Files.exists(Path.of(path))) {
                flaws.add(path + ": is not there; it has sha256 " + sum);
            } else if (!Origin.sum(Path.of(path)).equals(sum)) {
                flaws.add(path + ": is another file, sha256 " + Origin.sum(Path.of(path)) + " instead of " + sum);
            }
        }
        if (!flaws.isEmpty()) {
            throw new PackageException("cells read files that no package holds:\n  " + String.join("\n  ", flaws)
                    + "\nPut each there, as " + PackageMaker.INPUTS + " of the package says, and start again");
        }
    }

    /** Compares what was run again with what was packed, and keeps the differences as {@value #TABLE} in its folder. */
    public List<Level> compare() {
        Comparison comparison = Comparison.of(packed(), run(), Terms.of(file), change);
        DurableFiles.write(folder.resolve(TABLE), comparison.table());
        return comparison.levels();
    }

    private static String sum(Path file) {
        try {
            return Sha256.of(file);
        } catch (IOException e) {
            throw StorageException.of(file, e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw StorageException.of(file, e);
        }
    }
}
