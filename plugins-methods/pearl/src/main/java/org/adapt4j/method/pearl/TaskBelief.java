package org.adapt4j.method.pearl;

import java.util.random.RandomGenerator;
import org.adapt4j.api.algorithm.Belief;
import org.adapt4j.api.algorithm.ContextInference;
import org.adapt4j.method.pearl.PearlAdapter.Vector;

/** What is believed about the task at hand, by the experience that is in the window now. */
record TaskBelief(ContextInference inference, RecentWindow window, int contextSize) {

    /** The belief after a context drawn from the window; the prior while there is nothing. */
    Belief infer(RandomGenerator random) {
        return inference.infer(window.draw(contextSize, random));
    }

    float[] vector(Vector kind, RandomGenerator random) {
        Belief belief = infer(random);
        if (kind == Vector.DRAW) {
            return belief.draw(random);
        }
        float[] mean = new float[belief.mean().size()];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = belief.mean().get(i);
        }
        return mean;
    }
}
