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
import java.util.SplittableRandom;
import org.adapt4j.runtime.report.judge.Holm;
import org.adapt4j.runtime.report.judge.Interval;
import org.junit.jupiter.api.Test;

final class BootstrapTest {
    @Test
    void percentilesInterpolateAtTypeSeven() {
        JsonNode oracle = Oracle.read("percentile.json");
        double[] sorted = Oracle.row(oracle.get("sample"));
        Arrays.sort(sorted);

        for (int i = 0; i < oracle.get("expected").size(); i++) {
            assertThat(Percentile.ofSorted(
                            sorted, oracle.get("q_percent").get(i).asDouble() / 100))
                    .isCloseTo(oracle.get("expected").get(i).asDouble(), EXACT);
        }
    }

    @Test
    void allResamplesOfASmallTableGiveTheExactDistribution() {
        JsonNode oracle = Oracle.read("bootstrap_exact_3x2.json");
        Scores scores = Oracle.scores(oracle.get("scores"));
        List<int[]> draws = new ArrayList<>();
        for (int code = 0; code < 729; code++) {
            int[] draw = new int[6];
            for (int i = 0, rest = code; i < 6; i++, rest /= 3) {
                draw[i] = rest % 3 * 2 + i % 2;
            }
            draws.add(draw);
        }

        oracle.get("results").propertyStream().forEach(entry -> {
            Aggregate aggregate = Oracle.aggregate(entry.getKey()).orElseThrow();
            double[] values = draws.stream()
                    .mapToDouble(draw -> aggregate.of(scores, draw))
                    .toArray();

            assertThat(aggregate.of(scores))
                    .isCloseTo(entry.getValue().get("point").asDouble(), EXACT);
            assertThat(Arrays.stream(values).average().orElseThrow())
                    .isCloseTo(entry.getValue().get("mean").asDouble(), EXACT);
            double mean = Arrays.stream(values).average().orElseThrow();
            assertThat(Math.sqrt(Arrays.stream(values)
                            .map(v -> (v - mean) * (v - mean))
                            .average()
                            .orElseThrow()))
                    .isCloseTo(entry.getValue().get("std_population").asDouble(), EXACT);
            Oracle.assertInterval(
                    Bootstrap.interval(values, 0.95), entry.getValue().get("ci95"));
            Oracle.assertInterval(
                    Bootstrap.interval(values, 0.90), entry.getValue().get("ci90"));
        });
    }

    /** Worked out by hand. */
    @Test
    void twoThousandResamplesOfAMeanComeCloseToAllOfThem() {
        Scores scores = Scores.of(new double[][] {{0.2}, {0.4}, {0.6}, {0.8}, {1}});

        Interval drawn = Bootstrap.interval(new Bootstrap(2000, 1).replicates(scores, Aggregate.MEAN), 0.90);

        assertThat(Aggregate.MEAN.of(scores)).isCloseTo(0.6, EXACT);
        assertThat(drawn.low()).isCloseTo(0.4, within(0.04));
        assertThat(drawn.high()).isCloseTo(0.8, within(0.04));
    }

    @Test
    void drawsByThePortableRule() {
        JsonNode oracle = Oracle.read("bootstrap_portable_splitmix64.json");
        SplittableRandom raw = new SplittableRandom(42);
        SplittableRandom random = new SplittableRandom(42);

        for (JsonNode value : oracle.get("raw_signed_first5")) {
            assertThat(raw.nextLong()).isEqualTo(value.asLong());
        }
        for (JsonNode index : oracle.get("index_bound5_first20")) {
            assertThat(Bootstrap.index(random.nextLong(), 5)).isEqualTo(index.asInt());
        }
    }

    @Test
    void portableReplicatesAndIntervalsAreThoseOfAnyLanguage() {
        JsonNode results = Oracle.read("bootstrap_portable_splitmix64.json").get("results");
        Bootstrap bootstrap = new Bootstrap(2000, 42);

        for (String method : List.of("finetune", "reptile")) {
            for (Map.Entry<String, JsonNode> entry : results.get(method).properties()) {
                Aggregate aggregate = Oracle.aggregate(entry.getKey()).orElseThrow();
                double[] values = bootstrap.replicates(Oracle.named(method), aggregate);
                double[] together = bootstrap.replicates(Oracle.named(method), List.of(Aggregate.MEAN, aggregate))[1];

                assertThat(Arrays.copyOf(values, 5))
                        .containsExactly(Oracle.row(entry.getValue().get("first5")), EXACT);
                assertThat(together).isEqualTo(values);
                Oracle.assertInterval(
                        Bootstrap.interval(values, 0.95), entry.getValue().get("ci95"));
                assertThat(Arrays.stream(values).average().orElseThrow())
                        .isCloseTo(entry.getValue().get("mean").asDouble(), EXACT);
            }
        }
        JsonNode expected = results.get("poi finetune>reptile");
        double[] wins = bootstrap.probabilityOfImprovement(Oracle.named("finetune"), Oracle.named("reptile"));
        assertThat(Arrays.copyOf(wins, 5)).containsExactly(Oracle.row(expected.get("first5")), EXACT);
        Oracle.assertInterval(Bootstrap.interval(wins, 0.95), expected.get("ci95"));
    }

