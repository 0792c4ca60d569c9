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
import org.adapt4j.api.space.Box;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;

/**
 * Somebody who reaches for the right ball of {@link VoxelReachBenchmark} at once, in a layout that the index decides. As recordings of an arm
 * do that are cut into macro steps, each demonstration holds several episodes, here all alike.
 */
public final class VoxelReachExpert implements DataSet {

    private final Settings settings;
    private final TaskDistribution benchmark;

    @Inject
    public VoxelReachExpert(Settings settings, TaskDistribution benchmark) {
        this.settings = settings;
        this.benchmark = benchmark;
    }

    @Override
    public String title() {
        return "toy voxel reach expert";
    }

    @Override
    public int count(Task task) {
        return benchmark.task(task.name()).isPresent() ? settings.recordings() : 0;
    }

    @Override
    public Demonstration demonstration(Task task, int index) {
        if (index < 0 || index >= count(task)) {
            throw new IndexOutOfBoundsException("recording " + index + " of " + count(task));
        }
        Box picture =
                (Box) benchmark.spec(TaskSet.of(task)).observation().get(0).space();
        VoxelReachScene scene = new VoxelReachScene(picture.shape().get(0));
        scene.layOut(task, new SplittableRandom(7_919L * task.name().hashCode() + index));
        int starts = settings.starts();
        ByteBuffer pictures = bytes(scene.picture().length * (starts + 1));
        ByteBuffer depths = bytes(Float.BYTES * scene.depths().length * (starts + 1));
        ByteBuffer open = bytes(Float.BYTES * (starts + 1));
        ByteBuffer fingers = bytes(Float.BYTES * 2 * (starts + 1));
        ByteBuffer actions = bytes(Float.BYTES * 8 * starts);
        ByteBuffer rewards = bytes(Float.BYTES * starts);
        ByteBuffer terminated = bytes(starts);
        float[] pose = {(float) scene.place(0), (float) scene.place(1), (float) scene.place(2), 0, 1, 0, 0, 1};
        for (int row = 0; row <= starts; row++) {
            pictures.put(row * scene.picture().length, scene.picture());
            depths.asFloatBuffer().put(row * scene.depths().length, scene.depths());
            open.putFloat(Float.BYTES * row, 1);
            fingers.asFloatBuffer().put(2 * row, new float[] {0.04f, 0.04f});
            if (row < starts) {
                actions.asFloatBuffer().put(8 * row, pose);
                rewards.putFloat(Float.BYTES * row, 1);
                terminated.put(row, (byte) 1);
            }
        }
        return new Demonstration(
                task,
                starts,
                Map.of(
                        "front-rgb",
                        pictures,
                        "front-depth",
                        depths,
                        "gripper-open",
                        open,
                        "gripper-joint-positions",
                        fingers,
                        "action",
                        actions,
                        "reward",
                        rewards,
                        Demonstration.TERMINATED,
                        terminated),
                starts);
    }

    private static ByteBuffer bytes(int count) {
        return ByteBuffer.allocateDirect(count).order(ByteOrder.nativeOrder());
    }

    /**
     * Size of the data set.
     *
     * @param recordings of each task
     * @param starts episodes of each recording
     */
    public record Settings(int recordings, int starts) {

        /** Checks the numbers. */
        public Settings {
            Check.positive("recordings", recordings);
            Check.positive("starts", starts);
        }
    }
}
