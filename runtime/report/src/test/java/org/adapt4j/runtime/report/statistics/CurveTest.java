package org.adapt4j.runtime.report.statistics;

import static org.adapt4j.runtime.report.statistics.Oracle.EXACT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.adapt4j.runtime.report.judge.Sample;
import org.adapt4j.runtime.report.judge.Student;
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
            assertThat(sample.interval()).as("below five").isEmpty();
        }
    }

    @Test
    void fiveSeedsHaveStudentsInterval() {
        JsonNode oracle = Oracle.read("standard_error.json").get("single");

        Sample sample = Sample.of(Oracle.row(oracle.get("values")));

        assertThat(sample.mean()).isCloseTo(oracle.get("mean").asDouble(), EXACT);
        assertThat(sample.interval().orElseThrow().low())
                .isCloseTo(oracle.get("ci95_t").get(0).asDouble(), within(1e-10));
        assertThat(sample.interval().orElseThrow().high())
                .isCloseTo(oracle.get("ci95_t").get(1).asDouble(), within(1e-10));
    }

    @Test
    void fewerHaveNone() {
        assertThat(Sample.of(3).interval()).isEmpty();
        assertThat(Sample.of(1, 2, 3, 4).interval()).isEmpty();
        assertThat(Sample.of(1, 1, 1, 1, 1).interval()).as("no spread").isEmpty();
    }

    @Test
    void curvesOfAsManyPointsAreTakenPointByPoint() {
        Aligned aligned = Aligned.of(List.of(
                Curve.of(new double[] {0, 100, 200}, new double[] {1, 2, 3}),
                Curve.of(new double[] {0, 110, 230}, new double[] {3, 4, 5})));

        assertThat(aligned.x()).containsExactly(0, 105, 215);
        assertThat(aligned.mean().y()).containsExactly(2, 3, 4);
    }

    @Test
    void otherCurvesKeepTheirEndsAndAreReadBetween() {
        Aligned aligned = Aligned.of(List.of(
                Curve.of(new double[] {0, 50, 100}, new double[] {0, 5, 10}),
                Curve.of(new double[] {10, 120}, new double[] {1, 12})));

        assertThat(aligned.x()).containsExactly(5, 50, 110);
        assertThat(aligned.at(0)).containsExactly(0, 1);
        assertThat(aligned.at(1)).containsExactly(new double[] {5, 5}, EXACT);
        assertThat(aligned.at(2)).containsExactly(10, 12);
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
            seeds.add(Aligned.of(levels).mean());
        }

        Band band = Aligned.of(seeds).band();
        double t = Student.quantile(0.975, 4);

        for (int i = 0; i < 5; i++) {
            assertThat(seeds.get(i).y())
                    .containsExactly(
                            Oracle.row(oracle.get("per_seed_level_mean").get(i)), EXACT);
        }
        for (int i = 0; i < 4; i++) {
            Sample sample = band.points().get(i).sample();
            assertThat(sample.mean()).isCloseTo(oracle.get("mean").get(i).asDouble(), EXACT);
            assertThat(sample.interval().orElseThrow().high() - sample.mean())
                    .isCloseTo(t * oracle.get("se_over_seeds").get(i).asDouble(), EXACT);
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
        assertThat(transfer.jumpstart().orElseThrow())
                .isCloseTo(oracle.get("jumpstart").asDouble(), EXACT);
        assertThat(transfer.asymptoticGain())
                .isCloseTo(oracle.get("asymptotic_gain_last2").asDouble(), EXACT);
        assertThat(transfer.ratio().orElseThrow())
                .isCloseTo(oracle.get("transfer_ratio").asDouble(), EXACT);
        assertThat(transfer.adaptationGain().orElseThrow())
                .isCloseTo(oracle.get("adaptation_gain").asDouble(), EXACT);
        assertThat(transfer.timeToThreshold().orElseThrow())
                .isCloseTo(oracle.get("time_to_threshold_adapted").asDouble(), EXACT);
        assertThat(transfer.scratchTimeToThreshold().orElseThrow())
                .isCloseTo(oracle.get("time_to_threshold_scratch").asDouble(), EXACT);
    }

    @Test
    void whatBeginsLateHasNoJumpstartAndOtherStretchesNoRatio() {
        Curve late = Curve.of(new double[] {240, 480}, new double[] {0.9, 0.9});
        Curve whole = Curve.of(new double[] {0, 240, 480}, new double[] {0.1, 0.9, 0.9});
        Curve half = Curve.of(new double[] {0, 240}, new double[] {0.1, 0.9});

        assertThat(Transfer.of(late, whole, 1, 0.5).jumpstart()).isEmpty();
        assertThat(Transfer.of(late, whole, 1, 0.5).adaptationGain()).isEmpty();
        assertThat(Transfer.of(late, whole, 1, 0.5).ratio()).isEmpty();
        assertThat(Transfer.of(half, whole, 1, 0.5).ratio()).isEmpty();
        assertThat(Transfer.of(half, whole, 1, 0.5).jumpstart().orElseThrow()).isZero();
        assertThat(Transfer.of(whole, whole, 1, 0.5).ratio().orElseThrow()).isZero();
    }

    @Test
    void aThresholdNeverReachedStaysEmpty() {
        assertThat(Curve.of(new double[] {0, 10}, new double[] {1, 2}).timeTo(3))
                .isEmpty();
    }

    @Test
    void lateMinusFirstIsTheLastQuarterOfTheTrials() {
        Curve nine = Curve.of(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, new double[] {1, 9, 9, 9, 9, 9, 2, 3, 4});

        assertThat(nine.lateMinusFirst()).isCloseTo(2, EXACT);
        assertThat(Curve.of(new double[] {5}, new double[] {1}).lateMinusFirst())
                .isZero();
    }

    @Test
    void stepsMustAscend() {
        assertThatThrownBy(() -> Curve.of(new double[] {0, 0}, new double[] {1, 2}))
                .hasMessageContaining("must ascend");
    }
}
