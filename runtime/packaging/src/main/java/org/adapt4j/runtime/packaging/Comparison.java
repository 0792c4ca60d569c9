package org.adapt4j.runtime.packaging;

import java.nio.file.Path;
import java.util.List;
import org.adapt4j.runtime.report.folder.Cell;
import org.adapt4j.runtime.report.folder.RunFolder;

/**
 * Compares cells that were run twice: bit by bit where the two machines are alike in all that decides bits, by their scores, and by what the
 * claims of the run become.
 *
 * @param levels a line each for {@code bitwise}, {@code statistical} and {@code claims}
 * @param table the differences behind the statistical line as CSV; the head alone where there are none
 */
public record Comparison(List<Level> levels, String table) {
    private static final String STATISTICAL = "statistical";

    /** Copies the list. */
    public Comparison {
        levels = List.copyOf(levels);
    }

    /** Compares by the usual terms. */
    public static Comparison of(Path old, Path again) {
        return of(old, again, Terms.USUAL, Change.NONE);
    }

    /**
     * Compares the cells that have ended in both runs.
     *
     * @param terms by which scores are compared
     * @param change what the new run does otherwise on purpose
     */
    public static Comparison of(Path old, Path again, Terms terms, Change change) {
        RunFolder before = RunFolder.read(old);
        RunFolder now = RunFolder.read(again);
        List<Pairs.Pair> pairs = Pairs.of(before, now);
        Level bits = Bits.of(pairs);
        Scores scores = new Scores(before, now, terms);
        boolean all =
                pairs.size() == before.cells().stream().filter(Cell::isDone).count();
        return new Comparison(
                List.of(bits, statistical(scores, bits, change), ClaimsAgain.of(before, now, all)), scores.csv());
    }

    private static Level statistical(Scores scores, Level bits, Change change) {
        if (!change.isComparable()) {
            return new Level(
                    STATISTICAL,
                    Level.Outcome.NOT_APPLICABLE,
                    change.words() + " is another experiment, whose scores need not be the same");
        }
        if (bits.outcome() == Level.Outcome.GOOD) {
            return new Level(STATISTICAL, Level.Outcome.GOOD, "equivalent: the bits are the same");
        }
        return new Level(STATISTICAL, scores.outcome(), scores.words());
    }

    /** Compares two runs of one cell bit by bit. @param before and now its folders */
    public static Level ofCells(Path before, Path now) {
        return Bits.of(before, now);
    }
}
