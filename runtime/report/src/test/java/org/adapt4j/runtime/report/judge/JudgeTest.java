package org.adapt4j.runtime.report.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.adapt4j.runtime.report.judge.Judge.Key;
import org.adapt4j.runtime.report.judge.Judge.Part;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What must be so for any numbers. */
final class JudgeTest {
    private static final Offset<Double> ROUNDING = within(1e-12);
    private static final int TABLES = 100;

    private final SplittableRandom random = new SplittableRandom(1);

    private Grid grid(int seeds, int tasks, double seed, double task, double residual) {
        double[] columns =
                random.doubles(tasks).map(x -> task * random.nextGaussian()).toArray();
        double[][] rows = new double[seeds][tasks];
        for (double[] row : rows) {
            double own = seed * random.nextGaussian();
            for (int t = 0; t < tasks; t++) {
                row[t] = own + columns[t] + residual * random.nextGaussian();
            }
        }
        return Grid.of(rows);
    }

    private Grid grid() {
        return grid(random.nextInt(5, 9), random.nextInt(2, 7), 0.1, 0.1, 0.2);
    }

    private static Grid shifted(Grid grid, double shift) {
        return map(grid, (s, t) -> grid.at(s, t) + shift);
    }

    private interface Entry {
        double at(int seed, int task);
    }

    private static Grid map(Grid like, Entry entry) {
        double[][] rows = new double[like.seedCount()][like.taskCount()];
        for (int s = 0; s < rows.length; s++) {
            for (int t = 0; t < rows[s].length; t++) {
                rows[s][t] = entry.at(s, t);
            }
        }
        return Grid.of(like.seeds(), rows);
    }

    private static Interval interval(Grid grid, About about) {
        return Contrast.of(grid).estimate(about).interval().orElseThrow();
    }

    private static void same(Interval actual, double low, double high) {
        assertThat(actual.low()).isCloseTo(low, ROUNDING);
        assertThat(actual.high()).isCloseTo(high, ROUNDING);
    }

    @Test
    void intervalsMoveScaleAndMirrorWithTheNumbers() {
        for (int i = 0; i < TABLES; i++) {
            Grid grid = grid();
            for (About about : About.values()) {
                Interval ends = interval(grid, about);

                same(interval(shifted(grid, 0.3), about), ends.low() + 0.3, ends.high() + 0.3);
                same(interval(grid.times(2.5), about), 2.5 * ends.low(), 2.5 * ends.high());
                same(interval(grid.times(-1), about), -ends.high(), -ends.low());
                Estimate estimate = Contrast.of(grid).estimate(about);
                assertThat(estimate.negated().notAbove(0.05)).isCloseTo(estimate.notBelow(-0.05), ROUNDING);
            }
        }
    }

    @Test
    void theOrderOfSeedsAndTasksDoesNotMatter() {
        for (int i = 0; i < TABLES; i++) {
            Grid grid = grid();
            List<Integer> seeds = new ArrayList<>(grid.seeds());
            List<Integer> tasks =
                    new ArrayList<>(IntStream.range(0, grid.taskCount()).boxed().toList());
            Collections.reverse(seeds);
            Collections.rotate(tasks, 1);
            Grid other = map(grid, (s, t) -> grid.at(seeds.get(s), tasks.get(t)));
            for (About about : About.values()) {
                Interval ends = interval(grid, about);
                same(interval(other, about), ends.low(), ends.high());
            }
        }
    }

    @Test
    void tasksTakenTwiceTellNothingMoreOfTheSeeds() {
        Grid grid = grid(6, 4, 0.1, 0.1, 0.2);
        double[][] twice = new double[6][8];
        for (int s = 0; s < 6; s++) {
            for (int t = 0; t < 8; t++) {
                twice[s][t] = grid.at(s, t % 4);
            }
        }
        Interval ends = interval(grid, About.THESE);

        same(interval(Grid.of(twice), About.THESE), ends.low(), ends.high());
    }

