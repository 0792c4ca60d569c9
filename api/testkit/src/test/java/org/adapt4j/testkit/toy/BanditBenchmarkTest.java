package org.adapt4j.testkit.toy;

import static org.assertj.core.api.Assertions.assertThat;

import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.task.Split;
import org.adapt4j.testkit.VectorEnvironmentContract;
import org.junit.jupiter.api.Test;

final class BanditBenchmarkTest extends VectorEnvironmentContract {

    @Override
    protected TaskDistribution benchmark() {
        return new BanditBenchmark(new BanditBenchmark.Settings(0.9, 0.1));
    }

    @Test
    void guessingIsWorthNothingAndTheBetterArmEverything() {
        TaskDistribution benchmark = benchmark();

        assertThat(benchmark.normalise(benchmark.tasks(Split.TEST).get(0), 0.5)).isZero();
        assertThat(benchmark.normalise(benchmark.tasks(Split.TEST).get(0), 0.9)).isEqualTo(1);
    }
}
