package org.adapt4j.testkit.toy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.BaseAlgorithm;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Device;
import org.adapt4j.api.algorithm.Tensor;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.testkit.AlgorithmContract;
import org.adapt4j.testkit.ReferenceDefaults;
import org.adapt4j.testkit.fake.FakePlay;
import org.adapt4j.testkit.fake.FakeReplay;
import org.adapt4j.testkit.fake.TestStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ToyQTest extends AlgorithmContract {

    private static final int SLOTS = 2;

    @Override
    protected AlgorithmFactory<Batch.Transitions> factory() {
        return Toys.q();
    }

    @Test
    void itsDefaultsAreCommented() {
        ReferenceDefaults.of(ToyPlugin.class, "algorithms.toy-q").match(ToyQ.Settings.class);
    }

    /** The optimal values, worked out by value iteration. */
    @ParameterizedTest(name = "priorities {0}, returns of {1} steps")
    @CsvSource({"0, 1", "0.5, 1", "0.5, 3"})
    void learnsTheValuesOfTheCorridor(double priorities, int steps) {
        TaskDistribution corridor = new TwoGoalBenchmark(new TwoGoalBenchmark.Settings(5, 0, 20));
        TaskSchedule schedule = TaskSchedule.fixed(corridor.tasks(Split.TRAIN).get(1));
        EnvironmentSpec spec = corridor.spec(schedule.tasks());
        TestStreams streams = TestStreams.root(4);
        ToyQ factory = new ToyQ(new ToyQ.Settings(2_000, 32, 0, 100, steps, priorities, 1, 0.9, 0.5));
        try (BaseAlgorithm<Batch.Transitions> algorithm = factory.create(new AlgorithmRequest(
                        spec, Conditioning.none(), SLOTS, Device.CPU, streams.child("algorithm")));
                FakeReplay replay = new FakeReplay(
                        new FakePlay(corridor, SLOTS, streams.child("play")),
                        spec,
                        schedule,
                        SLOTS,
                        factory.diet().replay(),
                        1,
                        Conditioning.none(),
                        streams.child("replay"))) {
            Policy policy = algorithm.policy(Mode.EXPLORE);
            PolicyState memory = policy.newState(SLOTS);

            for (int i = 0; i < 3_000; i++) {
                algorithm.update(replay.next(policy, memory), i / 3_000.0);
            }

            double[] values = Optional.ofNullable(
                            algorithm.parameters().snapshot().tensors().get("critic/weights"))
                    .map(Tensor::doubles)
                    .orElseThrow();
            double[] right = {.729, .81, .9, 1};
            double[] left = {.6561, .6561, .729, .81};
            for (int state = 0; state < 4; state++) {
                // Returns of more steps are those of the exploring policy, which are lower.
                assertThat(values[5 + state]).isGreaterThan(values[state]);
                if (steps == 1) {
                    assertThat(values[5 + state]).isCloseTo(right[state], within(0.03));
                    assertThat(values[state]).isCloseTo(left[state], within(0.03));
                }
            }
        }
    }
}
