package org.adapt4j.env.procgen;

import java.awt.image.BufferedImage;

/**
 * The picture of an opaque kind of cell laid out side by side, for every way in which cell borders fall on pixels, so that
 * a run of cells is copied row by row at once.
 *
 * <p>The picture covers two cells each way, so that neighbours differ.
 */
final class Ground {

    private static final int PERIOD = 2;

    private final int phases;
    private final int minHeight;
    private final int stride;

    /** Rows of pixels: by phase, column parity, row parity, height, row in cell. */
    private final byte[] strips;

    /**
     * @param picture of two by two cells, drawn large
     * @param view cells across the frame
     */
    Ground(BufferedImage picture, int view) {
        phases = phases(view);
        int cells = view + 5;
        stride = border(cells, 0, view) * 3;
        minHeight = Math.max(1, Game.FRAME_SIDE / view + (Game.FRAME_SIDE % view == 0 ? 0 : 1));
        strips = new byte[phases * PERIOD * PERIOD * 2 * (minHeight + 1) * stride];
        int cell = picture.getWidth() / PERIOD;
        for (int phase = 0; phase < phases; phase++) {
            for (int i = 0; i < cells; i++) {
                int left = border(i, phase, view);
                int width = border(i + 1, phase, view) - left;
                for (int parity = 0; parity < 2 * PERIOD * PERIOD; parity++) {
                    int column = parity % 2;
                    int row = parity / 2 % 2;
                    int height = minHeight + parity / 4;
                    int[] tile =
                            Shrink.to(picture, (i + column) % PERIOD * cell, row * cell, cell, cell, width, height);
                    for (int y = 0; y < height; y++) {
                        int to = offset(phase, column, row, height) + y * stride + left * 3;
                        for (int x = 0; x < width && to + 3 * x + 2 < strips.length; x++) {
                            if ((left + x) * 3 + 2 < stride) {
                                put(to + 3 * x, tile[y * width + x]);
                            }
                        }
                    }
                }
            }
        }
    }

    /** In how many ways the borders of cells fall on pixels. */
    static int phases(int view) {
        return Game.FRAME_SIDE % view == 0 ? 1 : view;
    }

    /** Where cell number {@code i} of a strip begins, in pixels. */
    static int border(int i, int phase, int view) {
        return (Game.FRAME_SIDE * i + phase) / view;
    }

    /**
     * Draws a run of cells of one row of the world.
     *
     * @param base the frame's column at which the strip's first cell begins
     * @param parity whether the strip begins with an odd column (bit 0) and the row is odd (bit 1)
     */
    void paint(byte[] frame, int phase, int parity, int base, int left, int right, int top, int bottom) {
        int fromX = Math.max(0, left);
        int length = (Math.min(Game.FRAME_SIDE, right) - fromX) * 3;
        if (length <= 0) {
            return;
        }
        int height = Math.max(minHeight, Math.min(minHeight + 1, bottom - top));
        int from = offset(phase, parity & 1, parity >> 1, height) + (fromX - base) * 3;
        int toY = Math.min(Game.FRAME_SIDE, Math.min(bottom, top + height));
        for (int y = Math.max(0, top); y < toY; y++) {
            System.arraycopy(strips, from + (y - top) * stride, frame, (y * Game.FRAME_SIDE + fromX) * 3, length);
        }
    }

    private int offset(int phase, int column, int row, int height) {
        return (((phase * PERIOD + column) * PERIOD + row) * 2 + height - minHeight) * (minHeight + 1) * stride;
    }

    private void put(int at, int rgb) {
        strips[at] = (byte) (rgb >> 16);
        strips[at + 1] = (byte) (rgb >> 8);
        strips[at + 2] = (byte) rgb;
    }
}
