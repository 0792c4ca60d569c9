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
        for (int row = 0; row < PERIOD; row++) {
            for (int height = minHeight; height <= minHeight + 1; height++) {
                int[][] tiles = tiles(picture, row, height, view);
                for (int phase = 0; phase < phases; phase++) {
                    for (int column = 0; column < PERIOD; column++) {
                        fill(tiles, offset(phase, column, row, height), phase, column, height, view);
                    }
                }
            }
        }
    }

    /** Cells of one row, even and odd, in both widths. */
    private static int[][] tiles(BufferedImage picture, int row, int height, int view) {
        int cell = picture.getWidth() / PERIOD;
        int[][] tiles = new int[2 * PERIOD][];
        for (int i = 0; i < tiles.length; i++) {
            int width = Game.FRAME_SIDE / view + i / PERIOD;
            tiles[i] = Shrink.to(picture, i % PERIOD * cell, row * cell, cell, cell, width, height);
        }
        return tiles;
    }

    private void fill(int[][] tiles, int offset, int phase, int column, int height, int view) {
        for (int i = 0; border(i, phase, view) * 3 < stride; i++) {
            int left = border(i, phase, view);
            int width = border(i + 1, phase, view) - left;
            int[] tile = tiles[(width - Game.FRAME_SIDE / view) * PERIOD + (i + column) % PERIOD];
            int shown = Math.min(width, stride / 3 - left);
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < shown; x++) {
                    put(offset + y * stride + (left + x) * 3, tile[y * width + x]);
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
            Raster.copy(strips, from + (y - top) * stride, frame, (y * Game.FRAME_SIDE + fromX) * 3, length);
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
