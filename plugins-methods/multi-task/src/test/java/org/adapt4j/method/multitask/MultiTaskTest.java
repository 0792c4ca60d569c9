package org.adapt4j.method.multitask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.Map;
import org.adapt4j.api.method.Learner;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.testkit.LearnerContract;
import org.adapt4j.testkit.PluginArchitecture;
import org.adapt4j.testkit.ReferenceDefaults;
import org.adapt4j.testkit.fake.FakeAgent;
import org.adapt4j.testkit.fake.FakeAgent.Quadratic;
import org.adapt4j.testkit.fake.FakeSession;
import org.junit.jupiter.api.Test;

final class MultiTaskTest extends LearnerContract {

    @Override
    protected Learner learner() {
        return new MultiTask(new MultiTask.Settings());
    }

    @Test
    void playsAnotherTaskEachEpisode() {
        FakeAgent agent = agent();

        learner().learn(FakeSession.over(agent).forUpdates(4));

        assertThat(agent.schedule()).contains(TaskSchedule.eachEpisode(FakeSession.tasks("a", "b")));
    }

    @Test
    void settlesWhereTheMeanLossIsLeast() {
        FakeAgent agent = FakeAgent.descendingOn(Map.of("a", new Quadratic(1, 0), "b", new Quadratic(4, 1)), 0.0005, 5);

        learner().learn(FakeSession.over(agent).forUpdates(40_000));

        assertThat(agent.weight()).isCloseTo(0.8, offset(0.03)); // worked out; Reptile's limit is .743
    }

    @Test
    void keepsTheRulesOfTheHouse() {
        PluginArchitecture.of(MultiTaskPlugin.class).check();
    }

    @Test
    void hasNothingToSet() {
        ReferenceDefaults.of(MultiTaskPlugin.class, "learners.multi-task").match(MultiTask.Settings.class);
    }
}
