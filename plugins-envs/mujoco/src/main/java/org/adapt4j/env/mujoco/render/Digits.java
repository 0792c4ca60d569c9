package org.adapt4j.env.mujoco.render;

/** Figures of five by seven dots. */
final class Digits {

    private static final int COLUMNS = 5;
    private static final int ROWS = 7;

    /** Of a face, that the figure is high; it is five sevenths as wide. */
    private static final double HEIGHT = 0.7;

    /** Five bits a row, the top row first, a row's left dot in its highest bit. */
    private static final long[] DOTS = {
        dots(0b01110, 0b10001, 0b10011, 0b10101, 0b11001, 0b10001, 0b01110),
        dots(0b00100, 0b01100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110),
        dots(0b01110, 0b10001, 0b00001, 0b00110, 0b01000, 0b10000, 0b11111),
        dots(0b11110, 0b00001, 0b00001, 0b01110, 0b00001, 0b00001, 0b11110),
        dots(0b00010, 0b00110, 0b01010, 0b10010, 0b11111, 0b00010, 0b00010),
        dots(0b11111, 0b10000, 0b11110, 0b00001, 0b00001, 0b10001, 0b01110),
        dots(0b00110, 0b01000, 0b10000, 0b11110, 0b10001, 0b10001, 0b01110),
        dots(0b11111, 0b00001, 0b00010, 0b00100, 0b01000, 0b01000, 0b01000),
        dots(0b01110, 0b10001, 0b10001, 0b01110, 0b10001, 0b10001, 0b01110),
        dots(0b01110, 0b10001, 0b10001, 0b01111, 0b00001, 0b00010, 0b01100),
    };

    private Digits() {}

    private static long dots(int... rows) {
        long all = 0;
        for (int row : rows) {
            all = all << COLUMNS | row;
        }
        return all;
    }

    /**
     * Whether a figure is inked at a point of a square face.
     *
     * @param right from -1 to 1
     * @param up from -1 to 1
     */
    static boolean inked(int digit, double right, double up) {
        double column = (right / HEIGHT * ROWS + COLUMNS) / 2;
        double row = (ROWS - up / HEIGHT * ROWS) / 2;
        if (!(column >= 0 && column < COLUMNS && row >= 0 && row < ROWS)) {
            return false;
        }
        int dot = (int) row * COLUMNS + (int) column;
        return (DOTS[digit] >>> (COLUMNS * ROWS - 1 - dot) & 1) != 0;
    }
}
