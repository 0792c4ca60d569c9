package org.adapt4j.testkit.toy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;

/**
 * A wave {@code amplitude · sin(x + phase)} as a task of regression, the example of Finn et al. 2017 and of Nichol et al. 2018.
 */
public record Sine(double amplitude, double phase) {

    /** The wave that a task is. */
    public static Sine of(Task task) {
        return new Sine(Double.parseDouble(task.attribute("amplitude")), Double.parseDouble(task.attribute("phase")));
    }

    /** Waves of amplitude 0.1 to 5 and any phase. */
    public static TaskSet tasks(int count, RandomGenerator random) {
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

    /** Places in [−5, 5]. */
    public static double[] points(int count, RandomGenerator random) {
        double[] x = new double[count];
        for (int i = 0; i < count; i++) {
            x[i] = -5 + 10 * random.nextDouble();
        }
        return x;
    }

    /** The wave at some places. */
    public double[] at(double[] x) {
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = amplitude * Math.sin(x[i] + phase);
        }
        return y;
    }

    /**
     * Mean squared error on 50 points of 100 new waves, after some steps of gradient descent on 10 points of each.
     *
     * @param start weights of a {@link SineNet} to start from
     */
    public static double errorAfter(int steps, double rate, double[] start) {
        RandomGenerator random = new SplittableRandom(3);
        double error = 0;
        for (Task task : tasks(100, random).tasks()) {
            Sine sine = of(task);
            double[] weights = start.clone();
            double[] x = points(10, random);
            for (int i = 0; i < steps; i++) {
                SineNet.step(weights, x, sine.at(x), rate);
            }
            double[] everywhere = new double[50];
            for (int i = 0; i < everywhere.length; i++) {
                everywhere[i] = -5 + 10.0 * i / (everywhere.length - 1);
            }
            error += SineNet.error(weights, everywhere, sine.at(everywhere)) / 100;
        }
        return error;
    }
}
