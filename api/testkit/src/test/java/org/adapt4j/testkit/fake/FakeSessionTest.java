package org.adapt4j.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.method.Agent;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.api.task.TaskSet;
import org.junit.jupiter.api.Test;

/** A fake keeps what the contract promises, or methods that pass with it would fail in a run. */
final class FakeSessionTest {

    private final FakeSession session =
            FakeSession.over(() -> FakeAgent.whoseUpdatesAdd(1), 1).forUpdates(2);

    @Test
    void anUpdateNeedsToKnowWhatToLearnFrom() {
        Agent agent = session.agent(Conditioning.none());

        assertThatThrownBy(agent::update).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void tasksOfOthersAreRefused() {
        Agent agent = session.agent(Conditioning.none());
        Task stranger = new Task("fake", "c", Map.of());

        assertThatThrownBy(() -> agent.collect(TaskSchedule.fixed(stranger)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("c is none of");
        assertThatThrownBy(() -> agent.focus(TaskSet.of(stranger))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void agentsAndWhatIsKeptAreMadeBeforeTheLoop() {
        Agent agent = session.agent(Conditioning.none());
        session.keep(agent.policy(Mode.EXPLORE).newState(1));
        session.proceed();

        assertThatThrownBy(() -> session.agent(Conditioning.none())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> session.keep(agent.policy(Mode.EXPLORE).newState(1)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void pastTheBudgetAnUpdateDoesNothing() {
        Agent agent = session.agent(Conditioning.none());
        agent.collect(TaskSchedule.eachEpisode(session.tasks()));
        while (session.proceed()) {
            agent.update();
        }

        assertThat(agent.update()).isEmpty();
        assertThat(session.agents().get(0).weight()).isEqualTo(2);
    }
}
