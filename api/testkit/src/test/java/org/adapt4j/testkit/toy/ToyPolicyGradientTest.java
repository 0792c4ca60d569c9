package org.adapt4j.testkit.toy;

import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.testkit.AlgorithmContract;

final class ToyPolicyGradientTest extends AlgorithmContract {

    @Override
    protected AlgorithmFactory<Batch.Rollout> factory() {
        return Toys.policyGradient();
    }
}
