package org.adapt4j.method.amf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.adapt4j.api.method.TaskSelector;
import org.adapt4j.testkit.fake.FakeSelection;
import org.adapt4j.toolkit.selection.Choice;
import org.adapt4j.toolkit.selection.ImportanceWeights;
import org.adapt4j.toolkit.selection.Objective;
import org.adapt4j.toolkit.selection.Reference;
import org.adapt4j.toolkit.selection.StepKernel;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Strategies on the worked examples of the AMF specification, sections 5.2 and 6; the hub task of O5 above all. */
final class SelectorsTest {

    private static final Offset<Double> EXACTLY = within(2e-6);
    private static final double R = Math.sqrt(0.5);

    private static StepKernel linear(double noise) {
        return new StepKernel(StepKernel.Type.LAST_LAYER, noise, false, false, 1);
    }

    private static Reference.Settings all(int history) {
        return new Reference.Settings(Reference.From.ALL, 0, 0, 0, history, false, ImportanceWeights.HARD, 1, 0);
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

    @Test
    void theExpectedGainIsThatOfNoisyActions() {
        // One task, one step: ½ ln((1 + 1) / (½ + 1)) at its own target, which counts half; nothing at the other.
        FakeSelection now = FakeSelection.of(2).shows(0, 1, 0).shows(1, 0, 1);

        new InformationSelector(new InformationSelector.Settings(Objective.VARIANCE, linear(1), all(0))).score(now);

        assertThat(now.logged().get("information-gain")).isEqualTo(0.5 * 0.5 * Math.log(2 / 1.5), EXACTLY);
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
        // The specification counts from the start: .549306, .626381, .693147.
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
            counts[chosen(selector, now.withSeed(seed))]++;
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
            alike += chosen(new UniformSelector(new UniformSelector.Settings(false)), now.withSeed(seed));
            byTarget += chosen(new UniformSelector(new UniformSelector.Settings(true)), now.withSeed(seed));
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
            counts[chosen(selector, now.withSeed(seed))]++;
        }

        assertThat(counts[0] / 4000.0).isEqualTo(0.7826, within(0.025));
        assertThat(counts[1] / 4000.0).isEqualTo(0.1957, within(0.025));
        check(new LossProportionalSelector(new LossProportionalSelector.Settings(0, 0)).score(now), 0.6, 0.3, 0.1);
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
