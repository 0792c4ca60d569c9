package org.adapt4j.env.rlbench.describe;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.adapt4j.env.arm.Pose;
import org.adapt4j.env.rlbench.scene.Colours;
import org.adapt4j.env.rlbench.scene.Panda;
import org.adapt4j.env.rlbench.scene.World;

/** Where things are put for an episode, and the chance that decides it. */
public final class Layout {

    /** How often places are drawn before a layout is given up, as in RLBench. */
    private static final int MOST_DRAWS = 100;

    private final World world;
    private final int variation;
    private final RandomGenerator random;

    /** A layout that cannot be: the engine draws another one. */
    public static final class Rejected extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** @param reason in a few words, such as {@code no-room} */
        public Rejected(String reason) {
            super(reason, null, false, false);
        }
    }

    /** For one attempt at an episode. */
    public Layout(World world, int variation, RandomGenerator random) {
        this.world = world;
        this.variation = variation;
        this.random = random;
    }

    /** Which variation is to be laid out. */
    public int variation() {
        return variation;
    }

    /** A number between two. */
    public double between(double low, double high) {
        return low < high ? random.nextDouble(low, high) : low;
    }

    /** A whole number from 0 to below a bound. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** An angle to either side of 0, radians. */
    public double yaw(double most) {
        return between(-most, most);
    }

    /** Any angle. */
    public double anyYaw() {
        return yaw(Math.PI);
    }

    /** A place on the table, upright, with any yaw. @param height of the origin above the table */
    public Pose spot(Region region, double height) {
        return spot(region, height, Math.PI);
    }

    /** A place on the table, upright. @param yaw at most, to either side */
    public Pose spot(Region region, double height, double yaw) {
        return Pose.at(
                between(region.x0(), region.x1()), between(region.y0(), region.y1()), Panda.TABLE + height, yaw(yaw));
    }

    /**
     * Places on the table, upright, with any yaw.
     *
     * @param apart metres from each other at least
     * @param height of the origins above the table
     * @throws Rejected if there is no room
     */
    public List<Pose> spots(int count, Region region, double apart, double height) {
        for (int draw = 0; draw < MOST_DRAWS; draw++) {
            List<Pose> spots = new ArrayList<>();
            for (int tries = 0; tries < MOST_DRAWS && spots.size() < count; tries++) {
                Pose spot = spot(region, height);
                if (spots.stream().allMatch(other -> other.distance(spot) >= apart)) {
                    spots.add(spot);
                }
            }
            if (spots.size() == count) {
                return spots;
            }
        }
        throw new Rejected("no-room");
    }

    /** Numbers from 0 to below a bound, in any order. */
    public int[] shuffled(int bound) {
        int[] numbers = new int[bound];
        for (int i = 0; i < bound; i++) {
            int other = random.nextInt(i + 1);
            numbers[i] = numbers[other];
            numbers[other] = i;
        }
        return numbers;
    }

    /** Colours that are not among the given ones, all different. */
    public List<Integer> otherColours(int count, int... taken) {
        List<Integer> others = new ArrayList<>();
        for (int colour : shuffled(Colours.COUNT)) {
            boolean free = others.size() < count;
            for (int each : taken) {
                free &= each != colour;
            }
            if (free) {
                others.add(colour);
            }
        }
        return others;
    }

    /** Puts a top body somewhere. */
    public void put(String name, Pose pose) {
        world.put(name, pose);
    }

    /** Sets a joint. */
    public void set(String joint, double position) {
        world.set(joint, position);
    }

    /** Gives all shapes of a body a colour. */
    public void paint(String name, int colour) {
        world.paint(name, colour);
    }

    /** Gives a named shape a colour, 0 to 1 each. */
    public void paintShape(String name, double red, double green, double blue) {
        world.paintShape(name, red, green, blue);
    }
}
