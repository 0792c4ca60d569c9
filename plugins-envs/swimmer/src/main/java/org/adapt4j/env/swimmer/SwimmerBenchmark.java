package org.adapt4j.env.swimmer;

import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.toolkit.environment.SlotBatch;

/**
 * Locomotion with a target: swim along x at some velocity, forwards or backwards. The observation tells the velocity; the reward is minus
 * the distance from a marker that moves at it.
 */
public final class SwimmerBenchmark implements TaskDistribution {

    private static final double FASTEST = 0.3;

    private final TaskSet train;
    private final TaskSet test;

    @Inject
    public SwimmerBenchmark(Settings settings) {
        train = tasks(settings.trainVelocities());
        test = tasks(settings.testVelocities());
    }

    private static TaskSet tasks(List<Double> velocities) {
        return new TaskSet(velocities.stream().map(SwimmerBenchmark::velocity).toList());
    }

    private static Task velocity(double velocity) {
        String text = String.format(Locale.ROOT, "%+.3f", velocity);
        return new Task("swimmer", "velocity/" + text, Map.of("velocity", text));
    }

    @Override
    public String title() {
        return "swimmer at target velocities, " + train.size() + " to learn from, " + test.size() + " to meet";
    }

    @Override
    public String backEnd() {
        return "mujoco";
    }

    @Override
    public TaskSet tasks(Split split) {
        return split == Split.TRAIN ? train : test;
    }

    @Override
    public Optional<Task> task(String name) {
        if (!name.startsWith("velocity/")) {
            return Optional.empty();
        }
        try {
            double wanted = Double.parseDouble(name.substring("velocity/".length()));
            return Math.abs(wanted) <= FASTEST && wanted != 0
                    ? Optional.of(velocity(wanted)).filter(task -> task.name().equals(name))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    public Map<String, ByteBuffer> taskObservation(Task task) {
        return Map.of(
                "command",
                ByteBuffer.allocateDirect(Float.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .putFloat(0, (float) Swimmer.command(Swimmer.velocity(task))));
    }

    @Override
    public EnvironmentSpec spec(TaskSet tasks) {
        return new EnvironmentSpec(
                List.of(
                        new Component("body", Box.vector(Swimmer.WIDTH, -Swimmer.BOUND, Swimmer.BOUND)),
                        new Component("command", Box.vector(1, -FASTEST / Swimmer.UNIT, FASTEST / Swimmer.UNIT))),
                Box.vector(2, -1, 1),
                Swimmer.STEPS);
    }

    @Override
    public VectorEnvironment open(EnvironmentRequest request) {
        return new SlotBatch(request, 1, new Swimmer.Factory(Swimmer.model()));
    }

    /** 0 for staying where one is, 1 for staying beside the marker; the expert earns .8 to .9. */
    @Override
    public double normalise(Task task, double episodeReturn) {
        return 1 - episodeReturn / Swimmer.idle(task);
    }

    /** Three quarters of the way to the marker: ours. */
    @Override
    public boolean solved(Task task, double episodeReturn) {
        return normalise(task, episodeReturn) >= 0.75;
    }

    /**
     * Target velocities, metres a second, not 0 and of at most 0.3.
     *
     * @param trainVelocities to learn from
     * @param testVelocities to meet
     */
    public record Settings(List<Double> trainVelocities, List<Double> testVelocities) {

        /** Checks the velocities. */
        public Settings {
            trainVelocities = List.copyOf(trainVelocities);
            testVelocities = List.copyOf(testVelocities);
            check("train-velocities", trainVelocities);
            check("test-velocities", testVelocities);
        }

        private static void check(String key, List<Double> velocities) {
            Check.notEmpty(key, velocities);
            Check.that(
                    velocities.stream().allMatch(velocity -> velocity != 0 && Math.abs(velocity) <= FASTEST),
                    key,
                    "must not be 0, nor beyond " + FASTEST + ", but are " + velocities);
        }
    }
}
