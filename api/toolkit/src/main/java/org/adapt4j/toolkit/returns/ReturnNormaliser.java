package org.adapt4j.toolkit.returns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.adapt4j.api.run.Stateful;

/**
 * Divides rewards by the running standard deviation of the discounted return, so that one learning rate suits games of
 * any scale: the reward part of {@code VecNormalize} in OpenAI's baselines.
 *
 * <p>Call {@link #normalise} once per step, in the order of play.
 */
public final class ReturnNormaliser implements Stateful {

    private static final double EPSILON = 1e-8;

    private final double gamma;
    private final double clip;
    private final double[] returns;
    private final RunningMoments moments = new RunningMoments(1);

    /**
     * A normaliser that has seen nothing.
     *
     * @param slots number of environments
     * @param gamma discount of the return
     * @param clip largest magnitude of a scaled reward
     */
    public ReturnNormaliser(int slots, double gamma, double clip) {
        returns = new double[slots];
        this.gamma = gamma;
        this.clip = clip;
    }

    /**
     * Begins returns that no action has ended: playing was broken off, and other episodes are played now.
     *
     * @param begins whether a return begins, for each slot at least
     */
    public void begin(boolean[] begins) {
        for (int slot = 0; slot < returns.length; slot++) {
            if (begins[slot]) {
                returns[slot] = 0;
            }
        }
    }

    /**
     * Scales the rewards of one step in place.
     *
     * @param rewards all steps
     * @param ends whether each of these actions ended the return
     * @param from index of the first slot of the step in both arrays
     */
    public void normalise(float[] rewards, boolean[] ends, int from) {
        for (int slot = 0; slot < returns.length; slot++) {
            returns[slot] = returns[slot] * gamma + rewards[from + slot];
        }
        moments.absorb(returns, returns.length, 1);
        double scale = 1 / Math.sqrt(variance() + EPSILON);
        for (int slot = 0; slot < returns.length; slot++) {
            rewards[from + slot] = (float) Math.max(-clip, Math.min(clip, rewards[from + slot] * scale));
            if (ends[from + slot]) {
                returns[slot] = 0;
            }
        }
    }

    /** Variance of the discounted return so far. */
    public double variance() {
        return moments.variance(0);
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        out.writeInt(returns.length);
        for (double value : returns) {
            out.writeDouble(value);
        }
        moments.save(out);
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        int slots = in.readInt();
        double[] saved = new double[slots];
        for (int slot = 0; slot < slots; slot++) {
            saved[slot] = in.readDouble();
        }
        Arrays.fill(returns, 0);
        System.arraycopy(saved, 0, returns, 0, Math.min(slots, returns.length));
        moments.load(in);
    }
}
