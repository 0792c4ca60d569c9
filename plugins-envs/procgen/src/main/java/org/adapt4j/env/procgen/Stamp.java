package org.adapt4j.env.procgen;

import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;

/** A picture in one pixel size and turn, ready to be laid on a frame. Immutable. */
final class Stamp {

    /** Turns of a full circle that are told apart. */
    static final int TURNS = 32;

    private static final int SIDE = Game.FRAME_SIDE;
    private static final int FINE = 6;

    private final int width;
    private final int height;
    private final boolean solid;

    /** Three bytes a pixel, colour times opacity, and one for opacity. */
    private final byte[] colors;

    private final byte[] opacities;

    /**
     * Draws a picture of {@code wide × high} pixels, turned clockwise around its middle.
     *
     * @param left of the unit square that shows, as is top; 0 but for the parts of grounds
     */
    Stamp(Looks.Picture picture, int theme, int wide, int high, int turn, boolean mirrored, int left, int top) {
        double angle = 2 * Math.PI * turn / TURNS;
        double cos = Math.abs(StrictMath.cos(angle));
        double sin = Math.abs(StrictMath.sin(angle));
        width = Math.max(1, (int) Math.round(wide * cos + high * sin));
        height = Math.max(1, (int) Math.round(wide * sin + high * cos));
        BufferedImage large = CoinRunArt.draw(width * FINE, height * FINE, FINE, g -> {
            g.transform(AffineTransform.getTranslateInstance(width / 2.0, height / 2.0));
            g.rotate(angle);
            g.scale(mirrored ? -wide : wide, high);
            g.translate(-0.5 - left, -0.5 - top);
            picture.draw(g, theme);
        });
        int[] pixels = Shrink.to(large, width, height);
        colors = new byte[3 * pixels.length];
        opacities = new byte[pixels.length];
        boolean opaque = true;
        for (int i = 0; i < pixels.length; i++) {
            colors[3 * i] = (byte) (pixels[i] >> 16);
            colors[3 * i + 1] = (byte) (pixels[i] >> 8);
            colors[3 * i + 2] = (byte) pixels[i];
            opacities[i] = (byte) (pixels[i] >>> 24);
            opaque &= pixels[i] >>> 24 == 255;
        }
        solid = opaque;
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
            if (solid && opacity == 255) {
                System.arraycopy(colors, 3 * from, frame, to, 3 * (toX - fromX));
            } else {
                blend(frame, from, to, toX - fromX, opacity);
            }
        }
    }

    private void blend(byte[] frame, int first, int to, int length, int opacity) {
        int at = to;
        for (int from = first; from < first + length; from++, at += 3) {
            int share = opacities[from] & 255;
            if (share == 255 && opacity == 255) {
                frame[at] = colors[3 * from];
                frame[at + 1] = colors[3 * from + 1];
                frame[at + 2] = colors[3 * from + 2];
            } else if (share > 0) {
                int rest = 255 * 255 - share * opacity;
                frame[at] = over(colors[3 * from], opacity, frame[at], rest);
                frame[at + 1] = over(colors[3 * from + 1], opacity, frame[at + 1], rest);
                frame[at + 2] = over(colors[3 * from + 2], opacity, frame[at + 2], rest);
            }
        }
    }

    private static byte over(byte color, int opacity, byte below, int rest) {
        return (byte) (((color & 255) * opacity * 255 + (below & 255) * rest) / (255 * 255));
    }
}
