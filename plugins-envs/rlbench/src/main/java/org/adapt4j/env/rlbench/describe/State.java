package org.adapt4j.env.rlbench.describe;

import java.util.List;
import org.adapt4j.env.rlbench.scene.World;
import org.jspecify.annotations.Nullable;

/** What the low-dimensional state of a task tells, number by number; or how many numbers that are. */
public final class State {

    private final @Nullable World world;
    private final List<String> names;
    private final double[] numbers;
    private int count;

    /**
     * Writes numbers of a world.
     *
     * @param names of all bodies, and of all joints as {@code joint:name}
     * @param width how many there will be
     */
    public State(World world, List<String> names, int width) {
        this.world = world;
        this.names = names;
        numbers = new double[width];
    }

    private State(List<String> names) {
        world = null;
        this.names = names;
        numbers = new double[0];
    }

    /** How many numbers a description tells. */
    public static int width(Description description, List<String> names) {
        State counting = new State(names);
        description.state(counting);
        return counting.count;
    }

    /** What the description tells now; the array is the same at every call. */
    public double[] read(Description description) {
        count = 0;
        description.state(this);
        return numbers;
    }

    /** Poses of all bodies and positions of all joints. */
    public void everything() {
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (name.startsWith("joint:")) {
                joint(name.substring(6));
            } else {
                pose(name);
            }
        }
    }

    /** Place and orientation of a body: x, y, z, then the quaternion with w last. */
    public void pose(String body) {
        if (world != null) {
            world.writePose(body, numbers, count);
        }
        count += 7;
    }

    /** Place of a body. */
    public void place(String body) {
        if (world != null) {
            world.writePlace(body, numbers, count);
        }
        count += 3;
    }

    /** Position of a joint, radians or metres. */
    public void joint(String name) {
        if (world != null) {
            numbers[count] = world.position(name);
        }
        count++;
    }
}
