package org.adapt4j.method.sac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Device;
import org.adapt4j.api.algorithm.ReplayPlan;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.api.space.Box;
import org.adapt4j.testkit.ReferenceDefaults;
import org.adapt4j.testkit.fake.TestStreams;
import org.adapt4j.toolkit.replay.Replays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tiny tasks that must be solved. */
@Tag("native")
@Tag("learning")
final class SacLearningTest {

    private static SacSettings settings(String overrides) {
        return ReferenceDefaults.of(SacPlugin.class, "algorithms.sac").settings(SacSettings.class, overrides);
    }

    private static final String TINY = "network.hidden = [32, 32], actor-learning-rate = 1e-3,"
            + " critic-learning-rate = 1e-3, temperature-learning-rate = 1e-3, ";
    private static final byte BOTH = (byte) (Flag.FIRST.mask() | Flag.NEW_TRIAL.mask());

    /** A world of one number and one slot. */
    private interface World {

        /** The first state of an episode. */
        float start(TestStreams random);

        /** The next state. */
        float next(float state, float action);

        /** What an action earns. */
        float reward(float state, float action);

        /** Steps of an episode; the end of a single step is a terminal, of several a time limit. */
        int steps();
    }

    /** One step, best action 0.5. */
    private static final World BANDIT = new World() {
        @Override
        public float start(TestStreams random) {
            return 0;
        }

        @Override
        public float next(float state, float action) {
            return 0;
        }

        @Override
        public float reward(float state, float action) {
            return -(action - 0.5f) * (action - 0.5f);
        }

        @Override
        public int steps() {
            return 1;
        }
    };

    /** A point that is pushed by a fifth of the action and is to be at 0. */
    private static final World POINT = new World() {
        @Override
        public float start(TestStreams random) {
            return (float) (2 * random.nextDouble() - 1);
        }

        @Override
        public float next(float state, float action) {
            return state + 0.2f * action;
        }

        @Override
        public float reward(float state, float action) {
            float next = next(state, action);
            return -next * next;
        }

        @Override
        public int steps() {
            return 10;
        }
    };

    private static final EnvironmentSpec SPEC =
            new EnvironmentSpec(List.of(new Component("state", Box.vector(1, -9, 9))), Box.vector(1, -1, 1), 10);

    /** Trains with one update per step after the start. */
    private static SacAlgorithm train(World world, String settings, int updates, long seed) {
        SacSettings bound = settings(TINY + settings);
        TestStreams random = TestStreams.root(seed);
        SacAlgorithm algorithm = (SacAlgorithm) new Sac(bound)
                .create(new AlgorithmRequest(SPEC, Conditioning.none(), 1, Device.CPU, random.child("algorithm")));
        ReplayPlan plan = bound.plan();
        StepBlock block = StepBlock.allocate(SPEC, 1, 2);
        ActionBuffers acted =
                ActionBlock.allocate(SPEC.action(), List.of(), 1, 1).step(0);
        Policy policy = algorithm.policy(Mode.EXPLORE);
        PolicyState state = policy.newState(1);
        try (Replays replays = new Replays(SPEC, plan, 1, 1, 0, 0)) {
            block.step(0).observation(0).putFloat(0, world.start(random));
            block.step(0).flags().put(0, BOTH);
            int age = 0;
            for (int t = 0; updates > 0; t++) {
                StepBuffers before = block.step(t % 2);
                StepBuffers after = block.step((t + 1) % 2);
                if (replays.isReady(0)) {
                    policy.act(before, state, acted);
                } else {
                    acted.continuous().put(0, (float) (2 * random.nextDouble() - 1));
                }
                float here = before.observation(0).getFloat(0);
                float action = acted.continuous().get(0);
                age++;
                after.rewards().put(0, world.reward(here, action));
                after.observation(0).putFloat(0, world.next(here, action));
                after.flags().put(0, (byte) 0);
                if (age == world.steps()) {
                    Flag end = world.steps() == 1 ? Flag.TERMINATED : Flag.TRUNCATED;
                    after.flags().put(0, (byte) (BOTH | end.mask()));
                    after.lastObservation(0).putFloat(0, world.next(here, action));
                    after.observation(0).putFloat(0, world.start(random));
                    age = 0;
                }
                replays.observe(before, acted, after);
                if (replays.isReady(0)) {
                    algorithm.update(replays.draw(new int[] {0}, 0, random.child("draws")), 0);
                    updates--;
                }
            }
        }
        return algorithm;
    }

