package org.adapt4j.env.mujoco;

import java.util.ArrayList;
import java.util.List;

/**
 * A version of MuJoCo, and how results made with it differ from those of the version that this project is tested with.
 *
 * @param number major, minor and patch version in one, as MuJoCo counts: 222 is 2.2.2, 350 is 3.5.0, and 3010000 is 3.10.0
 */
public record MujocoVersion(int number) implements Comparable<MujocoVersion> {

    /** What recorded trajectories were made with, and what tests hold to 1e-9. */
    public static final MujocoVersion TESTED = new MujocoVersion(222);

    /** First whose contacts add the margins of both geoms, where earlier ones took the larger. */
    public static final MujocoVersion MARGINS_ADD = new MujocoVersion(350);

    /** First that computes a capsule's mass from a capsule, where earlier ones took a cylinder for it. */
    public static final MujocoVersion CAPSULES_ARE_CAPSULES = new MujocoVersion(211);

    /** From 3.10 on a part may need more than one digit; such numbers have seven. */
    private static final int WIDE = 1_000_000;

    /** Whether this is the given version or a later one. */
    public boolean isAtLeast(MujocoVersion other) {
        return compareTo(other) >= 0;
    }

    /** What changes against {@link #TESTED}, a sentence each; empty for that version itself. */
    public List<String> differences() {
        List<String> differences = new ArrayList<>();
        if (number == TESTED.number) {
            return differences;
        }
        if (!isAtLeast(CAPSULES_ARE_CAPSULES)) {
            differences.add(
                    "capsules weigh what a cylinder weighs (changed in 2.1.1): Hopper has 15.265 kg instead of 15.820");
        }
        if (isAtLeast(MARGINS_ADD)) {
            differences.add(
                    "contact margins add up (changed in 3.5.0): the benchmark imujoco halves its own to make up for it,"
                            + " a model of yours that has margins touches earlier");
        }
        differences.add("trajectories agree with those of " + TESTED + " to about 1e-6 over 10 steps, not to 1e-9");
        return differences;
    }

    @Override
    public int compareTo(MujocoVersion other) {
        return Long.compare(wide(), other.wide());
    }

    private long wide() {
        return number >= WIDE ? number : number / 100 * WIDE + number / 10 % 10 * 1000L + number % 10;
    }

    @Override
    public String toString() {
        long wide = wide();
        return wide / WIDE + "." + wide / 1000 % 1000 + "." + wide % 1000;
    }
}
