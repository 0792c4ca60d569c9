package org.adapt4j.method.ppo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Device;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.EnvironmentRequest.Purpose;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.testkit.fake.TestStreams;
import org.adapt4j.testkit.toy.BanditBenchmark;
import org.adapt4j.testkit.toy.Corridor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tiny tasks that must be solved. */
@Tag("native")
@Tag("learning")
final class PpoLearningTest {

    private static final int PULLS = 10;

    @ParameterizedTest
    @CsvSource({"1e-3, 10000, 1", "1e-3, 10000, 2", "3e-3, 6000, 3", "3e-3, 6000, 4"})
    void solvesTheCorridor(double rate, int limit, int seed) {
        PpoSettings settings = TestSettings.of(TestSettings.TINY
                + "network.hidden = [32], rollout-steps = 32, minibatch-size = 64, discount = 0.99, learning-rate = "
                + rate);
        VectorEnvironment environment = new Corridor(20).open(8, 1, TestStreams.root(1));
        try (PpoAlgorithm algorithm =
                Play.algorithm(settings, environment, Conditioning.none(), TestStreams.root(seed))) {
            Play play = new Play(environment, algorithm, 32);
            Policy policy = algorithm.policy(Mode.EXPLORE);
            PolicyState state = policy.newState(8);

            int steps = 0;
            while (steps < limit && leastRight(algorithm, environment) < 0.9) {
                algorithm.update(play.rollout(policy, state), 0);
                steps += 8 * 32;
            }

            assertThat(leastRight(algorithm, environment)).isGreaterThanOrEqualTo(0.9);
            assertThat(steps).isLessThanOrEqualTo(limit);
        }
    }

    /** Smallest probability of going right, over the four states where it matters. */
    private static double leastRight(PpoAlgorithm algorithm, VectorEnvironment environment) {
        StepBlock seen = StepBlock.allocate(environment.spec(), 4, 1);
        ActionBlock acted = ActionBlock.allocate(environment.spec().action(), algorithm.extras(), 4, 1);
        for (int state = 0; state < 4; state++) {
            seen.step(0).observation(0).putFloat(4 * (state * 5 + state), 1);
        }
        Policy policy = algorithm.policy(Mode.EXPLOIT);
        policy.act(seen.step(0), policy.newState(4), acted.step(0));
        double least = 1;
        for (int state = 0; state < 4; state++) {
            double chosen = Math.exp(acted.step(0).extra("log-probability").get(state));
            least = Math.min(least, acted.step(0).discrete().get(state) == 1 ? chosen : 1 - chosen);
        }
        return least;
    }

    @Test
    void theSmallNetworkLearnsFromPixels() {
        PpoSettings settings = TestSettings.of("rollout-steps = 8, minibatch-size = 64, normalise-rewards = false");
        EnvironmentSpec spec =
                new EnvironmentSpec(List.of(new Component("rgb", Box.image(64, 64, 3))), new Discrete(4), 1);
        TestStreams random = TestStreams.root(1);
        StepBlock seen = StepBlock.allocate(spec, 32, 9);
        try (PpoAlgorithm algorithm = (PpoAlgorithm)
                new Ppo(settings).create(new AlgorithmRequest(spec, Conditioning.none(), 32, Device.CPU, random))) {
            ActionBlock acted = ActionBlock.allocate(spec.action(), algorithm.extras(), 32, 8);
            Policy policy = algorithm.policy(Mode.EXPLORE);
            PolicyState state = policy.newState(32);
            int right = 0;
            for (int update = 0; update < 30; update++) {
                // A single update may fall back for a moment: the last ten count, not the last one.
                right = update < 20 ? 0 : right;
                for (int t = 0; t < 8; t++) {
                    int[] corners = drawCorners(seen.step(t), random);
                    policy.act(seen.step(t), state, acted.step(t));
                    for (int slot = 0; slot < 32; slot++) {
                        boolean found = acted.step(t).discrete().get(slot) == corners[slot];
                        right += found ? 1 : 0;
                        seen.step(t + 1).rewards().put(slot, found ? 1 : 0);
                        seen.step(t + 1).flags().put(slot, (byte) (Flag.FIRST.mask() | Flag.TERMINATED.mask()));
                    }
                }
                drawCorners(seen.step(8), random);
                algorithm.update(new Batch.Rollout(seen, acted, state, Play.NO_CUTS), 0);
            }

            assertThat(right).isGreaterThan(10 * 8 * 32 * 9 / 10);
        }
    }