    @Test
    void differencesMayBePairedOrIndependent() {
        JsonNode oracle = Oracle.read("paired_difference.json");
        Bootstrap bootstrap = new Bootstrap(2000, 42);
        Scores first = Oracle.named("finetune");
        Scores second = Oracle.named("reptile");

        double[] paired = bootstrap.pairedDifference(first, second, Aggregate.IQM);
        double[] independent = bootstrap.independentDifference(first, second, Aggregate.IQM);

        assertThat(Aggregate.IQM.of(first) - Aggregate.IQM.of(second))
                .isCloseTo(oracle.get("point").asDouble(), EXACT);
        assertThat(Arrays.copyOf(paired, 5))
                .containsExactly(Oracle.row(oracle.get("paired").get("first5")), EXACT);
        Oracle.assertInterval(
                Bootstrap.interval(paired, 0.95), oracle.get("paired").get("ci95"));
        // A few replicates are ties, whose sign is a matter of rounding.
        double share = oracle.get("paired").get("share_positive").asDouble();
        assertThat(shareAbove(paired, 1e-12)).isLessThanOrEqualTo(share);
        assertThat(shareAbove(paired, -1e-12)).isGreaterThanOrEqualTo(share);
        assertThat(shareAbove(paired, -1e-12) - shareAbove(paired, 1e-12)).isLessThan(0.01);
        assertThat(Arrays.copyOf(independent, 5))
                .containsExactly(Oracle.row(oracle.get("independent").get("first5")), EXACT);
        Oracle.assertInterval(
                Bootstrap.interval(independent, 0.95), oracle.get("independent").get("ci95"));
    }

    private static double shareAbove(double[] values, double threshold) {
        return Arrays.stream(values).filter(value -> value > threshold).count() / (double) values.length;
    }

    @Test
    void fiftyThousandReplicatesLieWithinTheStatisticalTolerance() {
        JsonNode results = Oracle.read("bootstrap_statistical.json").get("results");
        Bootstrap bootstrap = new Bootstrap(50_000, 20261121);

        for (Map.Entry<String, JsonNode> method : results.properties()) {
            for (Map.Entry<String, JsonNode> entry : method.getValue().properties()) {
                Interval interval = Bootstrap.interval(
                        bootstrap.replicates(
                                Oracle.named(method.getKey()),
                                Oracle.aggregate(entry.getKey()).orElseThrow()),
                        0.95);
                JsonNode centre = entry.getValue().get("ci95_center");
                JsonNode tolerance = entry.getValue().get("tolerance");

                assertThat(interval.low())
                        .isCloseTo(
                                centre.get(0).asDouble(),
                                within(tolerance.get(0).asDouble()));
                assertThat(interval.high())
                        .isCloseTo(
                                centre.get(1).asDouble(),
                                within(tolerance.get(1).asDouble()));
            }
        }
    }

    @Test
    void aDifferenceTableGivesThePairedBootstrapOfTheMeans() {
        Bootstrap bootstrap = new Bootstrap(500, 7);
        Scores first = Oracle.named("finetune");
        Scores second = Oracle.named("reptile");

        double[] ofTable = bootstrap.replicates(first.plus(-1, second), Aggregate.MEAN);

        assertThat(ofTable).containsExactly(bootstrap.pairedDifference(first, second, Aggregate.MEAN), EXACT);
    }

    @Test
    void pairingNeedsOneShape() {
        Bootstrap bootstrap = new Bootstrap(10, 1);

        assertThatThrownBy(() -> bootstrap.pairedDifference(
                        Oracle.named("finetune"), Oracle.named("three_by_two"), Aggregate.IQM))
                .hasMessageContaining("5 x 6 and 3 x 2");
    }

    @Test
    void pValuesAreTwoSidedAndNeverZero() {
        assertThat(Bootstrap.pValue(new double[] {1, 2, 3, 4})).isCloseTo(0.4, EXACT);
        assertThat(Bootstrap.pValue(new double[] {-1, 2, -3, 4})).isEqualTo(1);
    }

    @Test
    void holmStepsDownAndStaysMonotonic() {
        assertThat(Holm.adjust(new double[] {0.01, 0.04, 0.03, 0.005}))
                .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, EXACT);
        assertThat(Holm.adjust(new double[] {0.9, 0.6})).containsExactly(1, 1);
    }

    @Test
    void coverageTakesTheNextSmallerSimulatedStudy() {
        JsonNode coverage = Oracle.read("coverage_simulation.json").get("coverage");

        coverage.propertyStream().forEach(entry -> {
            String[] words = entry.getKey().split(" ");
            assertThat(Coverage.ofIqm(Integer.parseInt(words[0]), Integer.parseInt(words[3])))
                    .hasValue(entry.getValue().asDouble());
        });
        assertThat(Coverage.ofIqm(4, 15)).hasValue(0.8275);
        assertThat(Coverage.ofIqm(2, 20)).isEmpty();
    }
}
