package org.adapt4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.api.run.Stateful;
import org.adapt4j.testkit.AlgorithmSubject.Actions;
import org.adapt4j.testkit.toy.ReachBenchmark;
import org.adapt4j.testkit.toy.TwoGoalBenchmark;
import org.junit.jupiter.api.Test;

/** The part of {@link AlgorithmContract} that is about policies: where chance comes from, whose weights they act by, what they remember. */
abstract class PolicyContract {

    private static final int SLOTS = AlgorithmSubject.SLOTS;

    /** A factory of the algorithm under test. */
    protected abstract AlgorithmFactory<?> factory();

    /** The extra input to test with. */
    protected Conditioning conditioning() {
        return Conditioning.none();
    }

    /** What to play; {@link #continuous} for an algorithm of continuous actions. */
    protected TaskDistribution benchmark() {
        return new TwoGoalBenchmark(new TwoGoalBenchmark.Settings(5, 2, 6));
    }

    /** A toy with continuous actions. */
    protected static TaskDistribution continuous() {
        return new ReachBenchmark(new ReachBenchmark.Settings(2, 6));
    }

    @Test
    void exploitingIsWithoutChance() {
        try (AlgorithmSubject subject = subject(1)) {
            Policy policy = subject.algorithm.policy(Mode.EXPLOIT);

            Same.actions(
                    subject.actions(policy, policy.newState(SLOTS)),
                    subject.actions(policy, policy.newState(SLOTS)),
                    "exploiting twice",
                    "A policy of Mode.EXPLOIT draws nothing, and keeps what it remembers in the PolicyState that it is given");
        }
    }

    @Test
    void exploringFollowsItsStream() {
        try (AlgorithmSubject one = subject(1);
                AlgorithmSubject other = subject(1)) {
            Policy policy = one.algorithm.policy(Mode.EXPLORE);
            Policy same = other.algorithm.policy(Mode.EXPLORE);

            Same.actions(
                    one.actions(policy, policy.newState(SLOTS)),
                    other.actions(same, same.newState(SLOTS)),
                    "exploring twice with one seed",
                    Same.OTHER_CHANCE);
        }
    }

    @Test
    void aPolicyIsALiveView() {
        try (AlgorithmSubject subject = subject(1)) {
            Policy policy = subject.algorithm.policy(Mode.EXPLOIT);
            Actions untrained = subject.actions(policy, policy.newState(SLOTS));
            Snapshot start = subject.snapshot();
            subject.update(3);
            Snapshot trained = subject.snapshot();

            subject.algorithm.parameters().restore(start);

            assertThat(trained.equals(start))
                    .as("3 updates leave all weights as they were")
                    .isFalse();
            Same.actions(
                    subject.actions(policy, policy.newState(SLOTS)),
                    untrained,
                    "playing with restored weights",
                    "A policy acts by the weights as they are now: it copies none, nor anything computed from them, when it is made");
        }
    }

    @Test
    void bothModesShareOneKindOfMemory() {
        try (AlgorithmSubject subject = subject(1)) {
            Policy exploring = subject.algorithm.policy(Mode.EXPLORE);
            PolicyState memory = exploring.newState(SLOTS);
            subject.actions(exploring, memory);

            Actions actions = subject.actions(subject.algorithm.policy(Mode.EXPLOIT), memory.spread(SLOTS));

            assertThat(actions.numbers()).isNotEmpty();
        }
    }

    @Test
    void aSavedMemoryContinues() throws IOException {
        try (AlgorithmSubject subject = subject(1)) {
            Policy policy = subject.algorithm.policy(Mode.EXPLOIT);
            PolicyState memory = policy.newState(SLOTS);
            subject.actions(policy, memory);
            PolicyState restored = policy.newState(SLOTS);

            restored.load(new DataInputStream(new ByteArrayInputStream(bytes(memory))));

            Same.bytes(bytes(restored), bytes(memory), "a memory saved, loaded and saved again", Same.NOT_LOADED);
            Same.actions(
                    subject.actions(policy, restored),
                    subject.actions(policy, memory),
                    "playing on with a memory that was saved and loaded",
                    Same.NOT_LOADED);
        }
    }

    final AlgorithmSubject subject(long seed) {
        return new AlgorithmSubject(factory(), benchmark(), conditioning(), seed);
    }

    private static byte[] bytes(Stateful part) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            part.save(out);
        }
        return bytes.toByteArray();
    }
}
