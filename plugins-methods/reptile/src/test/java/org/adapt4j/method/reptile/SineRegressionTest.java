package org.adapt4j.method.reptile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.method.reptile.Reptile.Convention;
import org.adapt4j.method.reptile.Reptile.InnerOptimizer;
import org.adapt4j.testkit.fake.FakeAgent;
import org.adapt4j.testkit.fake.FakeSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Nichol et al.'s example: after meta-learning on random sine waves, ten points of a new wave and 32 gradient steps tell
 * the rest of it (methods specification 7.3, T7).
 */
@Tag("learning")
final class SineRegressionTest {

    private static final int OUTER_STEPS = 10_000;
    private static final int INNER_UPDATES = 5;
    private static final double RATE = 0.02;

    @Test
    void learnsToLearnSinesAndTheStudysRuleDoesSoLess() {
        double untrained = error(SineNet.fresh(new SplittableRandom(1)));

        double nichol = error(metaTrain(Convention.NICHOL));
        double study = error(metaTrain(Convention.STUDY));

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

    /** Mean squared error on 50 points of 100 new waves, after 32 steps on 10 points of each. */
    private static double error(double[] start) {
        RandomGenerator random = new SplittableRandom(3);
        double error = 0;
        for (Task task : Sine.tasks(100, random).tasks()) {
            Sine sine = Sine.of(task);
            double[] weights = start.clone();
            double[] x = Sine.points(10, random);
            for (int i = 0; i < 32; i++) {
                SineNet.step(weights, x, sine.at(x), RATE);
            }
            double[] everywhere = new double[50];
            for (int i = 0; i < everywhere.length; i++) {
                everywhere[i] = -5 + 10.0 * i / (everywhere.length - 1);
            }
            error += SineNet.error(weights, everywhere, sine.at(everywhere)) / 100;
        }
        return error;
    }

    /** A wave {@code amplitude · sin(x + phase)}. */
    private record Sine(double amplitude, double phase) {

        static Sine of(Task task) {
            return new Sine(
                    Double.parseDouble(task.attribute("amplitude")), Double.parseDouble(task.attribute("phase")));
        }

        static TaskSet tasks(int count, RandomGenerator random) {
            List<Task> tasks = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                double amplitude = 0.1 + 4.9 * random.nextDouble();
                double phase = 2 * Math.PI * random.nextDouble();
                tasks.add(new Task(
                        "sine",
                        "sine/" + i,
                        Map.of("amplitude", Double.toString(amplitude), "phase", Double.toString(phase))));
            }
            return new TaskSet(tasks);
        }

        static double[] points(int count, RandomGenerator random) {
            double[] x = new double[count];
            for (int i = 0; i < count; i++) {
                x[i] = -5 + 10 * random.nextDouble();
            }
            return x;
        }

        double[] at(double[] x) {
            double[] y = new double[x.length];
            for (int i = 0; i < x.length; i++) {
                y[i] = amplitude * Math.sin(x[i] + phase);
            }
            return y;
        }
    }
}
