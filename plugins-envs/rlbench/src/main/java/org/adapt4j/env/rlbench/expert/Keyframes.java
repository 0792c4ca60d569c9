package org.adapt4j.env.rlbench.expert;

import java.util.ArrayList;
import java.util.List;

/**
 * Which steps of a recording matter to who learns whole moves: where the arm stood still, where the gripper changed, and the end. The
 * heuristic of ARM (James and Davison 2022, IEEE Robotics and Automation Letters 7(2)) as its code has it, whose indices before the first
 * step read the end of the recording.
 */
public final class Keyframes {

    /** Slower joints stand still, radians a second. */
    private static final double STILL = 0.1;

    /** Steps after a stop in which there is no other. */
    private static final int PAUSE = 4;

    private Keyframes() {}

    /**
     * Finds the steps, the first of which is never one.
     *
     * @param speeds velocities of the joints, for each step
     * @param open whether the gripper is open, for each step
     */
    public static List<Integer> find(List<double[]> speeds, List<Boolean> open) {
        int steps = speeds.size();
        List<Integer> found = new ArrayList<>();
        int pause = 0;
        for (int i = 0; i < steps; i++) {
            boolean stopped = pause <= 0 && isStill(speeds.get(i)) && i < steps - 2 && gripperRests(open, i);
            pause = stopped ? PAUSE : pause - 1;
            boolean changed = i > 0 && !open.get(i).equals(open.get(i - 1));
            if (i > 0 && (stopped || changed || i == steps - 1)) {
                found.add(i);
            }
        }
        int last = found.size() - 1;
        if (last > 0 && found.get(last) - found.get(last - 1) == 1) {
            found.remove(last - 1);
        }
        return found;
    }

    private static boolean isStill(double[] speeds) {
        for (double speed : speeds) {
            if (Math.abs(speed) > STILL) {
                return false;
            }
        }
        return true;
    }

    private static boolean gripperRests(List<Boolean> open, int step) {
        Boolean now = open.get(step);
        return now.equals(open.get(step + 1))
                && now.equals(before(open, step - 1))
                && now.equals(before(open, step - 2));
    }

    private static Boolean before(List<Boolean> open, int step) {
        return open.get(Math.floorMod(step, open.size()));
    }
}
