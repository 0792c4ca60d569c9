package org.adapt4j.data.imujoco;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Space;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;

/** A body with two numbers to see and one to do, that nobody plays. */
record Stick(String body, Space seen, int actions, int maxEpisodeSteps) implements TaskDistribution {

    static final Task BASE = named("stick/base");
    static final Task HEAVY = named("stick/massinc-300-tip");

    Stick() {
        this("stick", Box.vector(2, -Float.MAX_VALUE, Float.MAX_VALUE), 1, 1000);
    }

    static Task named(String name) {
        return new Task("imujoco", name, Map.of());
    }

    /** A recording of so many steps, numbered through; flags by step. */
    static Demonstration recording(Task task, int number, int steps, Map<Integer, String> ends) {
        ByteBuffer seen = floats(2 * (steps + 1));
        ByteBuffer actions = floats(steps);
        ByteBuffer rewards = floats(steps);
        byte[] terminated = new byte[steps];
        byte[] truncated = new byte[steps];
        double sum = 0;
        for (int t = 0; t <= steps; t++) {
            seen.putFloat(8 * t, number).putFloat(8 * t + 4, t);
            if (t < steps) {
                actions.putFloat(4 * t, (t % 20) / 10f - 1);
                rewards.putFloat(4 * t, number + t);
                sum += number + t;
            }
        }
        ends.forEach((step, how) -> (how.equals("terminated") ? terminated : truncated)[step] = 1);
        Map<String, ByteBuffer> columns = new HashMap<>(Map.of("state", seen, "action", actions, "reward", rewards));
        columns.put(Demonstration.TERMINATED, ByteBuffer.wrap(terminated));
        columns.put(Demonstration.TRUNCATED, ByteBuffer.wrap(truncated));
        return new Demonstration(task, steps, columns, sum);
    }

    private static ByteBuffer floats(int count) {
        return ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.nativeOrder());
    }

    @Override
    public String title() {
        return "imujoco " + body;
    }

    @Override
    public String backEnd() {
        return "none";
    }

    @Override
    public TaskSet tasks(Split split) {
        return TaskSet.of(named(body + (split == Split.TRAIN ? "/base" : "/massinc-300-tip")));
    }

    @Override
    public Optional<Task> task(String name) {
        return Optional.of(named(name));
    }

    @Override
    public EnvironmentSpec spec(TaskSet tasks) {
        return new EnvironmentSpec(List.of(new Component("state", seen)), Box.vector(actions, -1, 1), maxEpisodeSteps);
    }

    @Override
    public VectorEnvironment open(EnvironmentRequest request) {
        throw new UnsupportedOperationException("nobody plays it");
    }

    @Override
    public double normalise(Task task, double episodeReturn) {
        return episodeReturn;
    }

    @Override
    public boolean solved(Task task, double episodeReturn) {
        return false;
    }
}
