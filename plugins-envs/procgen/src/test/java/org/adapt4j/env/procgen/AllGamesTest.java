package org.adapt4j.env.procgen;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
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
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 4; round++) {
                // The first rounds draw pictures, find out how crowded a level gets, and wake Java up; all play the
                // same.
                long allocated = 0;
                int draw = 11;
                game.start(11);
                game.paint(frame);
                for (int t = 0; t < 400; t++) {
                    draw = next(draw);
                    int action = action(draw);
                    long before = MEMORY.getCurrentThreadAllocatedBytes();
                    game.step(action);
                    game.paint(frame);
                    allocated += MEMORY.getCurrentThreadAllocatedBytes() - before;
                    if (game.end() != End.NONE) {
                        // A level may need memory when it is made, and its background at the first frame.
                        game.start(t);
                        game.paint(frame);
                    }
                }
                least = Math.min(least, allocated);
            }

            // Java 17's StrictMath.pow, which sizes a fish, makes three arrays of 32 bytes until it is compiled well.
            long allowed = name == GameName.BIGFISH ? 70 * 96 : 0;
            assertThat(least).as("%s %s", name, mode).isLessThanOrEqualTo(allowed);
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
}
