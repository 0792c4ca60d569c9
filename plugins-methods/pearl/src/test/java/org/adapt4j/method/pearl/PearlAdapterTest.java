package org.adapt4j.method.pearl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.Belief;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.ContextInference;
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
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.method.pearl.ContextEncoder.Divergence;
import org.adapt4j.method.pearl.Pearl.ActionInput;
import org.adapt4j.method.pearl.Pearl.KlOver;
import org.adapt4j.method.pearl.PearlAdapter.Experience;
import org.adapt4j.method.pearl.PearlAdapter.Vector;
import org.adapt4j.testkit.AdapterContract;
import org.adapt4j.testkit.fake.FakeAgent;
import org.adapt4j.testkit.fake.FakeMemory;
import org.adapt4j.testkit.fake.FakeSession;
import org.adapt4j.testkit.fake.FakeSession.KilledException;
import org.adapt4j.testkit.toy.TwoGoalBenchmark;
import org.junit.jupiter.api.Test;

/**
 * The agents of these tests always go left in a corridor whose goal is at its left end: each episode takes 2 steps and earns
 * 1. They believe, with hardly a doubt, the mean reward of a context and the mean position of what it saw. Play comes in 4
 * slots.
 */
final class PearlAdapterTest extends AdapterContract {

    private static final int SLOTS = 4;
    private static final float DOUBT = 1e-6f;

    private final List<Integer> contextSizes = new ArrayList<>();

    @Override
    protected Adapter adapter() {
        return adapter(Vector.DRAW);
    }

    @Override
    protected FakeAgent agent() {
        return super.agent().able(ContextInference.class, this::infer);
    }

    @Override
    protected Checkpoint learned() {
        return learned(false);
    }

    /** What was learned with contexts of 6 of the newest 20 transitions. */
    private Checkpoint learned(boolean everyStep) {
        Checkpoint weights = super.learned();
        ContextEncoder encoder = new ContextEncoder(2, List.of(8), ActionInput.ONE_HOT, new Divergence(0, KlOver.SUM));
        return new Checkpoint(weights.weights(), new Conditioning.Context(encoder, 6, 20, everyStep), weights.facts());
    }

    @Override
    protected TaskDistribution benchmark() {
        return new TwoGoalBenchmark(new TwoGoalBenchmark.Settings(5, 2, 20));
    }

    private Belief infer(Batch.Transitions context) {
        contextSizes.add(context.size());
        if (context.size() == 0) {
            return Belief.prior(2);
        }
        float reward = 0;
        float position = 0;
        for (int i = 0; i < context.size(); i++) {
            reward += context.column("reward").getFloat(Float.BYTES * i) / context.size();
            for (int state = 0; state < 5; state++) {
                position += state * context.column("state").getFloat(Float.BYTES * (5 * i + state)) / context.size();
            }
        }
        return new Belief(List.of(reward, position), List.of(DOUBT, DOUBT));
    }

    @Test
    void anEmptiedContextLeavesThePriorForEver() {
        FakeSession session = session().forEnvironmentSteps(20L * SLOTS);

        new PearlAdapter(new PearlAdapter.Settings(Mode.EXPLORE, Vector.MEAN, 1, Experience.EMPTIED))
                .adapt(learned(), session);

        assertThat(contextSizes).isNotEmpty().containsOnly(0);
        assertThat(session.budget().spent(Resource.ENVIRONMENT_STEPS)).isEqualTo(20L * SLOTS);
    }

    @Test
    void beforeAnyPlayTheBeliefIsThePrior() {
        FakeSession session = session().forEnvironmentSteps(0);

        adapter().adapt(learned(), session);

        assertThat(measured(session, Flag.FIRST).vector(0)).hasSize(2);
        assertThat(contextSizes).isNotEmpty().containsOnly(0);
        assertThat(measured(session, Flag.FIRST).vector(0))
                .as("drawn from the prior")
                .isNotEqualTo(new float[2])
                .isNotEqualTo(measured(session, Flag.FIRST).vector(1));
    }

    @Test
    void measuredEpisodesActOnWhatWasExperienced() {
        FakeSession session = session().forEnvironmentSteps(50L * SLOTS);

        adapter().adapt(learned(), session);

        // Half of the steps earn 1, and all begin at position 2 or 1.
        float[] vector = measured(session, Flag.FIRST).vector(0);
        assertThat(vector[0]).isBetween(0f, 1f);
        assertThat(vector[1]).isBetween(0.99f, 2.01f);
        assertThat(vector[0] + vector[1])
                .as("what earns is the step from position 1")
                .isBetween(1.99f, 2.01f);
        assertThat(contextSizes.get(contextSizes.size() - 1)).isEqualTo(6);
    }

