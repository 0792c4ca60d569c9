package org.adapt4j.env.procgen;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Shapes on a frame. */
final class Raster {

    private static final int SIDE = Game.FRAME_SIDE;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Raster() {}

    /** Copies bytes as {@link System#arraycopy} does, which for so few takes longer to begin than to copy. */
    static void copy(byte[] from, int at, byte[] to, int start, int length) {
        if (length < 8 || length > 24) {
            System.arraycopy(from, at, to, start, length);
            return;
        }
        // Eight bytes a time; those before the last eight may be copied twice.
        int last = length - 8;
        for (int i = 0; i < last; i += 8) {
            LONGS.set(to, start + i, (long) LONGS.get(from, at + i));
        }
        LONGS.set(to, start + last, (long) LONGS.get(from, at + last));
    }

    /** Half rounds up. */
    static int round(double value) {
        return (int) Math.floor(value + 0.5);
    }

    /** Fills what lies inside the frame of {@code [left, right) × [top, bottom)}. */
    static void fill(byte[] frame, int left, int top, int right, int bottom, int color) {
        int fromX = Math.max(0, left);
        int toX = Math.min(SIDE, right);
        int toY = Math.min(SIDE, bottom);
        for (int y = Math.max(0, top); y < toY; y++) {
            for (int i = (y * SIDE + fromX) * 3, end = (y * SIDE + toX) * 3; i < end; i += 3) {
                frame[i] = (byte) (color >> 16);
                frame[i + 1] = (byte) (color >> 8);
                frame[i + 2] = (byte) color;
            }
        }
    }

    /**
     * Lays a colour over one pixel of the frame.
     *
     * @param opacity from 0 to 255
     */
    static void blend(byte[] frame, int x, int y, int color, int opacity) {
        if (x >= 0 && y >= 0 && x < SIDE && y < SIDE) {
            int i = (y * SIDE + x) * 3;
            frame[i] = over(color >> 16 & 255, frame[i], opacity);
            frame[i + 1] = over(color >> 8 & 255, frame[i + 1], opacity);
            frame[i + 2] = over(color & 255, frame[i + 2], opacity);
        }
    }

    private static byte over(int color, byte below, int opacity) {
        return (byte) (part(color, opacity) + part(below & 255, 255 - opacity));
    }

    /** So many 255ths, rounded. */
    private static int part(int value, int share) {
        int product = value * share;
        return (product + (product >> 8) + 128) >> 8;
    }

    /**
     * Draws a line one pixel wide whose ends are pixels; along the longer axis, in steps of 1/65536, rounded as Qt's cosmetic lines are.
     */
    static void line(byte[] frame, int x1, int y1, int x2, int y2, int color) {
        boolean steep = Math.abs(x2 - x1) < Math.abs(y2 - y1);
        boolean swapped = steep ? y1 > y2 : x1 > x2;
        int from = swapped ? (steep ? y2 : x2) : steep ? y1 : x1;
        int to = swapped ? (steep ? y1 : x1) : steep ? y2 : x2;
        int side = swapped ? (steep ? x2 : y2) : steep ? x1 : y1;
        int sideTo = swapped ? (steep ? x1 : y1) : steep ? x2 : y2;
        int slope = from == to ? 0 : (sideTo - side) * 65536 / (to - from);
        int at = side * 65536 - (slope >> 1) + (slope > 0 ? slope : 32 * slope >> 6);
        for (int i = from; i <= to; i++, at += slope) {
            int x = steep ? at >> 16 : i;
            int y = steep ? i : at >> 16;
            fill(frame, x, y, x + 1, y + 1, color);
        }
    }
}
