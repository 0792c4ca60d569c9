package org.adapt4j.runtime.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapt4j.api.algorithm.Belief;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.ReplayPlan;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.testkit.fake.FakeMemory;
import org.adapt4j.testkit.fake.FakeMetrics;
import org.adapt4j.testkit.fake.FakePolicy;
import org.adapt4j.testkit.fake.MeanReward;
import org.adapt4j.toolkit.replay.Replays;
import org.adapt4j.toolkit.run.BudgetMeter;
import org.junit.jupiter.api.Test;

/** Episodes of one step each, of one task in two slots; whatever was experienced, the belief is sure to be at 100. */
final class InferringPolicyTest {

    private static final float SURE = 100;
    private static final int EPISODES = 400;
    private static final EnvironmentSpec SPEC =
            new EnvironmentSpec(List.of(new Component("seen", Box.vector(1, 0, 1))), new Discrete(2), 10);

    private final FakeMetrics metrics = new FakeMetrics();

    @Test
    void allEpisodesActOnWhatIsBelievedAndCount() {
        assertThat(shareOnThePrior(0)).isZero();
    }

    @Test
    void aShareOfTheEpisodesActsOnThePriorAndCountsAlone() {
        assertThat(shareOnThePrior(0.25)).isBetween(0.18, 0.32);
        assertThat(shareOnThePrior(1)).isOne();
    }

    /** Plays, and compares what counts in contexts with what was acted on; returns how often that was the prior, but for the first. */
    private double shareOnThePrior(double wanted) {
        ReplayPlan plan = new ReplayPlan(10_000, 2, 0, 1, true, 1, 0.9, 1, Optional.empty());
        Conditioning.Context context = new Conditioning.Context(new MeanReward(1), 4, 10_000, false, wanted);
        StepBlock steps = StepBlock.allocate(SPEC, 2, 2);
        ActionBlock acts = ActionBlock.allocate(SPEC.action(), List.of(), 2, 1);
        try (Replays replays = new Replays(SPEC, plan, 1, 2, context.size(), context.window())) {
            Policy policy = new InferringPolicy(
                    new FakePolicy(),
                    context,
                    experience -> experience.size() == 0
                            ? Belief.prior(2)
                            : new Belief(Collections.nCopies(2, SURE), Collections.nCopies(2, 0f)),
                    replays,
                    Streams.root(3).child("belief"),
                    new Averages(metrics, new BudgetMeter(Map.of(Resource.ENVIRONMENT_STEPS, (long) EPISODES), 2)));
            FakeMemory memory = (FakeMemory) policy.newState(2);
            int prior = 0;
            for (int episode = 0; episode < EPISODES; episode++) {
                for (int slot = 0; slot < 2; slot++) {
                    steps.step(0).flags().put(slot, Flag.FIRST.mask());
                    steps.step(1).flags().put(slot, Flag.TERMINATED.mask());
                }
                policy.act(steps.step(0), memory, acts.step(0));
                for (int slot = 0; slot < 2; slot++) {
                    boolean onPrior = memory.vector(slot)[0] != SURE;
                    if (episode > 0 && onPrior) {
                        prior++;
                    }
                    assertThat(replays.countsInContext(slot)).isEqualTo(wanted == 0 || onPrior);
                }
                replays.observe(steps.step(0), acts.step(0), steps.step(1));
            }
            return prior / (2.0 * (EPISODES - 1));
        }
    }
}
