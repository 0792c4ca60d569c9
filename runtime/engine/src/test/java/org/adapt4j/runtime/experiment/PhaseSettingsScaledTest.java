package org.adapt4j.runtime.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.adapt4j.api.task.Split;
import org.junit.jupiter.api.Test;

final class PhaseSettingsScaledTest {
    private static PhaseSettings phase(long steps, long updates, long demonstrations, List<Long> points, long every) {
        return new PhaseSettings(
                8,
                new PhaseSettings.Budget(steps, updates, 0, demonstrations),
                new PhaseSettings.Measure(points, every, 3, 4, List.of(Split.TEST), 20));
    }

    @Test
    void spendsAndMeasuresTheSameFraction() {
        PhaseSettings tenth = phase(1000, 0, 5, List.of(0L, 500L, 1000L), 250).scaled(0.1);

        assertThat(tenth).isEqualTo(phase(100, 0, 5, List.of(0L, 50L, 100L), 25));
    }

    @Test
    void askedForDemonstrationsShrinkWhereNothingElseLimits() {
        assertThat(phase(0, 0, 12, List.of(), 1).scaled(0.5)).isEqualTo(phase(0, 0, 6, List.of(), 1));
        assertThat(phase(0, 300, 12, List.of(), 1).scaled(0.5)).isEqualTo(phase(0, 150, 12, List.of(), 1));
    }

    @Test
    void leavesAStepForEveryEnvironmentAndOneOfEverythingElse() {
        assertThat(phase(1000, 0, 0, List.of(500L, 1000L), 0).scaled(0.0001)).isEqualTo(phase(8, 0, 0, List.of(1L), 0));
    }
}
