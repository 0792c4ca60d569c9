package org.adapt4j.method.rainbow;

import java.util.Map;
import java.util.Optional;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Device;
import org.adapt4j.api.algorithm.ReplayPlan;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.testkit.fake.TestStreams;
import org.adapt4j.testkit.toy.Corridor;
import org.adapt4j.toolkit.replay.Replays;

/** Rainbow on the corridor, step by step, as the runtime would do it. */
final class Play implements AutoCloseable {

    private final TestStreams streams;
    private final RainbowSettings settings;
    private final VectorEnvironment environment = new Corridor(20).open(1, 1, TestStreams.root(1));
    private final RainbowAlgorithm algorithm;
    private final Replays replay;
    private final Policy explore;
    private final PolicyState state;
    private final StepBlock seen;
    private final ActionBlock acted;
    private final int budget;
    private int steps;

    Play(RainbowSettings settings, long seed, int budget) {
        this.settings = settings;
        this.budget = budget;
        streams = TestStreams.root(seed);
        algorithm = algorithm(settings, environment, streams);
        replay = new Replays(environment.spec(), settings.plan(), 1, 1, 0, 0);
        explore = algorithm.policy(Mode.EXPLORE);
        state = explore.newState(1);
        seen = StepBlock.allocate(environment.spec(), 1, 2);
        acted = ActionBlock.allocate(environment.spec().action(), algorithm.extras(), 1, 1);
        environment.receive(seen.step(0));
    }

    private static RainbowAlgorithm algorithm(
            RainbowSettings settings, VectorEnvironment environment, TestStreams streams) {
        return (RainbowAlgorithm) new Rainbow(settings)
                .create(new AlgorithmRequest(
                        environment.spec(), Conditioning.none(), 1, Device.CPU, streams.child("algorithm")));
    }

    RainbowAlgorithm algorithm() {
        return algorithm;
    }

    /** Takes steps, each followed by an update as soon as there is enough to learn from. */
    Map<String, Double> steps(int count) {
        Map<String, Double> report = Map.of();
        for (int i = 0; i < count; i++) {
            explore.act(seen.step(0), state, acted.step(0));
            environment.send(acted.step(0));
            environment.receive(seen.step(1));
            replay.observe(seen.step(0), acted.step(0), seen.step(1));
            seen.step(0).copyFrom(seen.step(1));
            steps++;
            if (replay.isReady(0)) {
                double progress = Math.min(1, (double) steps / budget);
                report = algorithm.update(
                        replay.draw(new int[1], exponent(progress), streams.child("replay")), progress);
            }
        }
        return report;
    }

    private double exponent(double progress) {
        Optional<ReplayPlan.Priorities> priorities = settings.plan().priorities();
        return priorities
                .map(wanted -> wanted.weightStart() + progress * (wanted.weightEnd() - wanted.weightStart()))
                .orElse(0.0);
    }

    /** Steps taken so far. */
    int taken() {
        return steps;
    }

    /** Whether the greedy policy goes right in all four states. */
    boolean isOptimal() {
        StepBlock all = everyState();
        ActionBlock chosen = ActionBlock.allocate(environment.spec().action(), algorithm.extras(), 4, 1);
        Policy exploit = algorithm.policy(Mode.EXPLOIT);
        exploit.act(all.step(0), exploit.newState(4), chosen.step(0));
        for (int place = 0; place < 4; place++) {
            if (chosen.step(0).discrete().get(place) != 1) {
                return false;
            }
        }
        return true;
    }

    /** The value of going right from the start. */
    double valueOfRight() {
        return algorithm.values(everyState().step(0), state.spread(4), null)[1];
    }

    private StepBlock everyState() {
        StepBlock all = StepBlock.allocate(environment.spec(), 4, 1);
        for (int place = 0; place < 4; place++) {
            all.step(0).observation(0).putFloat(4 * (place * 5 + place), 1);
        }
        return all;
    }

    @Override
    public void close() {
        replay.close();
        algorithm.close();
        environment.close();
    }
}
