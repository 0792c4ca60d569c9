package org.adapt4j.method.amf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.adapt4j.method.selection.Choice;
import org.adapt4j.method.selection.ImportanceWeights;
import org.adapt4j.method.selection.Objective;
import org.adapt4j.method.selection.Reference;
import org.adapt4j.method.selection.StepKernel;
import org.adapt4j.method.selection.TaskSelector;
import org.adapt4j.method.selection.fake.FakeSelection;
import org.adapt4j.testkit.fake.TestStreams;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Strategies on examples worked out by hand; a task between two others, the hub, above all. */
final class SelectorsTest {

    private static final Offset<Double> EXACTLY = within(2e-6);
    private static final double R = Math.sqrt(0.5);

    private static StepKernel linear(double noise) {
        return new StepKernel(StepKernel.Type.LAST_LAYER, noise, false, false, 1);
    }

    private static Reference.Settings all(int history) {
        return reference(0, history, ImportanceWeights.HARD, 0, Reference.ClipBy.STEP);
    }

    private static Reference.Settings reference(
            int points, int history, ImportanceWeights weights, double clip, Reference.ClipBy clipBy) {
        return new Reference.Settings(Reference.From.ALL, 0, 0, 0, points, history, false, weights, 1, clip, clipBy);
    }

    /** Three tasks, the second between the others. */
    private static FakeSelection hub() {
        return FakeSelection.of(3).shows(0, 1, 0).shows(1, R, R).shows(2, 0, 1);
    }

    private static void check(double[] scores, double... known) {
        for (int task = 0; task < known.length; task++) {
            assertThat(scores[task]).as("task %d", task).isEqualTo(known[task], EXACTLY);
        }
    }

    private static int chosen(TaskSelector selector, FakeSelection now) {
        return Choice.of(selector.score(now)).task();
    }

    @Test
    void informationFindsTheHub() {
        FakeSelection now = hub();
        InformationSelector selector =
                new InformationSelector(new InformationSelector.Settings(Objective.VARIANCE, linear(1), all(0)));

        check(selector.score(now), -0.75, -0.6666667, -0.75);
        assertThat(now.logged()).containsKey("information-gain");
        check(
                new InformationSelector(new InformationSelector.Settings(Objective.ENTROPY, linear(1), all(0)))
                        .score(hub()),
                -1.2554670,
                -1.2075200,
                -1.2554670);
    }

    /** Mean-marginal information of oracle O5, of the hub and of a task beside it. */
    @Test
    void theExpectedGainIsThatOfTheChosenTask() {
        FakeSelection all = hub();
        FakeSelection besides = hub().withTargets(1, 0, 0);
        InformationSelector selector =
                new InformationSelector(new InformationSelector.Settings(Objective.VARIANCE, linear(1), all(0)));

        selector.score(all);
        selector.score(besides);

        assertThat(all.logged().get("information-gain")).isEqualTo(.2114186, EXACTLY);
        assertThat(besides.logged().get("information-gain")).isEqualTo(0.5 * Math.log(2), EXACTLY);
    }

    /** Oracle O6: the third task is long and counts for nothing. */
    @Test
    void whatDoesNotCountTemptsUndirectedInformationOnly() {
        FakeSelection now = FakeSelection.of(3)
                .withTargets(0.5, 0.5, 0)
                .shows(0, 1, 0, 0)
                .shows(1, .8, .6, 0)
                .shows(2, 0, 0, 3);
        InformationSelector amf =
                new InformationSelector(new InformationSelector.Settings(Objective.VARIANCE, linear(1), all(0)));
        DOptimalSelector undirected = new DOptimalSelector(new DOptimalSelector.Settings(linear(1), all(0)));

        check(amf.score(now), -.59, -.59, -1);
        check(undirected.score(now), .3465736, .3465736, 1.1512925);
        assertThat(chosen(amf, now)).isNotEqualTo(2);
        assertThat(chosen(undirected, now)).isEqualTo(2);
    }

    /** Oracle O5: a batch without an update in between, at the order of each rule. */
    @Test
    void choicesOfABatchReckonWithEachOther() {
        InformationSelector amf =
                new InformationSelector(new InformationSelector.Settings(Objective.VARIANCE, linear(1), all(0)));
        DOptimalSelector undirected = new DOptimalSelector(new DOptimalSelector.Settings(linear(1), all(0)));

        assertThat(batch(amf, 3)).containsExactly(1, 0, 2);
        assertThat(batch(undirected, 4)).containsExactly(0, 2, 0, 2);
    }

