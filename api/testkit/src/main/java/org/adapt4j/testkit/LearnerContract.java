package org.adapt4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.adapt4j.api.method.Checkpoint;
import org.adapt4j.api.method.Learner;
import org.adapt4j.api.run.Resource;
import org.adapt4j.testkit.fake.FakeAgent;
import org.adapt4j.testkit.fake.FakeSession;
import org.adapt4j.testkit.fake.FakeSession.KilledException;
import org.adapt4j.toolkit.run.BudgetMeter;
import org.junit.jupiter.api.Test;

/** What every learner owes the runtime: it stays within its budget, survives a kill, and leaves nothing open. */
public abstract class LearnerContract {

    /** Updates that each check lets the learner make. */
    private static final int UPDATES = 24;

    private static final int STEPS = 331;

    /** A new learner. */
    protected abstract Learner learner();

    /** An agent with fresh weights; its updates must depend on the task and on chance, or resuming is hardly tested. */
    protected FakeAgent agent() {
        return FakeAgent.whoseUpdates(
                (weights, task, random) -> {
                    double goal = task.name().equals("a") ? 1 : -1;
                    for (int i = 0; i < weights.length; i++) {
                        weights[i] += 0.1 * (goal - weights[i]) + 0.01 * random.nextGaussian();
                    }
                },
                5,
                -3);
    }

    /** The session of a check; override it for a learner that needs more than agents. */
    protected FakeSession session() {
        return FakeSession.over(this::agent, 1).forUpdates(UPDATES);
    }

    @Test
    void spendsNothingBeforeItAsksWhetherToGoOn() {
        FakeSession session = session();

        learner().learn(session);

        assertThat(session.spentBeforeProceeding()).isZero();
    }

    @Test
    void reportsAPolicyBeforeItAsksWhetherToGoOn() {
        FakeSession session = session();

        learner().learn(session);

        assertThat(session.reportsBeforeProceeding()).isPositive();
    }

    @Test
    void stopsWhenTheBudgetIsSpent() {
        FakeSession session = session();

        learner().learn(session);

        assertThat(session.spentAfterTheEnd()).isZero();
        assertThat(session.budget().spent(Resource.UPDATES)).isLessThanOrEqualTo(UPDATES);
    }

    /** A prime number of steps: no multiple of slots, updates, or anything that the learner counts in. */
    @Test
    void spendsAllOfAnOddBudgetAndNoMore() {
        FakeSession session = session().forEnvironmentSteps(STEPS);

        learner().learn(session);

        assertThat(session.budget().spent(Resource.ENVIRONMENT_STEPS))
                .isEqualTo(BudgetMeter.together(STEPS, session.slots()));
        assertThat(session.spentAfterTheEnd()).isZero();
    }

    @Test
    void leavesNothingOpen() {
        FakeSession session = session();

        learner().learn(session);

        assertThat(session.agents()).isNotEmpty().allMatch(FakeAgent::isClosed);
    }

    @Test
    void leavesNothingOpenWhenItIsKilled() {
        FakeSession session = session().killedAt(1);

        kill(session);

        assertThat(session.agents()).isNotEmpty().allMatch(FakeAgent::isClosed);
    }

    @Test
    void asksForTheConditioningItAnnounced() {
        FakeSession session = session();
        Learner learner = learner();

        learner.learn(session);

        assertThat(session.conditionings()).isNotEmpty().containsOnly(learner.conditioning());
    }

    @Test
    void handsOverWhatItLearned() {
        Checkpoint learned = learner().learn(session());

        assertThat(learned.isNothing()).isFalse();
    }

    @Test
    void sameSeedGivesTheSameCheckpoint() {
        Checkpoint once = learner().learn(session());
        Checkpoint again = learner().learn(session());

        Same.checkpoint(again, once, "learning twice with one seed", Same.OTHER_CHANCE);
    }

    @Test
    void endsTheSameWhereverItWasKilled() {
        Checkpoint undisturbed = learner().learn(session());

        for (int proceed : List.of(0, 1, 2, 3, 5)) {
            byte[] saved = kill(session().killedAt(proceed));
            FakeSession resumed = session().resumedFrom(saved);

            Checkpoint learned = learner().learn(resumed);

            Same.checkpoint(learned, undisturbed, Same.killedAt(proceed), Same.UNSAVED);
            assertThat(resumed.spentAfterTheEnd())
                    .as("%s, it spends more than its budget: proceed() had said to stop", Same.killedAt(proceed))
                    .isZero();
        }
    }

    private byte[] kill(FakeSession session) {
        KilledException killed =
                catchThrowableOfType(KilledException.class, () -> learner().learn(session));
        assertThat(killed).as("the learner asks often enough whether to go on").isNotNull();
        return killed.state();
    }
}
