package org.adapt4j.method.reptile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.adapt4j.api.method.Learner;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.task.Task;
import org.adapt4j.method.reptile.Reptile.Convention;
import org.adapt4j.method.reptile.Reptile.InnerOptimizer;
import org.adapt4j.method.reptile.Reptile.Settings;
import org.adapt4j.testkit.LearnerContract;
import org.adapt4j.testkit.fake.FakeAgent;
import org.adapt4j.testkit.fake.FakeSession;
import org.adapt4j.testkit.fake.ScriptedStream;
import org.junit.jupiter.api.Test;

final class ReptileTest extends LearnerContract {

    @Override
    protected Learner learner() {
        return new Reptile(new Settings(3, 1, 1, 0, Convention.NICHOL, false, InnerOptimizer.PERSIST));
    }

    @Test
    void keepsOnlyTheFractionAskedFor() {
        FakeAgent agent = FakeAgent.whoseUpdatesAdd(1);

        reptile(3, 1, 0.5, Convention.NICHOL, false)
                .learn(FakeSession.over(agent).forUpdates(3));

        assertThat(agent.weight()).isEqualTo(1.5);
    }

    @Test
    void withStepSizeOneItTrainsOnOneTaskAfterTheOther() {
        FakeAgent agent = FakeAgent.whoseUpdatesAdd(1);

        reptile(3, 1, 1, Convention.NICHOL, false).learn(FakeSession.over(agent).forUpdates(12));

        assertThat(agent.weight()).isEqualTo(12);
    }

    @Test
    void withStepSizeZeroItLearnsNothing() {
        FakeAgent agent = FakeAgent.whoseUpdatesAdd(1);

        reptile(3, 1, 0, Convention.NICHOL, false).learn(FakeSession.over(agent).forUpdates(12));

        assertThat(agent.weight()).isZero();
    }

    @Test
    void aTaskKeepsItsTurnForAllInnerUpdates() {
        FakeAgent agent = FakeAgent.whoseUpdatesAdd(1);

        reptile(3, 1, 1, Convention.NICHOL, false)
                .learn(FakeSession.over(agent).forUpdates(6).withRandom(ScriptedStream.drawing(1, 0)));

        assertThat(agent.played()).extracting(Task::name).containsExactly("b", "b", "b", "a", "a", "a");
    }

    @Test
    void averagesTheChangesOfSeveralTasks() {
        FakeAgent agent = FakeAgent.whoseUpdates(
                (weights, task, random) -> weights[0] += task.name().equals("a") ? 1 : 4, 0);

        reptile(2, 2, 1, Convention.NICHOL, false)
                .learn(FakeSession.over(agent).forUpdates(4).withRandom(ScriptedStream.drawing(0, 1)));

        assertThat(agent.weight()).isEqualTo(5); // mean of 2 and 8
    }

    @Test
    void mixesAlsoWhereTheBudgetCutsAnOuterStepShort() {
        FakeAgent agent = FakeAgent.whoseUpdatesAdd(1);
        FakeSession session = FakeSession.over(agent).forUpdates(4);

        reptile(3, 1, 0.5, Convention.NICHOL, false).learn(session);

        assertThat(session.budget().spent(Resource.UPDATES)).isEqualTo(4);
        assertThat(agent.weight()).isEqualTo(2);
    }

    @Test
    void theOptimizerRemembersOverTasksUnlessItIsReset() {
        FakeAgent persisting = FakeAgent.whoseUpdatesAdd(1);
        FakeAgent resetting = FakeAgent.whoseUpdatesAdd(1);

        learner().learn(FakeSession.over(persisting).forUpdates(6));
        new Reptile(new Settings(3, 1, 1, 0, Convention.NICHOL, false, InnerOptimizer.RESET))
                .learn(FakeSession.over(resetting).forUpdates(6));

        assertThat(persisting.parameters().optimizerSteps()).isEqualTo(6);
        assertThat(resetting.parameters().optimizerSteps()).isEqualTo(3);
    }

    @Test
    void theStepSizeShrinksAsNicholWroteIt() {
        FakeSession session = FakeSession.over(FakeAgent.whoseUpdatesAdd(1)).forUpdates(12);

        learner().learn(session);

        assertThat(session.metrics().of("outer-step-size")).containsExactly(1.0, 0.75, 0.5, 0.25);
    }

    @Test
    void inTheStudysConventionTheFractionKeptGrows() {
        FakeSession session = FakeSession.over(FakeAgent.whoseUpdatesAdd(1)).forUpdates(12);

        new Reptile(new Settings(3, 1, 1, 0, Convention.STUDY, false, InnerOptimizer.PERSIST)).learn(session);

        assertThat(session.metrics().of("outer-step-size")).containsExactly(0.0, 0.25, 0.5, 0.75);
    }

    @Test
    void refusesAnInnerLoopWithoutUpdatesBecauseItWouldNeverEnd() {
        assertThatThrownBy(() -> reptile(0, 1, 1, Convention.NICHOL, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("inner-updates: must be positive but is 0");
    }

    @Test
    void refusesAnEarlyMixWithoutAnUpdateToStandInFull() {
        assertThatThrownBy(() -> reptile(1, 1, 1, Convention.STUDY, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("inner-updates: must be at least 2 with early-mix");
        assertThatThrownBy(() -> reptile(3, 2, 1, Convention.STUDY, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("tasks: must be 1 with early-mix");
    }

    private static Reptile reptile(
            int innerUpdates, int tasks, double stepSize, Convention convention, boolean earlyMix) {
        return new Reptile(
                new Settings(innerUpdates, tasks, stepSize, stepSize, convention, earlyMix, InnerOptimizer.PERSIST));
    }
}
