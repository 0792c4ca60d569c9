package org.adapt4j.runtime.report.statistics;

import static org.adapt4j.runtime.report.statistics.Oracle.EXACT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.Stream;
import org.adapt4j.runtime.report.judge.Aggregate;
import org.adapt4j.runtime.report.judge.Grid;
import org.adapt4j.runtime.report.judge.Jackknife;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class AggregateTest {
    static Stream<String> tables() {
        return Oracle.read("metrics.json").get("metrics").propertyStream().map(Map.Entry::getKey);
    }

    @ParameterizedTest
    @MethodSource("tables")
    void agreesWithTheReferenceLibrary(String name) {
        JsonNode expected = Oracle.read("metrics.json").get("metrics").get(name);
        Grid scores = Oracle.scores(expected.get("scores"));

        assertThat(Aggregate.IQM.of(scores)).isCloseTo(expected.get("iqm").asDouble(), EXACT);
        assertThat(Aggregate.MEAN.of(scores)).isCloseTo(expected.get("mean").asDouble(), EXACT);
        assertThat(Aggregate.MEDIAN.of(scores)).isCloseTo(expected.get("median").asDouble(), EXACT);
        assertThat(Aggregate.OPTIMALITY_GAP.of(scores))
                .isCloseTo(expected.get("optimality_gap").asDouble(), EXACT);
    }

    @Test
    void takesThePlainMeanOfFewerThanFourScores() {
        Grid three = Grid.of(new double[][] {{1}, {2}, {9}});

        assertThat(Aggregate.IQM.of(three)).isCloseTo(4, EXACT);
    }

    @Test
    void refusesHolesInsteadOfFillingThem() {
        assertThatThrownBy(() -> Grid.of(new double[][] {{1, Double.NaN}}))
                .hasMessageContaining("seed 0 on task 1 is NaN");
        assertThatThrownBy(() -> Grid.of(new double[][] {{1, 2}, {1}}))
                .hasMessageContaining("seed 1 has 1 tasks")
                .hasMessageContaining("never tasks");
        assertThatThrownBy(() -> Grid.of(new double[0][])).hasMessageContaining("at least one seed");
    }

    @Test
    void profilesCountScoresStrictlyAboveTheThreshold() {
        JsonNode profiles = Oracle.read("metrics.json").get("performance_profiles");

        profiles.propertyStream().forEach(entry -> {
            Grid scores = Oracle.named(entry.getKey());
            double[] taus = Oracle.row(entry.getValue().get("taus"));

            assertThat(Profile.of(scores, taus))
                    .containsExactly(Oracle.row(entry.getValue().get("run_score")), EXACT);
        });
    }

    @Test
    void probabilityOfImprovementIsTheMannWhitneyShareOfTheFirst() {
        JsonNode pairs = Oracle.read("metrics.json").get("probability_of_improvement");

        pairs.propertyStream().forEach(entry -> {
            String[] names = entry.getKey().split(" > ");
            String second = names[1].equals("itself") ? names[0] : names[1];
            Grid own = Oracle.named(names[0]);
            Grid rival = Oracle.named(second);
            double[] perTask = Oracle.row(entry.getValue().get("per_task"));

            assertThat(Jackknife.improvement(own, rival))
                    .isCloseTo(entry.getValue().get("value").asDouble(), EXACT);
            for (int task = 0; task < perTask.length; task++) {
                assertThat(Jackknife.improvement(own.task(task), rival.task(task)))
                        .isCloseTo(perTask[task], EXACT);
            }
        });
    }
}
