package org.adapt4j.testkit.toy;

import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.SplittableRandom;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.data.DataSet;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;

/** Episodes of somebody who knows the goal of {@link ReachBenchmark} and goes there straight, from a start that the index decides. */
public final class ReachExpert implements DataSet {

    private final Settings settings;
    private final TaskDistribution benchmark;

    @Inject
    public ReachExpert(Settings settings, TaskDistribution benchmark) {
        this.settings = settings;
        this.benchmark = benchmark;
    }

    @Override
    public String title() {
        return "toy reach expert";
    }

    @Override
    public int count(Task task) {
        return benchmark.task(task.name()).isPresent() ? settings.episodes() : 0;
    }

    @Override
    public Demonstration demonstration(Task task, int index) {
        if (index < 0 || index >= count(task)) {
            throw new IndexOutOfBoundsException("episode " + index + " of " + count(task));
        }
        int steps = benchmark.spec(TaskSet.of(task)).maxEpisodeSteps();
        ByteBuffer states = floats(ReachBenchmark.PLACES * (steps + 1));
        ByteBuffer actions = floats(steps);
        ByteBuffer rewards = floats(steps);
        int place = new SplittableRandom(1_000L * ReachBenchmark.goal(task) + index).nextInt(ReachBenchmark.PLACES);
        double sum = 0;
        for (int step = 0; step <= steps; step++) {
            states.putFloat((step * ReachBenchmark.PLACES + place) * Float.BYTES, 1);
            if (step < steps) {
                float action = ReachBenchmark.best(task, place);
                place = ReachBenchmark.moved(place, action);
                double reward = -ReachBenchmark.cost(task, place);
                actions.putFloat(step * Float.BYTES, action);
                rewards.putFloat(step * Float.BYTES, (float) reward);
                sum += reward;
            }
        }
        return new Demonstration(task, steps, Map.of("state", states, "action", actions, "reward", rewards), sum);
    }

    private static ByteBuffer floats(int count) {
        return ByteBuffer.allocateDirect(count * Float.BYTES).order(ByteOrder.nativeOrder());
    }

    /** Size of the data set. @param episodes of each task */
    public record Settings(int episodes) {

        /** Checks the number. */
        public Settings {
            Check.positive("episodes", episodes);
        }
    }
}
