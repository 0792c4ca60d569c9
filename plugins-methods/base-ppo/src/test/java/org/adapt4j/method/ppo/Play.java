package org.adapt4j.method.ppo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.BaseAlgorithm;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Device;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.testkit.fake.TestStreams;

/** Plays rollouts the way the runtime does. */
final class Play {

    /** An algorithm for an environment. */
    static PpoAlgorithm algorithm(
            PpoSettings settings, VectorEnvironment environment, Conditioning conditioning, TestStreams random) {
        return (PpoAlgorithm) new Ppo(settings)
                .create(new AlgorithmRequest(
                        environment.spec(), conditioning, environment.slots(), Device.CPU, random));
    }

    /** No episode was cut off. */
    static final Batch.Truncations NO_CUTS = new Batch.Truncations() {
        @Override
        public int count() {
            return 0;
        }

        @Override
        public int step(int index) {
            throw new IndexOutOfBoundsException(index);
        }

        @Override
        public int slot(int index) {
            throw new IndexOutOfBoundsException(index);
        }

        @Override
        public ByteBuffer observations(int component) {
            throw new IndexOutOfBoundsException(component);
        }
    };

    private final VectorEnvironment environment;
    private final StepBlock seen;
    private final ActionBlock acted;
    private final List<int[]> cuts = new ArrayList<>();
    private final List<float[]> lastObservations = new ArrayList<>();
    private boolean started;

    Play(VectorEnvironment environment, BaseAlgorithm<?> algorithm, int steps) {
        this.environment = environment;
        seen = StepBlock.allocate(environment.spec(), environment.slots(), steps + 1);
        acted = ActionBlock.allocate(environment.spec().action(), algorithm.extras(), environment.slots(), steps);
    }

    /** What the last rollout saw. */
    StepBlock seen() {
        return seen;
    }

    Batch.Rollout rollout(Policy policy, PolicyState state) {
        int steps = acted.steps();
        if (started) {
            seen.step(0).copyFrom(seen.step(steps));
        } else {
            environment.receive(seen.step(0));
            started = true;
        }
        cuts.clear();
        lastObservations.clear();
        PolicyState start = state.spread(state.slots());
        for (int t = 0; t < steps; t++) {
            policy.act(seen.step(t), state, acted.step(t));
            environment.send(acted.step(t));
            environment.receive(seen.step(t + 1));
            for (int slot = 0; slot < seen.slots(); slot++) {
                if (seen.step(t + 1).is(Flag.TRUNCATED, slot)) {
                    note(t + 1, slot);
                }
            }
        }
        return new Batch.Rollout(seen, acted, start, new Cuts());
    }

    /** Goes on from the last observation of another one. */
    void takeOver(Play other) {
        seen.step(acted.steps()).copyFrom(other.seen.step(acted.steps()));
        started = true;
    }

    private void note(int row, int slot) {
        int width = environment.spec().observation().get(0).space().width();
        float[] last = new float[width];
        for (int i = 0; i < width; i++) {
            last[i] = seen.step(row).lastObservation(0).getFloat(4 * (slot * width + i));
        }
        cuts.add(new int[] {row, slot});
        lastObservations.add(last);
    }

    /** Updates an algorithm some times; returns what the last update said. */
    static Map<String, Double> train(Play play, PpoAlgorithm algorithm, Policy policy, PolicyState state, int updates) {
        Map<String, Double> last = Map.of();
        for (int i = 0; i < updates; i++) {
            last = algorithm.update(play.rollout(policy, state), 0);
        }
        return last;
    }

    private final class Cuts implements Batch.Truncations {

        @Override
        public int count() {
            return cuts.size();
        }

        @Override
        public int step(int index) {
            return cuts.get(index)[0];
        }

        @Override
        public int slot(int index) {
            return cuts.get(index)[1];
        }

        @Override
        public ByteBuffer observations(int component) {
            int width = lastObservations.get(0).length;
            ByteBuffer all = ByteBuffer.allocateDirect(4 * width * cuts.size()).order(ByteOrder.nativeOrder());
            for (float[] last : lastObservations) {
                for (float value : last) {
                    all.putFloat(value);
                }
            }
            return all.flip().order(ByteOrder.nativeOrder());
        }
    }
}
