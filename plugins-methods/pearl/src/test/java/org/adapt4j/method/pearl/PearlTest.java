package org.adapt4j.method.pearl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.ContextInference;
import org.adapt4j.api.algorithm.Regime;
import org.adapt4j.api.method.Learner;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.method.pearl.ContextEncoder.Divergence;
import org.adapt4j.method.pearl.Pearl.ActionInput;
import org.adapt4j.method.pearl.Pearl.KlOver;
import org.adapt4j.testkit.LearnerContract;
import org.adapt4j.testkit.fake.FakeAgent;
import org.adapt4j.testkit.fake.FakeSession;
import org.junit.jupiter.api.Test;

final class PearlTest extends LearnerContract {

    @Override
    protected Learner learner() {
        return new Pearl(settings(3));
    }

    private static Pearl.Settings settings(int width) {
        return new Pearl.Settings(
                width, List.of(8), ActionInput.RAW, 0.1, KlOver.MEAN, 10, 100, Pearl.Pictures.STRIDED, true, 0.25);
    }

    @Test
    void playsAnotherTaskInEachEpisode() {
        FakeAgent agent = agent();

        learner().learn(FakeSession.over(agent).forUpdates(2));

        assertThat(agent.schedule()).contains(TaskSchedule.eachEpisode(FakeSession.tasks("a", "b")));
    }

    @Test
    void asksForAContextAsItIsSet() {
        assertThat(learner().conditioning())
                .isEqualTo(new Conditioning.Context(
                        new ContextEncoder(3, List.of(8), ActionInput.RAW, new Divergence(0.1, KlOver.MEAN)),
                        10,
                        100,
                        true,
                        0.25));
    }

    @Test
    void needsOldExperienceAndInference() {
        assertThat(learner().needs().regimes()).containsExactly(Regime.OFF_POLICY);
        assertThat(learner().needs().abilities()).isEqualTo(Set.of(ContextInference.class));
        assertThat(learner().needs().because()).isEqualTo("PEARL draws old experience");
    }

    @Test
    void refusesAVectorWithoutNumbers() {
        assertThatThrownBy(() -> settings(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("width: must be positive but is 0");
    }
}
