package org.adapt4j.env.procgen;

import static org.adapt4j.env.procgen.Shapes.box;
import static org.adapt4j.env.procgen.Shapes.fill;
import static org.adapt4j.env.procgen.Shapes.mix;
import static org.adapt4j.env.procgen.Shapes.oval;
import static org.adapt4j.env.procgen.Shapes.round;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Area;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.Random;

/**
 * What CoinRun shows, drawn by this class and by nobody else, in units of cells. Objects have a dark outline and a saturated filling, so that they stand out
 * from the paler landscapes at five pixels a cell. The order of themes is that of the native library.
 */
final class CoinRunArt {

    /** In cells; half of it shows, the other half lies outside of the shape. */
    private static final float OUTLINE = 0.18f;

    private static final Color INK = new Color(26, 20, 36);
    private static final Color WHITE = Color.WHITE;

    private static final Color[] SUITS = {
        new Color(226, 38, 60),
        new Color(36, 92, 236),
        new Color(24, 168, 72),
        new Color(226, 60, 190),
        new Color(250, 214, 40),
    };

    private CoinRunArt() {}

    /** One cell wide and two high: 0 standing, 1 and 2 walking, 3 in the air; looks to the right. */
    static void agent(Graphics2D g, int theme, int pose) {
        Color suit = SUITS[theme];
        Color shade = mix(suit, INK, 0.35);
        double[][] feet = {{0.16, 0.52}, {0.0, 0.66}, {0.3, 0.42}, {0.02, 0.6}};
        double rise = pose == 3 ? 0.18 : 0;
        fill(g, shade, round(feet[pose][0], 1.5, 0.34, 0.5 - rise, 0.12));
        fill(g, shade, round(feet[pose][1], 1.5, 0.34, 0.5, 0.12));
        if (pose == 3) {
            fill(g, shade, round(0.0, 0.66, 0.26, 0.5, 0.2));
            fill(g, shade, round(0.74, 0.66, 0.26, 0.5, 0.2));
        } else {
            fill(g, shade, round(0.02, 0.98, 0.3, 0.5, 0.2));
            fill(g, shade, round(0.68, 0.98, 0.3, 0.5, 0.2));
        }
        outlined(g, suit, round(0.16, 0.8, 0.68, 0.86, 0.3));
        fill(g, mix(suit, WHITE, 0.6), round(0.4, 1.02, 0.2, 0.4, 0.2));
        outlined(g, suit, oval(0.03, 0.04, 0.94, 0.94));
        fill(g, new Color(255, 244, 226), round(0.32, 0.22, 0.68, 0.58, 0.4));
        fill(g, INK, round(0.6, 0.36, 0.2, 0.3, 0.16));
    }

    /** Looks to the left; two frames. */
    static void enemy(Graphics2D g, int kind, int pose) {
        double squat = pose * 0.08;
        switch (kind) {
            case 0 -> {
                outlined(g, new Color(20, 196, 196), round(0.05, 0.06 + squat, 0.9, 0.92 - squat, 0.14));
                eyes(g, 0.16, 0.3 + squat, 0.52);
                fill(g, new Color(200, 40, 40), box(0.22, 0.72, 0.56, 0.14));
            }
            case 1 -> slime(g, new Color(190, 80, 255), squat);
            case 2 -> slime(g, new Color(60, 170, 255), squat);
            case 3 -> slime(g, new Color(72, 196, 40), squat);
            case 4 -> {
                outlined(g, new Color(120, 116, 128), oval(0.1, 0.36 - squat / 3, 0.88, 0.6));
                outlined(g, new Color(240, 130, 160), oval(0.26, 0.1, 0.4, 0.42));
                fill(g, new Color(240, 100, 140), oval(0.0, 0.6, 0.2, 0.2));
                eyes(g, 0.14, 0.42, 0);
                feet(g, pose);
            }
            case 5 -> {
                outlined(g, new Color(250, 190, 110), round(0.02, 0.62, 0.96, 0.34, 0.3));
                outlined(g, new Color(190, 66, 26), oval(0.28, 0.08 + squat / 2, 0.7, 0.74));
                fill(g, new Color(250, 160, 90), oval(0.46, 0.28 + squat / 2, 0.34, 0.34));
                outlined(g, new Color(250, 190, 110), oval(0.0, 0.3, 0.32, 0.46));
                fill(g, INK, oval(0.08, 0.4, 0.14, 0.2));
            }
            case 6 -> {
                outlined(g, new Color(238, 34, 34), oval(0.1, 0.16 + squat / 2, 0.88, 0.9));
                fill(g, INK, box(0.1, 0.84, 0.88, 0.16));
                fill(g, INK, oval(0.0, 0.4, 0.36, 0.46));
                fill(g, INK, oval(0.44, 0.3, 0.2, 0.22));
                fill(g, INK, oval(0.68, 0.5, 0.2, 0.22));
                fill(g, WHITE, oval(0.06, 0.46, 0.18, 0.2));
            }
            case 7 -> worm(g, new Color(96, 210, 50), pose);
            default -> worm(g, new Color(252, 110, 176), pose);
        }
    }

