package org.adapt4j.env.integrator;

import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Random;
import org.adapt4j.api.data.DataSet;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.task.Task;

/** Moves straight to the goal, with noise on each move, and plays anew for each demonstration. */
public final class IntegratorExpert implements DataSet {

    private final Settings settings;

    @Inject
    public IntegratorExpert(Settings settings) {
        this.settings = settings;
    }

    @Override
    public String title() {
        return "integrator expert, noise " + settings.noise();
    }

    @Override
    public int count(Task task) {
        return task.benchmark().equals("integrator") ? settings.episodes() : 0;
    }

    @Override
    public Demonstration demonstration(Task task, int index) {
        if (index < 0 || index >= count(task)) {
            throw new IndexOutOfBoundsException("demonstration " + index + " of " + count(task) + " of " + task.name());
        }
        Random random = new Random(31L * task.name().hashCode() + index);
        double[] goal = Integrator.goal(task);
        double[] position = {0, 0};
        ByteBuffer positions = floats(2 * (Integrator.STEPS + 1));
        ByteBuffer goals = floats(2 * (Integrator.STEPS + 1));
        ByteBuffer actions = floats(2 * Integrator.STEPS);
        ByteBuffer rewards = floats(Integrator.STEPS);
        double episodeReturn = 0;
        put(positions, 0, position);
        put(goals, 0, goal);
        for (int step = 0; step < Integrator.STEPS; step++) {
            double[] action = Integrator.stride(position, goal);
            double reward = Integrator.reward(position, goal);
            for (int i = 0; i < 2; i++) {
                double noisy = action[i] + settings.noise() * random.nextGaussian();
                action[i] = (float) Math.max(-Integrator.FARTHEST, Math.min(Integrator.FARTHEST, noisy));
                position[i] += action[i];
            }
            put(actions, step, action);
            rewards.putFloat(step * Float.BYTES, (float) reward);
            episodeReturn += (float) reward;
            put(positions, step + 1, position);
            put(goals, step + 1, goal);
        }
        return new Demonstration(
                task,
                Integrator.STEPS,
                Map.of("position", positions, "goal", goals, "action", actions, "reward", rewards),
                episodeReturn);
    }

    private static ByteBuffer floats(int count) {
        return ByteBuffer.allocateDirect(count * Float.BYTES).order(ByteOrder.nativeOrder());
    }

    private static void put(ByteBuffer column, int row, double[] values) {
        column.putFloat(2 * row * Float.BYTES, (float) values[0]);
        column.putFloat((2 * row + 1) * Float.BYTES, (float) values[1]);
    }

    /**
     * The expert.
     *
     * @param noise standard deviation of each coordinate of a move
     * @param episodes it gives of each goal, each another one
     */
    public record Settings(double noise, int episodes) {

        /** Checks the numbers. */
        public Settings {
            Check.notNegative("noise", noise);
            Check.positive("episodes", episodes);
        }
    }
}
