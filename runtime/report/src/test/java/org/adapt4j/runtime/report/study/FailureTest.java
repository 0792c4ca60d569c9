package org.adapt4j.runtime.report.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.adapt4j.runtime.report.folder.Cell;
import org.junit.jupiter.api.Test;

final class FailureTest {
    /** Measured at 0, 10 and 20; a return of 100 x scores x. */
    private static final Cell WHOLE = new Cell(
            "0123456789abcdef",
            false,
            "reptile",
            "paper",
            Map.of(),
            0,
            Optional.of("task"),
            Optional.empty(),
            Cell.State.DONE,
            "",
            List.of(),
            List.of(measured(0, -0.5), measured(10, 0.2), measured(20, 0.4)),
            List.of(),
            Optional.empty(),
            Path.of("nowhere"));

    private static Cell.Evaluation measured(long step, double score) {
        return new Cell.Evaluation(
                step,
                "environment steps",
                step,
                "test",
                "task",
                "episode",
                100 * score,
                score,
                Optional.of(0.0),
                1,
                OptionalDouble.empty());
    }

    private static SortedMap<Long, Double> completed(Map<Long, Double> measured, Quantity quantity) {
        return Failure.of(List.of(WHOLE), List.of(WHOLE)).complete(new TreeMap<>(measured), "task", quantity);
    }

    @Test
    void scoresNothingFromWhereItStopped() {
        assertThat(completed(Map.of(0L, 0.3), Quantity.SCORE)).isEqualTo(Map.of(0L, 0.3, 10L, 0.0, 20L, 0.0));
        assertThat(completed(Map.of(), Quantity.SCORE)).isEqualTo(Map.of(0L, 0.0, 10L, 0.0, 20L, 0.0));
        assertThat(completed(Map.of(0L, 30.0), Quantity.RETURN).get(20L)).isZero();
    }

    @Test
    void isNoGainForWhoWasWorse() {
        assertThat(completed(Map.of(0L, -0.9), Quantity.SCORE)).isEqualTo(Map.of(0L, -0.9, 10L, -0.9, 20L, -0.9));
        assertThat(completed(Map.of(0L, 0.1, 10L, -0.2), Quantity.SCORE))
                .isEqualTo(Map.of(0L, 0.1, 10L, -0.2, 20L, -0.2));
        assertThat(completed(Map.of(0L, -90.0), Quantity.RETURN).get(20L)).isEqualTo(-90.0);
    }

    @Test
    void hasNoLoss() {
        assertThat(completed(Map.of(0L, 0.3), Quantity.ACTION_LOSS)).isEmpty();
    }
}