    private static List<Integer> batch(TaskSelector selector, int size) {
        double[][] features = {{1, 0}, {R, R}, {0, 1}};
        List<Integer> order = new ArrayList<>();
        FakeSelection now = hub();
        for (int i = 0; i < size; i++) {
            int task = chosen(selector, now);
            order.add(task);
            now.shows(task, features[task]).pending();
        }
        return order;
    }

    @Test
    void aSingularKernelIsNoHindrance() {
        FakeSelection same = FakeSelection.of(3).shows(0, 1, 0).shows(1, 1, 0).shows(2, 1, 0);
        FakeSelection nothing = FakeSelection.of(2).shows(0, 0, 0).shows(1, 0, 0);

        for (double noise : new double[] {0, 1e-3}) {
            for (Objective objective : Objective.values()) {
                InformationSelector amf =
                        new InformationSelector(new InformationSelector.Settings(objective, linear(noise), all(0)));
                assertThat(chosen(amf, same)).isZero();
                assertThat(chosen(amf, nothing)).isZero();
                assertThat(nothing.logged().get("information-gain")).isZero();
            }
            assertThat(chosen(new VtlSelector(new VtlSelector.Settings(linear(noise), all(0))), same))
                    .isZero();
            assertThat(chosen(new MmdSelector(new MmdSelector.Settings(linear(noise), all(0))), same))
                    .isZero();
        }
        assertThat(chosen(new ItlSelector(new ItlSelector.Settings(linear(1e-3), all(0))), same))
                .isZero();
        assertThat(chosen(
                        new BadgeSelector(new BadgeSelector.Settings(linear(1e-3), all(0))),
                        nothing.withRandom(TestStreams.root(1))))
                .isBetween(0, 1);
    }

    @Test
    void aPolicyGoneAstrayIsNamed() {
        FakeSelection now = FakeSelection.of(2).shows(0, Double.NaN, 0).shows(1, 0, 1);
        InformationSelector amf =
                new InformationSelector(new InformationSelector.Settings(Objective.VARIANCE, linear(1), all(0)));

        assertThatThrownBy(() -> amf.score(now)).hasMessageContaining("lower adapt.algorithm.learning-rate");
    }

    @Test
    void pointsAreKeptToByFewerStepsOfEach() {
        FakeSelection now = FakeSelection.of(2);
        for (int task = 0; task < 2; task++) {
            double[][] steps = new double[30][];
            for (int step = 0; step < 30; step++) {
                steps[step] = new double[] {task, 1 - task};
            }
            now.shows(task, steps, new double[30][1], new double[30][1]);
        }

        int free = Reference.of(now, linear(1), reference(0, 0, ImportanceWeights.HARD, 0, Reference.ClipBy.STEP))
                .views()
                .size();
        int kept = Reference.of(now, linear(1), reference(25, 0, ImportanceWeights.HARD, 0, Reference.ClipBy.STEP))
                .views()
                .size();
        int one = Reference.of(now, linear(1), reference(1, 0, ImportanceWeights.HARD, 0, Reference.ClipBy.STEP))
                .views()
                .size();

        assertThat(free).isEqualTo(60);
        assertThat(kept).isEqualTo(24);
        assertThat(one).isEqualTo(2);
    }

    /** Answers are right where the own task is told, and miss by 6 in both steps where the other is. */
    @Test
    void likelihoodsAreClippedByStepOrByTrajectory() {
        double[][] twice = {{1}, {1}};
        double[][] zeros = {{0}, {0}};
        FakeSelection now =
                FakeSelection.of(2).strayingBy(6).shows(0, twice, zeros, zeros).shows(1, twice, zeros, zeros);
        double right = -Math.log(2 * Math.PI);

        assertThat(shareOfTheOther(now, 0, Reference.ClipBy.STEP)).isZero();
        assertThat(shareOfTheOther(now, -12, Reference.ClipBy.STEP))
                .isEqualTo(1 / (1 + Math.exp(right + 24)), within(1e-12));
        assertThat(shareOfTheOther(now, -12, Reference.ClipBy.TRAJECTORY))
                .isEqualTo(1 / (1 + Math.exp(right + 12)), within(1e-12));
    }

