package org.adapt4j.method.maml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.testkit.fake.FakeAgent;
import org.adapt4j.testkit.fake.FakeSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Sines of amplitude 0.1 to 5 and any phase, ten points of which are seen (the regression of Finn et al. 2017 and of methods
 * specification 7.3, T7, with a smaller network), in plain Java.
 */
@Tag("learning")
final class SineRegressionTest {

    private static final int HIDDEN = 32;
    private static final int POINTS = 10;
    private static final int TRAINING_TASKS = 200;
    private static final double INNER_RATE = 0.02;

    /** A tanh network with one input, two hidden layers and one output. */
    private static final class Network {

        static final int SIZE = HIDDEN + HIDDEN + HIDDEN * HIDDEN + HIDDEN + HIDDEN + 1;

        private final double[] w;
        private final double[] first = new double[HIDDEN];
        private final double[] second = new double[HIDDEN];

        Network(double[] weights) {
            w = weights;
        }

        static double[] start(RandomGenerator random) {
            double[] weights = new double[SIZE];
            fill(weights, 0, HIDDEN, 1, random);
            fill(weights, 2 * HIDDEN, HIDDEN * HIDDEN, Math.sqrt(1.0 / HIDDEN), random);
            fill(weights, 3 * HIDDEN + HIDDEN * HIDDEN, HIDDEN, Math.sqrt(1.0 / HIDDEN), random);
            return weights;
        }

        private static void fill(double[] weights, int from, int count, double deviation, RandomGenerator random) {
            for (int i = from; i < from + count; i++) {
                weights[i] = deviation * random.nextGaussian();
            }
        }

        double at(double x) {
            for (int i = 0; i < HIDDEN; i++) {
                first[i] = Math.tanh(w[i] * x + w[HIDDEN + i]);
            }
            int matrix = 2 * HIDDEN;
            int last = matrix + HIDDEN * HIDDEN + HIDDEN;
            double y = w[last + HIDDEN];
            for (int j = 0; j < HIDDEN; j++) {
                double sum = w[matrix + HIDDEN * HIDDEN + j];
                for (int i = 0; i < HIDDEN; i++) {
                    sum += w[matrix + j * HIDDEN + i] * first[i];
                }
                second[j] = Math.tanh(sum);
                y += w[last + j] * second[j];
            }
            return y;
        }

        /** Adds factor · ∂(y(x) − wanted)² to the slope. */
        void addSlope(double x, double wanted, double factor, double[] slope) {
            double error = 2 * factor * (at(x) - wanted);
            int matrix = 2 * HIDDEN;
            int last = matrix + HIDDEN * HIDDEN + HIDDEN;
            double[] back = new double[HIDDEN];
            slope[last + HIDDEN] += error;
            for (int j = 0; j < HIDDEN; j++) {
                slope[last + j] += error * second[j];
                double inner = error * w[last + j] * (1 - second[j] * second[j]);
                slope[matrix + HIDDEN * HIDDEN + j] += inner;
                for (int i = 0; i < HIDDEN; i++) {
                    slope[matrix + j * HIDDEN + i] += inner * first[i];
                    back[i] += inner * w[matrix + j * HIDDEN + i];
                }
            }
            for (int i = 0; i < HIDDEN; i++) {
                double inner = back[i] * (1 - first[i] * first[i]);
                slope[i] += inner * x;
                slope[HIDDEN + i] += inner;
            }
        }
    }

    private record Sine(double amplitude, double phase) {

        static Sine of(Task task) {
            return drawn(new SplittableRandom(Long.parseLong(task.name())));
        }

        static Sine drawn(RandomGenerator random) {
            return new Sine(0.1 + 4.9 * random.nextDouble(), 2 * Math.PI * random.nextDouble());
        }

        double at(double x) {
            return amplitude * Math.sin(x + phase);
        }
    }

    private static double[] slope(double[] weights, Sine sine, RandomGenerator points) {
        double[] slope = new double[weights.length];
        Network network = new Network(weights);
        for (int i = 0; i < POINTS; i++) {
            double x = 10 * points.nextDouble() - 5;
            network.addSlope(x, sine.at(x), 1.0 / POINTS, slope);
        }
        return slope;
    }

    /** Mean over new sines of the squared error after some steps on ten points. */
    private static double errorAfter(int steps, double[] start) {
        SplittableRandom random = new SplittableRandom(77);
        double error = 0;
        for (int task = 0; task < 100; task++) {
            Sine sine = Sine.drawn(random);
            double[] weights = start.clone();
            long points = random.nextLong();
            for (int step = 0; step < steps; step++) {
                double[] slope = slope(weights, sine, new SplittableRandom(points));
                for (int i = 0; i < weights.length; i++) {
                    weights[i] -= INNER_RATE * slope[i];
                }
            }
            Network network = new Network(weights);
            for (int i = 0; i < 50; i++) {
                double x = -5 + 10 * i / 49.0;
                error += Math.pow(network.at(x) - sine.at(x), 2) / 50 / 100;
            }
        }
        return error;
    }

    @Test
    void aFewStepsFromWhatWasLearnedGoFurtherThanFromTheStart() {
        double[] start = Network.start(new SplittableRandom(3));
        FakeAgent agent = FakeAgent.descending(
                (weights, task, episode, random) -> slope(
                        weights,
                        Sine.of(task),
                        new SplittableRandom((long) episode.orElseThrow().episodeReturn())),
                INNER_RATE,
                start);
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < TRAINING_TASKS; i++) {
            tasks.add(new Task("sines", Integer.toString(i), Map.of()));
        }
        int outerSteps = 2_000;
        int perStep = 10;
        FakeSession session = FakeSession.over(agent)
                .withTasks(new TaskSet(tasks))
                .with(Resource.DEMONSTRATIONS, 8L * TRAINING_TASKS)
                .withExpert(MamlTest.expert())
                .forUpdates(2L * perStep * outerSteps);

        new Maml(new Maml.Settings(INNER_RATE, 1, 2e-3, perStep)).learn(session);

        double[] learned = agent.parameters().of("policy");
        for (int steps : new int[] {0, 1, 5, 32}) {
            System.out.printf("%d %.3f %.3f%n", steps, errorAfter(steps, start), errorAfter(steps, learned));
        }
        assertThat(errorAfter(5, learned)).isLessThan(0.6 * errorAfter(5, start));
        assertThat(errorAfter(32, learned)).isLessThan(0.6 * errorAfter(32, start));
    }
}
