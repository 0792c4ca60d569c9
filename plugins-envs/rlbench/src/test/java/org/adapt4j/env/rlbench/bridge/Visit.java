package org.adapt4j.env.rlbench.bridge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.EnvironmentRequest.Purpose;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Element;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.env.rlbench.control.ActionMode;
import org.adapt4j.env.rlbench.control.ActionMode.Arm;
import org.adapt4j.env.rlbench.control.ActionMode.Frame;
import org.adapt4j.env.rlbench.control.ActionMode.Gripper;
import org.adapt4j.testkit.fake.TestStreams;
import org.adapt4j.toolkit.environment.SlotBatch;

/** An environment of one slot over the bridge, and the buffers to play it. */
final class Visit implements AutoCloseable {

    /** An image of two by two pixels. */
    static final List<Component> COMPONENTS = List.of(
            new Component("gripper-open", Box.vector(1, 0, 1)),
            new Component("joint-positions", Box.vector(7, -4, 4)),
            new Component("task-low-dim-state", Box.vector(5, -100, 100)),
            new Component("task", Box.vector(2, 0, 1)),
            new Component("front-rgb", Box.image(2, 2, 3)),
            new Component("front-depth", new Box(Element.FLOAT32, List.of(2, 2), 0, 4.5f)));

    static final ActionMode JOINTS =
            new ActionMode(Arm.JOINT_POSITION, Gripper.DISCRETE, true, Frame.WORLD, false, 0.1);

    final SlotBatch batch;
    final StepBuffers seen;
    private final ActionBlock actions;

    Visit(BridgeSettings settings, Wishes wishes, Task task) {
        EnvironmentSpec spec = new EnvironmentSpec(wishes.components(), Box.vector(8, -3, 3), 10);
        batch = new SlotBatch(
                new EnvironmentRequest(spec, TaskSchedule.fixed(task), 1, TestStreams.root(1), Purpose.TRAINING),
                1,
                new BridgeSlots(settings, wishes, each -> new float[] {0, 1}));
        seen = StepBlock.allocate(spec, 1, 1).step(0);
        actions = ActionBlock.allocate(spec.action(), List.of(), 1, 1);
        batch.receive(seen);
    }

    static Visit of(FakeServer server) {
        return new Visit(settings(server.address(), FakeServer.TOKEN, 2, 1), wishes(JOINTS, true), task(1));
    }

    static Task task(int variation) {
        return new Task(
                "rlbench",
                "rlbench/reach_target/" + variation,
                Map.of("task", "reach_target", "variation", Integer.toString(variation)));
    }

    static Wishes wishes(ActionMode action, boolean endsWhenInvalid) {
        return new Wishes(COMPONENTS, action, true, false, 100, 0, -1, endsWhenInvalid, "front");
    }

    /** Settings that connect, with a token in a file. @param seconds that an action may take */
    static BridgeSettings settings(String address, String token, double seconds, int restarts) {
        try {
            Path file = Files.createTempFile("token", ".txt");
            file.toFile().deleteOnExit();
            Files.writeString(file, token + "\n");
            return new BridgeSettings(
                    List.of(address), file.toString(), "python3", "", true, false, 1, 4, 5, 5, seconds, 5, restarts, 5);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Acts and returns the reward. */
    float step(float... numbers) {
        for (int i = 0; i < 8; i++) {
            actions.step(0).continuous().put(i, i < numbers.length ? numbers[i] : 0);
        }
        batch.send(actions.step(0));
        batch.receive(seen);
        return seen.rewards().get(0);
    }

    float number(int component, int index) {
        return seen.observation(component).getFloat(Float.BYTES * index);
    }

    @Override
    public void close() {
        batch.close();
    }
}
