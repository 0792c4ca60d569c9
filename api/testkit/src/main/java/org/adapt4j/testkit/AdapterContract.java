package org.adapt4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.method.Adapter;
import org.adapt4j.api.method.Checkpoint;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.task.Split;
import org.adapt4j.testkit.fake.FakeAgent;
import org.adapt4j.testkit.fake.FakeSession;
import org.adapt4j.testkit.fake.FakeSession.KilledException;
import org.adapt4j.testkit.toy.TwoGoalBenchmark;
import org.junit.jupiter.api.Test;

/** What every adapter owes the runtime: it stays within its budget, survives a kill, and leaves nothing open. */
public abstract class AdapterContract {

    private static final int ENVIRONMENT_STEPS = 1024;

    private static final int ODD_STEPS = 331;

    /** A new adapter. */
    protected abstract Adapter adapter();

    /** An agent with fresh weights; its updates must depend on chance, or resuming is hardly tested. */
    protected FakeAgent agent() {
        return FakeAgent.whoseUpdates(
                (weights, task, random) -> {
                    for (int i = 0; i < weights.length; i++) {
                        weights[i] += 0.1 * (1 - weights[i]) + 0.01 * random.nextGaussian();
                    }
                },
                0,
                0);
    }

    /** What was learned before; fits {@link #agent}. */
    protected Checkpoint learned() {
        return Checkpoint.of(FakeAgent.whoseUpdates((weights, task, random) -> {}, 5, -3));
    }

    /** What is played. */
    protected TaskDistribution benchmark() {
        return new TwoGoalBenchmark(new TwoGoalBenchmark.Settings(5, 2, 6));
    }

    /** The session of a check; override it for an adapter that needs more, such as an expert. */
    protected FakeSession session() {
        return FakeSession.over(this::agent, 1)
                .on(benchmark())
                .withTasks(benchmark().tasks(Split.TEST).first(1))
                .forEnvironmentSteps(ENVIRONMENT_STEPS);
    }

    @Test
    void spendsNothingBeforeItAsksWhetherToGoOn() {
        FakeSession session = session();

        adapter().adapt(learned(), session);

        assertThat(session.spentBeforeProceeding()).isZero();
    }

    @Test
    void reportsAPolicyBeforeItAsksWhetherToGoOn() {
        FakeSession session = session();

        adapter().adapt(learned(), session);

        assertThat(session.reportsBeforeProceeding()).isPositive();
    }

    @Test
    void stopsWhenTheBudgetIsSpent() {
        FakeSession session = session();

        adapter().adapt(learned(), session);

        assertThat(session.spentAfterTheEnd()).isZero();
    }

    /** A prime number of steps: no multiple of slots, updates, or anything that the adapter counts in. */
    @Test
    void spendsNoMoreThanAnOddBudget() {
        FakeSession session = session().forEnvironmentSteps(ODD_STEPS);

        adapter().adapt(learned(), session);

        assertThat(session.budget().spent(Resource.ENVIRONMENT_STEPS)).isLessThanOrEqualTo(ODD_STEPS);
        assertThat(session.spentAfterTheEnd()).isZero();
    }

    @Test
    void leavesNothingOpen() {
        FakeSession session = session();

        adapter().adapt(learned(), session);

        assertThat(session.agents()).isNotEmpty().allMatch(FakeAgent::isClosed);
    }

    @Test
    void startsFromScratchWhereNothingWasLearned() {
        FakeSession session = session();

        adapter().adapt(new Checkpoint(Snapshot.of(Map.of()), learned().conditioning(), Map.of()), session);

        assertThat(session.reports()).isNotEmpty();
    }

    @Test
    void goesOnWithTheConditioningThatWasLearnedWith() {
        FakeSession session = session();

        adapter().adapt(learned(), session);

        assertThat(session.conditionings()).isNotEmpty().containsOnly(learned().conditioning());
    }

    @Test
    void sameSeedEndsWithTheSameWeights() {
        FakeSession once = session();
        FakeSession again = session();

        adapter().adapt(learned(), once);
        adapter().adapt(learned(), again);

        Same.agents(again, once, "adapting twice with one seed", Same.OTHER_CHANCE);
    }

    @Test
    void endsTheSameWhereverItWasKilled() {
        FakeSession undisturbed = session();
        adapter().adapt(learned(), undisturbed);

        for (int proceed : List.of(0, 1, 2, 3)) {
            byte[] saved = kill(session().killedAt(proceed));
            FakeSession resumed = session().resumedFrom(saved);
            adapter().adapt(learned(), resumed);

            Same.agents(resumed, undisturbed, Same.killedAt(proceed), Same.UNSAVED);
            Same.state(resumed, undisturbed, Same.killedAt(proceed), Same.UNSAVED);
        }
    }

    private byte[] kill(FakeSession session) {
        KilledException killed =
                catchThrowableOfType(KilledException.class, () -> adapter().adapt(learned(), session));
        assertThat(killed).as("the adapter asks often enough whether to go on").isNotNull();
        return killed.state();
    }
}
