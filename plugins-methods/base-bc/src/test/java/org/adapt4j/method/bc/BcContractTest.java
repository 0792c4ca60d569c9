package org.adapt4j.method.bc;

import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.testkit.AlgorithmContract;
import org.junit.jupiter.api.Tag;

/** Choices, by cross-entropy. */
@Tag("native")
final class BcContractTest extends AlgorithmContract {

    @Override
    protected AlgorithmFactory<?> factory() {
        return new Bc(Pairs.settings("batch = 8, network.hidden = [8, 6]"));
    }
}
