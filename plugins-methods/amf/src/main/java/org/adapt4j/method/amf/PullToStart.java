package org.adapt4j.method.amf;

import java.util.List;
import java.util.Map;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.algorithm.Tensor;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.method.Agent;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;

/**
 * The penalty {@code ½ λ |θ - θ₀|²} towards the weights before fine-tuning, as a pull after each update instead of a term of the loss, so
 * that it means the same with every optimiser (as AdamW decays weights). Logs the penalty for {@code λ = 1}.
 */
final class PullToStart implements Forgetting {

    private final Agent acting;
    private final Snapshot start;
    private final double strength;

    PullToStart(Agent acting, double strength) {
        this.acting = acting;
        this.strength = strength;
        start = weights();
    }

    @Override
    public Policy policy() {
        return acting.policy(Mode.EXPLOIT);
    }

    @Override
    public void updated() {
        acting.parameters().moveTowards(start, strength);
    }

    @Override
    public Map<String, Double> fit(List<Demonstration> demonstrations) {
        return Map.of("drift", drift(weights(), start));
    }

    /** Without what the optimiser remembers. */
    private Snapshot weights() {
        return acting.parameters().snapshot(acting.parameters().groups());
    }

    /** {@code ½ |θ - θ₀|²}. */
    static double drift(Snapshot now, Snapshot start) {
        double sum = 0;
        for (Map.Entry<String, Tensor> entry : start.tensors().entrySet()) {
            Tensor moved = now.tensors().get(entry.getKey());
            if (moved != null) {
                double[] from = entry.getValue().doubles();
                double[] to = moved.doubles();
                for (int i = 0; i < from.length; i++) {
                    sum += (to[i] - from[i]) * (to[i] - from[i]);
                }
            }
        }
        return sum / 2;
    }
}
