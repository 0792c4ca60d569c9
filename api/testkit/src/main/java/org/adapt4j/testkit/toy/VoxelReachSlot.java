package org.adapt4j.testkit.toy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.adapt4j.api.task.Task;
import org.adapt4j.toolkit.environment.Action;
import org.adapt4j.toolkit.environment.Ending;
import org.adapt4j.toolkit.environment.Observation;
import org.adapt4j.toolkit.environment.Slot;

/** Plays {@link VoxelReachBenchmark}. */
final class VoxelReachSlot implements Slot {

    private final VoxelReachScene scene;
    private final RandomGenerator random;
    private final float[] open = {1};
    private final float[] fingers = {0.04f, 0.04f};
    private Ending ending = Ending.NONE;

    VoxelReachSlot(int pixels, RandomGenerator random) {
        scene = new VoxelReachScene(pixels);
        this.random = random;
    }

    @Override
    public void begin(Task task) {
        open[0] = 1;
        scene.layOut(task, random);
    }

    @Override
    public double step(Action action) {
        double x = action.at(0);
        double y = action.at(1);
        double z = action.at(2);
        double length =
                Math.sqrt(square(action.at(3)) + square(action.at(4)) + square(action.at(5)) + square(action.at(6)));
        boolean within = x >= -0.3 && x <= 0.7 && y >= -0.5 && y <= 0.5 && z >= 0.6 && z <= 1.6;
        boolean reached = within && scene.isReached(x, y, z, action.at(4), length);
        open[0] = within && action.at(7) > 0.5 ? 1 : 0;
        ending = reached || !within ? Ending.TERMINATED : Ending.NONE;
        return reached ? 1 : 0;
    }

    private static double square(double x) {
        return x * x;
    }

    @Override
    public Ending ending() {
        return ending;
    }

    @Override
    public void write(Observation into) {
        into.put(0, scene.picture());
        into.put(1, scene.depths());
        into.put(2, open);
        into.put(3, fingers);
    }

    @Override
    public void describe(int step, Map<String, Object> facts) {
        facts.put("step", step);
        facts.put("place", scene.place(0) + " " + scene.place(1) + " " + scene.place(2));
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        out.writeFloat(open[0]);
        scene.save(out);
    }

    @Override
    public void load(Task task, DataInputStream in) throws IOException {
        open[0] = in.readFloat();
        scene.load(in);
    }
}