    private static void slime(Graphics2D g, Color color, double squat) {
        Area dome = new Area(oval(0.02, 0.1 + squat, 0.96, 1.3));
        dome.intersect(new Area(box(0, 0, 1, 0.97)));
        outlined(g, color, dome);
        fill(g, mix(color, WHITE, 0.55), oval(0.5, 0.22 + squat, 0.24, 0.16));
        eyes(g, 0.16, 0.42 + squat / 2, 0.4);
    }

    private static void worm(Graphics2D g, Color color, int pose) {
        double arch = pose == 0 ? 0.02 : 0.2;
        outlined(g, mix(color, INK, 0.2), oval(0.6, 0.36, 0.4, 0.64));
        outlined(g, color, oval(0.34, 0.36 - arch, 0.46, 0.64));
        outlined(g, color, oval(0.0, 0.2, 0.58, 0.8));
        eyes(g, 0.08, 0.36, 0);
    }

    /** A large eye, and a second one at a distance if that is not 0. */
    private static void eyes(Graphics2D g, double x, double y, double distance) {
        for (int i = 0; i < (distance == 0 ? 1 : 2); i++) {
            fill(g, WHITE, oval(x + i * distance, y, 0.3, 0.32));
            fill(g, INK, oval(x + i * distance + 0.02, y + 0.08, 0.16, 0.2));
        }
    }

    private static void feet(Graphics2D g, int pose) {
        fill(g, INK, box(0.22 + 0.1 * pose, 0.88, 0.18, 0.12));
        fill(g, INK, box(0.7 - 0.1 * pose, 0.88, 0.18, 0.12));
    }

    /** Two frames, half a tooth apart. */
    static void saw(Graphics2D g, int pose) {
        int teeth = 8;
        Path2D.Double blade = new Path2D.Double();
        for (int i = 0; i < 2 * teeth; i++) {
            double angle = Math.PI * (i + pose) / teeth + 0.2;
            double radius = i % 2 == 0 ? 0.54 : 0.38;
            double x = 0.5 + radius * Math.cos(angle);
            double y = 0.5 + radius * Math.sin(angle);
            if (i == 0) {
                blade.moveTo(x, y);
            } else {
                blade.lineTo(x, y);
            }
        }
        blade.closePath();
        fill(g, INK, blade);
        fill(g, new Color(214, 220, 230), oval(0.16, 0.16, 0.68, 0.68));
        fill(g, new Color(120, 128, 144), oval(0.26, 0.26, 0.48, 0.48));
        fill(g, new Color(250, 16, 26), oval(0.31, 0.31, 0.38, 0.38));
    }

    static void crate(Graphics2D g, int look) {
        Color[] woods = {
            new Color(214, 124, 40), new Color(232, 160, 64), new Color(176, 92, 36), new Color(196, 134, 74),
        };
        Color wood = woods[look];
        Color dark = mix(wood, INK, 0.45);
        fill(g, INK, box(0, 0, 1, 1));
        fill(g, wood, box(0.09, 0.09, 0.82, 0.82));
        g.setColor(dark);
        g.setStroke(new BasicStroke(0.12f));
        switch (look) {
            case 0 -> line(g, 0.15, 0.85, 0.85, 0.15);
            case 1 -> {
                line(g, 0.15, 0.15, 0.85, 0.85);
                line(g, 0.15, 0.85, 0.85, 0.15);
            }
            case 2 -> {
                line(g, 0.12, 0.4, 0.88, 0.4);
                line(g, 0.12, 0.65, 0.88, 0.65);
            }
            default -> {
                line(g, 0.5, 0.12, 0.5, 0.88);
                fill(g, new Color(240, 226, 180), box(0.3, 0.36, 0.4, 0.28));
            }
        }
        fill(g, mix(wood, WHITE, 0.35), box(0.1, 0.08, 0.8, 0.12));
    }

    static void coin(Graphics2D g, int theme) {
        fill(g, new Color(92, 48, 0), oval(0.02, 0.02, 0.96, 0.96));
        fill(g, new Color(255, 206, 16), oval(0.13, 0.13, 0.74, 0.74));
        fill(g, new Color(255, 250, 160), round(0.26, 0.2, 0.24, 0.56, 0.2));
        fill(g, new Color(226, 146, 0), round(0.6, 0.3, 0.14, 0.44, 0.1));
    }

    /** Over two by two cells, as are all grounds. */
    static void ground(Graphics2D g, int theme) {
        switch (theme) {
            case 0 -> soil(g, new Color(146, 140, 134), new Color(124, 115, 110), new Color(172, 166, 160), 1);
            case 1 -> soil(g, new Color(150, 106, 68), new Color(122, 82, 52), new Color(176, 132, 90), 2);
            case 2 -> craters(g, new Color(150, 118, 168), new Color(122, 90, 142), new Color(180, 150, 196));
            case 3 -> layers(g, new Color(218, 182, 116), new Color(190, 150, 86), new Color(236, 208, 150));
            case 4 -> layers(g, new Color(228, 238, 250), new Color(196, 214, 240), new Color(250, 252, 255));
            default -> bricks(g, new Color(140, 144, 152), new Color(100, 104, 114), new Color(164, 168, 174));
        }
    }

