package org.adapt4j.env.procgen;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.util.Random;

/** The landscapes behind the levels of platform games, 64 cells high and twice as wide; paler than any object, so that objects stand out. */
final class Landscapes {

    static final int LOOKS = 10;

    private static final int HIGH = 64;
    private static final int WIDE = 2 * HIGH;

    private Landscapes() {}

    /** In units of cells, y down from the world's top. */
    static void draw(Graphics2D g, int look) {
        switch (look) {
            case 0 -> {
                sky(g, 0x8fc4ee, 0xd6edf8);
                clouds(g, 0xf4faff, 1);
                hills(g, 0xb4d2e4, 17, 6, 0.11, 1);
                hills(g, 0xa6d0cc, 9, 3, 0.21, 2);
                hills(g, 0xb2dab4, 5, 1.6, 0.34, 3);
            }
            case 1 -> {
                sky(g, 0xf0b890, 0xfce4c0);
                disc(g, 0xfff2d0, 40, 30, 5);
                mesas(g, 0xe2b494, 2);
                hills(g, 0xecc9a0, 8, 2.4, 0.19, 4);
                hills(g, 0xf2d8ae, 4, 1.4, 0.3, 5);
            }
            case 2 -> {
                sky(g, 0x90a8c8, 0xc4d4e4);
                peaks(g, 0x8ca2bc, 0xe4eef8, 24, 3);
                hills(g, 0x9cb0c8, 8, 2, 0.23, 6);
                trees(g, 0x7890a4, 4, 0.8, 4);
                hills(g, 0xa8bcd0, 3.5, 1, 0.35, 7);
            }
            case 3 -> {
                sky(g, 0x8c6cae, 0xf8b49c);
                disc(g, 0xffdca0, 70, 50, 6);
                disc(g, 0xffdca0, 24, 50, 6);
                hills(g, 0xcc9cb4, 9, 5, 0.13, 8);
                sea(g, 0x70a4cc, 0xa8c4dc, 5);
            }
            case 4 -> {
                sky(g, 0xb8d8b8, 0xd4e8cc);
                trunks(g, 0xa8c8a8, 2.0, 26, 6);
                trunks(g, 0x8cb090, 1.5, 18, 7);
                hills(g, 0xa4cc98, 4, 1.2, 0.4, 9);
            }
            case 5 -> {
                sky(g, 0x9c9ccc, 0xe4cce0);
                towers(g, 0xc4bcdc, 0xece4cc, 22, 8);
                towers(g, 0xa4b0d8, 0xf4e4b8, 12, 9);
            }
            case 6 -> {
                sky(g, 0x24305c, 0x566c9c);
                stars(g, 0xdce4ff, 10);
                disc(g, 0xe8ecd8, 30, 40, 3.5);
                disc(g, 0xe8ecd8, 98, 34, 3.5);
                hills(g, 0x42588a, 12, 4, 0.16, 11);
                hills(g, 0x345078, 6, 2, 0.27, 12);
            }
            case 7 -> {
                sky(g, 0x3c5c64, 0x5c8484);
                crystals(g, 0x78a8a4, 11);
                hills(g, 0x4c706c, 5, 2, 0.33, 13);
            }
            case 8 -> {
                sky(g, 0x241c48, 0x5c487c);
                stars(g, 0xf4e4ff, 12);
                ring(g, 34, 46);
                ring(g, 92, 40);
                peaks(g, 0x44386c, 0x685490, 14, 13);
                hills(g, 0x382c5c, 4, 1.2, 0.31, 14);
            }
            default -> {
                sky(g, 0xd0d8c8, 0xf4ecc8);
                hills(g, 0xe4d4c4, 15, 4, 0.14, 15);
                trees(g, 0xd8ac94, 9, 1.5, 14);
                hills(g, 0xc8cca8, 7, 1.6, 0.24, 16);
                trees(g, 0xcc8878, 3.5, 1, 15);
                hills(g, 0xb0c090, 3, 0.8, 0.4, 17);
            }
        }
    }

    private static void sky(Graphics2D g, int above, int below) {
        g.setPaint(new GradientPaint(0, 16, new Color(above), 0, HIGH - 4f, new Color(below)));
        g.fill(Shapes.box(0, 0, WIDE, HIGH));
    }

    private static void disc(Graphics2D g, int color, double x, double y, double radius) {
        Shapes.fill(g, new Color(color), Shapes.oval(x - radius, y - radius, 2 * radius, 2 * radius));
    }

    /** A ridge of three waves. */
    private static void hills(Graphics2D g, int color, double mean, double swing, double pace, int seed) {
        Path2D.Double ridge = new Path2D.Double();
        ridge.moveTo(0, HIGH);
        for (double x = 0; x <= WIDE; x += 0.5) {
            double wave = StrictMath.sin(x * pace + seed)
                    + 0.5 * StrictMath.sin(x * pace * 2.3 + 2 * seed)
                    + 0.25 * StrictMath.sin(x * pace * 5.1 + 3 * seed);
            ridge.lineTo(x, HIGH - mean - swing * wave / 1.75);
        }
        ridge.lineTo(WIDE, HIGH);
        ridge.closePath();
        Shapes.fill(g, new Color(color), ridge);
    }

    private static void peaks(Graphics2D g, int rock, int snow, double tallest, long seed) {
        Random random = new Random(seed);
        for (double x = -6; x < WIDE; x += 5 + 4 * random.nextDouble()) {
            double high = tallest * (0.5 + 0.5 * random.nextDouble());
            double half = high * 0.5;
            Shapes.fill(g, new Color(rock), triangle(x, HIGH - high, half, high));
            Shapes.fill(g, new Color(snow), triangle(x, HIGH - high, half * 0.3, high * 0.3));
        }
    }

