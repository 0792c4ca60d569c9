package org.adapt4j.env.ale;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Makes a small grey picture of a screen, straight from the emulator's memory: brightness, maximum over two frames, and resizing in
 * one pass, in whole numbers.
 *
 * <p>Rows and columns are weighted sums: output {@code o} of an axis takes {@code weights[o][k]} parts of the source at {@code
 * first[o] + k}. The area mean is exact, rounded to the nearest with halves up; bilinear weights are 11 bits wide, as OpenCV's,
 * and their sum is rounded alike, so single pixels may differ by one from OpenCV's approximate arithmetic.
 *
 * <p>A screen is mostly runs of one colour, mostly like the row above, and mostly what it was a frame before, so it is read eight
 * pixels at a time, and rows that look alike are done once. One thread at a time; nothing is allocated.
 */
final class Shrinker {

    /** Width and height of the result (Mnih et al. 2015). */
    static final int SIDE = 84;

    static final int BYTES = SIDE * SIDE;

    private static final int BILINEAR_BITS = 11;
    private static final int SHIFT = 44;
    private static final int WORD = Long.BYTES;
    private static final long EACH_BYTE = 0x0101010101010101L;

    /** Columns are taken together by three: an area covers 40/21 of them, a bilinear pixel two. */
    private static final int TAPS = 3;

    private final int width;
    private final Axis rows;
    private final int[] columnFirst = new int[SIDE];
    private final int[] columnWeights = new int[TAPS * SIDE];
    private final int half;
    private final long reciprocal;
    private final int[] line;
    private final int[] sums;

    /**
     * A shrinker of screens of one size.
     *
     * @param width a multiple of 8, of at most 168
     */
    Shrinker(Resize resize, int width, int height) {
        if (width % WORD != 0 || width > 2 * SIDE) {
            throw new IllegalArgumentException("the screen is " + width + " pixels wide, no Atari's");
        }
        this.width = width;
        rows = Axis.of(resize, height);
        Axis columns = Axis.of(resize, width);
        for (int o = 0; o < SIDE; o++) {
            int[] weights = columns.weights[o];
            columnFirst[o] = Math.min(columns.first[o], width - TAPS);
            int shift = columns.first[o] - columnFirst[o];
            System.arraycopy(weights, 0, columnWeights, TAPS * o + shift, weights.length);
        }
        long total = (long) rows.total * columns.total;
        half = (int) (total / 2);
        // Multiplying by it divides exactly: a power of two for bilinear weights, and sum * total < 2^44 for areas.
        reciprocal = ((1L << SHIFT) + total - 1) / total;
        line = new int[width];
        sums = new int[width];
    }

    /**
     * Shrinks a screen.
     *
     * @param screen colour numbers by row
     * @param greys brightness of each colour number, 0 to 255
     * @param before the frame before, in the same byte order; null to take the screen alone
     * @param into receives {@link #BYTES} bytes from {@code at}
     */
    void shrink(ByteBuffer screen, int[] greys, @Nullable ByteBuffer before, byte[] into, int at) {
        // The line shows row lit, and all rows since run look like it.
        int lit = -1;
        int run = 0;
        for (int o = 0; o < SIDE; o++) {
            int first = rows.first[o];
            int[] weights = rows.weights[o];
            int last = first + weights.length - 1;
            if (o > 0 && run <= rows.first[o - 1]) {
                while (lit < last && looksLikeTheRowBefore(screen, before, lit + 1)) {
                    lit++;
                }
                if (lit >= last) {
                    System.arraycopy(into, at + (o - 1) * SIDE, into, at + o * SIDE, SIDE);
                    continue;
                }
            }
            for (int k = 0; k < weights.length; k++) {
                int row = first + k;
                // Two outputs may share a row: the last of the one, the first of the other.
                if (row > lit) {
                    if (row != lit + 1 || lit < 0 || !looksLikeTheRowBefore(screen, before, row)) {
                        light(screen, greys, before, row * width);
                        run = row;
                    }
                    lit = row;
                }
                add(weights[k], k == 0);
            }
            finish(into, at + o * SIDE);
        }
    }

    private boolean looksLikeTheRowBefore(ByteBuffer screen, @Nullable ByteBuffer before, int row) {
        int end = row * width;
        for (int at = end - width; at < end; at += WORD) {
            if (screen.getLong(at) != screen.getLong(at + width)
                    || before != null && before.getLong(at) != before.getLong(at + width)) {
                return false;
            }
        }
        return true;
    }

    /** Fills the line with the brightness of a row. */
    private void light(ByteBuffer screen, int[] greys, @Nullable ByteBuffer before, int start) {
        int[] lights = line;
        for (int x = 0; x < lights.length; x += WORD) {
            long now = screen.getLong(start + x);
            long then = before == null ? now : before.getLong(start + x);
            if (now != then) {
                for (int i = 0; i < WORD; i++) {
                    lights[x + i] = Math.max(greys[(int) (now >>> 8 * i) & 255], greys[(int) (then >>> 8 * i) & 255]);
                }
            } else if (now == (now & 255) * EACH_BYTE) {
                int grey = greys[(int) now & 255];
                for (int i = 0; i < WORD; i++) {
                    lights[x + i] = grey;
                }
            } else {
                for (int i = 0; i < WORD; i++) {
                    lights[x + i] = greys[(int) (now >>> 8 * i) & 255];
                }
            }
        }
    }

    private void add(int weight, boolean first) {
        int[] lights = line;
        int[] sum = sums;
        if (first) {
            for (int x = 0; x < sum.length; x++) {
                sum[x] = weight * lights[x];
            }
        } else {
            for (int x = 0; x < sum.length; x++) {
                sum[x] += weight * lights[x];
            }
        }
    }

    private void finish(byte[] into, int at) {
        int[] sum = sums;
        int[] firsts = columnFirst;
        int[] weights = columnWeights;
        for (int o = 0; o < SIDE; o++) {
            int first = firsts[o];
            int part = half
                    + weights[TAPS * o] * sum[first]
                    + weights[TAPS * o + 1] * sum[first + 1]
                    + weights[TAPS * o + 2] * sum[first + 2];
            into[at + o] = (byte) (part * reciprocal >>> SHIFT);
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