    /** A red square in one of four corners of a grey noise; the corner is the right action. */
    private static int[] drawCorners(StepBuffers row, TestStreams random) {
        int[] corners = new int[row.slots()];
        ByteBuffer pixels = row.observation(0);
        for (int i = 0; i < pixels.limit(); i++) {
            pixels.put(i, (byte) random.nextInt(100));
        }
        for (int slot = 0; slot < corners.length; slot++) {
            corners[slot] = random.nextInt(4);
            for (int y = 0; y < 12; y++) {
                for (int x = 0; x < 12; x++) {
                    int pixel = (slot * 64 + corners[slot] / 2 * 40 + 6 + y) * 64 + corners[slot] % 2 * 40 + 6 + x;
                    pixels.put(3 * pixel, (byte) 255);
                }
            }
        }
        return corners;
    }

    @Test
    void memoryOverATrialPlaysTheBanditNearlyOptimally() {
        assertThat(banditValue(1, false)).isBetween(8.0, 8.376 + 0.15);
    }

    @Test
    void memoryThatIsZeroedAtEveryEpisodeCannot() {
        assertThat(banditValue(1, true)).isLessThan(8.0);
    }

    /** What ten pulls are worth after 320,000 pulls of training. */
    private static double banditValue(int seed, boolean forgetful) {
        int slots = 64;
        PpoSettings settings = TestSettings.of(TestSettings.TINY
                + "rollout-steps = 10, minibatch-size = 640, chunk = 640, epochs = 4, discount = 0.99,"
                + " learning-rate = 3e-3");
        BanditBenchmark bandit = new BanditBenchmark(new BanditBenchmark.Settings(0.9, 0.1));
        TaskSet tasks = bandit.tasks(Split.TRAIN);
        TestStreams random = TestStreams.root(seed);
        VectorEnvironment environment = bandit.open(new EnvironmentRequest(
                bandit.spec(tasks),
                TaskSchedule.trials(tasks, PULLS),
                slots,
                random.child("environment"),
                Purpose.TRAINING));
        Conditioning memory = new Conditioning.Memory(24, 1);
        try (environment;
                PpoAlgorithm algorithm = Play.algorithm(settings, environment, memory, random)) {
            Play play = new Play(environment, algorithm, PULLS);
            Policy explore = forgetful(algorithm.policy(Mode.EXPLORE), forgetful);
            Play.train(play, algorithm, explore, explore.newState(slots), 320_000 / (slots * PULLS));

            VectorEnvironment test = bandit.open(new EnvironmentRequest(
                    bandit.spec(tasks),
                    TaskSchedule.trials(tasks, PULLS),
                    500,
                    random.child("test"),
                    Purpose.TRAINING));
            Policy exploit = forgetful(algorithm.policy(Mode.EXPLOIT), forgetful);
            return meanTrial(new Play(test, algorithm, 10 * PULLS), exploit, 500, 10);
        }
    }

    private static double meanTrial(Play play, Policy policy, int slots, int trials) {
        var rewards =
                play.rollout(policy, policy.newState(slots)).seen().rewards().asFloatBuffer();
        double sum = 0;
        for (int i = slots; i < slots * (trials * PULLS + 1); i++) {
            sum += rewards.get(i);
        }
        return sum / (slots * trials);
    }

    /** The wrong reset rule: the recurrent state is zeroed whenever an episode begins. */
    private static Policy forgetful(Policy policy, boolean wanted) {
        if (!wanted) {
            return policy;
        }
        return new Policy() {
            @Override
            public PolicyState newState(int slots) {
                return policy.newState(slots);
            }

            @Override
            public void act(StepBuffers seen, PolicyState state, ActionBuffers actions) {
                float[] lstm = ((MemoryState) state).lstm();
                int size = lstm.length / seen.slots();
                for (int slot = 0; slot < seen.slots(); slot++) {
                    if (seen.is(Flag.FIRST, slot)) {
                        Arrays.fill(lstm, slot * size, (slot + 1) * size, 0);
                    }
                }
                policy.act(seen, state, actions);
            }
        };
    }
}
