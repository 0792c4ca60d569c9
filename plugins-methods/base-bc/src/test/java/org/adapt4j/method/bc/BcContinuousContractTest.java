package org.adapt4j.method.bc;

import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.testkit.AlgorithmContract;
import org.junit.jupiter.api.Tag;

/** Continuous actions, by squared distance. */
@Tag("native")
final class BcContinuousContractTest extends AlgorithmContract {

    @Override
    protected AlgorithmFactory<?> factory() {
        return new Bc(Pairs.settings("batch = 8, network.hidden = [8, 6]"));
    }

    @Override
    protected TaskDistribution benchmark() {
        return continuous();
    }
}
