package org.adapt4j.env.rlbench.bridge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.task.Task;
import org.adapt4j.env.rlbench.bridge.BridgeException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Demonstrations by the waypoints of RLBench's own tasks, played when they are asked for by a simulator that is started for the first one
 * and kept. Seeds or no seeds, two plays of the same index may differ. One thread at a time.
 */
public final class BridgeDemos implements AutoCloseable {

    private static final float[] NOTHING = {};

    private final BridgeSettings settings;
    private final Wishes wishes;
    private final Function<Task, float[]> told;
    private final List<Sight> sights = new ArrayList<>();
    private @Nullable Simulator simulator;
    private String task = "";

    /**
     * One step of a demonstration.
     *
     * @param observation bytes of each component
     * @param positions of the joints, radians
     * @param speeds of the joints, radians a second
     * @param tip in the world: metres, then the quaternion with w last
     * @param open whether the gripper is
     */
    @SuppressWarnings("ArrayRecordComponent") // made here, given away, and never compared
    public record Frame(byte[][] observation, double[] positions, double[] speeds, double[] tip, boolean open) {}

    /**
     * For environments that are all alike.
     *
     * @param told what the component {@code task} says of a task
     */
    public BridgeDemos(BridgeSettings settings, Wishes wishes, Function<Task, float[]> told) {
        this.settings = settings;
        this.wishes = wishes;
        this.told = told;
        for (Component component : wishes.components()) {
            sights.add(new Sight(component));
        }
    }

    /**
     * Lets RLBench play a task until it succeeds.
     *
     * @param seed of the layout
     * @param attempts at an episode before it is given up
     * @return all that was seen, first to last
     * @throws BridgeException if RLBench cannot be reached, or fails in all attempts
     */
    public List<Frame> play(Task played, long seed, int attempts) {
        for (int left = settings.restarts(); ; left--) {
            try {
                return ask(played, seed, attempts);
            } catch (BridgeException e) {
                RuntimeException explained = simulator == null ? e : simulator.explained(e);
                close();
                if (!e.mayPass() || left == 0) {
                    throw explained;
                }
            }
        }
    }

    private List<Frame> ask(Task played, long seed, int attempts) {
        Simulator current = simulator;
        if (current == null) {
            current = Simulator.reach(settings, 0);
            simulator = current;
            wishes.tell(current.connection(), settings);
        }
        Connection connection = current.connection();
        String name = played.attribute("task");
        if (!name.equals(task)) {
            connection.ask(Connection.request("task").put("name", name), NOTHING, "task", settings.resetSeconds());
            task = name;
        }
        ObjectNode request = Connection.request("demos")
                .put("amount", 1)
                .put("variation", Integer.parseInt(played.attribute("variation")))
                .put("attempts", attempts)
                .put("seed", seed & 0xFFFFFFFFL); // numpy takes seeds of 32 bits
        List<Frame> frames = new ArrayList<>();
        Message message = connection.ask(request, NOTHING, "frame", settings.demoSeconds());
        while (message.type().equals("frame")) {
            frames.add(frame(message, told.apply(played)));
            message = connection.next("frame", "end", settings.stepSeconds());
        }
        return frames;
    }

    private Frame frame(Message message, float[] which) {
        byte[][] seen = new byte[sights.size()][];
        for (int i = 0; i < seen.length; i++) {
            Sight sight = sights.get(i);
            if (sight.name().equals(Wishes.TASK)) {
                sight.take(which);
            } else {
                sight.take(message);
            }
            seen[i] = sight.copy();
        }
        return new Frame(
                seen,
                numbers(message, "expert_joint_positions", 7),
                numbers(message, "expert_joint_velocities", 7),
                numbers(message, "expert_gripper_pose", 7),
                numbers(message, "expert_gripper_open", 1)[0] > 0.5);
    }

    private static double[] numbers(Message message, String name, int count) {
        ByteBuffer array = message.array(name, "float32");
        FloatBuffer told = array.asFloatBuffer();
        if (told.limit() != count) {
            throw new BridgeException(
                    Kind.NONSENSE,
                    "RLBench's server gives " + told.limit() + " numbers as " + name + " and not " + count);
        }
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = told.get(i);
            if (!Double.isFinite(numbers[i])) {
                throw new BridgeException(
                        Kind.NONSENSE, "RLBench's server says that number " + i + " of " + name + " is " + numbers[i]);
            }
        }
        return numbers;
    }

    /** Ends the simulator; the next demonstration starts another. */
    @Override
    public void close() {
        task = "";
        if (simulator != null) {
            simulator.close();
            simulator = null;
        }
    }
}
