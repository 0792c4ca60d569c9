package org.adapt4j.testkit.toy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.EnvironmentRequest.Purpose;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.testkit.fake.TestStreams;
import org.junit.jupiter.api.Test;

/** What ten pulls on one bandit are worth to players whose value is known. */
final class BanditPlayersTest {

    private static final int PULLS = 10;
    private static final int SLOTS = 2000;
    private static final int TRIALS = 5;
    private static final double FIVE_STANDARD_ERRORS = 0.12;

    /** Chooses an arm. */
    private interface Player {

        int pull(boolean trialBegins, int lastArm, double lastReward);
    }

    @Test
    void aPlayerWithoutMemoryEarnsFive() {
        double value = value((trialBegins, lastArm, lastReward) -> 0);

        assertThat(value).isCloseTo(5, offset(FIVE_STANDARD_ERRORS));
    }

    @Test
    void aPlayerWhoStaysWhileItWinsEarnsSevenPointEightEight() {
        double value =
                value((trialBegins, lastArm, lastReward) -> trialBegins ? 0 : lastReward > 0 ? lastArm : 1 - lastArm);

        assertThat(value).isCloseTo(7.88, offset(FIVE_STANDARD_ERRORS));
    }

    private static double value(Player player) {
        TaskDistribution bandit = new BanditBenchmark(new BanditBenchmark.Settings(0.9, 0.1));
        TaskSchedule schedule = TaskSchedule.trials(bandit.tasks(Split.TRAIN), PULLS);
        EnvironmentSpec spec = bandit.spec(schedule.tasks());
        StepBuffers seen = StepBlock.allocate(spec, SLOTS, 1).step(0);
        ActionBlock acted = ActionBlock.allocate(spec.action(), List.of(), SLOTS, 1);
        double sum = 0;
        try (VectorEnvironment environment =
                bandit.open(new EnvironmentRequest(spec, schedule, SLOTS, TestStreams.root(1), Purpose.TRAINING))) {
            environment.receive(seen);
            for (int step = 0; step < TRIALS * PULLS; step++) {
                for (int slot = 0; slot < SLOTS; slot++) {
                    int last = acted.step(0).discrete().get(slot);
                    double reward = seen.rewards().get(slot);
                    int arm = player.pull(seen.is(Flag.NEW_TRIAL, slot), last, reward);
                    acted.step(0).discrete().put(slot, arm);
                }
                environment.send(acted.step(0));
                environment.receive(seen);
                for (int slot = 0; slot < SLOTS; slot++) {
                    sum += seen.rewards().get(slot);
                }
            }
        }
        return sum / (SLOTS * TRIALS);
    }
}
