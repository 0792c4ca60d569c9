package org.adapt4j.env.procgen;

import java.awt.image.BufferedImage;

/**
 * A picture of an object in every pixel size that rounding yields at one scale, facing both ways.
 *
 * <p>Immutable once made; painting allocates nothing.
 */
final class Sprite {

    private static final int SIDE = Game.FRAME_SIDE;

    private final int minWidth;
    private final int minHeight;
    private final int spanX;
    private final int spanY;

    /** Per size and direction. */
    private final Stamp[] stamps;

    /**
     * @param picture drawn large
     * @param width on the frame, in pixels
     * @param height on the frame, in pixels
     */
    Sprite(BufferedImage picture, double width, double height) {
        minWidth = Math.max(1, (int) width);
        minHeight = Math.max(1, (int) height);
        spanX = (int) Math.ceil(width) - minWidth + 1;
        spanY = (int) Math.ceil(height) - minHeight + 1;
        stamps = new Stamp[2 * spanX * spanY];
        for (int i = 0; i < stamps.length; i++) {
            int w = minWidth + i / 2 % spanX;
            int h = minHeight + i / 2 / spanX;
            int[] pixels = Shrink.to(picture, w, h);
            stamps[i] = new Stamp(i % 2 == 1 ? mirror(pixels, w) : pixels, w, Stamp.A_256TH);
        }
    }

    private static int[] mirror(int[] pixels, int width) {
        int[] mirrored = new int[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            int x = i % width;
            mirrored[i] = pixels[i - x + width - 1 - x];
        }
        return mirrored;
    }

    /** Draws what lies inside the frame of {@code [left, right) × [top, bottom)}. */
    void paint(byte[] frame, int left, int top, int right, int bottom, boolean mirrored) {
        if (right <= 0 || bottom <= 0 || left >= SIDE || top >= SIDE) {
            return;
        }
        int column = Math.max(0, Math.min(spanX - 1, right - left - minWidth));
        int row = Math.max(0, Math.min(spanY - 1, bottom - top - minHeight));
        stamps[2 * (row * spanX + column) + (mirrored ? 1 : 0)].paint(frame, left, top, Stamp.OPAQUE);
    }
}
