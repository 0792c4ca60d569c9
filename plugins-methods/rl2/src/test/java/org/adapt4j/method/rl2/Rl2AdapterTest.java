package org.adapt4j.method.rl2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.method.Adapter;
import org.adapt4j.api.method.Checkpoint;
import org.adapt4j.api.method.Prospect;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.method.rl2.Rl2Adapter.Carry;
import org.adapt4j.testkit.AdapterContract;
import org.adapt4j.testkit.fake.FakeMemory;
import org.adapt4j.testkit.fake.FakeSession;
import org.adapt4j.testkit.fake.FakeSession.KilledException;
import org.adapt4j.testkit.toy.TwoGoalBenchmark;
import org.junit.jupiter.api.Test;

/**
 * The agents of these tests always go left in a corridor whose goal is at its left end: each episode takes 2 steps and earns
 * 1, so that what a memory has been through is known. Play comes in 4 slots.
 */
final class Rl2AdapterTest extends AdapterContract {

    private static final int SLOTS = 4;
    private static final Map<Resource, Long> STEPS = Map.of(Resource.ENVIRONMENT_STEPS, 100L);
    private static final float OF_ANOTHER_TRIAL = 77;

    @Override
    protected Adapter adapter() {
        return adapter(Carry.TRIAL, 5);
    }

    @Override
    protected Checkpoint learned() {
        return learned(3);
    }

    /** What a memory learned in trials of so many episodes. */
    private Checkpoint learned(int episodes) {
        Checkpoint weights = super.learned();
        Conditioning memory = new Conditioning.Memory(24, 1, new Trial(episodes, true, false));
        return new Checkpoint(weights.weights(), memory, weights.facts());
    }

    @Override
    protected TaskDistribution benchmark() {
        return new TwoGoalBenchmark(new TwoGoalBenchmark.Settings(5, 2, 20));
    }

    @Test
    void beforeAnyPlayNothingIsRemembered() {
        FakeSession session = session().forEnvironmentSteps(0);

        adapter().adapt(learned(), session);

        assertThat(measured(session).steps(0)).isZero();
    }

    @Test
    void measuresFromWhatTheExplorationOfATrialLeft() {
        FakeSession session = session().forEnvironmentSteps(200L * SLOTS);

        adapter(Carry.TRIAL, 5).adapt(learned(), session);

        FakeMemory memory = measured(session);
        assertThat(memory.ends(0)).isEqualTo(2);
        assertThat(memory.steps(0)).isEqualTo(4);
        assertThat(memory.reward(0)).as("the end of exploration was taken in").isEqualTo(2);
        assertThat(memory.ends(1)).isEqualTo(2);
    }

    @Test
    void keepsTheAdaptedMemoryUntilTheNextTrialHasExplored() {
        FakeSession session = session();
        List<Integer> ends = new ArrayList<>();
        session.forEnvironmentSteps(40L * SLOTS)
                .atEachProceed(() -> ends.add(measured(session).ends(0)));

        adapter(Carry.TRIAL, 1).adapt(learned(), session);

        assertThat(ends.subList(0, 5)).containsOnly(0);
        assertThat(ends.subList(5, ends.size())).isNotEmpty().containsOnly(2);
    }

    @Test
    void carriedForEverTheMemoryIsNeverCleared() {
        FakeSession session = session().forEnvironmentSteps(40L * SLOTS);

        adapter(Carry.FOREVER, 5).adapt(learned(), session);

        FakeMemory memory = measured(session);
        assertThat(memory.steps(0)).isEqualTo(40);
        assertThat(memory.ends(0)).isEqualTo(20);
        assertThat(memory.reward(0)).as("the end of the last episode too").isEqualTo(20);
        assertThat(memory.reward(1)).isEqualTo(20);
    }

    @Test
    void aResumedRunKnowsWhatTheLastStepEarned() {
        KilledException killed = catchThrowableOfType(
                KilledException.class,
                () -> adapter(Carry.FOREVER, 2)
                        .adapt(
                                learned(),
                                session().forEnvironmentSteps(40L * SLOTS).killedAt(5)));
        FakeSession resumed = session().forEnvironmentSteps(8L * SLOTS).resumedFrom(killed.state());

        adapter(Carry.FOREVER, 2).adapt(learned(), resumed);

        FakeMemory memory = measured(resumed);
        assertThat(memory.reward(0)).as("each episode ends with 1").isPositive().isEqualTo(memory.ends(0));
    }

    @Test
    void blankedItNeverKnowsWhatWas() {
        FakeSession session = session().forEnvironmentSteps(40L * SLOTS);

        adapter(Carry.NEVER, 5).adapt(learned(1), session);

        EnvironmentSpec spec = benchmark().spec(benchmark().tasks(Split.TEST));
        StepBuffers seen = StepBlock.allocate(spec, 2, 1).step(0);
        seen.observation(0).putFloat(4, 1);
        seen.rewards().put(0, OF_ANOTHER_TRIAL);
        PolicyState state = session.reported().newState(2);
        for (int step = 0; step < 3; step++) {
            session.reported()
                    .act(
                            seen,
                            state,
                            ActionBlock.allocate(spec.action(), List.of(), 2, 1).step(0));
        }
        FakeMemory memory = (FakeMemory) ((ForgetfulPolicy.Blank) state).memory();
        assertThat(memory.steps(0)).isZero();
        assertThat(memory.ends(0)).isZero();
        assertThat(memory.reward(0)).isZero();
        assertThat(seen.rewards().get(0)).as("left as it was").isEqualTo(OF_ANOTHER_TRIAL);
        assertThat(((ForgetfulPolicy.Blank) state).shown().observation(0).getFloat(4))
                .isEqualTo(1);
        assertThat(session.budget().spent(Resource.ENVIRONMENT_STEPS)).isEqualTo(40L * SLOTS);
    }