    private static float exploit(SacAlgorithm algorithm, float at) {
        StepBuffers seen = StepBlock.allocate(SPEC, 1, 1).step(0);
        seen.observation(0).putFloat(0, at);
        ActionBuffers acted =
                ActionBlock.allocate(SPEC.action(), List.of(), 1, 1).step(0);
        Policy policy = algorithm.policy(Mode.EXPLOIT);
        policy.act(seen, policy.newState(1), acted);
        return acted.continuous().get(0);
    }

    private static double logStd(SacAlgorithm algorithm) {
        return algorithm.logStd(new float[] {0})[0];
    }

    @Test
    void theSameSeedGivesTheSameWeights() {
        try (SacAlgorithm one = train(POINT, "replay.start = 20", 30, 7);
                SacAlgorithm same = train(POINT, "replay.start = 20", 30, 7);
                SacAlgorithm other = train(POINT, "replay.start = 20", 30, 8)) {
            assertThat(same.parameters().snapshot()).isEqualTo(one.parameters().snapshot());
            assertThat(other.parameters().snapshot())
                    .isNotEqualTo(one.parameters().snapshot());
        }
    }

    @Test
    void aSavedLearnerComesBackWhole() throws IOException {
        try (SacAlgorithm one = train(POINT, "replay.start = 20", 30, 7);
                SacAlgorithm other = train(POINT, "replay.start = 20", 3, 8)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            one.save(new DataOutputStream(bytes));

            other.load(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

            ByteArrayOutputStream again = new ByteArrayOutputStream();
            other.save(new DataOutputStream(again));
            assertThat(again.toByteArray()).isEqualTo(bytes.toByteArray());
            assertThat(exploit(other, 0.5f)).isEqualTo(exploit(one, 0.5f));
        }
    }

    @Test
    void trainsPartsOfAGroupAlone() {
        try (SacAlgorithm algorithm = train(POINT, "replay.start = 20", 3, 7)) {
            algorithm.parameters().train(Set.of("policy/mean"));

            assertThat(algorithm.parameters().groups()).containsExactlyInAnyOrder("policy", "critic", "temperature");
            assertThatThrownBy(() -> algorithm.parameters().train(Set.of("policy/men")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("policy/men");
        }
    }

    @Test
    void t3FindsTheBestSquashedGaussianOfABandit() {
        try (SacAlgorithm algorithm = train(BANDIT, "temperature = fixed, start-temperature = 0.1", 3_000, 1)) {
            assertThat(exploit(algorithm, 0)).isCloseTo(0.512f, within(0.04f));
            assertThat(logStd(algorithm)).isCloseTo(-1.247, within(0.1));
        }
    }

    @Test
    void t3bFindsTheTemperatureToo() {
        try (SacAlgorithm algorithm = train(BANDIT, "", 6_000, 1)) {
            assertThat(algorithm.temperature()).isBetween(0.012, 0.03);
            assertThat(logStd(algorithm)).isCloseTo(-2.114, within(0.2));
        }
    }

    @Test
    void t3cPushesAPointToItsPlace() {
        try (SacAlgorithm algorithm = train(POINT, "", 3_000, 1)) {
            double sum = 0;
            for (int i = -10; i <= 10; i++) {
                float state = i / 10f;
                for (int step = 0; step < POINT.steps(); step++) {
                    float action = exploit(algorithm, state);
                    sum += POINT.reward(state, action);
                    state = POINT.next(state, action);
                }
            }

            assertThat(sum / 21).isGreaterThanOrEqualTo(-0.45);
        }
    }
}
