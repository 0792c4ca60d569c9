package org.adapt4j.env.procgen;

import java.awt.Graphics2D;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is behind a level, in groups that games share. Drawn when first seen, then kept; paler or darker than any object, so that objects stand
 * out.
 *
 * <p>Departure from the native library: our own pictures; where it has more of them than we, the drawn index counts modulo ours.
 */
enum Backgrounds {
    /** Landscapes from the side. */
    PLATFORM(62, Landscapes.LOOKS) {
        @Override
        void draw(Graphics2D g, int look, int wide, int high) {
            g.scale(high / 64.0, high / 64.0);
            Landscapes.draw(g, look);
        }
    },

    /** The same behind CoinRun, whose whole world is shrunk from a larger picture. */
    PLATFORM_FINE(62, Landscapes.LOOKS) {
        @Override
        void draw(Graphics2D g, int look, int wide, int high) {
            PLATFORM.draw(g, look, wide, high);
        }

        @Override
        int fine(int high) {
            return high == SIDE ? 2 * FINE : FINE;
        }
    },

    /** Stars and mist. */
    SPACE(13, 6) {
        @Override
        void draw(Graphics2D g, int look, int wide, int high) {
            int[] skies = {0x0c0c20, 0x180c28, 0x081820, 0x201018, 0x101428, 0x0c1c14};
            int[] mists = {0x283878, 0x602878, 0x186878, 0x703038, 0x404c90, 0x286048};
            Shapes.box(g, skies[look], 0, 0, wide, high);
            Random random = new Random(look);
            for (int i = 0; i < wide * high / 160; i++) {
                double size = 8 + 16 * random.nextDouble();
                Shapes.mist(
                        g,
                        mists[look],
                        36,
                        random.nextDouble() * wide - 8,
                        random.nextDouble() * high - 8,
                        size,
                        size / 2);
            }
            for (int i = 0; i < wide * high / 90; i++) {
                double size = 0.5 + 0.7 * random.nextDouble();
                Shapes.oval(g, 0x707490, random.nextDouble() * wide, random.nextDouble() * high, size, size);
            }
        }
    },

    /** Floors seen from above. */
    TOP_DOWN(9, 9) {
        @Override
        void draw(Graphics2D g, int look, int wide, int high) {
            int[] floors = {0x88a878, 0xc0b090, 0x98a0a8, 0xb09c84, 0x90b0a0, 0xa894a8, 0xbcc4cc, 0xa8b080, 0x9c9488};
            Shapes.box(g, floors[look], 0, 0, wide, high);
            Random random = new Random(look);
            for (int i = 0; i < wide * high / 12; i++) {
                int color = Shapes.mix(floors[look], i % 2 == 0 ? Shapes.WHITE : Shapes.INK, 0.1);
                double x = random.nextDouble() * wide;
                double y = random.nextDouble() * high;
                if (look % 3 == 1) {
                    Shapes.box(g, color, Math.floor(x / 8) * 8, Math.floor(y / 4) * 4, 7.5, 3.5);
                } else {
                    Shapes.oval(g, color, x, y, 2.5, 1.5);
                }
            }
        }
    },

    /** One dark floor. */
    TOP_DOWN_SIMPLE(1, 1) {
        @Override
        void draw(Graphics2D g, int look, int wide, int high) {
            Shapes.box(g, 0x241e3c, 0, 0, wide, high);
            for (int x = 0; x < wide; x += 4) {
                for (int y = x / 4 % 2 * 4; y < high; y += 8) {
                    Shapes.box(g, 0x2c2648, x, y, 4, 4);
                }
            }
        }
    },

    /** Under water, from the side. */
    WATER(7, 7) {
        @Override
        void draw(Graphics2D g, int look, int wide, int high) {
            int[] waters = {0x5090c0, 0x3c80a8, 0x6098b8, 0x4878b0, 0x50a0a8, 0x587cb8, 0x3890b8};
            for (int y = 0; y < high; y++) {
                Shapes.box(g, Shapes.mix(waters[look], 0x10284c, 0.7 * y / high), 0, y, wide, 1.2);
            }
            Random random = new Random(look);
            for (int i = 0; i < 10; i++) {
                double x = random.nextDouble() * wide;
                double tall = high * (0.1 + 0.25 * random.nextDouble());
                Shapes.polygon(
                        g, Shapes.mix(waters[look], 0x103828, 0.65), x - 1.6, high, x + 1, high - tall, x + 1.6, high);
            }
            for (int i = 0; i < 24; i++) {
                double size = 0.8 + 1.6 * random.nextDouble();
                Shapes.mist(g, 0xd0ecff, 70, random.nextDouble() * wide, random.nextDouble() * high, size, size);
            }
            Shapes.box(g, Shapes.mix(waters[look], 0xc0b080, 0.5), 0, high - 2.5, wide, 2.5);
        }
    },

