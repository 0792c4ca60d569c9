package org.adapt4j.env.procgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import org.adapt4j.api.task.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every game. */
final class AllGamesTest {

    private static final ThreadMXBean MEMORY = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static int next(int draw) {
        return draw * 1664525 + 1013904223;
    }

    private static int action(int draw) {
        return (draw >>> 16) % Game.ACTIONS;
    }

    @ParameterizedTest
    @EnumSource(GameName.class)
    void allocatesNothingInAStep(GameName name) {
        byte[] frame = new byte[Game.FRAME_BYTES];
        for (Mode mode : new Mode[] {Mode.EASY, Mode.HARD}) {
            Game game = name.info().maker().apply(Frames.options(mode));
            long allocated = 0;
            for (int round = 0; round < 3; round++) {
                // The first rounds draw pictures and find out how crowded a level gets; the last plays as the second
                // did.
                allocated = 0;
                int draw = 11;
                game.start(11);
                for (int t = 0; t < 400; t++) {
                    draw = next(draw);
                    int action = action(draw);
                    long before = MEMORY.getCurrentThreadAllocatedBytes();
                    game.step(action);
                    game.paint(frame);
                    allocated += MEMORY.getCurrentThreadAllocatedBytes() - before;
                    if (game.end() != End.NONE) {
                        game.start(t);
                    }
                }
            }

            assertThat(allocated).as("%s %s", name, mode).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(GameName.class)
    void keepsGoingThroughManyLevels(GameName name) {
        byte[] frame = new byte[Game.FRAME_BYTES];
        for (Mode mode : name.info().modes()) {
            LevelOptions options = new LevelOptions(mode, true, false, false, true, true, false, 0);
            Game game = name.info().maker().apply(options);
            int draw = 5;
            int length = 0;
            int episodes = 0;
            game.start(draw);
            for (int t = 0; t < 3000; t++) {
                draw = next(draw);
                float reward = game.step(action(draw));
                game.paint(frame);
                length++;
                assertThat(reward).isBetween(-60f, 60f);
                assertThat(length).isLessThanOrEqualTo(name.info().timeOut(mode));
                if (game.end() != End.NONE) {
                    length = 0;
                    episodes++;
                    game.start(draw & Integer.MAX_VALUE);
                }
                if (t % 100 == 0) {
                    assertSound(name + " " + mode + " " + t, game);
                }
            }

            assertThat(episodes).as("%s %s", name, mode).isPositive();
        }
    }

    private static void assertSound(String title, Game game) {
        Map<String, Object> facts = new LinkedHashMap<>();
        game.describe(facts);
        assertThat(facts.keySet()).as(title).contains("level-seed", "x", "y", "vx", "vy");
        assertThat((Float) facts.get("x")).as(title).isFinite().isBetween(-8f, 80f);
        assertThat((Float) facts.get("y")).as(title).isFinite().isBetween(-8f, 80f);
        assertThat((Integer) facts.getOrDefault("entities", 0)).as(title).isLessThan(2000);
    }

    /** Cobbe et al. 2020, appendix C, as in openai/train-procgen, constants.py. */
    @ParameterizedTest
    @CsvSource({
        "BIGFISH, 1, 40, 0, 40",
        "BOSSFIGHT, 0.5, 13, 0.5, 13",
        "CAVEFLYER, 3.5, 12, 2, 13.4",
        "CHASER, 0.5, 13, 0.5, 14.2",
        "CLIMBER, 2, 12.6, 1, 12.6",
        "COINRUN, 5, 10, 5, 10",
        "DODGEBALL, 1.5, 19, 1.5, 19",
        "FRUITBOT, -1.5, 32.4, -0.5, 27.2",
        "HEIST, 3.5, 10, 2, 10",
        "JUMPER, 1, 10, 1, 10",
        "LEAPER, 1.5, 10, 1.5, 10",
        "MAZE, 5, 10, 4, 10",
        "MINER, 1.5, 13, 1.5, 20",
        "NINJA, 3.5, 10, 2, 10",
        "PLUNDER, 4.5, 30, 3, 30",
        "STARPILOT, 2.5, 64, 1.5, 35",
    })
    void normalisesByThePublishedConstants(
            GameName name, double easyLow, double easyHigh, double hardLow, double hardHigh) {
        Setup setup = new Setup();
        setup.game = name;
        ProcgenBenchmark easy = setup.benchmark();
        setup.mode = Mode.HARD;
        ProcgenBenchmark hard = setup.benchmark();
        Task task = easy.task(name.key() + "/7").orElseThrow();

        assertThat(easy.normalise(task, easyLow)).isZero();
        assertThat(easy.normalise(task, easyHigh)).isCloseTo(1, within(1e-12));
        assertThat(hard.normalise(task, hardLow)).isZero();
        assertThat(hard.normalise(task, hardHigh)).isCloseTo(1, within(1e-12));
    }

    @Test
    void thereAreSixteen() {
        assertThat(GameName.values()).hasSize(16);
    }
}
