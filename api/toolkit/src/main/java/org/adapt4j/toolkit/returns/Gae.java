package org.adapt4j.toolkit.returns;

/**
 * Generalised advantage estimation (Schulman et al. 2016):
 *
 * <pre>
 * δ_t = r_t + γ·V_{t+1}·(1 − end_t) − V_t
 * A_t = δ_t + γ·λ·(1 − end_t)·A_{t+1}
 * </pre>
 *
 * where {@code end_t} says that the action at t ended the return. All arrays are time-major, {@code [steps, slots]}.
 */
public final class Gae {

    private Gae() {}

    /**
     * Computes advantages; the value targets are advantages plus values.
     *
     * @param slots number of columns
     * @param rewards what each action earned
     * @param values what was expected before each action
     * @param lastValues what is expected after the last action, {@code [slots]}
     * @param ends whether each action ended the return
     * @param gamma discount
     * @param lambda 0 for one-step errors, 1 for whole returns
     * @param advantages receives the result
     */
    public static void advantages(
            int slots,
            float[] rewards,
            float[] values,
            float[] lastValues,
            boolean[] ends,
            double gamma,
            double lambda,
            float[] advantages) {
        int steps = rewards.length / slots;
        for (int slot = 0; slot < slots; slot++) {
            double nextValue = lastValues[slot];
            double advantage = 0;
            for (int t = steps - 1; t >= 0; t--) {
                int i = t * slots + slot;
                double goesOn = ends[i] ? 0 : 1;
                double delta = rewards[i] + gamma * nextValue * goesOn - values[i];
                advantage = delta + gamma * lambda * goesOn * advantage;
                advantages[i] = (float) advantage;
                nextValue = values[i];
            }
        }
    }

    /**
     * Shifts and scales chosen numbers to mean 0 and standard deviation 1.
     *
     * @param values read at {@code indices}
     * @param indices which numbers
     * @param from first position in {@code indices}
     * @param to position after the last
     * @param population whether the deviation divides by n (TensorFlow) or by n − 1 (PyTorch)
     * @param result receives {@code to - from} numbers
     */
    public static void normalise(float[] values, int[] indices, int from, int to, boolean population, float[] result) {
        int count = to - from;
        double mean = 0;
        for (int k = from; k < to; k++) {
            mean += values[indices[k]];
        }
        mean /= count;
        double squares = 0;
        for (int k = from; k < to; k++) {
            double d = values[indices[k]] - mean;
            squares += d * d;
        }
        double deviation = Math.sqrt(squares / Math.max(1, population ? count : count - 1));
        for (int k = from; k < to; k++) {
            result[k - from] = (float) ((values[indices[k]] - mean) / (deviation + 1e-8));
        }
    }
}
