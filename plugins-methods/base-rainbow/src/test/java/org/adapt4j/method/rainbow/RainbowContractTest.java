package org.adapt4j.method.rainbow;

import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.testkit.AlgorithmContract;
import org.junit.jupiter.api.Tag;

@Tag("native")
final class RainbowContractTest extends AlgorithmContract {

    static final String SETTINGS = TestSettings.TINY
            + "target-every = 2, network { hidden = [8], stream-units = 8, atoms = 11 },"
            + " replay { start = 20, batch = 8, capacity = 400 }";

    @Override
    protected AlgorithmFactory<?> factory() {
        return new Rainbow(TestSettings.of(SETTINGS));
    }
}
