package org.adapt4j.method.reptile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.adapt4j.method.reptile.Reptile.Convention;
import org.adapt4j.method.reptile.Reptile.InnerOptimizer;
import org.adapt4j.testkit.fake.FakeAgent;
import org.adapt4j.testkit.fake.FakeAgent.Quadratic;
import org.adapt4j.testkit.fake.FakeSession;
import org.adapt4j.testkit.fake.ScriptedStream;
import org.junit.jupiter.api.Test;

/**
 * Worked numbers on two losses {@code ½h(θ − c)²} with h = 1, 4 and c = 0, 1, learning rate .1, three inner updates, start 5. The tasks
 * alternate.
 */
final class QuadraticLossesTest {

    private static final double EXACT = 1e-9;
    private static final Map<String, Quadratic> LOSSES = Map.of("a", new Quadratic(1, 0), "b", new Quadratic(4, 1));

    private final Config oracle = ConfigFactory.parseResources("reptile-quadratic.json");

    @Test
    void followsTheSerialNumbers() {
        List<Double> weights = afterOuterSteps(1, 0.5, 0.5, Convention.NICHOL, 18);

        assertFollows(weights, "nichol_serial_eps_half");
    }

    @Test
    void followsTheBatchedNumbers() {
        List<Double> weights = afterOuterSteps(2, 0.5, 0.5, Convention.NICHOL, 36);

        assertFollows(weights, "nichol_batched_eps_half");
    }

    @Test
    void batchedItGoesWhereThePullsBalanceAndNotToTheJointMinimum() {
        List<Double> weights = afterOuterSteps(2, 0.5, 0.5, Convention.NICHOL, 600);

        assertThat(weights.get(weights.size() - 1))
                .isCloseTo(oracle.getDouble("batched_fixed_point"), offset(EXACT))
                .isNotCloseTo(oracle.getDouble("joint_minimiser"), offset(0.05));
    }

    @Test
    void batchedItConvergesAtTheRateOfTheMeanPull() {
        double limit = oracle.getDouble("batched_fixed_point");

        List<Double> weights = afterOuterSteps(2, 0.5, 0.5, Convention.NICHOL, 36);

        for (int i = 1; i < weights.size(); i++) {
            assertThat((weights.get(i) - limit) / (weights.get(i - 1) - limit))
                    .isCloseTo(oracle.getDouble("batched_rate"), offset(EXACT));
        }
    }

    @Test
    void followsTheStudysConvention() {
        assertFollows(afterOuterSteps(1, 0.1, 0, Convention.STUDY, 18), "study_convention_01_to_0");
        assertFollows(afterOuterSteps(1, 1, 0, Convention.STUDY, 18), "study_convention_1_to_0");
    }

    @Test
    void followsTheStudysTiming() {
        List<Double> weights = new ArrayList<>();
        FakeAgent agent = FakeAgent.whoseUpdates(
                (weight, task, random) -> {
                    weights.add(weight[0]);
                    Quadratic loss = task.name().equals("a") ? new Quadratic(1, 0) : new Quadratic(4, 1);
                    weight[0] -= 0.1 * loss.curvature() * (weight[0] - loss.centre());
                },
                5);

        new Reptile(new Reptile.Settings(3, 1, 1, 0, Convention.STUDY, true, InnerOptimizer.PERSIST))
                .learn(FakeSession.over(agent).forUpdates(6).withRandom(ScriptedStream.drawing(0, 1)));
        weights.add(agent.weight());

        assertFollows(weights, "study_ppo_timing_1_to_0");
    }

    @Test
    void nobodyImplementsThePrintedRule() {
        List<Double> printed = oracle.getDoubleList("printed_rule_eps_half");

        for (Convention convention : Convention.values()) {
            List<Double> weights = afterOuterSteps(1, 0.5, 0.5, convention, 18);

            assertThat(weights.get(1)).isNotCloseTo(printed.get(1), offset(0.1));
            assertThat(weights).allMatch(weight -> weight > 0);
        }
    }

    private static List<Double> afterOuterSteps(
            int tasks, double start, double end, Convention convention, int updates) {
        List<Double> weights = new ArrayList<>();
        FakeAgent agent = FakeAgent.descendingOn(LOSSES, 0.1, 5);
        FakeSession session = FakeSession.over(agent)
                .forUpdates(updates)
                .withRandom(ScriptedStream.drawing(0, 1))
                .atEachProceed(() -> weights.add(agent.weight()));
        new Reptile(new Reptile.Settings(3, tasks, start, end, convention, false, InnerOptimizer.PERSIST))
                .learn(session);
        return weights;
    }

    private void assertFollows(List<Double> weights, String name) {
        double[] expected = oracle.getDoubleList(name).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();

        assertThat(weights.stream().mapToDouble(Double::doubleValue).toArray())
                .as(name)
                .containsExactly(expected, offset(EXACT));
    }
}
