package org.adapt4j.env.procgen;

import java.awt.image.BufferedImage;

/** Makes small pictures out of large ones; each pixel is the mean of the area it covers. */
final class Shrink {

    private Shrink() {}

    /** Pixels with opacity on top and colour times opacity below it, row by row. */
    static int[] to(BufferedImage picture, int width, int height) {
        return to(picture, 0, 0, picture.getWidth(), picture.getHeight(), width, height);
    }

    /** As above, from a part of the picture. */
    static int[] to(BufferedImage picture, int left, int top, int wide, int high, int width, int height) {
        int[] source = picture.getRGB(left, top, wide, high, null, 0, wide);
        int[] small = new int[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                small[y * width + x] = mean(
                        source,
                        wide,
                        x * (double) wide / width,
                        (x + 1) * (double) wide / width,
                        y * (double) high / height,
                        (y + 1) * (double) high / height);
            }
        }
        return small;
    }

    private static int mean(int[] source, int wide, double left, double right, double top, double bottom) {
        double alpha = 0;
        double red = 0;
        double green = 0;
        double blue = 0;
        for (int y = (int) top; y < bottom; y++) {
            for (int x = (int) left; x < right; x++) {
                double share = (Math.min(right, x + 1) - Math.max(left, x))
                        * (Math.min(bottom, y + 1) - Math.max(top, y))
                        / ((right - left) * (bottom - top));
                int color = source[y * wide + x];
                double opacity = share * (color >>> 24);
                alpha += opacity;
                red += opacity / 255 * (color >> 16 & 255);
                green += opacity / 255 * (color >> 8 & 255);
                blue += opacity / 255 * (color & 255);
            }
        }
        return whole(alpha) << 24 | whole(red) << 16 | whole(green) << 8 | whole(blue);
    }

    private static int whole(double value) {
        return (int) Math.min(255, value + 0.5);
    }
}
