package org.adapt4j.env.rlbench;

import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.testkit.VectorEnvironmentContract;
import org.junit.jupiter.api.Tag;

/** Two tasks of different kinds, with a small camera, in changes of joints. */
@Tag("native")
final class RlbenchContractTest extends VectorEnvironmentContract {

    private final TaskDistribution benchmark = Benches.of("""
        tasks = [reach_target, push_button/3], tell-task = true
        cameras { front { size = [8, 12], depth = true, point-cloud = true, mask = true } }
        action { absolute = false }
        episode { max-steps = 4 }
        """);

    @Override
    protected TaskDistribution benchmark() {
        return benchmark;
    }

    @Override
    protected int steps() {
        return 24;
    }
}
