package org.adapt4j.toolkit.policy;

import java.nio.FloatBuffer;
import org.adapt4j.api.space.Box;

/**
 * Between an interval of continuous actions and (−1, 1), where squashed policies live.
 *
 * @param centre of the interval
 * @param half its length
 */
public record ActionScale(float centre, float half) {

    /** The interval of a space. @throws IllegalArgumentException if it has none, see {@link #isBounded} */
    public static ActionScale of(Box action) {
        if (!isBounded(action)) {
            throw new IllegalArgumentException("actions without bounds cannot be scaled");
        }
        return new ActionScale(
                (float) ((action.high() + action.low()) / 2), (float) ((action.high() - action.low()) / 2));
    }

    /** Whether a space has an interval that floats can tell. */
    public static boolean isBounded(Box action) {
        return Double.isFinite(action.high() - action.low()) && action.high() - action.low() <= Float.MAX_VALUE;
    }

    /** Actions, from the start of a buffer, as numbers in [−1, 1]. */
    public float[] squashed(FloatBuffer actions, int count) {
        float[] squashed = new float[count];
        for (int i = 0; i < count; i++) {
            squashed[i] = (actions.get(i) - centre) / half;
        }
        return squashed;
    }

    /** Writes numbers in [−1, 1] as actions, from the start of a buffer. */
    public void write(float[] squashed, FloatBuffer actions) {
        for (int i = 0; i < squashed.length; i++) {
            actions.put(i, centre + half * squashed[i]);
        }
    }
}
