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

    /** Per size and direction: four bytes per pixel, with colour times opacity, and opacity. */
    private final byte[][] pixels;

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
        pixels = new byte[2 * spanX * spanY][];
        for (int i = 0; i < pixels.length; i++) {
            int w = minWidth + i / 2 % spanX;
            int h = minHeight + i / 2 / spanX;
            pixels[i] = bytes(Shrink.to(picture, w, h), w, i % 2 == 1);
        }
    }

    /** Draws what lies inside the frame of {@code [left, right) × [top, bottom)}. */
    void paint(byte[] frame, int left, int top, int right, int bottom, boolean mirrored) {
        if (right <= 0 || bottom <= 0 || left >= SIDE || top >= SIDE) {
            return;
        }
        int column = Math.max(0, Math.min(spanX - 1, right - left - minWidth));
        int row = Math.max(0, Math.min(spanY - 1, bottom - top - minHeight));
        int width = minWidth + column;
        byte[] source = pixels[2 * (row * spanX + column) + (mirrored ? 1 : 0)];
        int fromX = Math.max(0, left);
        int toX = Math.min(SIDE, left + width);
        int toY = Math.min(SIDE, top + minHeight + row);
        for (int y = Math.max(0, top); y < toY; y++) {
            int from = ((y - top) * width + fromX - left) * 4;
            int to = (y * SIDE + fromX) * 3;
            for (int x = fromX; x < toX; x++, from += 4, to += 3) {
                int alpha = source[from + 3] & 255;
                if (alpha == 255) {
                    frame[to] = source[from];
                    frame[to + 1] = source[from + 1];
                    frame[to + 2] = source[from + 2];
                } else if (alpha > 0) {
                    int rest = 255 - alpha;
                    frame[to] = over(source[from], frame[to], rest);
                    frame[to + 1] = over(source[from + 1], frame[to + 1], rest);
                    frame[to + 2] = over(source[from + 2], frame[to + 2], rest);
                }
            }
        }
    }

    private static byte over(byte color, byte below, int rest) {
        return (byte) ((color & 255) + ((below & 255) * rest >> 8));
    }

    private static byte[] bytes(int[] argb, int width, boolean mirrored) {
        byte[] bytes = new byte[argb.length * 4];
        for (int i = 0; i < argb.length; i++) {
            int x = i % width;
            int from = mirrored ? i - x + width - 1 - x : i;
            bytes[4 * i] = (byte) (argb[from] >> 16);
            bytes[4 * i + 1] = (byte) (argb[from] >> 8);
            bytes[4 * i + 2] = (byte) argb[from];
            bytes[4 * i + 3] = (byte) (argb[from] >>> 24);
        }
        return bytes;
    }
}
