package org.adapt4j.runtime.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ComparisonTest {
    @TempDir
    private Path folder;

    private List<Level> compare(double lead, int seeds, String machine) {
        Path old = SmallRun.write(folder.resolve("old"), 0, seeds, SmallRun.machine("avx2"));
        Path again = SmallRun.write(folder.resolve("again"), lead, seeds, SmallRun.machine(machine));
        return Comparison.of(old, again).levels();
    }

    @Test
    void findsTheSameBitsOnTheSameMachine() {
        List<Level> levels = compare(0, 5, "avx2");

        assertThat(levels).extracting(Level::outcome).containsOnly(Level.Outcome.GOOD);
        assertThat(levels.get(0).words()).isEqualTo("equal in all 10 cells that were run again");
    }

    @Test
    void namesTheFirstLineWhereBitsDiffer() {
        List<Level> levels = compare(0.3, 5, "avx2");

        assertThat(levels.get(0).outcome()).isEqualTo(Level.Outcome.DIFFERENT);
        assertThat(levels.get(0).words()).contains("evaluations.jsonl from line 1 on");
    }

    @Test
    void doesNotCompareBitsOfMachinesThatDiffer() {
        List<Level> levels = compare(0, 5, "avx512f");

        assertThat(levels.get(0).outcome()).isEqualTo(Level.Outcome.NOT_APPLICABLE);
        assertThat(levels.get(0).words()).isEqualTo("because of instructions: avx2 against avx512f");
    }

    @Test
    void callsScoresThatAreFarApartDifferent() {
        assertThat(compare(0.5, 10, "avx512f").get(1).outcome()).isEqualTo(Level.Outcome.DIFFERENT);
    }

    @Test
    void callsScoresThatAgreeEquivalentOnceThereAreSeedsEnough() {
        Level level = compare(0.001, 20, "avx512f").get(1);

        assertThat(level.outcome()).isEqualTo(Level.Outcome.GOOD);
        assertThat(level.words()).contains("reptile (paper): equivalent").contains("scratch (paper): equivalent");
    }

    @Test
    void saysHowManySeedsWouldDecideWhereTheyDoNot() {
        Level level = compare(0.02, 3, "avx512f").get(1);

        assertThat(level.outcome()).isEqualTo(Level.Outcome.OPEN);
        assertThat(level.words()).contains("not enough runs").contains("seeds would decide");
    }

    @Test
    void concludesNothingFromOneSeed() {
        assertThat(compare(0.4, 1, "avx512f").get(1).outcome()).isEqualTo(Level.Outcome.OPEN);
    }

    @Test
    void namesTheTaskThatDiffersThoughAllTogetherDoNot() {
        Path old = SmallRun.write(folder.resolve("old"), task -> 0, 10, SmallRun.machine("avx2"));
        Path again =
                SmallRun.write(folder.resolve("again"), task -> task == 1 ? 0.4 : -0.2, 10, SmallRun.machine("avx"));

        Level level = Comparison.of(old, again).levels().get(1);

        assertThat(level.outcome()).isEqualTo(Level.Outcome.DIFFERENT);
        assertThat(level.words()).contains("task/1: different");
    }

    @Test
    void tabulatesEveryDifference() {
        Path old = SmallRun.write(folder.resolve("old"), 0, 10, SmallRun.machine("avx2"));
        Path again = SmallRun.write(folder.resolve("again"), 0.25, 5, SmallRun.machine("avx"));

        List<List<String>> rows = CsvFile.rows(Comparison.of(old, again).table());

        assertThat(rows).hasSize(1 + 2 * (1 + 3));
        assertThat(rows.get(0)).startsWith("place", "task", "seeds_before", "seeds_now");
        assertThat(rows.get(1)).startsWith("reptile (paper)", "all tasks", "10", "5");
        assertThat(Double.parseDouble(rows.get(1).get(6))).isCloseTo(0.25, within(0.05));
    }

    @Test
    void equatesWithinTheMarginThatWasDeclared() {
        Path old = SmallRun.write(folder.resolve("old"), 0, 20, SmallRun.machine("avx2"));
        Path again = SmallRun.write(folder.resolve("again"), 0.06, 20, SmallRun.machine("avx"));

        assertThat(Comparison.of(old, again).levels().get(1).outcome()).isEqualTo(Level.Outcome.DIFFERENT);
        assertThat(Comparison.of(old, again, new Terms(0.2), Change.NONE)
                        .levels()
                        .get(1)
                        .outcome())
                .isEqualTo(Level.Outcome.GOOD);
    }

    @Test
    void judgesTheClaimsAgain() {
        assertThat(compare(0, 10, "avx").get(2).words()).contains("bound (paper) holds, as before");

        Path old = folder.resolve("old");
        Path again = SmallRun.write(folder.resolve("worse"), task -> 0, 10, SmallRun.machine("avx"), -0.2);

        Level level = Comparison.of(old, again).levels().get(2);
        assertThat(level.outcome()).isEqualTo(Level.Outcome.DIFFERENT);
        assertThat(level.words()).contains("bound (paper) does not hold, before: holds");
    }

    @Test
    void doesNotCompareScoresOfASmallerBudget() {
        Path old = SmallRun.write(folder.resolve("old"), 0, 5, SmallRun.machine("avx2"));
        Path again = SmallRun.write(folder.resolve("again"), 0.4, 5, SmallRun.machine("avx2"));

        Level level = Comparison.of(
                        old, again, Terms.USUAL, new Change("a budget of 0.1", false, (resolved, names) -> resolved))
                .levels()
                .get(1);

        assertThat(level.outcome()).isEqualTo(Level.Outcome.NOT_APPLICABLE);
        assertThat(level.words()).startsWith("a budget of 0.1 is another experiment");
    }
}
