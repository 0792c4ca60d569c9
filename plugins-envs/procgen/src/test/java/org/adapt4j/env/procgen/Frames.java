package org.adapt4j.env.procgen;

import java.awt.image.BufferedImage;
import java.util.Random;

/** Frames of played levels, for tests and for looking at. */
final class Frames {

    private Frames() {}

    static LevelOptions options(Mode mode) {
        return new LevelOptions(mode, true, true, false, false, false, false, 0);
    }

    /** A frame after some steps of running and jumping to the right, or before the agent dies. */
    static byte[] played(LevelOptions options, int seed, int steps) {
        byte[] frame = new byte[Game.FRAME_BYTES];
        CoinRun game = new CoinRun(options);
        play(game, seed, steps);
        game.paint(frame);
        return frame;
    }

    static void play(CoinRun game, int seed, int steps) {
        Random random = new Random(seed);
        game.start(seed);
        for (int step = 0; step < steps && game.end() == End.NONE; step++) {
            game.step(random.nextInt(3) == 0 ? 7 : 8);
        }
    }

    static BufferedImage image(byte[] frame) {
        BufferedImage image = new BufferedImage(Game.FRAME_SIDE, Game.FRAME_SIDE, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < Game.FRAME_SIDE * Game.FRAME_SIDE; i++) {
            int rgb = (frame[3 * i] & 255) << 16 | (frame[3 * i + 1] & 255) << 8 | (frame[3 * i + 2] & 255);
            image.setRGB(i % Game.FRAME_SIDE, i / Game.FRAME_SIDE, rgb);
        }
        return image;
    }
}