    /** How much the second task's demonstration says about the first task. */
    private static double shareOfTheOther(FakeSelection now, double clip, Reference.ClipBy clipBy) {
        Reference reference =
                Reference.of(now, linear(1), reference(0, 0, ImportanceWeights.SELF_NORMALISED, clip, clipBy));
        List<Objective.Stretch> candidates = reference.candidates().get(0);
        return candidates.size() == 1 ? 0 : candidates.get(1).weight();
    }

    @Test
    void whatWaitsForAnUpdateIsReckonedIn() {
        InformationSelector selector =
                new InformationSelector(new InformationSelector.Settings(Objective.VARIANCE, linear(1), all(0)));
        FakeSelection now =
                FakeSelection.of(3).shows(0, 1, 0).shows(1, R, R).pending().shows(2, 0, 1);

        check(selector.score(now), -0.5238095, -0.5555556, -0.5238095);
    }

    @Test
    void theTargetedKindsFindTheHubToo() {
        check(new VtlSelector(new VtlSelector.Settings(linear(1), all(0))).score(hub()), -0.75, -0.6666667, -0.75);
        check(
                new ItlSelector(new ItlSelector.Settings(linear(1), all(0))).score(hub()),
                0.1724202,
                0.2027326,
                0.1724202);
    }

    @Test
    void undirectedInformationNeverFindsIt() {
        DOptimalSelector selector = new DOptimalSelector(new DOptimalSelector.Settings(linear(1), all(0)));

        check(selector.score(hub()), 0.3465736, 0.3465736, 0.3465736);
        FakeSelection second =
                FakeSelection.of(3).shows(0, 1, 0).pending().shows(1, R, R).shows(2, 0, 1);
        assertThat(chosen(selector, second)).isEqualTo(2);
        // Counted from the start: .549306, .626381, .693147.
        double[] scores = selector.score(second);
        check(scores, 0.5493061 - 0.3465736, 0.626381 - 0.3465736, 0.6931472 - 0.3465736);
    }

    @Test
    void matchingMeansKeepsChoosingTheMiddle() {
        MmdSelector selector = new MmdSelector(new MmdSelector.Settings(linear(1), all(0)));

        check(selector.score(hub()), -0.509532, -0.038127, -0.509532);
        FakeSelection afterTheHub =
                FakeSelection.of(3).shows(0, 1, 0).shows(1, R, R).pending().shows(2, 0, 1);
        assertThat(chosen(selector, afterTheHub)).isEqualTo(1);
    }

    @Test
    void badgeDrawsByTheSquaredDistance() {
        BadgeSelector selector = new BadgeSelector(new BadgeSelector.Settings(linear(1), all(0)));
        FakeSelection now =
                FakeSelection.of(3).shows(0, 1, 0).pending().shows(1, R, R).shows(2, 0, 1);
        int[] counts = new int[3];

        for (int seed = 0; seed < 4000; seed++) {
            counts[chosen(selector, now.withRandom(TestStreams.root(seed)))]++;
        }

        // Distances from task 0: 0, .7653669² and 1.4142136².
        double squares = 0.7653669 * 0.7653669;
        assertThat(counts[0]).isZero();
        assertThat(counts[1] / 4000.0).isEqualTo(squares / (squares + 2), within(0.025));
    }

    @Test
    void uniformDrawsAlikeOrByTarget() {
        FakeSelection now = FakeSelection.of(2).withTargets(0.9, 0.1);
        int alike = 0;
        int byTarget = 0;

        for (int seed = 0; seed < 4000; seed++) {
            alike += chosen(
                    new UniformSelector(new UniformSelector.Settings(false)), now.withRandom(TestStreams.root(seed)));
            byTarget += chosen(
                    new UniformSelector(new UniformSelector.Settings(true)), now.withRandom(TestStreams.root(seed)));
        }

        assertThat(alike / 4000.0).isEqualTo(0.5, within(0.03));
        assertThat(byTarget / 4000.0).isEqualTo(0.1, within(0.02));
    }

    @Test
    void roundRobinTakesTheLeastShown() {
        RoundRobinSelector selector = new RoundRobinSelector(new RoundRobinSelector.Settings(true));

        assertThat(chosen(selector, hub().shows(0, 1, 0))).isEqualTo(1);
        assertThat(chosen(selector, hub().withTargets(0.1, 0.1, 0.8))).isEqualTo(2);
        assertThat(selector.score(hub().withTargets(0, 0.5, 0.5))[0])
                .isNegative()
                .isInfinite();
    }