    /** The sea from above. */
    WATER_SURFACE(4, 4) {
        @Override
        void draw(Graphics2D g, int look, int wide, int high) {
            int[] waters = {0x4c98c8, 0x58a8b8, 0x4888b4, 0x68a8d0};
            Shapes.box(g, waters[look], 0, 0, wide, high);
            Random random = new Random(look);
            for (int i = 0; i < wide * high / 40; i++) {
                int color = Shapes.mix(waters[look], i % 2 == 0 ? Shapes.WHITE : 0x104070, 0.18);
                Shapes.box(
                        g,
                        color,
                        random.nextDouble() * wide,
                        random.nextDouble() * high,
                        2 + 3 * random.nextDouble(),
                        0.8);
            }
        }
    };

    private static final int SIDE = Game.FRAME_SIDE;
    private static final int FINE = 2;

    private final int count;
    private final int looks;
    private final Map<Long, byte[]> pictures = new ConcurrentHashMap<>();

    Backgrounds(int count, int looks) {
        this.count = count;
        this.looks = looks;
    }

    /** Draws one of the looks, in pixels of the frame. */
    abstract void draw(Graphics2D g, int look, int wide, int high);

    /** Pixels drawn for one of the frame, along each side. */
    int fine(int high) {
        return FINE;
    }

    /** How many there are in the native library. */
    int count() {
        return count;
    }

    /** Landscapes are twice as wide as high, everything else as the world is. */
    int width(int worldWide, int worldHigh) {
        return this == PLATFORM || this == PLATFORM_FINE ? 2 * worldHigh : worldWide;
    }

    /** The pixels of a picture, row by row, three bytes each. */
    byte[] picture(int index, int wide, int high) {
        int look = index % looks;
        return pictures.computeIfAbsent(((long) look << 16 | wide) << 16 | high, key -> pixels(look, wide, high));
    }

    private byte[] pixels(int look, int wide, int high) {
        int fine = fine(high);
        int[] small =
                Shrink.to(Shapes.draw(wide * fine, high * fine, fine, g -> draw(g, look, wide, high)), wide, high);
        byte[] pixels = new byte[3 * small.length];
        for (int i = 0; i < small.length; i++) {
            pixels[3 * i] = (byte) (small[i] >> 16);
            pixels[3 * i + 1] = (byte) (small[i] >> 8);
            pixels[3 * i + 2] = (byte) small[i];
        }
        return pixels;
    }

    /**
     * Lays a picture on the frame, black where there is none.
     *
     * @param endless whether it goes on to the left and right
     */
    static void paint(byte[] picture, int wide, int high, int left, int top, boolean endless, byte[] frame) {
        int fromX = endless ? 0 : Math.max(0, left);
        int toX = endless ? SIDE : Math.min(SIDE, left + wide);
        int fromY = Math.max(0, top);
        int toY = Math.min(SIDE, top + high);
        if (fromX >= toX || fromY >= toY) {
            Arrays.fill(frame, (byte) 0);
            return;
        }
        int column = Math.floorMod(fromX - left, wide);
        for (int y = fromY; y < toY; y++) {
            int row = y * SIDE;
            int from = (y - top) * wide;
            if (column + toX - fromX <= wide) {
                System.arraycopy(picture, (from + column) * 3, frame, (row + fromX) * 3, 3 * (toX - fromX));
            } else {
                repeat(picture, from, wide, column, frame, row + fromX, toX - fromX);
            }
        }
        Arrays.fill(frame, 0, fromY * SIDE * 3, (byte) 0);
        Arrays.fill(frame, toY * SIDE * 3, frame.length, (byte) 0);
        for (int y = fromY; y < toY && toX - fromX < SIDE; y++) {
            Arrays.fill(frame, y * SIDE * 3, (y * SIDE + fromX) * 3, (byte) 0);
            Arrays.fill(frame, (y * SIDE + toX) * 3, (y + 1) * SIDE * 3, (byte) 0);
        }
    }

    private static void repeat(byte[] picture, int from, int wide, int column, byte[] frame, int to, int pixels) {
        int start = column;
        for (int done = 0; done < pixels; ) {
            int length = Math.min(pixels - done, wide - start);
            System.arraycopy(picture, (from + start) * 3, frame, (to + done) * 3, 3 * length);
            done += length;
            start = 0;
        }
    }
}