    @Test
    void aSeedStandsInATableOnce() {
        assertThatThrownBy(() -> Grid.of(List.of(1, 1), new double[][] {{1}, {2}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[1, 1]");
        assertThatThrownBy(() -> Grid.of(new double[][] {{1}, {Double.NaN}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("seed 1 on task 0");
    }

    @Test
    void whatASeedAddsToBothMethodsIsNotSeenWherePaired() {
        Grid a = grid(6, 4, 0.1, 0, 0.1);
        Grid b = grid(6, 4, 0.1, 0, 0.1);
        double[] luck = random.doubles(6).toArray();
        Interval paired =
                Contrast.difference(a, b).estimate(About.THESE).interval().orElseThrow();
        Grid luckyA = map(a, (s, t) -> a.at(s, t) + luck[s]);
        Grid luckyB = map(b, (s, t) -> b.at(s, t) + luck[s]);
        Contrast apart = Contrast.difference(luckyA, Grid.of(List.of(10, 11, 12, 13, 14, 15), rows(luckyB)));

        same(
                Contrast.difference(luckyA, luckyB)
                        .estimate(About.THESE)
                        .interval()
                        .orElseThrow(),
                paired.low(),
                paired.high());
        assertThat(apart.isPaired()).isFalse();
        assertThat(width(apart.estimate(About.THESE).interval().orElseThrow())).isGreaterThan(2 * width(paired));
    }

    private static double[][] rows(Grid grid) {
        return Table.of(grid).rows();
    }

    private static double width(Interval interval) {
        return interval.high() - interval.low();
    }

    @Test
    void almostTheSameSeedsArePairedOnTheCommonOnes() {
        Grid a = grid(6, 3, 0.1, 0, 0.1);
        Grid b = Grid.of(List.of(1, 2, 3, 4, 5, 9), rows(grid(6, 3, 0.1, 0, 0.1)));
        Grid c = Grid.of(List.of(3, 4, 5, 9, 10, 11), rows(grid(6, 3, 0.1, 0, 0.1)));

        assertThat(Contrast.difference(a, b).sides())
                .singleElement()
                .satisfies(side -> assertThat(side.seeds()).containsExactly(1, 2, 3, 4, 5));
        assertThat(Contrast.difference(a, c).sides()).hasSize(2);
    }

    @Test
    void oneTaskSaysNothingOfOthers() {
        Grid grid = grid(6, 1, 0.1, 0, 0.1);

        assertThat(Contrast.of(grid).estimate(About.SUCH).isKnown()).isFalse();
        assertThat(Contrast.of(grid).estimate(About.THESE).isKnown()).isTrue();
    }

    @Test
    void tasksThatAllDoTheSameAreOneTask() {
        Grid one = grid(6, 1, 0.1, 0, 0.1);
        Grid many = map(grid(6, 5, 1, 1, 1), (s, t) -> one.at(s, 0));
        Interval ends = interval(one, About.THESE);

        same(interval(many, About.THESE), ends.low(), ends.high());
        same(interval(many, About.SUCH), ends.low(), ends.high());
    }

    @Test
    void intervalsWidenWithWhatIsCommonToASeedAndThoseOfCellsDoNot() {
        double before = 0;
        double cellsBefore = 0;
        for (double share : new double[] {0, 0.3, 0.6}) {
            double sum = 0;
            double cells = 0;
            for (int i = 0; i < 500; i++) {
                Grid grid = grid(5, 10, Math.sqrt(share), 0, Math.sqrt(1 - share));
                sum += width(interval(grid, About.THESE));
                cells += width(OldRule.interval(grid, 200, random));
            }

            assertThat(sum).isGreaterThan(1.2 * before);
            if (cellsBefore > 0) {
                assertThat(cells).isLessThan(1.2 * cellsBefore);
            }
            before = sum;
            cellsBefore = cells;
        }
    }

    @Test
    void whatIsSaidOfOtherTasksIsNeverSurerThanSeedsOrTasksAllow() {
        for (int i = 0; i < TABLES; i++) {
            Grid grid = grid(random.nextInt(2, 9), random.nextInt(2, 7), 0.1 * (i % 3), 0.1 * (i % 2), 0.2);
            MeanSquares squares = MeanSquares.of(grid);
            double cells = grid.seedCount() * grid.taskCount();
            double a = squares.seeds() / cells;
            double b = squares.tasks() / cells;
            double e = squares.residual() / cells;
            Estimate estimate = Contrast.of(grid).estimate(About.SUCH);

            assertThat(estimate.variance()).isGreaterThanOrEqualTo(Math.max(a, b) * (1 - 1e-12));
            if (a > e && b > e) {
                assertThat(estimate.variance()).isCloseTo(a + b - e, ROUNDING);
            }
            assertThat(estimate.freedom()).isPositive().isLessThanOrEqualTo(grid.seedCount() + grid.taskCount() - 2);
        }
    }

    @Test
    void leavingSeedsOutOfAMeanIsStudentsInterval() {
        for (int i = 0; i < TABLES; i++) {
            Grid grid = grid();
            Interval ends = interval(grid, About.THESE);

            same(Aggregate.MEAN.interval(grid).orElseThrow(), ends.low(), ends.high());
        }
    }

    @Test
    void winningIsLosingSeenFromTheOtherSide() {
        for (int i = 0; i < TABLES; i++) {
            Grid a = grid(6, 3, 0.1, 0.1, 0.1);
            Grid b = grid(6, 3, 0.1, 0.1, 0.1);
            Jackknife one = Jackknife.ofImprovement(a, b, true);
            Jackknife other = Jackknife.ofImprovement(b, a, true);
            Interval ends = one.intervalOfProbability(Judge.ALPHA).orElseThrow();

            assertThat(other.value()).isCloseTo(1 - one.value(), ROUNDING);
            same(other.intervalOfProbability(Judge.ALPHA).orElseThrow(), 1 - ends.high(), 1 - ends.low());
        }
    }

    private static List<Part> alike(String pair, Estimate estimate, double margin) {
        Key key = new Key(pair, "final", "here");
        return List.of(new Part(key, 1, -margin, estimate), new Part(key, -1, -margin, estimate));
    }

    private List<Part> parts(int count) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double lead = 0.2 * random.nextGaussian();
            parts.add(new Part(
                    new Key("pair " + i % 2, "final", "place " + i),
                    1,
                    0,
                    Contrast.of(shifted(grid(5, 1, 0.1, 0, 0), lead)).estimate(About.THESE)));
        }
        return parts;
    }

    @Test
    void anotherPartNeverMakesAClaimHold() {
        int[] seen = new int[3];
        for (int i = 0; i < 1000; i++) {
            List<Part> parts = parts(1 + i % 4);
            Judge more = Judge.of(parts, 1);
            Judge less = Judge.of(parts.subList(0, Math.max(1, parts.size() - 1)), 1);

            seen[more.outcome().ordinal()]++;
            if (more.outcome() == Outcome.HOLDS) {
                assertThat(less.outcome()).isEqualTo(Outcome.HOLDS);
                assertThat(more.refuted()).isEmpty();
            }
            assertThat(more.refuted()).allMatch(part -> more.open().contains(part));
        }
        assertThat(seen).doesNotContain(0);
    }

    @Test
    void methodsAreAlikeWhereTheWholeIntervalLiesWithinTheMargin() {
        for (int i = 0; i < 500; i++) {
            Estimate lead = Contrast.of(shifted(grid(5, 1, 0.05, 0, 0), 0.1 * random.nextGaussian()))
                    .estimate(About.THESE);
            Interval ends = lead.interval().orElseThrow();
            boolean within = ends.above(-0.1) && ends.below(0.1);

            assertThat(Judge.of(alike("a", lead, 0.1), 1).outcome() == Outcome.HOLDS)
                    .isEqualTo(within);
            if (within) {
                assertThat(Judge.of(alike("a", lead, 0.2), 1).outcome()).isEqualTo(Outcome.HOLDS);
            }
        }
    }

    @Test
    void sayingAPartTwiceChangesNothingButMakesRefutingHarder() {
        for (int i = 0; i < 500; i++) {
            List<Part> once = parts(1);
            List<Part> often = new ArrayList<>(Collections.nCopies(4, once.get(0)));

            assertThat(Judge.of(often, 1).outcome() == Outcome.HOLDS)
                    .isEqualTo(Judge.of(once, 1).outcome() == Outcome.HOLDS);
            if (Judge.of(often, 1).outcome() == Outcome.DOES_NOT_HOLD) {
                assertThat(Judge.of(once, 1).outcome()).isEqualTo(Outcome.DOES_NOT_HOLD);
            }
        }
    }

    @Test
    void holmStepsDown() {
        assertThat(Holm.adjust(new double[] {0.01, 0.04, 0.03, 0.005}))
                .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, ROUNDING);
    }

    @Test
    void oneDeclaredLookIsNone() {
        List<Part> parts = parts(3);

        assertThat(Judge.of(parts, 1).alpha()).isEqualTo(Judge.ALPHA);
        assertThat(Judge.of(parts, 3).alpha()).isCloseTo(Judge.ALPHA / 3, ROUNDING);
    }

    @Test
    void lookingAgainAndAgainHasItsPrice() {
        for (int seeds = 5; seeds < 50; seeds++) {
            assertThat(Sequence.critical(seeds, 0.05).orElseThrow())
                    .isGreaterThan(Student.quantile(0.975, seeds - 1.0));
        }
        assertThat(Sequence.critical(4, 0.05)).isEmpty();
    }

    @Test
    void theAlwaysValidPValueIsTheLevelAtWhichTheIntervalEndsThere() {
        Estimate estimate = Contrast.of(grid(12, 1, 0.1, 0, 0)).alwaysValid().orElseThrow();
        Interval ends = estimate.interval(0.01).orElseThrow();

        assertThat(estimate.notAbove(ends.low())).isCloseTo(0.01, within(1e-9));
        assertThat(estimate.notBelow(ends.high())).isCloseTo(0.01, within(1e-9));
        assertThat(estimate.notAbove(ends.high())).isEqualTo(1);
    }

    private static Grid constant(int firstSeed, int seeds, double value) {
        double[] values = new double[seeds];
        Arrays.fill(values, value);
        return Grid.ofSeedMeans(
                IntStream.range(firstSeed, firstSeed + seeds).boxed().toList(), values);
    }

    private static Contrast.Term score(double weight, Grid grid) {
        return new Contrast.Term(weight, Table.of(grid), 0, 1);
    }

    @Test
    void seedsThatAllAgreeProveLittle() {
        Estimate fiveOfFive = Contrast.of(List.of(score(1, constant(0, 5, 1)), score(-1, constant(0, 5, 0))))
                .orElseThrow()
                .estimate(About.THESE);
        Estimate sixOfSix = Contrast.of(List.of(score(1, constant(0, 6, 1)), score(-1, constant(0, 6, 0))))
                .orElseThrow()
                .estimate(About.THESE);

        assertThat(fiveOfFive.interval().orElseThrow().above(0)).isFalse();
        assertThat(sixOfSix.interval().orElseThrow().above(0)).isTrue();
        assertThat(sixOfSix.notAbove(0)).isLessThan(Judge.ALPHA);
    }

    @Test
    void twoSidesWithoutSpreadShareTheLevel() {
        Estimate apart = Contrast.of(List.of(score(1, constant(0, 10, 0.9)), score(-1, constant(20, 10, 0.2))))
                .orElseThrow()
                .estimate(About.THESE);
        double unseen = 1 - Math.pow(0.0125, 0.1);
        Interval ends = apart.interval().orElseThrow();

        same(ends, 0.9 - 0.9 * unseen - (0.2 + 0.8 * unseen), 0.9 + 0.1 * unseen - (0.2 - 0.2 * unseen));
        assertThat(apart.notAbove(ends.low())).isCloseTo(Judge.ALPHA, within(1e-9));
        assertThat(apart.negated().notBelow(-ends.low())).isCloseTo(Judge.ALPHA, within(1e-9));
    }

    @Test
    void aSideWithoutSpreadIsNoCertainty() {
        double[] mostly = new double[20];
        Arrays.fill(mostly, 4, 20, 1);
        Grid twenty = Grid.ofSeedMeans(IntStream.range(10, 30).boxed().toList(), mostly);
        Contrast lead = Contrast.of(List.of(score(1, constant(0, 5, 1)), score(-1, twenty)))
                .orElseThrow();
        Estimate five = lead.estimate(About.THESE);
        Interval ends = five.interval().orElseThrow();
        double half = Student.quantile(1 - 0.0125, 19) * Math.sqrt(0.8 * 0.2 / 19);

        // Fisher's exact test says 0.37; who takes the five for certain says 0.02
        assertThat(five.notAbove(0)).isGreaterThan(0.3);
        same(ends, 1 - (1 - Math.pow(0.0125, 0.2)) - 0.8 - half, 1 - 0.8 + half);
        assertThat(five.notAbove(ends.low())).isCloseTo(Judge.ALPHA, within(1e-9));
        assertThat(five.variance()).isCloseTo(0.8 * 0.2 / 19, within(1e-12));
        assertThat(five.freedom()).isCloseTo(19, within(1e-9));
        assertThat(Contrast.of(List.of(
                                new Contrast.Term(1, Table.of(constant(0, 5, 1))),
                                new Contrast.Term(-1, Table.of(twenty))))
                        .orElseThrow()
                        .estimate(About.THESE)
                        .isKnown())
                .as("of numbers that can be anything")
                .isFalse();
    }

    @Test
    void seedsThatAgreeOnNumbersOfAnySizeProveNothing() {
        assertThat(Contrast.of(constant(0, 8, 3000)).estimate(About.THESE).isKnown())
                .isFalse();
        assertThat(Contrast.of(List.of(score(1, constant(0, 8, 1.5))))
                        .orElseThrow()
                        .estimate(About.THESE)
                        .isKnown())
                .as("a score outside its range")
                .isFalse();
    }

    @Test
    void fewSeedsLackSomething() {
        assertThat(Contrast.of(grid(4, 3, 1, 1, 1)).lacks()).hasValue("4 of 5 seeds");
        assertThat(Contrast.of(grid(5, 3, 1, 1, 1)).lacks()).isEmpty();
        double[][] rows = rows(grid(5, 3, 1, 1, 1));
        rows[2][1] = Double.NaN;
        Contrast holed = Contrast.of(List.of(new Contrast.Term(1, new Table(List.of(0, 1, 2, 3, 4), rows))))
                .orElseThrow();
        assertThat(holed.lacks()).hasValue("4 whole of 5 planned seeds, 5 needed");
        double[][] many = rows(grid(8, 3, 1, 1, 1));
        many[0][0] = Double.NaN;
        many[1][0] = Double.NaN;
        assertThat(Contrast.of(List.of(new Contrast.Term(1, new Table(List.of(0, 1, 2, 3, 4, 5, 6, 7), many))))
                        .orElseThrow()
                        .lacks())
                .hasValue("6 of 8 planned seeds are whole, fewer than four fifths");
    }

    @Test
    void seedsWithoutAFailureLeaveRoomForOne() {
        assertThat(Power.unseenFailures(5)).isCloseTo(0.45, within(0.005));
        assertThat(Power.unseenFailures(10)).isCloseTo(0.26, within(0.005));
        assertThat(Power.unseenFailures(20)).isCloseTo(0.14, within(0.005));
    }

    @Test
    void nothingIsFoundByAnyNumberOfSeedsWhereTasksVaryTooMuch() {
        MeanSquares.Components components = new MeanSquares.Components(0.01, 0.04, 0.04);

        assertThat(Power.detectable(Power.crossed(components, 1000, 5), Power.TARGET, Judge.ALPHA))
                .isGreaterThan(0.2);
        assertThat(Power.seedsFor(10, 0.01, Power.TARGET, Judge.ALPHA)).isEmpty();
        assertThat(Power.each(1)).isCloseTo(Power.TARGET, ROUNDING);
        assertThat(Power.each(4)).isCloseTo(0.95, ROUNDING);
    }

    @Test
    void aDeviationOfFewSeedsIsARange() {
        Interval range = Power.range(0.1, 5);

        assertThat(range.low()).isBetween(0.08, 0.09);
        assertThat(range.high()).isBetween(0.15, 0.16);
    }
}
