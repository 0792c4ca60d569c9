package org.adapt4j.env.procgen;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures steps per second of processor time on one thread with random actions, with and without painting. */
final class PaintingSpeed {

    private static final Logger LOG = LoggerFactory.getLogger(PaintingSpeed.class);
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 4;
    private static final int LEVELS = 500;

    private PaintingSpeed() {}

    public static void main(String[] arguments) {
        int steps = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200_000;
        for (int round = 0; round < ROUNDS; round++) {
            for (Mode mode : List.of(Mode.EASY, Mode.HARD)) {
                double bare = rate(mode, steps, false);
                double painted = rate(mode, steps, true);
                LOG.info(
                        "{}: {} steps per CPU second; physics {} us, painting {} us",
                        mode,
                        Math.round(painted),
                        Math.round(1e7 / bare) / 10.0,
                        Math.round(1e7 / painted - 1e7 / bare) / 10.0);
            }
        }
    }

    private static double rate(Mode mode, int steps, boolean painted) {
        LevelOptions options = Frames.options(mode);
        CoinRun game = new CoinRun(options, FramePainters.of(options));
        byte[] frame = new byte[Game.FRAME_BYTES];
        Random random = new Random(1);
        game.start(0);
        long start = CLOCK.getCurrentThreadCpuTime();
        for (int step = 0; step < steps; step++) {
            game.step(random.nextInt(Game.ACTIONS));
            if (game.end() != End.NONE) {
                game.start(random.nextInt(LEVELS));
            }
            if (painted) {
                game.paint(frame);
            }
        }
        return steps / ((CLOCK.getCurrentThreadCpuTime() - start) * 1e-9);
    }
}
