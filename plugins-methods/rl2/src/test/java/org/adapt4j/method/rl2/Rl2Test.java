package org.adapt4j.method.rl2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Regime;
import org.adapt4j.api.method.Learner;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.testkit.LearnerContract;
import org.adapt4j.testkit.fake.FakeAgent;
import org.adapt4j.testkit.fake.FakeSession;
import org.junit.jupiter.api.Test;

final class Rl2Test extends LearnerContract {

    @Override
    protected Learner learner() {
        return new Rl2(new Rl2.Settings(10, 24, 1, true, false));
    }

    @Test
    void playsTrialsOfSeveralEpisodesOnOneTask() {
        FakeAgent agent = agent();

        learner().learn(FakeSession.over(agent).forUpdates(2));

        assertThat(agent.schedule()).contains(TaskSchedule.trials(FakeSession.tasks("a", "b"), 10));
    }

    @Test
    void asksForAMemoryAsItIsSet() {
        assertThat(learner().conditioning()).isEqualTo(new Conditioning.Memory(24, 1, new Trial(10, true, false)));
        assertThat(new Rl2(new Rl2.Settings(2, 128, 2, false, true)).conditioning())
                .isEqualTo(new Conditioning.Memory(128, 2, new Trial(2, false, true)));
    }

    @Test
    void aBlindMemoryIsToldNeitherEndNorFinalReward() {
        Trial seeing = new Trial(2, true, false);
        Trial blind = new Trial(2, false, false);

        assertThat(seeing.reward(7, true)).isEqualTo(7);
        assertThat(seeing.end(true)).isEqualTo(1);
        assertThat(blind.reward(7, true)).isZero();
        assertThat(blind.end(true)).isZero();
        assertThat(blind.reward(7, false)).isEqualTo(7);
    }

    @Test
    void onlyTheLastEpisodeCountsWhereThatIsAskedFor() {
        Trial last = new Trial(2, true, true);

        assertThat(last.counts(true, false)).isFalse();
        assertThat(last.counts(true, true)).isTrue();
        assertThat(last.counts(false, false)).isTrue();
        assertThat(new Trial(2, true, false).counts(true, false)).isTrue();
    }

    @Test
    void needsFreshExperience() {
        assertThat(learner().needs().regimes()).containsExactly(Regime.ON_POLICY);
        assertThat(learner().needs().because()).isNotBlank();
    }

    @Test
    void refusesTrialsWithoutEpisodes() {
        assertThatThrownBy(() -> new Rl2.Settings(0, 24, 1, true, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("episodes: must be positive but is 0");
    }
}
