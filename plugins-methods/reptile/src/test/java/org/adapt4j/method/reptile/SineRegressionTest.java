package org.adapt4j.method.reptile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.adapt4j.method.reptile.Reptile.Convention;
import org.adapt4j.method.reptile.Reptile.InnerOptimizer;
import org.adapt4j.testkit.fake.FakeAgent;
import org.adapt4j.testkit.fake.FakeSession;
import org.adapt4j.testkit.toy.Sine;
import org.adapt4j.testkit.toy.SineNet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Nichol et al.'s example: after meta-learning on random sine waves, ten points of a new wave and 32 gradient steps tell
 * the rest of it.
 */
@Tag("learning")
final class SineRegressionTest {

    private static final int OUTER_STEPS = 10_000;
    private static final int INNER_UPDATES = 5;
    private static final double RATE = 0.02;

    @Test
    void learnsToLearnSinesAndTheStudysRuleDoesSoLess() {
        double untrained = Sine.errorAfter(32, RATE, SineNet.fresh(new SplittableRandom(1)));

        double nichol = Sine.errorAfter(32, RATE, metaTrain(Convention.NICHOL));
        double study = Sine.errorAfter(32, RATE, metaTrain(Convention.STUDY));

        assertThat(untrained).isGreaterThan(1.5);
        assertThat(nichol).isLessThanOrEqualTo(0.5).isLessThan(study);
    }

    private static double[] metaTrain(Convention convention) {
        FakeAgent agent = FakeAgent.whoseUpdates(
                (weights, task, random) -> {
                    Sine sine = Sine.of(task);
                    double[] x = Sine.points(10, random);
                    SineNet.step(weights, x, sine.at(x), RATE);
                },
                SineNet.fresh(new SplittableRandom(1)));
        FakeSession session = FakeSession.over(agent)
                .withTasks(Sine.tasks(10_000, new SplittableRandom(2)))
                .forUpdates((long) OUTER_STEPS * INNER_UPDATES);
        new Reptile(new Reptile.Settings(INNER_UPDATES, 1, 0.1, 0, convention, false, InnerOptimizer.PERSIST))
                .learn(session);
        return agent.parameters().of("policy");
    }
}
