package org.adapt4j.method.c2farm;

import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.testkit.AlgorithmContract;
import org.adapt4j.testkit.fake.MeanReward;
import org.adapt4j.testkit.toy.VoxelReachBenchmark;
import org.junit.jupiter.api.Tag;

@Tag("native")
final class C2fArmContextContractTest extends AlgorithmContract {

    @Override
    protected AlgorithmFactory<?> factory() {
        return new C2fArm(SettingsOf.paper(C2fArmContractTest.TINY + ", attention.boxes = [0.2, 0.06]"));
    }

    @Override
    protected Conditioning conditioning() {
        return new Conditioning.Context(new MeanReward(9), 3, 10, false);
    }

    @Override
    protected TaskDistribution benchmark() {
        return new VoxelReachBenchmark(new VoxelReachBenchmark.Settings(12));
    }
}
