package org.adapt4j.env.procgen;

import static org.adapt4j.env.procgen.Shapes.INK;
import static org.adapt4j.env.procgen.Shapes.box;
import static org.adapt4j.env.procgen.Shapes.darker;
import static org.adapt4j.env.procgen.Shapes.lighter;
import static org.adapt4j.env.procgen.Shapes.mix;
import static org.adapt4j.env.procgen.Shapes.oval;
import static org.adapt4j.env.procgen.Shapes.polygon;

import java.awt.Graphics2D;
import java.util.Random;

/** What fills cells, drawn by this class and by nobody else, over two by two cells so that neighbours differ. */
final class Grounds {

    private static final int[] ROCKS = {0x4878b8, 0x489048, 0xc8a040, 0x946440};
    private static final int[] TOPS = {0xa8d8ff, 0x90e860, 0xfff090, 0xe8a868};
    private static final int[] BRICKS = {0x84848c, 0x946848, 0xb04838};

    private Grounds() {}

    static void sand(Graphics2D g, int theme) {
        speckled(g, 0xd0a860, 1);
    }

    static void dirt(Graphics2D g, int theme) {
        speckled(g, 0x8c5c34, 2);
    }

    static void cave(Graphics2D g, int theme) {
        speckled(g, 0x74605c, 3);
    }

    static void lavaStone(Graphics2D g, int theme) {
        speckled(g, 0xb03c18, 4);
    }

    static void rock(Graphics2D g, int theme) {
        speckled(g, ROCKS[theme], 5 + theme);
    }

    static void rockTop(Graphics2D g, int theme) {
        speckled(g, ROCKS[theme], 5 + theme);
        for (int row = 0; row < 2; row++) {
            box(g, darker(ROCKS[theme]), 0, row, 2, 0.5);
            box(g, TOPS[theme], 0, row, 2, 0.36);
        }
    }

    private static void speckled(Graphics2D g, int color, long seed) {
        box(g, color, 0, 0, 2, 2);
        Random random = new Random(seed);
        for (int i = 0; i < 16; i++) {
            double x = random.nextDouble() * 1.8;
            double y = random.nextDouble() * 1.8;
            double size = 0.14 + 0.16 * random.nextDouble();
            oval(g, mix(color, i % 3 == 0 ? Shapes.WHITE : INK, 0.22), x, y, size * 1.3, size);
        }
    }

    static void blocks(Graphics2D g, int theme) {
        tiles(g, 0x7c74a8);
    }

    static void greyBricks(Graphics2D g, int theme) {
        brickwork(g, BRICKS[0]);
    }

    static void bricks(Graphics2D g, int theme) {
        brickwork(g, BRICKS[theme]);
    }

    private static void tiles(Graphics2D g, int color) {
        box(g, darker(color), 0, 0, 2, 2);
        for (int i = 0; i < 4; i++) {
            double x = i % 2;
            double y = i / 2;
            box(g, color, x + 0.08, y + 0.08, 0.84, 0.84);
            polygon(
                    g,
                    lighter(color),
                    x + 0.08,
                    y + 0.08,
                    x + 0.92,
                    y + 0.08,
                    x + 0.76,
                    y + 0.26,
                    x + 0.26,
                    y + 0.26,
                    x + 0.26,
                    y + 0.76,
                    x + 0.08,
                    y + 0.92);
        }
    }

    private static void brickwork(Graphics2D g, int color) {
        box(g, darker(color), 0, 0, 2, 2);
        for (int row = 0; row < 4; row++) {
            for (int i = -1; i < 2; i++) {
                double x = i + row % 2 * 0.5 + 0.04;
                box(g, color, x, row * 0.5 + 0.04, 0.9, 0.4);
                box(g, mix(color, Shapes.WHITE, 0.25), x, row * 0.5 + 0.04, 0.9, 0.12);
            }
        }
    }

    static void road(Graphics2D g, int theme) {
        box(g, 0x585860, 0, 0, 2, 2);
        for (int row = 0; row < 2; row++) {
            box(g, 0x404048, 0, row, 2, 0.08);
            box(g, 0xe8e8d8, 0.3, row + 0.94, 0.6, 0.06);
            box(g, 0xe8e8d8, 1.3, row + 0.94, 0.6, 0.06);
        }
    }

    static void water(Graphics2D g, int theme) {
        box(g, 0x2c84e0, 0, 0, 2, 2);
        for (int i = 0; i < 8; i++) {
            box(g, i % 2 == 0 ? 0x74b8ff : 0x1c64c0, i % 4 * 0.5 + i / 4 * 0.2, 0.12 + i * 0.24, 0.36, 0.08);
        }
    }
}