    @Test
    void theMeanOfABeliefCanBeMeasuredInsteadOfADraw() {
        FakeSession session = session().forEnvironmentSteps(0);

        adapter(Vector.MEAN).adapt(learned(), session);

        assertThat(measured(session, Flag.FIRST).vector(0)).isEqualTo(new float[2]);
    }

    @Test
    void aVectorLastsForAnEpisodeUnlessItIsDrawnAtEveryStep() {
        FakeSession lasting = session().forEnvironmentSteps(0);
        FakeSession fleeting = session().forEnvironmentSteps(0);

        adapter().adapt(learned(false), lasting);
        adapter().adapt(learned(true), fleeting);

        assertThat(measured(lasting).vector(0))
                .as("within an episode nothing is drawn")
                .isEmpty();
        assertThat(measured(fleeting).vector(0)).hasSize(2);
    }

    @Test
    void playInfersWhereAnEpisodeBegins() {
        FakeSession session = session().forEnvironmentSteps(10L * SLOTS);

        adapter().adapt(learned(), session);

        // Episodes of 2 steps: 5 beginnings in each slot. The first ones know nothing.
        assertThat(contextSizes.subList(0, SLOTS)).containsOnly(0);
        assertThat(contextSizes.stream().filter(size -> size == 0)).hasSize(SLOTS);
    }

    @Test
    void writesDownHowMuchIsBelieved() {
        FakeSession session = session().forEnvironmentSteps(50L * SLOTS);

        adapter().adapt(learned(), session);

        assertThat(session.metrics().of("posterior-variance")).hasSize(50).allMatch(variance -> variance < 0.01);
        assertThat(session.metrics().of("posterior-mean-norm")).hasSize(50).allMatch(norm -> norm > 1);
    }

    @Test
    void writesAThousandLinesAtMost() {
        FakeSession session = session().forEnvironmentSteps(3000L * SLOTS);

        adapter().adapt(learned(), session);

        assertThat(session.metrics().of("posterior-variance")).hasSize(1000);
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
    void aResumedRunBelievesTheSame() {
        KilledException killed = catchThrowableOfType(
                KilledException.class,
                () -> adapter()
                        .adapt(
                                learned(),
                                session().forEnvironmentSteps(40L * SLOTS).killedAt(7)));
        FakeSession resumed = session().forEnvironmentSteps(7L * SLOTS).resumedFrom(killed.state());

        adapter().adapt(learned(), resumed);

        float[] vector = measured(resumed, Flag.FIRST).vector(0);
        assertThat(vector[0] + vector[1]).as("experienced before the kill").isBetween(1.99f, 2.01f);
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
    void goesOnWithATrainedEncoderOnly() {
        TaskSet one = benchmark().tasks(Split.TEST).first(1);
        Conditioning encoder = learned().conditioning();

        assertThat(objection(one, Resource.ENVIRONMENT_STEPS, encoder)).isEmpty();
        assertThat(objection(one, Resource.ENVIRONMENT_STEPS, Conditioning.none()))
                .hasValueSatisfying(why -> assertThat(why).endsWith("set pretrain.learner.name = pearl"));
    }

    @Test
    void saysBeforehandWhatItCannotBe() {
        TaskSet tasks = benchmark().tasks(Split.TEST);
        Conditioning encoder = learned().conditioning();

        assertThat(objection(tasks, Resource.ENVIRONMENT_STEPS, encoder))
                .hasValueSatisfying(why -> assertThat(why).contains("one task at a time", "adapt.together = false"));
        assertThat(objection(tasks.first(1), Resource.UPDATES, encoder))
                .hasValueSatisfying(why -> assertThat(why).contains("must limit environment-steps"));
    }

    private Optional<String> objection(TaskSet tasks, Resource limited, Conditioning learned) {
        return adapter()
                .objection(new Prospect(
                        tasks, benchmark().spec(tasks), Map.of(limited, 10L), task -> 0, task -> Map.of(), learned));
    }

    private static Adapter adapter(Vector measured) {
        return new PearlAdapter(new PearlAdapter.Settings(Mode.EXPLORE, measured, 1, Experience.KEPT));
    }

    /** What a measured episode acts on when it sees an observation with these flags. */
    private FakeMemory measured(FakeSession session, Flag... flags) {
        EnvironmentSpec spec = benchmark().spec(benchmark().tasks(Split.TEST));
        StepBuffers seen = StepBlock.allocate(spec, 2, 1).step(0);
        for (int slot = 0; slot < 2; slot++) {
            byte bits = 0;
            for (Flag flag : flags) {
                bits |= flag.mask();
            }
            seen.flags().put(slot, bits);
        }
        FakeMemory memory = (FakeMemory) session.reported().newState(2);
        session.reported()
                .act(
                        seen,
                        memory,
                        ActionBlock.allocate(spec.action(), List.of(), 2, 1).step(0));
        return memory;
    }
}
