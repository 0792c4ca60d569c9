package org.adapt4j.runtime.report.statistics;

import static org.adapt4j.runtime.report.statistics.Oracle.EXACT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CurveTest {
    private static List<Curve> runs(JsonNode oracle) {
        List<Curve> curves = new ArrayList<>();
        for (JsonNode run : oracle.get("runs")) {
            curves.add(Curve.of(Oracle.row(run.get("x")), Oracle.row(run.get("y"))));
        }
        return curves;
    }

    @Test
    void readsLinearlyInsideAndSaysNothingOutside() {
        JsonNode oracle = Oracle.read("curve_alignment.json");

        assertReading(oracle, "linear", Curve.Reading.LINEAR);
        assertReading(oracle, "hold", Curve.Reading.HOLD);
    }

    private static void assertReading(JsonNode oracle, String key, Curve.Reading reading) {
        List<Curve> curves = runs(oracle);
        double[] grid = Oracle.row(oracle.get("grid"));
        for (int run = 0; run < curves.size(); run++) {
            for (int i = 0; i < grid.length; i++) {
                JsonNode expected = oracle.get(key).get(run).get(i);
                if (expected.isNull()) {
                    assertThat(curves.get(run).at(grid[i], reading)).isEmpty();
                } else {
                    assertThat(curves.get(run).at(grid[i], reading).orElseThrow())
                            .isCloseTo(expected.asDouble(), EXACT);
                }
            }
        }
    }

    @Test
    void bandsSayHowManyRunsEachPointStandsOn() {
        JsonNode oracle = Oracle.read("curve_alignment.json");

        assertBand(oracle, "aggregate_linear", Curve.Reading.LINEAR);
        assertBand(oracle, "aggregate_hold", Curve.Reading.HOLD);
    }

    private static void assertBand(JsonNode oracle, String key, Curve.Reading reading) {
        List<Band.Point> points =
                Band.of(runs(oracle), Oracle.row(oracle.get("grid")), reading).points();
        assertThat(points).hasSameSizeAs(oracle.get(key));
        for (int i = 0; i < points.size(); i++) {
            JsonNode expected = oracle.get(key).get(i);
            Sample sample = points.get(i).sample();
            assertThat(points.get(i).x()).isEqualTo(expected.get("x").asDouble());
            assertThat(sample.count()).isEqualTo(expected.get("n").asInt());
            assertThat(sample.mean()).isCloseTo(expected.get("mean").asDouble(), EXACT);
            if (expected.get("se").isNull()) {
                assertThat(sample.standardError()).isEmpty();
            } else {
                assertThat(sample.standardError().orElseThrow())
                        .isCloseTo(expected.get("se").asDouble(), EXACT);
            }
        }
    }

    @Test
    void standardErrorDividesByOneLessThanTheRuns() {
        JsonNode oracle = Oracle.read("standard_error.json").get("single");

        Sample sample = Sample.of(Oracle.row(oracle.get("values")));

        assertThat(sample.mean()).isCloseTo(oracle.get("mean").asDouble(), EXACT);
        assertThat(sample.deviation()).isCloseTo(oracle.get("sd_sample").asDouble(), EXACT);
        assertThat(sample.standardError().orElseThrow())
                .isCloseTo(oracle.get("se").asDouble(), EXACT);
        assertThat(sample.studentInterval(0.95).low())
                .isCloseTo(oracle.get("ci95_t").get(0).asDouble(), within(1e-10));
        assertThat(sample.studentInterval(0.95).high())
                .isCloseTo(oracle.get("ci95_t").get(1).asDouble(), within(1e-10));
        assertThat(Sample.coverageOfOneStandardError(5))
                .isCloseTo(oracle.get("coverage_of_mean_pm_1se_n5").asDouble(), within(1e-10));
        assertThat(Sample.coverageOfOneStandardError(10))
                .isCloseTo(oracle.get("coverage_of_mean_pm_1se_n10").asDouble(), within(1e-10));
    }

    @Test
    void studentQuantilesAgreeWithTheTable() {
        for (Map.Entry<String, JsonNode> entry :
                Oracle.read("standard_error.json").get("t_975").properties()) {
            assertThat(StudentT.quantile(0.975, Integer.parseInt(entry.getKey())))
                    .isCloseTo(entry.getValue().asDouble(), within(1e-9));
        }
        assertThat(StudentT.quantile(0.025, 4)).isCloseTo(-2.7764451051977934, within(1e-9));
    }

    @Test
    void oneRunHasNeitherErrorNorInterval() {
        Sample single = Sample.of(3);

        assertThat(single.standardError()).isEmpty();
        assertThatThrownBy(() -> single.studentInterval(0.95)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void averagesLevelsBeforeItTakesTheErrorOverSeeds() {
        JsonNode oracle = Oracle.read("standard_error.json").get("curve");
        double[] grid = {0, 1, 2, 3};
        List<Curve> seeds = new ArrayList<>();
        for (JsonNode seed : oracle.get("data")) {
            List<Curve> levels = new ArrayList<>();
            for (int level = 0; level < 3; level++) {
                int at = level;
                levels.add(Curve.of(
                        grid,
                        Arrays.stream(grid)
                                .map(x -> seed.get((int) x).get(at).asDouble())
                                .toArray()));
            }
            seeds.add(Band.meanOverTasks(levels, grid).orElseThrow());
        }

        Band band = Band.of(seeds, grid, Curve.Reading.LINEAR);

        for (int i = 0; i < 5; i++) {
            assertThat(seeds.get(i).y())
                    .containsExactly(
                            Oracle.row(oracle.get("per_seed_level_mean").get(i)), EXACT);
        }
        for (int i = 0; i < 4; i++) {
            Sample sample = band.points().get(i).sample();
            assertThat(sample.mean()).isCloseTo(oracle.get("mean").get(i).asDouble(), EXACT);
            assertThat(sample.standardError().orElseThrow())
                    .isCloseTo(oracle.get("se_over_seeds").get(i).asDouble(), EXACT);
        }
    }

    @Test
    void areaFollowsTheTrapezoidRule() {
        JsonNode oracle = Oracle.read("auc.json");
        Curve curve = Curve.of(Oracle.row(oracle.get("x")), Oracle.row(oracle.get("y")));

        assertThat(curve.area()).isCloseTo(oracle.get("auc_trapezoid").asDouble(), EXACT);
        assertThat(curve.meanHeight())
                .isCloseTo(oracle.get("normalised_by_range").asDouble(), EXACT);
    }

    @Test
    void transferQuantitiesAreThoseOfTheWorkedExample() {
        JsonNode oracle = Oracle.read("transfer_metrics.json");
        double[] x = Oracle.row(oracle.get("x"));
        Curve adapted = Curve.of(x, Oracle.row(oracle.get("adapted")));
        Curve scratch = Curve.of(x, Oracle.row(oracle.get("scratch")));

        Transfer transfer =
                Transfer.of(adapted, scratch, 2, oracle.get("threshold").asDouble());

        assertThat(adapted.area()).isCloseTo(oracle.get("auc_adapted").asDouble(), EXACT);
        assertThat(scratch.area()).isCloseTo(oracle.get("auc_scratch").asDouble(), EXACT);
        assertThat(transfer.jumpstart()).isCloseTo(oracle.get("jumpstart").asDouble(), EXACT);
        assertThat(transfer.asymptoticGain())
                .isCloseTo(oracle.get("asymptotic_gain_last2").asDouble(), EXACT);
        assertThat(transfer.ratio().orElseThrow())
                .isCloseTo(oracle.get("transfer_ratio").asDouble(), EXACT);
        assertThat(transfer.adaptationGain())
                .isCloseTo(oracle.get("adaptation_gain").asDouble(), EXACT);
        assertThat(transfer.timeToThreshold().orElseThrow())
                .isCloseTo(oracle.get("time_to_threshold_adapted").asDouble(), EXACT);
        assertThat(transfer.scratchTimeToThreshold().orElseThrow())
                .isCloseTo(oracle.get("time_to_threshold_scratch").asDouble(), EXACT);
    }

    @Test
    void aThresholdNeverReachedStaysEmpty() {
        assertThat(Curve.of(new double[] {0, 10}, new double[] {1, 2}).timeTo(3))
                .isEmpty();
    }

    @Test
    void fittedRiseIsTheSlopeTimesTheRange() {
        assertThat(Curve.of(new double[] {0, 100, 200}, new double[] {1, 2, 3}).fittedRise())
                .isCloseTo(2, EXACT);
        assertThat(Curve.of(new double[] {5}, new double[] {1}).fittedRise()).isZero();
    }

    @Test
    void stepsMustAscend() {
        assertThatThrownBy(() -> Curve.of(new double[] {0, 0}, new double[] {1, 2}))
                .hasMessageContaining("must ascend");
    }
}