    private static Path2D.Double triangle(double x, double top, double half, double high) {
        Path2D.Double shape = new Path2D.Double();
        shape.moveTo(x, top);
        shape.lineTo(x + half, top + high);
        shape.lineTo(x - half, top + high);
        shape.closePath();
        return shape;
    }

    private static void mesas(Graphics2D g, int color, long seed) {
        Random random = new Random(seed);
        for (double x = -2; x < WIDE; x += 12 + 8 * random.nextDouble()) {
            double high = 10 + 10 * random.nextDouble();
            double wide = 5 + 5 * random.nextDouble();
            Shapes.fill(g, new Color(color), Shapes.box(x, HIGH - high, wide, high));
            Shapes.fill(g, new Color(color), Shapes.box(x - 1.5, HIGH - high * 0.6, wide + 3, high));
        }
    }

    private static void clouds(Graphics2D g, int color, long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 44; i++) {
            double x = WIDE * random.nextDouble();
            double y = 10 + 42 * random.nextDouble();
            double size = 2 + 2.5 * random.nextDouble();
            for (int puff = 0; puff < 4; puff++) {
                double wide = size * (0.8 + 0.4 * random.nextDouble());
                Shapes.fill(
                        g,
                        new Color(color),
                        Shapes.oval(x + puff * size * 0.6, y - 0.4 * random.nextDouble(), wide, wide * 0.55));
            }
        }
    }

    private static void trees(Graphics2D g, int color, double ground, double size, long seed) {
        Random random = new Random(seed);
        for (double x = 0; x < WIDE; x += size * (1.4 + 2 * random.nextDouble())) {
            double high = size * (3 + 1.5 * random.nextDouble());
            Shapes.fill(g, new Color(color), triangle(x, HIGH - ground - high, size * 1.1, high + 1));
        }
    }

    private static void trunks(Graphics2D g, int color, double wide, double high, long seed) {
        Random random = new Random(seed);
        Color shade = new Color(color);
        for (double x = 0; x < WIDE; x += wide * (2 + 2 * random.nextDouble())) {
            double top = HIGH - high * (0.8 + 0.3 * random.nextDouble());
            Shapes.fill(g, shade, Shapes.box(x, top, wide * 0.5, HIGH - top));
            double crown = wide * (2 + random.nextDouble());
            Shapes.fill(g, shade, Shapes.oval(x + wide / 4 - crown / 2, top - crown / 2, crown, crown));
        }
    }

    private static void towers(Graphics2D g, int wall, int window, double tallest, long seed) {
        Random random = new Random(seed);
        for (double x = 0; x < WIDE; ) {
            double wide = 3 + 2.5 * random.nextDouble();
            double high = tallest * (0.4 + 0.6 * random.nextDouble());
            Shapes.fill(g, new Color(wall), Shapes.box(x, HIGH - high, wide, high));
            for (double y = HIGH - high + 0.8; y < HIGH - 1; y += 1.4) {
                for (double w = x + 0.5; w < x + wide - 0.8; w += 1.1) {
                    if (random.nextInt(3) == 0) {
                        Shapes.fill(g, new Color(window), Shapes.box(w, y, 0.5, 0.7));
                    }
                }
            }
            x += wide + 0.6 * random.nextDouble();
        }
    }

    private static void stars(Graphics2D g, int color, long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 420; i++) {
            double size = 0.12 + 0.16 * random.nextDouble();
            double x = WIDE * random.nextDouble();
            double y = (HIGH - 6) * random.nextDouble();
            Shapes.fill(g, new Color(color), Shapes.oval(x, y, size, size));
        }
    }

    private static void sea(Graphics2D g, int water, int glint, double level) {
        Shapes.fill(g, new Color(water), Shapes.box(0, HIGH - level, WIDE, level));
        Random random = new Random(16);
        for (int i = 0; i < 160; i++) {
            double y = HIGH - level * random.nextDouble();
            double x = WIDE * random.nextDouble();
            Shapes.fill(g, new Color(glint), Shapes.box(x, y, 0.8 + 1.6 * random.nextDouble(), 0.22));
        }
    }

    private static void crystals(Graphics2D g, int color, long seed) {
        Random random = new Random(seed);
        for (double x = 0; x < WIDE; x += 1.5 + 3 * random.nextDouble()) {
            double high = 3 + 12 * random.nextDouble();
            double half = 0.5 + random.nextDouble();
            Color shade = Shapes.mix(new Color(color), new Color(0x3c5c64), random.nextDouble() * 0.8);
            Shapes.fill(g, shade, triangle(x, HIGH - high, half, high));
            if (random.nextBoolean()) {
                Path2D.Double spike = triangle(x + 1, 0, half, high + 26);
                spike.transform(AffineTransform.getScaleInstance(1, -1));
                spike.transform(AffineTransform.getTranslateInstance(0, high + 26));
                Shapes.fill(g, Shapes.mix(shade, new Color(0x3c5c64), 0.5), spike);
            }
        }
    }

    private static void ring(Graphics2D g, double x, double y) {
        Shapes.fill(g, new Color(0xc8a4c8), Shapes.oval(x - 8, y - 1.4, 16, 2.8));
        disc(g, 0xd8b0a8, x, y, 4.6);
        Shapes.fill(g, new Color(0xc8a4c8), Shapes.box(x - 7, y + 0.2, 14, 0.7));
    }
}
