package org.adapt4j.testkit.toy;

import static org.assertj.core.api.Assertions.assertThat;

import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.task.Split;
import org.adapt4j.testkit.VectorEnvironmentContract;
import org.junit.jupiter.api.Test;

final class IdentityBenchmarkTest extends VectorEnvironmentContract {

    @Override
    protected TaskDistribution benchmark() {
        return new IdentityBenchmark(new IdentityBenchmark.Settings(4, 10));
    }

    @Test
    void guessingIsWorthNothingAndKnowingEverything() {
        TaskDistribution benchmark = benchmark();

        assertThat(benchmark.normalise(benchmark.tasks(Split.TEST).get(0), 2.5)).isZero();
        assertThat(benchmark.normalise(benchmark.tasks(Split.TEST).get(0), 10)).isEqualTo(1);
    }
}
