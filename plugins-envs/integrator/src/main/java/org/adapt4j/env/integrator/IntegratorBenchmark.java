package org.adapt4j.env.integrator;

import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
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
 * Goals on a circle, equally far apart. The test tasks are all of them, the training tasks the first so many, counter-clockwise: a policy
 * pre-trained on half of the circle meets the whole.
 */
public final class IntegratorBenchmark implements TaskDistribution {

    private final TaskSet goals;
    private final int trained;

    @Inject
    public IntegratorBenchmark(Settings settings) {
        List<Task> all = new ArrayList<>();
        for (int i = 0; i < settings.goals(); i++) {
            all.add(goal(360.0 * i / settings.goals()));
        }
        goals = new TaskSet(List.copyOf(all));
        trained = settings.trainGoals();
    }

    private static Task goal(double degrees) {
        String text = degrees == Math.rint(degrees)
                ? String.format(Locale.ROOT, "%03d", (int) degrees)
                : String.format(Locale.ROOT, "%07.3f", degrees);
        return new Task("integrator", "goal/" + text, Map.of("degrees", text));
    }

    @Override
    public String title() {
        return "2-D integrator, " + trained + " of " + goals.size() + " goals to learn from";
    }

    @Override
    public String backEnd() {
        return "integrator-java";
    }

    @Override
    public TaskSet tasks(Split split) {
        return split == Split.TRAIN ? goals.first(trained) : goals;
    }

    @Override
    public Optional<Task> task(String name) {
        if (!name.startsWith("goal/")) {
            return Optional.empty();
        }
        try {
            double degrees = Double.parseDouble(name.substring("goal/".length()));
            return degrees >= 0 && degrees < 360
                    ? Optional.of(goal(degrees)).filter(task -> task.name().equals(name))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    public Map<String, ByteBuffer> taskObservation(Task task) {
        double[] goal = Integrator.goal(task);
        return Map.of(
                "goal",
                ByteBuffer.allocateDirect(2 * Float.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .putFloat(0, (float) goal[0])
                        .putFloat(Float.BYTES, (float) goal[1]));
    }

    @Override
    public EnvironmentSpec spec(TaskSet tasks) {
        return new EnvironmentSpec(
                List.of(
                        new Component("position", Box.vector(2, -Integrator.BOUND, Integrator.BOUND)),
                        new Component("goal", Box.vector(2, -Integrator.RADIUS, Integrator.RADIUS))),
                Box.vector(2, -Integrator.FARTHEST, Integrator.FARTHEST),
                Integrator.STEPS);
    }

    @Override
    public VectorEnvironment open(EnvironmentRequest request) {
        return new SlotBatch(request, 1, new Points());
    }

    @Override
    public double normalise(Task task, double episodeReturn) {
        return (episodeReturn - Integrator.IDLE) / (Integrator.BEST - Integrator.IDLE);
    }

    /** Within a tenth of the best return: ours, the paper knows returns only. */
    @Override
    public boolean solved(Task task, double episodeReturn) {
        return episodeReturn >= 1.1 * Integrator.BEST;
    }

    /**
     * The circle.
     *
     * @param goals on it
     * @param trainGoals how many of them are training tasks, at least 1
     */
    public record Settings(int goals, int trainGoals) {

        /** Checks the numbers. */
        public Settings {
            Check.positive("goals", goals);
            Check.between("train-goals", trainGoals, 1, goals);
        }
    }
}
