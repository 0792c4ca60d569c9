package org.adapt4j.method.finetune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.method.Adapter;
import org.adapt4j.api.method.Checkpoint;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.method.finetune.FineTune.OptimizerMemory;
import org.adapt4j.testkit.AdapterContract;
import org.adapt4j.testkit.PluginArchitecture;
import org.adapt4j.testkit.ReferenceDefaults;
import org.adapt4j.testkit.fake.FakeAgent;
import org.adapt4j.testkit.fake.FakeParameters;
import org.adapt4j.testkit.fake.FakeSession;
import org.junit.jupiter.api.Test;

final class FineTuneTest extends AdapterContract {

    private static final TaskSet ONE_TASK = FakeSession.tasks("a");

    @Override
    protected Adapter adapter() {
        return new FineTune(new FineTune.Settings(List.of(), List.of("noise"), List.of(), OptimizerMemory.FRESH));
    }

    @Test
    void goesOnFromWhatWasLearned() {
        FakeAgent agent = FakeAgent.whoseUpdatesAdd(1);

        adapter()
                .adapt(
                        learnedWeight(10),
                        FakeSession.over(agent).withTasks(ONE_TASK).forUpdates(3));

        assertThat(agent.weight()).isEqualTo(13);
    }

    @Test
    void beginsFreshWhereNothingWasLearned() {
        FakeAgent agent = FakeAgent.whoseUpdatesAdd(1);

        adapter()
                .adapt(
                        Checkpoint.nothing(),
                        FakeSession.over(agent).withTasks(ONE_TASK).forUpdates(3));

        assertThat(agent.weight()).isEqualTo(3);
    }

    @Test
    void takesOverNamedGroupsOnly() {
        FakeAgent learned = twoGroups(5);
        FakeAgent agent = twoGroups(0);

        new FineTune(new FineTune.Settings(List.of("policy"), List.of(), List.of(), OptimizerMemory.FRESH))
                .adapt(
                        Checkpoint.of(learned),
                        FakeSession.over(agent).withTasks(ONE_TASK).forUpdates(0));

        assertThat(agent.parameters().of("policy")).containsExactly(5);
        assertThat(agent.parameters().of("critic")).containsExactly(0);
    }

    @Test
    void startsFreshGroupsFreshAndTrainsTheTrainedOnly() {
        FakeAgent agent = twoGroups(0);

        new FineTune(new FineTune.Settings(
                        List.of(), List.of("critic", "absent"), List.of("critic"), OptimizerMemory.FRESH))
                .adapt(
                        Checkpoint.of(twoGroups(5)),
                        FakeSession.over(agent).withTasks(ONE_TASK).forUpdates(2));

        assertThat(agent.parameters().of("policy")).containsExactly(5);
        assertThat(agent.parameters().of("critic")).containsExactly(2);
    }

    @Test
    void anUnknownGroupIsRefusedByName() {
        Adapter adapter =
                new FineTune(new FineTune.Settings(List.of("polcy"), List.of(), List.of(), OptimizerMemory.FRESH));
        FakeSession session = FakeSession.over(FakeAgent.whoseUpdatesAdd(1))
                .withTasks(ONE_TASK)
                .forUpdates(1);

        assertThatThrownBy(() -> adapter.adapt(learnedWeight(10), session))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("polcy");
        assertThat(session.agents()).allMatch(FakeAgent::isClosed);
    }

    @Test
    void theOptimizerStartsFreshUnlessItIsRestored() {
        FakeAgent fresh = FakeAgent.whoseUpdatesAdd(1);
        FakeAgent restored = FakeAgent.whoseUpdatesAdd(1);

        adapter()
                .adapt(
                        learnedWeight(10),
                        FakeSession.over(fresh).withTasks(ONE_TASK).forUpdates(0));
        new FineTune(new FineTune.Settings(List.of(), List.of("noise"), List.of(), OptimizerMemory.RESTORED))
                .adapt(
                        learnedWeight(10),
                        FakeSession.over(restored).withTasks(ONE_TASK).forUpdates(0));

        assertThat(fresh.parameters().optimizerSteps()).isZero();
        assertThat(restored.parameters().optimizerSteps()).isEqualTo(10);
        assertThat(restored.weight()).isEqualTo(10);
    }

    @Test
    void playsASingleTaskForEver() {
        FakeAgent agent = FakeAgent.whoseUpdatesAdd(1);

        adapter()
                .adapt(
                        Checkpoint.nothing(),
                        FakeSession.over(agent).withTasks(ONE_TASK).forUpdates(1));

        assertThat(agent.schedule()).contains(TaskSchedule.fixed(ONE_TASK.get(0)));
    }

    @Test
    void drawsOneOfSeveralTasksEachEpisode() {
        FakeAgent agent = FakeAgent.whoseUpdatesAdd(1);

        adapter().adapt(Checkpoint.nothing(), FakeSession.over(agent).forUpdates(1));

        assertThat(agent.schedule()).contains(TaskSchedule.eachEpisode(FakeSession.tasks("a", "b")));
    }

    @Test
    void keepsTheRulesOfTheHouse() {
        PluginArchitecture.of(FineTunePlugin.class).check();
    }

    @Test
    void everySettingHasADefaultWithItsSource() {
        ReferenceDefaults defaults = ReferenceDefaults.of(FineTunePlugin.class, "adapters.fine-tune");

        defaults.match(FineTune.Settings.class);
        assertThat(defaults.with("paper").getString("optimizer")).isEqualTo("fresh");
        assertThat(defaults.with("mandi-2022").getString("optimizer")).isEqualTo("restored");
    }

    private static FakeAgent twoGroups(double start) {
        return FakeAgent.whoseUpdates(
                (weights, task, random) -> weights[0]++,
                Map.of("policy", new double[] {start}, "critic", new double[] {start}));
    }

    /** What a learner leaves after as many updates. */
    private static Checkpoint learnedWeight(int updates) {
        FakeParameters parameters = new FakeParameters(Map.of("policy", new double[] {updates}));
        for (int i = 0; i < updates; i++) {
            parameters.countOptimizerStep();
        }
        return new Checkpoint(parameters.snapshot(), Conditioning.none(), Map.of());
    }
}
