package org.adapt4j.testkit.toy;

import org.adapt4j.api.plugin.Contributions;
import org.adapt4j.api.plugin.Plugin;

/** Offers the toys as benchmarks, and learners of toys as base algorithms, so that whole experiments can be tried in seconds. */
public final class ToyPlugin implements Plugin {

    @Override
    public String id() {
        return "toy";
    }

    @Override
    public void contribute(Contributions contributions) {
        contributions.benchmark("toy-identity", IdentityBenchmark.Settings.class, IdentityBenchmark.class);
        contributions.benchmark("toy-two-goal", TwoGoalBenchmark.Settings.class, TwoGoalBenchmark.class);
        contributions.benchmark("toy-bandit", BanditBenchmark.Settings.class, BanditBenchmark.class);
        contributions.benchmark("toy-reach", ReachBenchmark.Settings.class, ReachBenchmark.class);
        contributions.benchmark("toy-voxel-reach", VoxelReachBenchmark.Settings.class, VoxelReachBenchmark.class);
        contributions.dataSet("toy-voxel-reach-expert", VoxelReachExpert.Settings.class, VoxelReachExpert.class);
        contributions.dataSet("toy-reach-expert", ReachExpert.Settings.class, ReachExpert.class);
        contributions.algorithm("toy-policy-gradient", ToyPolicyGradient.Settings.class, ToyPolicyGradient.class);
        contributions.algorithm("toy-q", ToyQ.Settings.class, ToyQ.class);
    }
}
