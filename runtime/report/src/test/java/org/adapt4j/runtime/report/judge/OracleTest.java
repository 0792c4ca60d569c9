package org.adapt4j.runtime.report.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.assertj.core.data.Percentage.withPercentage;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.adapt4j.runtime.report.statistics.Curve;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Figures worked out elsewhere, and there by two routes: relative tolerance 1e-9, of p values 1e-8. */
final class OracleTest {
    private static final double EXACT = 1e-9;
    private static final double P = 1e-8;

    private static JsonNode read(String name) {
        try (InputStream in = Objects.requireNonNull(OracleTest.class.getResourceAsStream(name + ".json"), name)) {
            return new ObjectMapper().readTree(in).get("cases");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<DynamicTest> each(String what, JsonNode cases, Consumer<JsonNode> test) {
        int[] count = {0};
        return StreamSupport.stream(cases.spliterator(), false)
                .map(one -> dynamicTest(what + " " + ++count[0], () -> test.accept(one)));
    }

    private static double[] row(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(value -> value.isNull() ? Double.NaN : value.asDouble())
                .toArray();
    }

    private static double[][] rows(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(OracleTest::row)
                .toArray(double[][]::new);
    }

    private static Grid grid(JsonNode array) {
        return Grid.of(rows(array));
    }

    private static Table table(JsonNode array) {
        return new Table(IntStream.range(0, array.size()).boxed().toList(), rows(array));
    }

    private static Table shifted(JsonNode array) {
        return new Table(IntStream.range(100, 100 + array.size()).boxed().toList(), rows(array));
    }

    private static void close(double actual, JsonNode expected, double tolerance) {
        double wanted = expected.asDouble();
        assertThat(actual).isCloseTo(wanted, offset(tolerance * Math.max(1, Math.abs(wanted))));
    }

    private static void close(double actual, JsonNode expected) {
        close(actual, expected, EXACT);
    }

    private static void interval(Optional<Interval> actual, JsonNode expected) {
        if (expected.isNull()) {
            assertThat(actual).isEmpty();
        } else {
            close(actual.orElseThrow().low(), expected.get(0));
            close(actual.orElseThrow().high(), expected.get(1));
        }
    }

    private static void estimate(Estimate actual, JsonNode expected) {
        close(actual.value(), expected.get("estimate"));
        close(Math.sqrt(actual.variance()), expected.get("se"));
        close(actual.freedom(), expected.get("df"));
        interval(actual.interval(), expected.get("interval"));
    }

    private static Contrast difference(Table first, Table second) {
        return Contrast.of(List.of(new Contrast.Term(1, first), new Contrast.Term(-1, second)))
                .orElseThrow();
    }

    @TestFactory
    Stream<DynamicTest> studentT() {
        return each("quantile and tail", read("student_t"), one -> {
            double freedom = one.get("df").asDouble();
            close(Student.quantile(one.get("p").asDouble(), freedom), one.get("quantile"));
            close(
                    Student.quantile(1 - one.get("p").asDouble(), freedom),
                    new ObjectMapper()
                            .getNodeFactory()
                            .numberNode(-one.get("quantile").asDouble()));
            assertThat(Student.upper(one.get("x").asDouble(), freedom))
                    .isCloseTo(one.get("upper").asDouble(), withPercentage(1e-6));
        });
    }

    @TestFactory
    Stream<DynamicTest> paired() {
        return each("paired", read("paired"), one -> {
            Contrast lead = difference(table(one.get("a")), table(one.get("b")));
            double[] means = row(one.get("seedMeans"));
            for (int i = 0; i < means.length; i++) {
                assertThat(lead.seedValues()[i]).isCloseTo(means[i], offset(EXACT));
            }
            assertThat(lead.isPaired()).isTrue();
            estimate(lead.estimate(About.THESE), one.get("student"));
            interval(lead.estimate(About.THESE).interval(Judge.ALPHA / 3), one.get("at98_3"));
            estimate(Contrast.of(grid(one.get("a"))).estimate(About.THESE), one.get("oneMethod"));
        });
    }

    @TestFactory
    Stream<DynamicTest> unpaired() {
        return each("unpaired", read("unpaired"), one -> {
            Contrast lead = difference(table(one.get("a")), shifted(one.get("b")));
            assertThat(lead.isPaired()).isFalse();
            estimate(lead.estimate(About.THESE), one.get("welch"));
        });
    }

    @TestFactory
    Stream<DynamicTest> crossed() {
        return each("crossed", read("crossed"), one -> {
            Grid grid = grid(one.get("d"));
            JsonNode expected = one.get("crossed");
            estimate(Contrast.of(grid).estimate(About.SUCH), expected);
            MeanSquares squares = MeanSquares.of(grid);
            close(squares.seeds(), expected.get("msSeed"));
            close(squares.tasks(), expected.get("msTask"));
            close(squares.residual(), expected.get("msResidual"));
            close(squares.components().seed(), expected.get("components").get("seed"));
            close(squares.components().task(), expected.get("components").get("task"));
            close(squares.components().residual(), expected.get("components").get("residual"));
        });
    }

    @TestFactory
    Stream<DynamicTest> crossedUnpaired() {
        return each(
                "crossed, unpaired",
                read("crossed_unpaired"),
                one -> estimate(
                        difference(table(one.get("a")), shifted(one.get("b"))).estimate(About.SUCH),
                        one.get("crossed")));
    }

    private static void jackknife(Jackknife actual, JsonNode expected, Optional<Interval> interval) {
        close(actual.value(), expected.get("estimate"));
        close(actual.deviation(), expected.get("se"));
        if (!expected.get("df").isNull()) {
            close(actual.freedom(), expected.get("df"));
        }
        for (int i = 0; i < actual.without().size(); i++) {
            double[] wanted = row(expected.get("leaveOneOut").get(i));
            for (int s = 0; s < wanted.length; s++) {
                assertThat(actual.without().get(i)[s]).isCloseTo(wanted[s], offset(EXACT));
            }
        }
        interval(interval, expected.get("interval"));
    }

    private static void jackknife(Jackknife actual, JsonNode expected) {
        jackknife(actual, expected, actual.interval(Judge.ALPHA));
    }

    @TestFactory
    Stream<DynamicTest> leavingOneSeedOut() {
        return each("jackknife", read("jackknife"), one -> {
            Grid a = grid(one.get("a"));
            Grid b = grid(one.get("b"));
            Jackknife wins = Jackknife.ofImprovement(a, b, true);
            jackknife(wins, one.get("improvement"), wins.intervalOfProbability(Judge.ALPHA));
            if (one.has("iqm")) {
                Grid other = grid(one.get("b2"));
                jackknife(Jackknife.paired(x -> Aggregate.IQM.of(x.get(0)), List.of(a)), one.get("iqm"));
                interval(Aggregate.IQM.interval(a), one.get("iqm").get("interval"));
                jackknife(
                        Jackknife.paired(x -> Aggregate.OPTIMALITY_GAP.of(x.get(0)), List.of(a)),
                        one.get("optimalityGap"));
                jackknife(Aggregate.IQM.difference(a, b, true), one.get("iqmDifference"));
                jackknife(Aggregate.IQM.difference(a, other, false), one.get("iqmDifferenceUnpaired"));
                Jackknife unpaired = Jackknife.ofImprovement(a, other, false);
                jackknife(unpaired, one.get("improvementUnpaired"), unpaired.intervalOfProbability(Judge.ALPHA));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> constant() {
        return each("constant", read("constant"), one -> {
            double[] same = new double[one.get("seeds").asInt()];
            Arrays.fill(same, one.get("x").asDouble());
            List<Integer> seeds = IntStream.range(0, same.length).boxed().toList();
            Contrast contrast = Contrast.of(List.of(new Contrast.Term(
                            1,
                            Table.of(Grid.ofSeedMeans(seeds, same)),
                            one.get("low").asDouble(),
                            one.get("high").asDouble())))
                    .orElseThrow();
            Estimate estimate = contrast.estimate(About.THESE);
            interval(estimate.interval(), one.get("interval"));
            Interval ends = estimate.interval().orElseThrow();
            if (ends.low() < estimate.value()) {
                assertThat(estimate.notAbove(ends.low())).isCloseTo(Judge.ALPHA, offset(EXACT));
            }
            if (ends.high() > estimate.value()) {
                assertThat(estimate.notBelow(ends.high())).isCloseTo(Judge.ALPHA, offset(EXACT));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> holes() {
        return each("holes", read("holes"), one -> {
            Contrast lead = difference(table(one.get("a")), table(one.get("b")));
            assertThat(lead.sides().get(0).seeds())
                    .containsExactlyElementsOf(
                            StreamSupport.stream(one.get("seedsUsed").spliterator(), false)
                                    .map(JsonNode::asInt)
                                    .toList());
            assertThat(table(one.get("a")).holes() + table(one.get("b")).holes())
                    .isEqualTo(one.get("lostCells").asInt());
            assertThat(lead.lacks().isEmpty()).isEqualTo(one.get("decides").asBoolean());
            if (!one.get("student").isNull()) {
                estimate(lead.estimate(About.THESE), one.get("student"));
            }
        });
    }

    private static Judge judge(JsonNode one) {
        List<Judge.Part> parts = new ArrayList<>();
        for (JsonNode part : one.get("parts")) {
            double[] means = row(part.get("seedMeans"));
            Contrast contrast = Contrast.of(
                    Grid.ofSeedMeans(IntStream.range(0, means.length).boxed().toList(), means));
            parts.add(new Judge.Part(
                    new Judge.Key(
                            part.get("pair").asText(),
                            part.get("measure").asText(),
                            part.get("place").asText()),
                    part.get("sign").asInt(),
                    part.get("margin").asDouble(),
                    contrast.estimate(About.THESE)));
        }
        return Judge.of(parts, (int) Math.round(Judge.ALPHA / one.get("alpha").asDouble()));
    }

    private static void p(OptionalDouble actual, JsonNode expected) {
        if (expected.isNull()) {
            assertThat(actual).isEmpty();
        } else {
            close(actual.orElseThrow(), expected, P);
        }
    }

    @TestFactory
    Stream<DynamicTest> verdicts() {
        return each("verdict", read("verdicts"), one -> {
            Judge judge = judge(one);
            for (int i = 0; i < judge.parts().size(); i++) {
                JsonNode expected = one.get("parts").get(i);
                Judge.Part part = judge.parts().get(i);
                Judge.Refuting refuting = judge.refuting().get(i);
                close(part.signed().value(), expected.get("estimate"));
                interval(part.signed().interval(judge.alpha()), expected.get("interval"));
                close(part.holding(), expected.get("pHolds"), P);
                close(refuting.own(), expected.get("pRefuted").get("own"), P);
                p(refuting.places(), expected.get("pRefuted").get("places"));
                p(refuting.all(), expected.get("pRefuted").get("all"));
                close(refuting.used(), expected.get("pRefuted").get("used"), P);
                close(judge.adjusted().get(i), one.get("holm").get(i), P);
            }
            assertThat(judge.outcome().label()).isEqualTo(one.get("outcome").asText());
            assertThat(judge.refuted())
                    .containsExactlyElementsOf(
                            StreamSupport.stream(one.get("refuted").spliterator(), false)
                                    .map(JsonNode::asInt)
                                    .toList());
        });
    }

    @TestFactory
    Stream<DynamicTest> varies() {
        return each("varies", read("varies"), one -> {
            Heterogeneity found = Heterogeneity.of(grid(one.get("d")));
            close(found.f(), one.get("F"));
            close(found.greenhouseGeisser(), one.get("greenhouseGeisser"));
            close(found.huynhFeldt(), one.get("huynhFeldt"));
            close(found.p(), one.get("p"), P);
            close(found.size(), one.get("tau"));
            for (int i = 0; i < found.departures().size(); i++) {
                close(
                        found.departures().get(i).value(),
                        one.get("departures").get(i).get("estimate"));
                interval(
                        found.departures().get(i).interval(),
                        one.get("departures").get(i).get("interval"));
            }
            assertThat(found.outcome(one.get("margin").asDouble(), Judge.ALPHA).label())
                    .isEqualTo(one.get("outcome").asText());
        });
    }

    @TestFactory
    Stream<DynamicTest> power() {
        JsonNode cases = read("power");
        return Stream.of(
                        each("detectable", cases.get("paired"), one -> {
                            double sd = one.get("sd").asDouble();
                            int seeds = one.get("seeds").asInt();
                            close(Power.detectable(sd, seeds, Power.TARGET, Judge.ALPHA), one.get("detectable"));
                            close(
                                    Power.detectable(sd, seeds, Power.atEachEnd(Power.TARGET), Judge.ALPHA),
                                    one.get("equivalenceReach"));
                        }),
                        each("seeds", cases.get("needed"), one -> {
                            double sd = one.get("sd").asDouble();
                            double lead = one.get("lead").asDouble();
                            assertThat(Power.seedsFor(sd, lead, Power.TARGET, Judge.ALPHA))
                                    .hasValue(one.get("seeds").asInt());
                            assertThat(Power.seedsForEquivalence(sd, lead, Power.TARGET, Judge.ALPHA))
                                    .hasValue(one.get("seedsForEquivalence").asInt());
                        }),
                        each("detectable of other tasks", cases.get("crossed"), one -> {
                            Estimate.Spread planned = Power.crossed(
                                    new MeanSquares.Components(
                                            one.get("seed").asDouble(),
                                            one.get("task").asDouble(),
                                            one.get("residual").asDouble()),
                                    one.get("seeds").asInt(),
                                    one.get("tasks").asInt());
                            close(planned.variance(), one.get("variance"));
                            close(planned.freedom(), one.get("df"));
                            close(Power.detectable(planned, Power.TARGET, Judge.ALPHA), one.get("detectable"));
                        }),
                        each("from a run", cases.get("fromGrid"), one -> {
                            Grid grid = grid(one.get("d"));
                            MeanSquares.Components components =
                                    MeanSquares.of(grid).components();
                            close(components.seed(), one.get("components").get("seed"));
                            close(components.task(), one.get("components").get("task"));
                            close(components.residual(), one.get("components").get("residual"));
                            double sd = Math.sqrt(Contrast.variance(grid.seedMeans()));
                            close(sd, one.get("seedMeanSd"));
                            close(Power.deviation(components, grid.taskCount()), one.get("seedMeanSd"));
                            close(
                                    Power.detectable(sd, grid.seedCount(), Power.TARGET, Judge.ALPHA),
                                    one.get("detectable"));
                        }))
                .flatMap(tests -> tests);
    }

    @TestFactory
    Stream<DynamicTest> sequence() {
        JsonNode cases = read("sequence");
        double[] means = row(cases.get("example").get("seedMeans"));
        return Stream.concat(
                each("critical value", cases.get("critical"), one -> {
                    int seeds = one.get("n").asInt();
                    double share = one.get("alpha").asDouble();
                    OptionalDouble critical = Sequence.critical(seeds, share);
                    if (one.get("critical").isNull()) {
                        assertThat(critical).isEmpty();
                    } else {
                        close(critical.orElseThrow(), one.get("critical"));
                        assertThat(Sequence.likelihoodRatio(seeds, critical.orElseThrow()) * share)
                                .isCloseTo(1, offset(EXACT));
                    }
                }),
                each("after a seed", cases.get("example").get("intervals"), one -> {
                    int seeds = one.get("n").asInt();
                    Estimate estimate = Contrast.of(Grid.ofSeedMeans(
                                    IntStream.range(0, seeds).boxed().toList(), Arrays.copyOf(means, seeds)))
                            .alwaysValid()
                            .orElseThrow();
                    close(estimate.value(), one.get("estimate"));
                    interval(estimate.interval(), one.get("interval"));
                }));
    }

    private static Grid measured(JsonNode x, JsonNode curves, ToDoubleFunction<Curve> measure) {
        double[] steps = row(x);
        double[][] rows = new double[curves.size()][];
        for (int s = 0; s < rows.length; s++) {
            rows[s] = StreamSupport.stream(curves.get(s).spliterator(), false)
                    .mapToDouble(curve -> measure.applyAsDouble(Curve.of(steps, row(curve))))
                    .toArray();
        }
        return Grid.of(rows);
    }

    private static void student(Grid grid, JsonNode expected) {
        estimate(Contrast.of(grid).estimate(About.THESE), expected);
    }

    @TestFactory
    Stream<DynamicTest> contrasts() {
        JsonNode cases = read("contrasts");
        JsonNode first = cases.get(0);
        JsonNode trials = cases.get(1);
        JsonNode growth = cases.get(2);
        JsonNode x = first.get("x");
        JsonNode curves = first.get("curves");
        return Stream.of(
                dynamicTest(
                        "end \u2212 start",
                        () -> student(
                                measured(x, curves, curve -> curve.last() - curve.first()),
                                first.get("endMinusStart"))),
                dynamicTest(
                        "AUC \u2212 start",
                        () -> student(
                                measured(x, curves, curve -> curve.meanHeight() - curve.first()),
                                first.get("aucMinusStart"))),
                dynamicTest("AUC", () -> student(measured(x, curves, Curve::meanHeight), first.get("auc"))),
                dynamicTest("bands", () -> {
                    for (int i = 0; i < x.size(); i++) {
                        int point = i;
                        Estimate estimate = Contrast.of(measured(x, curves, curve -> curve.y()[point]))
                                .estimate(About.THESE);
                        interval(estimate.interval(), first.get("band").get(i));
                        interval(
                                estimate.interval(Judge.ALPHA / x.size()),
                                first.get("bandSimultaneous").get(i));
                    }
                }),
                dynamicTest("late \u2212 first", () -> {
                    double[] steps = IntStream.range(
                                    0, trials.get("trials").get(0).get(0).size())
                            .asDoubleStream()
                            .toArray();
                    double[][] rows = new double[trials.get("trials").size()][];
                    for (int s = 0; s < rows.length; s++) {
                        rows[s] = StreamSupport.stream(
                                        trials.get("trials").get(s).spliterator(), false)
                                .mapToDouble(
                                        curve -> Curve.of(steps, row(curve)).lateMinusFirst())
                                .toArray();
                    }
                    student(Grid.of(rows), trials.get("lateMinusFirst"));
                }),
                dynamicTest("growth and its excess", () -> {
                    List<Contrast.Term> own = List.of(
                            new Contrast.Term(1, table(growth.get("lastA"))),
                            new Contrast.Term(-1, table(growth.get("firstA"))));
                    estimate(Contrast.of(own).orElseThrow().estimate(About.THESE), growth.get("growth"));
                    List<Contrast.Term> both = new ArrayList<>(own);
                    both.add(new Contrast.Term(-1, table(growth.get("lastB"))));
                    both.add(new Contrast.Term(1, table(growth.get("firstB"))));
                    Contrast excess = Contrast.of(both).orElseThrow();
                    estimate(excess.estimate(About.THESE), growth.get("excess"));
                    estimate(excess.estimate(About.SUCH), growth.get("excessCrossed"));
                }));
    }
}
