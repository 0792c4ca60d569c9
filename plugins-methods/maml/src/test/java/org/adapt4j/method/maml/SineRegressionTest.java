package org.adapt4j.method.maml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.adapt4j.api.run.Resource;
import org.adapt4j.testkit.fake.FakeAgent;
import org.adapt4j.testkit.fake.FakeSession;
import org.adapt4j.testkit.toy.Sine;
import org.adapt4j.testkit.toy.SineNet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Finn et al.'s example: after meta-learning on random sine waves, ten points of a new wave and a few gradient steps tell the rest of
 * it (the set-up of Finn et al. 2017). An episode is ten points that its number decides.
 */
@Tag("learning")
final class SineRegressionTest {

    private static final int OUTER_STEPS = 600;
    private static final int TASKS = 10;
    private static final double RATE = 0.02;

    @Test
    void aFewStepsFromWhatWasLearnedGoFurtherThanFromTheStart() {
        double[] start = SineNet.fresh(new SplittableRandom(1));
        FakeAgent agent = FakeAgent.descending(
                (weights, task, episode, random) -> {
                    long number = (long) episode.orElseThrow().episodeReturn();
                    double[] x = Sine.points(
                            10, new SplittableRandom(31 * task.name().hashCode() + number));
                    return SineNet.gradient(weights, x, Sine.of(task).at(x));
                },
                RATE,
                start);
        FakeSession session = FakeSession.over(agent)
                .withTasks(Sine.tasks(500, new SplittableRandom(2)))
                .with(Resource.DEMONSTRATIONS, 2_000)
                .withExpert(MamlTest.expert())
                .forUpdates(2L * TASKS * OUTER_STEPS);

        new Maml(new Maml.Settings(RATE, 1, 2e-3, TASKS)).learn(session);

        double[] learned = agent.parameters().of("policy");
        assertThat(Sine.errorAfter(1, RATE, learned)).isLessThan(0.4 * Sine.errorAfter(1, RATE, start));
        assertThat(Sine.errorAfter(32, RATE, learned)).isLessThan(0.4 * Sine.errorAfter(32, RATE, start));
    }
}
