package org.adapt4j.method.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Device;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.space.Space;
import org.adapt4j.testkit.Fixture;
import org.adapt4j.testkit.fake.WrittenDraws;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole updates, all minibatches and epochs, against a reference in 64 bits ({@code src/test/python/ppo_reference.py}): weights, rollouts and
 * orders of samples are written down, and what comes of them.
 *
 * <p>Weights may differ by 10⁻⁵ after steps of 2 to 3·10⁻³ each: 32-bit gradients of size 1 are right to some 10⁻⁷, which Adam, whose epsilon
 * is 10⁻⁵, makes 10⁻² of a step where a gradient is near 0.
 */
@Tag("native")
final class PpoReferenceTest {

    private static final double ROUNDING = 1e-5;

    static Stream<Fixture> cases() {
        return Fixture.of(PpoReferenceTest.class, "ppo-reference.json").cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void updatesEqualTheReference(Fixture known) {
        WrittenDraws random = WrittenDraws.root().with("minibatches", known.doubles("picks"));
        try (PpoAlgorithm algorithm = (PpoAlgorithm) new Ppo(TestSettings.of(known.text("settings")))
                .create(new AlgorithmRequest(
                        spec(known), conditioning(known), known.integer("slots"), Device.CPU, random))) {
            algorithm.parameters().restore(known.weights("weights", weights(algorithm)));

            for (Fixture rollout : known.all("rollouts")) {
                Map<String, Double> report =
                        algorithm.update(rollout(known, rollout, algorithm), known.number("progress"));

                Fixture expected = rollout.at("report");
                for (String name : expected.keys()) {
                    assertThat(report)
                            .hasEntrySatisfying(
                                    name,
                                    value -> assertThat(value)
                                            .as(name)
                                            .isCloseTo(expected.number(name), within(ROUNDING)));
                }
            }

            known.assertWeights("after", weights(algorithm), ROUNDING);
            assertThat(random.isUsedUp()).as("all minibatches were drawn").isTrue();
        }
    }

    private static Snapshot weights(PpoAlgorithm algorithm) {
        return algorithm.parameters().snapshot(algorithm.parameters().groups());
    }

    private static EnvironmentSpec spec(Fixture known) {
        int actions = known.integer("actions");
        Space action = known.is("discrete") ? new Discrete(actions) : Box.vector(actions, -1, 1);
        return new EnvironmentSpec(
                List.of(new Component("state", Box.vector(known.integer("seen"), -9, 9))), action, 100);
    }

    private static Conditioning conditioning(Fixture known) {
        return known.is("over-trials")
                ? new Conditioning.Memory(known.integer("units"), known.integer("layers"))
                : Conditioning.none();
    }

    private static Batch.Rollout rollout(Fixture known, Fixture rollout, PpoAlgorithm algorithm) {
        EnvironmentSpec spec = spec(known);
        int slots = known.integer("slots");
        int steps = known.integer("steps");
        StepBlock seen = StepBlock.allocate(spec, slots, steps + 1);
        ActionBlock acted = ActionBlock.allocate(spec.action(), algorithm.extras(), slots, steps);
        rollout.floatsInto(seen.observations("state"), "seen");
        rollout.floatsInto(seen.rewards(), "rewards");
        int[] flags = rollout.integers("flags");
        for (int i = 0; i < flags.length; i++) {
            seen.flags().put(i, (byte) flags[i]);
        }
        PolicyState start = algorithm.policy(Mode.EXPLORE).newState(slots);
        if (rollout.has("normalised")) {
            act(algorithm.policy(Mode.EXPLORE), start, seen, acted, rollout.floats("normalised"));
        }
        rollout.floatsInto(acted.column(PpoAlgorithm.VALUE), "values");
        rollout.floatsInto(acted.column(PpoAlgorithm.LOG_PROBABILITY), "log-probabilities");
        if (known.is("discrete")) {
            rollout.integersInto(acted.column("action"), "actions");
        } else {
            float[] raw = rollout.floats("actions");
            rollout.floatsInto(acted.column(PpoAlgorithm.RAW_ACTION), "actions");
            for (int i = 0; i < raw.length; i++) {
                acted.column("action").putFloat(4 * i, Math.max(-1, Math.min(1, raw[i])));
            }
        }
        if (start instanceof MemoryState memory) {
            memory.lstm(rollout.floats("state"));
            float[] before = rollout.floats("before");
            System.arraycopy(before, 0, memory.actions(), 0, before.length);
        }
        return new Batch.Rollout(seen, acted, start, rollout.has("cuts") ? new Cuts(rollout) : Play.NO_CUTS);
    }

    /** Acts, which takes observations in and notes them normalised; what it does besides is written over. */
    private static void act(Policy policy, PolicyState state, StepBlock seen, ActionBlock acted, float[] normalised) {
        for (int t = 0; t < acted.steps(); t++) {
            policy.act(seen.step(t), state, acted.step(t));
        }
        float[] noted = new float[normalised.length];
        acted.column(PpoAlgorithm.NORMALISED).asFloatBuffer().get(noted);
        assertThat(noted).containsExactly(normalised, within((float) ROUNDING));
    }

    /** Where time limits cut off, as written. */
    private record Cuts(Fixture rollout) implements Batch.Truncations {

        @Override
        public int count() {
            return rollout.integers("cuts").length / 2;
        }

        @Override
        public int step(int index) {
            return rollout.integers("cuts")[2 * index];
        }

        @Override
        public int slot(int index) {
            return rollout.integers("cuts")[2 * index + 1];
        }

        @Override
        public ByteBuffer observations(int component) {
            float[] last = rollout.floats("cut-seen");
            ByteBuffer bytes = ByteBuffer.allocateDirect(4 * last.length).order(ByteOrder.nativeOrder());
            bytes.asFloatBuffer().put(last);
            return bytes;
        }
    }
}
