package org.adapt4j.env.procgen;

import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.Arrays;

/** A picture in one pixel size and turn, ready to be laid on a frame. Immutable. */
final class Stamp {

    /** Turns of a full circle that are told apart. */
    static final int TURNS = 32;

    static final int OPAQUE = 255;

    /** What is below counts by so many parts of 2^{@value #SHIFT}, a 255th, rounded up so that quotients of products of bytes come out exactly. */
    static final int A_255TH = 32897;

    /** A 256th, which darkens what shines through by a shade. */
    static final int A_256TH = 32768;

    private static final int SHIFT = 23;
    private static final int SIDE = Game.FRAME_SIDE;
    private static final int FINE = 6;

    private final int width;
    private final int height;
    private final boolean solid;

    /** Three bytes a pixel, of solid pictures, to be copied. */
    private final byte[] colors;

    /** Opacity on top, colour times opacity below it. */
    private final int[] pixels;

    private final int part;

    /**
     * Draws a picture of {@code wide × high} pixels, turned clockwise around its middle.
     *
     * @param left of the unit square that shows, as is top; 0 but for the parts of grounds
     */
    static Stamp of(
            Looks.Picture picture, int theme, int wide, int high, int turn, boolean mirrored, int left, int top) {
        double angle = 2 * Math.PI * turn / TURNS;
        double cos = Math.abs(StrictMath.cos(angle));
        double sin = Math.abs(StrictMath.sin(angle));
        int width = Math.max(1, (int) Math.round(wide * cos + high * sin));
        int height = Math.max(1, (int) Math.round(wide * sin + high * cos));
        BufferedImage large = Shapes.draw(width * FINE, height * FINE, FINE, g -> {
            g.transform(AffineTransform.getTranslateInstance(width / 2.0, height / 2.0));
            g.rotate(angle);
            g.scale(mirrored ? -wide : wide, high);
            g.translate(-0.5 - left, -0.5 - top);
            picture.draw(g, theme);
        });
        return new Stamp(Shrink.to(large, width, height), width, A_255TH);
    }

    /**
     * Takes pixels row by row, with opacity on top and colour times opacity below it.
     *
     * @param part by which what is below counts, {@link #A_255TH} or {@link #A_256TH}
     */
    Stamp(int[] pixels, int width, int part) {
        this.pixels = pixels;
        this.width = width;
        this.part = part;
        height = pixels.length / width;
        solid = Arrays.stream(pixels).allMatch(pixel -> pixel >>> 24 == OPAQUE);
        colors = new byte[solid ? 3 * pixels.length : 0];
        for (int i = 0; i < colors.length; i++) {
            colors[i] = (byte) (pixels[i / 3] >> 16 - i % 3 * 8);
        }
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /**
     * Lays the picture on the frame.
     *
     * @param opacity from 0 to 255
     */
    void paint(byte[] frame, int left, int top, int opacity) {
        int fromX = Math.max(0, left);
        int toX = Math.min(SIDE, left + width);
        int toY = Math.min(SIDE, top + height);
        if (fromX >= toX) {
            return;
        }
        for (int y = Math.max(0, top); y < toY; y++) {
            int from = (y - top) * width + fromX - left;
            int to = (y * SIDE + fromX) * 3;
            if (opacity != OPAQUE) {
                fade(frame, from, to, toX - fromX, opacity);
            } else if (solid) {
                Raster.copy(colors, 3 * from, frame, to, 3 * (toX - fromX));
            } else {
                lay(frame, from, to, toX - fromX);
            }
        }
    }

    private void lay(byte[] frame, int first, int to, int length) {
        int at = to;
        for (int from = first; from < first + length; from++, at += 3) {
            int pixel = pixels[from];
            int opacity = pixel >>> 24;
            if (opacity == OPAQUE) {
                frame[at] = (byte) (pixel >> 16);
                frame[at + 1] = (byte) (pixel >> 8);
                frame[at + 2] = (byte) pixel;
            } else if (opacity > 0) {
                int rest = (OPAQUE - opacity) * part;
                frame[at] = (byte) ((pixel >> 16) + ((frame[at] & 255) * rest >>> SHIFT));
                frame[at + 1] = (byte) ((pixel >> 8) + ((frame[at + 1] & 255) * rest >>> SHIFT));
                frame[at + 2] = (byte) (pixel + ((frame[at + 2] & 255) * rest >>> SHIFT));
            }
        }
    }

    private void fade(byte[] frame, int first, int to, int length, int opacity) {
        int at = to;
        for (int from = first; from < first + length; from++, at += 3) {
            int pixel = pixels[from];
            int share = (pixel >>> 24) * opacity;
            if (share > 0) {
                int rest = 255 * 255 - share;
                frame[at] = over(pixel >> 16, opacity, frame[at], rest);
                frame[at + 1] = over(pixel >> 8, opacity, frame[at + 1], rest);
                frame[at + 2] = over(pixel, opacity, frame[at + 2], rest);
            }
        }
    }

    private static byte over(int color, int opacity, byte below, int rest) {
        return (byte) (((color & 255) * opacity * 255 + (below & 255) * rest) / (255 * 255));
    }
}
