package org.adapt4j.method.ppo;

import ai.djl.ndarray.NDArray;
import org.adapt4j.method.ppo.PpoSettings.ValueLoss;
import org.adapt4j.toolkit.network.HostArrays;

/** The two losses of PPO per sample, differentiable; results are to be averaged. */
final class PpoLoss {

    private PpoLoss() {}

    /**
     * {@code −min(ρÂ, clip(ρ, 1 − c, 1 + c)Â)} with {@code ρ = exp(log π − log π_old)}.
     *
     * @param logProbability of the actions taken, now, {@code [n]}
     * @param old the same when they were taken
     * @param advantage how much better they were than expected
     */
    static NDArray policy(NDArray logProbability, NDArray old, NDArray advantage, double clip) {
        NDArray ratio = logProbability.sub(old).exp();
        NDArray clipped = ratio.clip((float) (1 - clip), (float) (1 + clip));
        return ratio.mul(advantage).minimum(clipped.mul(advantage)).neg();
    }

    /**
     * {@code (V − R)²}, or {@code ½·max((V − R)², (V_old + clip(V − V_old, ±c) − R)²)}.
     *
     * @param value predicted now, {@code [n]}
     * @param old predicted in the rollout
     * @param target returns
     */
    static NDArray value(NDArray value, NDArray old, NDArray target, double clip, ValueLoss kind) {
        NDArray plain = value.sub(target).square();
        if (kind == ValueLoss.PLAIN) {
            return plain;
        }
        NDArray clipped = value.sub(old)
                .clip((float) -clip, (float) clip)
                .add(old)
                .sub(target)
                .square();
        return HostArrays.times(plain.maximum(clipped), 0.5);
    }
}
