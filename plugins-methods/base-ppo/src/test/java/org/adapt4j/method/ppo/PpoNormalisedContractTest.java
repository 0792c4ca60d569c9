package org.adapt4j.method.ppo;

import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.testkit.AlgorithmContract;
import org.junit.jupiter.api.Tag;

@Tag("native")
final class PpoNormalisedContractTest extends AlgorithmContract {

    @Override
    protected AlgorithmFactory<Batch.Rollout> factory() {
        return new Ppo(TestSettings.of(TestSettings.TINY
                + "normalise-observations = true, network.hidden = [8], rollout-steps = 16, minibatch-size = 16"));
    }
}
