package org.adapt4j.method.rainbow;

import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.testkit.AlgorithmContract;
import org.adapt4j.testkit.fake.MeanReward;
import org.junit.jupiter.api.Tag;

@Tag("native")
final class RainbowContextContractTest extends AlgorithmContract {

    @Override
    protected AlgorithmFactory<?> factory() {
        return new Rainbow(TestSettings.of(RainbowContractTest.SETTINGS));
    }

    @Override
    protected Conditioning conditioning() {
        return new Conditioning.Context(new MeanReward(1), 5, 20, false);
    }
}