    @Test
    void rebalancingCountsWhatWasPretrained() {
        RebalancingSelector selector = new RebalancingSelector(new RebalancingSelector.Settings(true));
        FakeSelection now = FakeSelection.of(2).withPretrained(8, 0);
        List<Integer> order = new ArrayList<>();

        for (int i = 0; i < 12; i++) {
            int task = chosen(selector, now);
            order.add(task);
            now.shows(task, 1, 0);
        }

        assertThat(order).containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1); // oracle O3
    }

    @Test
    void lossesDrawByTheirPower() {
        FakeSelection now = FakeSelection.of(3);
        double[] losses = {0.6, 0.3, 0.1};
        for (int task = 0; task < 3; task++) {
            now.shows(task, new double[][] {{1}}, new double[][] {{0}}, new double[][] {{Math.sqrt(losses[task])}});
        }
        LossProportionalSelector selector = new LossProportionalSelector(new LossProportionalSelector.Settings(0.5, 0));
        int[] counts = new int[3];

        for (int seed = 0; seed < 4000; seed++) {
            counts[chosen(selector, now.withRandom(TestStreams.root(seed)))]++;
        }

        assertThat(counts[0] / 4000.0).isEqualTo(0.7826, within(0.025));
        assertThat(counts[1] / 4000.0).isEqualTo(0.1957, within(0.025));
        check(new LossProportionalSelector(new LossProportionalSelector.Settings(0, 0)).score(now), 0.6, 0.3, 0.1);
    }

    @Test
    void drawsByLossesThatAreAllZeroAreUniform() {
        FakeSelection now = FakeSelection.of(2)
                .shows(0, new double[][] {{1}}, new double[][] {{0}}, new double[][] {{0}})
                .shows(1, new double[][] {{1}}, new double[][] {{0}}, new double[][] {{0}});
        LossProportionalSelector selector = new LossProportionalSelector(new LossProportionalSelector.Settings(0.5, 0));
        int second = 0;

        for (int seed = 0; seed < 2000; seed++) {
            second += chosen(selector, now.withRandom(TestStreams.root(seed)));
        }

        assertThat(second / 2000.0).isEqualTo(0.5, within(0.05));
    }

    @Test
    void lossesAreOfWhatWasHeldOut() {
        FakeSelection now = FakeSelection.of(2)
                .shows(0, new double[][] {{1}}, new double[][] {{0}}, new double[][] {{1}})
                .heldOut()
                .shows(0, new double[][] {{1}}, new double[][] {{0}}, new double[][] {{0}});

        check(new LossProportionalSelector(new LossProportionalSelector.Settings(0, 0)).score(now), 1, 1);
    }

    @Test
    void entropyAndMarginLookAtChoices() {
        double[] logits = {Math.log(0.7), Math.log(0.2), Math.log(0.1)};
        assertThat(EntropySelector.entropy(logits)).isEqualTo(0.8018186, EXACTLY);
        assertThat(MarginSelector.margin(logits)).isEqualTo(-0.5, EXACTLY);

        double[][] done = {{1, 0, 0}};
        FakeSelection now = FakeSelection.of(2)
                .withChoices()
                .shows(0, new double[][] {{1}}, new double[][] {{5, 0, 0}}, done)
                .shows(1, new double[][] {{1}}, new double[][] {logits}, done);
        assertThat(chosen(new EntropySelector(new EntropySelector.Settings(0)), now))
                .isEqualTo(1);
        assertThat(chosen(new MarginSelector(new MarginSelector.Settings(0)), now))
                .isEqualTo(1);
    }

    @Test
    void theBanditGoesWhereLossesFall() {
        BanditSelector selector = new BanditSelector(new BanditSelector.Settings(0.1, 0.5));
        FakeSelection now = FakeSelection.of(3);

        assertThat(chosen(selector, now)).isZero();
        now.chose(0, 1, 0.5).chose(1, 1, 0.9);
        assertThat(chosen(selector, now)).isEqualTo(2);
        now.chose(2, 1, 1).chose(0, 0.5, 0.3);

        // Weights 1/8, 1/4, 1/2 and 1; total 1.875.
        double bonus = Math.log(1.875);
        check(
                selector.score(now),
                (0.5 / 8 + 0.2) / 1.125 + 0.1 * Math.sqrt(bonus / 1.125),
                0.1 + 0.1 * Math.sqrt(bonus / 0.25),
                0.1 * Math.sqrt(bonus / 0.5));
    }
}
