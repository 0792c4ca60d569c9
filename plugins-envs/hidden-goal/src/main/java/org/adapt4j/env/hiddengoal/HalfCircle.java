package org.adapt4j.env.hiddengoal;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.adapt4j.api.task.Task;
import org.adapt4j.toolkit.run.SplitMix64;

/** Goals on the upper half of the unit circle, by their angle in degrees (Rakelly et al. 2019, appendix; their code, and that of Zintgraf et al. 2020). */
final class HalfCircle {

    /** How far a coordinate may change in a step, so that diagonals are faster: as in all sources. */
    static final double STRIDE = 0.1;

    /** How near is rewarded where rewards are sparse. */
    static final double NEAR = 0.2;

    private static final double WHOLE = 180;
    private static final String PREFIX = "goal/";
    private static final String DEGREES = "degrees";
    private static final long SEED = 0x476F616C73L;

    private HalfCircle() {}

    /** The goal of a number, uniform over the half circle. */
    static Task drawn(int number) {
        return goal(WHOLE * new SplitMix64(SplitMix64.mix(SEED) + number).nextDouble());
    }

    /** One of so many goals that are equally far apart, the outer ones half as far from the ends. */
    static Task spread(int index, int count) {
        return goal(WHOLE * (index + 0.5) / count);
    }

    private static Task goal(double degrees) {
        String text = String.format(Locale.ROOT, "%09.5f", degrees);
        return new Task("hidden-goal", PREFIX + text, Map.of(DEGREES, text));
    }

    static Optional<Task> named(String name) {
        if (!name.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            double degrees = Double.parseDouble(name.substring(PREFIX.length()));
            return degrees >= 0 && degrees <= WHOLE
                    ? Optional.of(goal(degrees)).filter(task -> task.name().equals(name))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    static double angle(Task task) {
        return Math.toRadians(Double.parseDouble(task.attribute(DEGREES)));
    }

    static double dense(double distance) {
        return -distance;
    }

    static double sparse(double distance) {
        return distance <= NEAR ? 1 - distance : 0;
    }
}