    @Test
    void changesNoWeight() {
        FakeSession session = session();
        Checkpoint learned = learned();

        adapter().adapt(learned, session);

        Snapshot after = session.agents().get(0).parameters().snapshot();
        assertThat(session.budget().spent(Resource.UPDATES)).isZero();
        assertThat(after.only(learned.weights().groups())).isEqualTo(learned.weights());
        assertThat(session.agents().get(0).played()).isEmpty();
    }

    @Test
    void aResumedRunMeasuresTheSameMemory() {
        KilledException killed = catchThrowableOfType(
                KilledException.class,
                () -> adapter(Carry.TRIAL, 1)
                        .adapt(
                                learned(),
                                session().forEnvironmentSteps(40L * SLOTS).killedAt(7)));
        FakeSession resumed = session().forEnvironmentSteps(8L * SLOTS).resumedFrom(killed.state());

        adapter(Carry.TRIAL, 1).adapt(learned(), resumed);

        assertThat(measured(resumed).ends(0)).as("explored before the kill").isEqualTo(2);
        assertThat(measured(resumed).steps(0)).isEqualTo(4);
    }

    @Test
    void refusesSeveralTasks() {
        TaskSet tasks = benchmark().tasks(Split.TEST);
        FakeSession session = session().withTasks(tasks);

        assertThatThrownBy(() -> adapter().adapt(learned(), session))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one task at a time");
    }

    @Test
    void refusesABudgetThatPlayCannotSpend() {
        FakeSession session = FakeSession.over(agent())
                .on(benchmark())
                .withTasks(benchmark().tasks(Split.TEST).first(1))
                .forUpdates(10);

        assertThatThrownBy(() -> adapter().adapt(learned(), session))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must limit environment-steps");
    }

    @Test
    void refusesTrialsInWhichNothingProfits() {
        assertThatThrownBy(() -> adapter().adapt(learned(1), session()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("rl2 needs trials of at least 2 episodes");
    }

    @Test
    void goesOnWithAMemoryOfItsOwnLearnerOnly() {
        assertThat(adapter().objection(prospect(learned().conditioning()))).isEmpty();
        assertThat(adapter().objection(prospect(Conditioning.none())).orElseThrow())
                .endsWith("set pretrain.learner.name = rl2");
        assertThat(adapter().objection(prospect(new Conditioning.Memory(24, 1))))
                .isPresent();
        assertThat(adapter(Carry.TRIAL, 5).objection(prospect(learned(1).conditioning())))
                .isPresent();
        assertThat(adapter(Carry.FOREVER, 5).objection(prospect(learned(1).conditioning())))
                .isEmpty();
    }

    @Test
    void saysBeforehandWhatItCannotBe() {
        TaskSet tasks = benchmark().tasks(Split.TEST);
        Conditioning memory = learned().conditioning();

        assertThat(adapter().objection(prospect(tasks, STEPS, memory)).orElseThrow())
                .contains("one task at a time", "adapt.together = false");
        assertThat(adapter()
                        .objection(prospect(tasks.first(1), Map.of(Resource.UPDATES, 10L), memory))
                        .orElseThrow())
                .contains("must limit environment-steps");
    }

    private Prospect prospect(Conditioning conditioning) {
        return prospect(benchmark().tasks(Split.TEST).first(1), STEPS, conditioning);
    }

    private Prospect prospect(TaskSet tasks, Map<Resource, Long> budget, Conditioning conditioning) {
        return new Prospect(tasks, benchmark().spec(tasks), budget, task -> 0, task -> Map.of(), conditioning);
    }

    private static Adapter adapter(Carry carry, int steps) {
        return new Rl2Adapter(new Rl2Adapter.Settings(carry, steps));
    }

    /** What is remembered when a measured episode has seen its first observation. */
    private FakeMemory measured(FakeSession session) {
        EnvironmentSpec spec = benchmark().spec(benchmark().tasks(Split.TEST));
        StepBuffers first = StepBlock.allocate(spec, 2, 1).step(0);
        for (int slot = 0; slot < 2; slot++) {
            first.flags().put(slot, (byte) (Flag.FIRST.mask() | Flag.NEW_TRIAL.mask()));
            first.rewards().put(slot, OF_ANOTHER_TRIAL);
        }
        AdaptedMemory adapted = (AdaptedMemory) session.reported().newState(2);
        session.reported()
                .act(
                        first,
                        adapted,
                        ActionBlock.allocate(spec.action(), List.of(), 2, 1).step(0));
        assertThat(first.rewards().get(0)).as("left as it was").isEqualTo(OF_ANOTHER_TRIAL);
        return (FakeMemory) adapted.memory();
    }
}
