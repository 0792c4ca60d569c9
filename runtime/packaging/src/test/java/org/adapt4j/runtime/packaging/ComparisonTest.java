package org.adapt4j.runtime.packaging;

import static org.assertj.core.api.Assertions.assertThat;

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
        return Comparison.of(old, again);
    }

    @Test
    void findsTheSameBitsOnTheSameMachine() {
        List<Level> levels = compare(0, 5, "avx2");

        assertThat(levels).extracting(Level::outcome).containsExactly(Level.Outcome.GOOD, Level.Outcome.GOOD);
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
}
