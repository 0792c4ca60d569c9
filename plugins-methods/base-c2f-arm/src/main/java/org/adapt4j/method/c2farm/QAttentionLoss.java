package org.adapt4j.method.c2farm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.adapt4j.method.c2farm.QAttentionNetwork.Output;
import org.adapt4j.toolkit.network.HostArrays;

/**
 * What a depth learns from (James et al. 2022, C2F-ARM, section 4.5, in the form of its authors' code): each head's value of the choice that was
 * made is drawn to one target, and all values, those of choices that nobody made too, are drawn to 0.
 *
 * @param heads of the depth
 * @param regulariser λ
 */
record QAttentionLoss(Heads heads, double regulariser) {

    private static final double SMALL = 1e-10;

    /**
     * The loss of a batch, a scalar: {@code mean_i w_i (mean_heads huber(Q − y_i) + λ mean|Q volumes| + λ mean|Q beside|)}.
     *
     * @param voxels the output of the volumes that each row stands for
     * @param beside the outputs beside them, {@link Heads#beside} of each row
     * @param wanted targets y
     * @param importance weights w
     * @param deltas where to write the mean Huber loss of each row
     */
    NDArray of(
            NDManager inputs,
            Output output,
            long[] voxels,
            long[] beside,
            float[] wanted,
            float[] importance,
            float[] deltas) {
        int rows = wanted.length;
        NDArray volumes = output.volumes().reshape(rows, heads.cells());
        NDArray chosen = volumes.gather(HostArrays.tensor(inputs, voxels, rows, 1), 1);
        NDArray size = HostArrays.times(volumes.abs().mean(new int[] {1}), regulariser);
        NDArray dense = output.dense();
        if (dense != null) {
            chosen = chosen.concat(dense.gather(HostArrays.tensor(inputs, beside, rows, heads.beside()), 1), 1);
            size = size.add(HostArrays.times(dense.abs().mean(new int[] {1}), regulariser));
        }
        NDArray error = chosen.sub(HostArrays.tensor(inputs, wanted, rows, 1)).abs();
        NDArray near = error.minimum(inputs.ones(error.getShape()));
        // 0.5 e² up to 1, |e| − 0.5 above.
        NDArray huber = near.mul(error.sub(HostArrays.times(near, 0.5)));
        NDArray delta = huber.mean(new int[] {1});
        System.arraycopy(delta.toFloatArray(), 0, deltas, 0, rows);
        return delta.add(size).mul(HostArrays.tensor(inputs, importance, rows)).mean();
    }

    /** Turns the losses of rows into a depth's part of their priorities: roots, in parts of the largest one of the whole batch. */
    static void priorities(float[] deltas) {
        float largest = 0;
        for (int i = 0; i < deltas.length; i++) {
            deltas[i] = (float) Math.sqrt(deltas[i] + SMALL);
            largest = Math.max(largest, deltas[i]);
        }
        for (int i = 0; i < deltas.length; i++) {
            deltas[i] /= largest;
        }
    }

    /** How often a depth's part counts in the priority: it is handed on to all finer ones, and all are summed. */
    static int share(int depth, int depths) {
        return depths - depth;
    }

    /**
     * The value that a row says its choices have.
     *
     * @param reward scaled
     * @param discount of what comes after; 0 where nothing does
     * @param value of what comes after
     */
    static float target(double reward, double discount, double value, C2fArmSettings.Targets interval) {
        double y = Math.max(0, reward) + discount * value;
        return (float) Math.max(0, interval == C2fArmSettings.Targets.UNIT ? Math.min(1, y) : y);
    }
}