    static void groundTop(Graphics2D g, int theme) {
        ground(g, theme);
        switch (theme) {
            case 0 -> turf(g, new Color(112, 82, 62), new Color(146, 108, 80));
            case 1 -> turf(g, new Color(54, 138, 44), new Color(98, 190, 62));
            case 2 -> turf(g, new Color(96, 62, 128), new Color(206, 122, 214));
            case 3 -> turf(g, new Color(186, 128, 56), new Color(246, 220, 150));
            case 4 -> turf(g, new Color(104, 150, 214), new Color(250, 253, 255));
            default -> turf(g, new Color(72, 74, 84), new Color(190, 194, 198));
        }
    }

    static void lava(Graphics2D g, int theme) {
        fill(g, new Color(232, 74, 10), box(0, 0, 2, 2));
        double[][] blobs = {{0.1, 0.45, 0.6}, {1.1, 0.25, 0.5}, {0.7, 1.1, 0.5}, {1.4, 1.35, 0.55}, {0.0, 1.5, 0.4}};
        for (double[] b : blobs) {
            fill(g, new Color(255, 150, 20), oval(b[0], b[1], b[2], b[2] * 0.6));
        }
    }

    static void lavaTop(Graphics2D g, int theme) {
        lava(g, theme);
        for (int row = 0; row < 2; row++) {
            fill(g, new Color(255, 176, 24), box(0, row, 2, 0.5));
            fill(g, new Color(255, 246, 130), box(0, row, 2, 0.24));
            fill(g, new Color(255, 246, 130), oval(0.3 + 0.5 * row, row + 0.05, 0.5, 0.4));
        }
    }

    private static void soil(Graphics2D g, Color base, Color dark, Color light, long seed) {
        fill(g, base, box(0, 0, 2, 2));
        Random random = new Random(seed);
        for (int i = 0; i < 18; i++) {
            double x = random.nextDouble() * 1.7;
            double y = random.nextDouble() * 1.8;
            double size = 0.12 + 0.16 * random.nextDouble();
            fill(g, i % 3 == 2 ? light : dark, oval(x, y, size * 1.3, size));
        }
    }

    private static void craters(Graphics2D g, Color base, Color dark, Color light) {
        fill(g, base, box(0, 0, 2, 2));
        double[][] places = {{0.15, 0.2, 0.55}, {1.2, 0.1, 0.35}, {1.35, 0.9, 0.5}, {0.4, 1.25, 0.45}, {1.0, 1.55, 0.3}
        };
        for (double[] p : places) {
            fill(g, light, oval(p[0], p[1] + 0.08, p[2], p[2] * 0.8));
            fill(g, dark, oval(p[0], p[1], p[2], p[2] * 0.8));
        }
    }

    private static void layers(Graphics2D g, Color base, Color dark, Color light) {
        fill(g, base, box(0, 0, 2, 2));
        for (int i = 0; i < 4; i++) {
            double y = 0.5 * i + 0.1;
            fill(g, i % 2 == 0 ? dark : light, box(i % 2 == 0 ? 0.2 : 1.1, y, 0.8, 0.17));
            fill(g, i % 2 == 0 ? light : dark, box(i % 2 == 0 ? 1.3 : 0.1, y + 0.24, 0.5, 0.14));
        }
    }

    private static void bricks(Graphics2D g, Color base, Color joint, Color light) {
        fill(g, joint, box(0, 0, 2, 2));
        for (int row = 0; row < 4; row++) {
            for (int i = -1; i < 2; i++) {
                double x = i * 1.0 + (row % 2) * 0.5 + 0.04;
                fill(g, base, box(x, row * 0.5 + 0.04, 0.86, 0.38));
                fill(g, light, box(x, row * 0.5 + 0.04, 0.86, 0.14));
            }
            fill(g, base, box(1 + (row % 2) * 0.5 + 0.04, row * 0.5 + 0.04, 0.86, 0.38));
        }
    }

    /** A bright edge above a dark band, on both rows of cells. */
    private static void turf(Graphics2D g, Color dark, Color bright) {
        for (int row = 0; row < 2; row++) {
            fill(g, dark, box(0, row, 2, 0.44));
            fill(g, bright, box(0, row, 2, 0.27));
            for (int i = 0; i < 4; i++) {
                fill(g, bright, box(i * 0.5 + 0.2 * row, row, 0.2, 0.38));
            }
        }
    }

    private static void outlined(Graphics2D g, Color color, Shape shape) {
        fill(g, color, shape);
        Shape clip = g.getClip();
        g.clip(shape);
        g.setColor(INK);
        g.setStroke(new BasicStroke(OUTLINE, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.draw(shape);
        g.setClip(clip);
    }

    private static void line(Graphics2D g, double x1, double y1, double x2, double y2) {
        g.draw(new Line2D.Double(x1, y1, x2, y2));
    }
}
