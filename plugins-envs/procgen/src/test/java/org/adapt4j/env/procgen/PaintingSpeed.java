package org.adapt4j.env.procgen;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures steps per second of processor time of every game: one thread, hard levels as they are shipped, random actions, every step painted.
 *
 * <p>Arguments: steps of a round, then the games; all if there are none. The last of three rounds counts.
 */
final class PaintingSpeed {

    private static final Logger LOG = LoggerFactory.getLogger(PaintingSpeed.class);
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 3;
    private static final int COPIES = 16;

    private PaintingSpeed() {}

    public static void main(String[] arguments) {
        int steps = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        GameName[] games = arguments.length < 2
                ? GameName.values()
                : Arrays.stream(arguments)
                        .skip(1)
                        .map(name -> GameName.of(name).orElseThrow())
                        .toArray(GameName[]::new);
        for (GameName name : games) {
            double rate = 0;
            for (int round = 0; round < ROUNDS; round++) {
                rate = rate(name, steps);
            }
            LOG.info("{} {}", name.key(), Math.round(rate));
        }
    }

    private static double rate(GameName name, int steps) {
        Game[] copies = new Game[COPIES];
        Random random = new Random(1);
        for (int i = 0; i < COPIES; i++) {
            copies[i] = name.info().maker().apply(Frames.options(Mode.HARD));
            copies[i].start(random.nextInt(Integer.MAX_VALUE));
        }
        byte[] frame = new byte[Game.FRAME_BYTES];
        long start = CLOCK.getCurrentThreadCpuTime();
        for (int step = 0; step < steps; step++) {
            Game game = copies[step % COPIES];
            game.step(random.nextInt(Game.ACTIONS));
            if (game.end() != End.NONE) {
                game.start(random.nextInt(Integer.MAX_VALUE));
            }
            game.paint(frame);
        }
        return steps / ((CLOCK.getCurrentThreadCpuTime() - start) * 1e-9);
    }
}
