package org.adapt4j.method.amf;

import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.method.Agent;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;

/**
 * The penalty {@code ½ λ |θ - θ₀|²} towards the weights before fine-tuning, as a pull after each update instead of a term of the loss, so
 * that it means the same with every optimiser (as AdamW decays weights).
 */
final class PullToStart implements Forgetting {

    private final Agent acting;
    private final Snapshot start;
    private final double strength;

    PullToStart(Agent acting, double strength) {
        this.acting = acting;
        this.strength = strength;
        start = acting.parameters().snapshot();
    }

    @Override
    public Policy policy() {
        return acting.policy(Mode.EXPLOIT);
    }

    @Override
    public void updated() {
        acting.parameters().moveTowards(start, strength);
    }
}
