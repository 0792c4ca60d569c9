package org.adapt4j.runtime.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.Fingerprint;
import org.adapt4j.runtime.run.Sha256;
import org.adapt4j.runtime.run.StorageException;

/** Whether two runs of cells left the same bytes, where what they ran on says that they must. */
final class Bits {
    private static final String NAME = "bitwise";
    private static final List<String> SAME_FILES = List.of("metrics.jsonl", "evaluations.jsonl", "learned/SHA256SUMS");

    private Bits() {}

    static Level of(List<Pairs.Pair> pairs) {
        int equal = 0;
        TreeSet<String> reasons = new TreeSet<>();
        List<String> differences = new ArrayList<>();
        for (Pairs.Pair pair : pairs) {
            Path before = pair.before().folder();
            Path now = pair.now().folder();
            Optional<String> reason = incomparable(before, now);
            if (reason.isPresent()) {
                reasons.add(reason.get());
                continue;
            }
            Optional<String> difference = difference(before, now);
            difference.ifPresent(where -> differences.add("cell " + pair.now().id() + ": " + where));
            equal += difference.isPresent() ? 0 : 1;
        }
        if (!differences.isEmpty()) {
            return new Level(
                    NAME,
                    Level.Outcome.DIFFERENT,
                    differences.get(0) + ", on machines that are alike in all that should decide"
                            + (differences.size() == 1 ? "" : " (and " + (differences.size() - 1) + " more cells)"));
        }
        if (!reasons.isEmpty()) {
            return new Level(
                    NAME,
                    Level.Outcome.NOT_APPLICABLE,
                    "because of " + String.join("; ", reasons)
                            + (equal > 0 ? "; equal in " + equal + " other cells" : ""));
        }
        return equal == 0
                ? new Level(NAME, Level.Outcome.NOT_APPLICABLE, "no cell has ended in both runs")
                : new Level(NAME, Level.Outcome.GOOD, "equal in all " + equal + " cells that were run again");
    }

    /** Of two folders of one cell. */
    static Level of(Path before, Path now) {
        Optional<String> reason = incomparable(before, now);
        if (reason.isPresent()) {
            return new Level(NAME, Level.Outcome.NOT_APPLICABLE, "because of " + reason.get());
        }
        return difference(before, now)
                .map(where -> new Level(NAME, Level.Outcome.DIFFERENT, where))
                .orElseGet(() -> new Level(NAME, Level.Outcome.GOOD, "equal"));
    }

    /** Why two cells need not give the same bits; empty if they must. */
    private static Optional<String> incomparable(Path before, Path now) {
        List<Fingerprint> then = CellFolder.at(before).fingerprints();
        List<Fingerprint> today = CellFolder.at(now).fingerprints();
        if (then.isEmpty() || today.isEmpty()) {
            return Optional.of("a run that does not say where it was computed");
        }
        TreeSet<String> differences = new TreeSet<>(configuration(before, now));
        for (Fingerprint one : then) {
            today.forEach(other -> differences.addAll(one.decidingDifferences(other)));
        }
        return differences.isEmpty()
                ? Optional.empty()
                : Optional.of(differences.first()
                        + (differences.size() == 1 ? "" : " (and " + (differences.size() - 1) + " more)"));
    }

    /** Settings that differ; what a cell starts from goes by its name, which follows from them. */
    private static List<String> configuration(Path before, Path now) {
        List<String> one = settings(before);
        List<String> other = settings(now);
        List<String> gone = new ArrayList<>(one);
        gone.removeAll(other);
        List<String> come = new ArrayList<>(other);
        come.removeAll(one);
        return gone.isEmpty() && come.isEmpty()
                ? List.of()
                : List.of("another configuration, " + String.join(", ", gone) + " against " + String.join(", ", come));
    }

    private static List<String> settings(Path cell) {
        return CellFolder.at(cell)
                .resolved()
                .lines()
                .map(String::strip)
                .filter(line -> !line.startsWith("learned = "))
                .toList();
    }

    private static Optional<String> difference(Path before, Path now) {
        for (String name : SAME_FILES) {
            Path one = before.resolve(name);
            Path other = now.resolve(name);
            boolean there = Files.isRegularFile(one);
            if (there != Files.isRegularFile(other)) {
                return Optional.of(name + (there ? " was not made again" : " was not there before"));
            }
            if (there && !sum(one).equals(sum(other))) {
                return Optional.of(name + firstLine(one, other));
            }
        }
        return Optional.empty();
    }

    private static String sum(Path file) {
        try {
            return Sha256.of(file);
        } catch (IOException e) {
            throw StorageException.of(file, e);
        }
    }

    private static String firstLine(Path one, Path other) {
        try {
            List<String> left = Files.readAllLines(one);
            List<String> right = Files.readAllLines(other);
            for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
                if (!left.get(i).equals(right.get(i))) {
                    return " from line " + (i + 1) + " on";
                }
            }
            return " has " + left.size() + " lines against " + right.size();
        } catch (IOException e) {
            throw StorageException.of(one, e);
        }
    }
}
