package org.adapt4j.env.swimmer;

import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.SplittableRandom;
import org.adapt4j.api.data.DataSet;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.task.Task;
import org.adapt4j.env.mujoco.Model;

/**
 * Swims by a wave that runs along the body, backwards or forwards, the wider the faster it is to be and the farther it lags behind: a
 * script, played anew for each demonstration. The episode of an index depends on the task and the index alone.
 */
public final class SwimmerExpert implements DataSet {

    /** Of the wave from one joint to the next, radians. */
    private static final double SHIFT = 1.2;

    private static final double WIDTH_OF_SPEED = 3.4;
    private static final double WIDTH_OF_LAG = 4;
    private static final double WIDEST = 0.85;
    private static final double STIFFNESS = 1.5;
    private static final double DAMPING = 0.1;

    /** How much the body bends to keep its heading when it swims forwards; backwards that would turn it away. */
    private static final double STEERING = 0.3;

    private final Settings settings;

    @Inject
    public SwimmerExpert(Settings settings) {
        this.settings = settings;
    }

    @Override
    public String title() {
        return "swimmer expert, noise " + settings.noise();
    }

    @Override
    public int count(Task task) {
        return task.benchmark().equals("swimmer") ? settings.episodes() : 0;
    }

    /** What the script does, by what is seen; also the answer that a policy could learn. */
    static void act(double[] body, double velocity, double[] action) {
        double direction = Math.signum(velocity);
        double width = Math.abs(velocity) * WIDTH_OF_SPEED + WIDTH_OF_LAG * direction * body[10];
        width = Math.max(0, Math.min(WIDEST, width));
        double bend = velocity > 0 ? -STEERING * body[2] : 0;
        for (int joint = 0; joint < 2; joint++) {
            double shift = -direction * SHIFT * joint;
            double wave = body[8] * Math.cos(shift) + body[9] * Math.sin(shift);
            double push = STIFFNESS * (width * wave + bend - body[joint]) - DAMPING * body[6 + joint];
            action[joint] = Math.max(-1, Math.min(1, push));
        }
    }

    @Override
    public Demonstration demonstration(Task task, int index) {
        if (index < 0 || index >= count(task)) {
            throw new IndexOutOfBoundsException("demonstration " + index + " of " + count(task) + " of " + task.name());
        }
        SplittableRandom random = new SplittableRandom(31L * task.name().hashCode() + index);
        double velocity = Swimmer.velocity(task);
        ByteBuffer bodies = floats(Swimmer.WIDTH * (Swimmer.STEPS + 1));
        ByteBuffer commands = floats(Swimmer.STEPS + 1);
        ByteBuffer actions = floats(2 * Swimmer.STEPS);
        ByteBuffer rewards = floats(Swimmer.STEPS);
        double[] body = new double[Swimmer.WIDTH];
        double[] action = new double[2];
        double episodeReturn = 0;
        try (Model model = Swimmer.model();
                Swimmer swimmer = new Swimmer(model, random)) {
            swimmer.begin(task);
            for (int step = 0; step <= Swimmer.STEPS; step++) {
                swimmer.see(body);
                for (int i = 0; i < Swimmer.WIDTH; i++) {
                    bodies.putFloat((step * Swimmer.WIDTH + i) * Float.BYTES, (float) body[i]);
                }
                commands.putFloat(step * Float.BYTES, (float) Swimmer.command(velocity));
                if (step == Swimmer.STEPS) {
                    break;
                }
                act(body, velocity, action);
                for (int i = 0; i < 2; i++) {
                    double noisy = action[i] + settings.noise() * random.nextGaussian();
                    action[i] = (float) Math.max(-1, Math.min(1, noisy));
                    actions.putFloat((2 * step + i) * Float.BYTES, (float) action[i]);
                }
                float reward = (float) swimmer.act(action[0], action[1]);
                rewards.putFloat(step * Float.BYTES, reward);
                episodeReturn += reward;
            }
        }
        return new Demonstration(
                task,
                Swimmer.STEPS,
                Map.of("body", bodies, "command", commands, "action", actions, "reward", rewards),
                episodeReturn);
    }

    private static ByteBuffer floats(int count) {
        return ByteBuffer.allocateDirect(count * Float.BYTES).order(ByteOrder.nativeOrder());
    }

    /**
     * The expert.
     *
     * @param noise standard deviation of each motor's command
     * @param episodes it gives of each task, each another one
     */
    public record Settings(double noise, int episodes) {

        /** Checks the numbers. */
        public Settings {
            Check.notNegative("noise", noise);
            Check.positive("episodes", episodes);
        }
    }
}
