package org.adapt4j.method.bcfinetune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.method.Checkpoint;
import org.adapt4j.api.method.Expert;
import org.adapt4j.api.method.Prospect;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.testkit.ReferenceDefaults;
import org.adapt4j.testkit.fake.FakeAgent;
import org.adapt4j.testkit.fake.FakeSession;
import org.junit.jupiter.api.Test;

final class ExpertPolicyTest {

    private static final ReferenceDefaults DEFAULTS =
            ReferenceDefaults.of(BcFineTunePlugin.class, "learners.expert-policy");

    private static ExpertPolicy learner() {
        return new ExpertPolicy(DEFAULTS.settings(ExpertPolicy.Settings.class, ""));
    }

    private static FakeAgent agent(double policy) {
        return FakeAgent.whoseUpdates((weights, task, random) -> weights[0]++, Map.of("policy", new double[] {policy}));
    }

    @Test
    void handsOverThePolicyThatShowsTheTaskUnchanged() {
        Snapshot shown = agent(7).parameters().snapshot();
        Expert expert = new Expert() {
            @Override
            public Optional<Demonstration> demonstrate(Task task) {
                return Optional.empty();
            }

            @Override
            public Optional<Snapshot> weights(Task task) {
                return task.name().equals("a") ? Optional.of(shown) : Optional.empty();
            }
        };
        FakeAgent agent = agent(0);
        FakeSession session =
                FakeSession.over(agent).withTasks(FakeSession.tasks("a")).withExpert(expert);

        Checkpoint learned = learner().learn(session);

        assertThat(learned.weights()).isEqualTo(shown);
        assertThat(agent.played()).isEmpty();
        assertThat(session.reports()).hasSize(1);
    }

    @Test
    void saysWhichPolicyIsNotThereAndWhatToDo() {
        FakeSession session = FakeSession.over(agent(0)).withTasks(FakeSession.tasks("b"));

        assertThatThrownBy(() -> learner().learn(session))
                .hasMessageContaining("keeps no policy of b")
                .hasMessageContaining("adapt4j record");
    }

    @Test
    void saysSoBeforeAnythingRuns() {
        TaskSet tasks = FakeSession.tasks("b");

        assertThat(learner().objection(prospect(tasks, task -> false)))
                .hasValueSatisfying(why -> assertThat(why).contains("keeps no policy of b", "adapt4j record"));
        assertThat(learner().objection(prospect(tasks, task -> true))).isEmpty();
    }

    private static Prospect prospect(TaskSet tasks, Predicate<Task> policies) {
        return new Prospect(
                tasks,
                new EnvironmentSpec(List.of(new Component("state", Box.vector(1, 0, 1))), Box.vector(1, -1, 1), 1),
                Map.of(),
                task -> 1,
                policies,
                task -> Map.of(),
                Conditioning.none());
    }

    @Test
    void everySettingHasADefaultWithItsSource() {
        DEFAULTS.match(ExpertPolicy.Settings.class);
    }
}
