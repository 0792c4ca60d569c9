package org.adapt4j.method.c2farm;

import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.testkit.AlgorithmContract;
import org.adapt4j.testkit.toy.VoxelReachBenchmark;
import org.junit.jupiter.api.Tag;

@Tag("native")
final class C2fArmContractTest extends AlgorithmContract {

    static final String TINY = "replay { capacity = 400, batch = 6, start = 2 }, exploration = gaussian,"
            + " attention { voxels = 8, crop = 8 }, network { kernels = 4, inner = 2 }";

    @Override
    protected AlgorithmFactory<?> factory() {
        return new C2fArm(SettingsOf.paper(TINY));
    }

    @Override
    protected TaskDistribution benchmark() {
        return new VoxelReachBenchmark(new VoxelReachBenchmark.Settings(12));
    }
}
