package org.adapt4j.env.ale;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Makes a small grey picture of a screen, straight from the emulator's memory: brightness, maximum over two frames, and resizing in
 * one pass, in whole numbers.
 *
 * <p>Rows and columns are weighted sums: output {@code o} of an axis takes {@code weights[o][k]} parts of the source at {@code
 * first[o] + k}. The area mean is exact, rounded to the nearest with halves up; bilinear weights are 11 bits wide, as OpenCV's,
 * and their sum is rounded alike, so single pixels may differ by one from OpenCV's approximate arithmetic. One thread at a time;
 * nothing is allocated.
 */
final class Shrinker {

    /** Width and height of the result (Mnih et al. 2015). */
    static final int SIDE = 84;

    static final int BYTES = SIDE * SIDE;

    private static final int BILINEAR_BITS = 11;
    private static final int SHIFT = 44;

    private final int width;
    private final Axis rows;
    private final Axis columns;
    private final long half;
    private final long reciprocal;
    private final int[] sums;

    Shrinker(Resize resize, int width, int height) {
        this.width = width;
        rows = Axis.of(resize, height);
        columns = Axis.of(resize, width);
        long total = (long) rows.total * columns.total;
        half = total / 2;
        // Multiplying by it divides exactly: a power of two for bilinear weights, and sum * total < 2^44 for areas.
        reciprocal = ((1L << SHIFT) + total - 1) / total;
        sums = new int[width];
    }

    /**
     * Shrinks a screen.
     *
     * @param before brightness of the frame before, by row; null to take the screen alone
     * @param into receives {@link #BYTES} bytes from {@code at}
     */
    void shrink(ByteBuffer screen, byte[] greys, byte @Nullable [] before, byte[] into, int at) {
        int out = at;
        for (int row = 0; row < SIDE; row++) {
            int[] weights = rows.weights[row];
            int start = rows.first[row] * width;
            for (int k = 0; k < weights.length; k++, start += width) {
                if (before == null) {
                    addRow(screen, greys, start, weights[k], k == 0);
                } else {
                    addRow(screen, greys, before, start, weights[k], k == 0);
                }
            }
            out = finishRow(into, out);
        }
    }

    private void addRow(ByteBuffer screen, byte[] greys, int start, int weight, boolean first) {
        int[] sum = sums;
        for (int x = 0; x < sum.length; x++) {
            int grey = greys[screen.get(start + x) & 255] & 255;
            sum[x] = (first ? 0 : sum[x]) + weight * grey;
        }
    }

    private void addRow(ByteBuffer screen, byte[] greys, byte[] before, int start, int weight, boolean first) {
        int[] sum = sums;
        for (int x = 0; x < sum.length; x++) {
            int grey = Math.max(greys[screen.get(start + x) & 255] & 255, before[start + x] & 255);
            sum[x] = (first ? 0 : sum[x]) + weight * grey;
        }
    }

    private int finishRow(byte[] into, int at) {
        int out = at;
        for (int column = 0; column < SIDE; column++) {
            int[] weights = columns.weights[column];
            int first = columns.first[column];
            long sum = half;
            for (int k = 0; k < weights.length; k++) {
                sum += (long) weights[k] * sums[first + k];
            }
            into[out++] = (byte) (sum * reciprocal >>> SHIFT);
        }
        return out;
    }

    /** Brightness of a whole screen. */
    static void grey(ByteBuffer screen, byte[] greys, byte[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] = greys[screen.get(i) & 255];
        }
    }

    /** What each output takes of a row or column. */
    private static final class Axis {

        private final int[] first = new int[SIDE];
        private final int[][] weights = new int[SIDE][];
        private final int total;

        private Axis(int total) {
            this.total = total;
        }

        static Axis of(Resize resize, int size) {
            return resize == Resize.AREA ? area(size) : bilinear(size);
        }

        /** In units of 1/84 of a source pixel, divided by their common divisor: output o covers [o size, (o + 1) size). */
        private static Axis area(int size) {
            int divisor = greatestCommonDivisor(size, SIDE);
            int cover = size / divisor;
            int unit = SIDE / divisor;
            Axis axis = new Axis(cover);
            for (int o = 0; o < SIDE; o++) {
                int begin = o * cover;
                int end = begin + cover;
                int from = begin / unit;
                int to = (end - 1) / unit;
                axis.first[o] = from;
                axis.weights[o] = new int[to - from + 1];
                for (int s = from; s <= to; s++) {
                    axis.weights[o][s - from] = Math.min(end, (s + 1) * unit) - Math.max(begin, s * unit);
                }
            }
            return axis;
        }

        /** Between the neighbours of (o + 1/2) size / 84 - 1/2. */
        private static Axis bilinear(int size) {
            int one = 1 << BILINEAR_BITS;
            Axis axis = new Axis(one);
            for (int o = 0; o < SIDE; o++) {
                double centre = (o + 0.5) * size / SIDE - 0.5;
                int from = Math.max(0, Math.min(size - 2, (int) Math.floor(centre)));
                int second = (int) Math.rint(Math.max(0, Math.min(1, centre - from)) * one);
                axis.first[o] = from;
                axis.weights[o] = new int[] {one - second, second};
            }
            return axis;
        }

        private static int greatestCommonDivisor(int a, int b) {
            return b == 0 ? a : greatestCommonDivisor(b, a % b);
        }
    }
}
