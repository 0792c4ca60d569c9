package org.adapt4j.env.procgen;

import static org.adapt4j.env.procgen.Shapes.INK;
import static org.adapt4j.env.procgen.Shapes.WHITE;
import static org.adapt4j.env.procgen.Shapes.ball;
import static org.adapt4j.env.procgen.Shapes.body;
import static org.adapt4j.env.procgen.Shapes.box;
import static org.adapt4j.env.procgen.Shapes.darker;
import static org.adapt4j.env.procgen.Shapes.lighter;
import static org.adapt4j.env.procgen.Shapes.line;
import static org.adapt4j.env.procgen.Shapes.mist;
import static org.adapt4j.env.procgen.Shapes.oval;
import static org.adapt4j.env.procgen.Shapes.plate;
import static org.adapt4j.env.procgen.Shapes.polygon;
import static org.adapt4j.env.procgen.Shapes.star;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;

/** Things to find, throw, avoid or open, drawn by this class and by nobody else. */
final class Things {

    private static final int[] KEYS = {0x2c64ff, 0x24c440, 0xf03030};
    private static final int[] CARS = {0xffd820, 0x383844, 0x2c78ff, 0x30c850, 0xf03838};
    private static final int[] CAPS = {0xf03030, 0xc88c50, 0xf0d028, 0xb05cf0, 0x30b8f0, 0xf078b8};
    private static final int[] GIFTS = {0xf04060, 0x40a0ff, 0x50d050};
    private static final int[] ROCKS = {
        0xa08878, 0x98a0a8, 0xb09868, 0x8c8494, 0xa8a8a8, 0x909aa4, 0xb4b0a4, 0x84848c, 0xb07448
    };
    private static final int[] SHOTS = {0x40e8ff, 0xff9040, 0xff50f0};
    private static final int[] SPARKS = {0x58ff58, 0xff4838, 0x60a8ff};

    private Things() {}

    static void explosion(Graphics2D g, int stage) {
        star(g, 0xff7818, 8, 0.5, 0.3 + 0.03 * stage, 0.2 * stage);
        star(g, 0xffe048, 8, 0.4 - 0.03 * stage, 0.22, 0.4 + 0.2 * stage);
        oval(g, 0xfffce0, 0.36, 0.36, 0.28 - 0.04 * stage, 0.28 - 0.04 * stage);
    }

    static void puff(Graphics2D g, int theme) {
        oval(g, WHITE, 0, 0, 1, 1);
    }

    static void cheese(Graphics2D g, int theme) {
        plate(g, 0xffd020, 0.02, 0.62, 0.7, 0.1, 0.98, 0.5, 0.98, 0.92, 0.02, 0.92);
        oval(g, 0xd88c00, 0.5, 0.28, 0.22, 0.2);
        oval(g, 0xd88c00, 0.2, 0.64, 0.2, 0.18);
        oval(g, 0xd88c00, 0.62, 0.62, 0.24, 0.22);
    }

    static void key(Graphics2D g, int theme) {
        int color = KEYS[theme];
        ball(g, color, 0, 0.1, 0.48, 0.8);
        oval(g, WHITE, 0.15, 0.34, 0.18, 0.32);
        box(g, INK, 0.42, 0.34, 0.58, 0.32);
        box(g, color, 0.42, 0.4, 0.56, 0.2);
        box(g, color, 0.66, 0.5, 0.12, 0.44);
        box(g, color, 0.86, 0.5, 0.12, 0.44);
    }

    /** A door with a keyhole in the colour of its key. */
    static void lock(Graphics2D g, int theme) {
        body(g, KEYS[theme], 0, 0, 1, 1, 0.1);
        box(g, lighter(KEYS[theme]), 0.1, 0.1, 0.8, 0.14);
        oval(g, INK, 0.34, 0.28, 0.32, 0.32);
        polygon(g, INK, 0.44, 0.5, 0.56, 0.5, 0.66, 0.84, 0.34, 0.84);
    }

    static void padlock(Graphics2D g, int theme) {
        ball(g, 0xb8b8c4, 0.14, 0, 0.72, 0.66);
        oval(g, INK, 0.34, 0.14, 0.32, 0.32);
        body(g, 0xf03030, 0, 0.36, 1, 0.64, 0.2);
        oval(g, INK, 0.34, 0.5, 0.32, 0.24);
    }

    static void yellowGem(Graphics2D g, int theme) {
        gem(g, 0xffd81c);
    }

    static void diamond(Graphics2D g, int theme) {
        gem(g, 0x30b4ff);
    }

    private static void gem(Graphics2D g, int color) {
        plate(g, color, 0.24, 0.04, 0.76, 0.04, 1, 0.36, 0.5, 1, 0, 0.36);
        polygon(g, lighter(color), 0.3, 0.14, 0.68, 0.14, 0.6, 0.36, 0.38, 0.36);
        polygon(g, WHITE, 0.18, 0.34, 0.3, 0.16, 0.36, 0.36);
    }

    static void crystal(Graphics2D g, int theme) {
        plate(g, 0xffe030, 0.5, 0, 1, 0.34, 0.8, 0.96, 0.2, 0.96, 0, 0.34);
        polygon(g, 0xfffcc0, 0.5, 0.1, 0.84, 0.36, 0.5, 0.5, 0.2, 0.36);
    }

    static void spikyEgg(Graphics2D g, int theme) {
        star(g, INK, 9, 0.5, 0.36, 0);
        oval(g, 0xf050d0, 0.16, 0.16, 0.68, 0.68);
        oval(g, 0xffc0f0, 0.3, 0.24, 0.22, 0.24);
    }

    /** From above, going right. */
    static void car(Graphics2D g, int theme) {
        int color = CARS[theme];
        box(g, INK, 0.12, 0, 0.2, 1);
        box(g, INK, 0.68, 0, 0.2, 1);
        body(g, color, 0, 0.08, 1, 0.84, 0.3);
        box(g, 0xa8e0ff, 0.6, 0.2, 0.14, 0.6);
        box(g, 0x487090, 0.16, 0.24, 0.1, 0.52);
        box(g, lighter(color), 0.3, 0.26, 0.26, 0.48);
        box(g, 0xfffcc0, 0.92, 0.16, 0.08, 0.18);
        box(g, 0xfffcc0, 0.92, 0.66, 0.08, 0.18);
    }

    static void log(Graphics2D g, int theme) {
        body(g, 0x9c5c28, 0, 0.04, 1, 0.92, 0.2);
        line(g, 0x6c3c14, 0.08, 0.14, 0.36, 0.86, 0.36);
        line(g, 0x6c3c14, 0.08, 0.14, 0.64, 0.86, 0.64);
        box(g, 0xd89850, 0.1, 0.14, 0.8, 0.1);
    }

    static void finish(Graphics2D g, int theme) {
        box(g, WHITE, 0, 0, 1, 1);
        for (int i = 0; i < 16; i++) {
            if ((i + i / 4) % 2 == 0) {
                box(g, 0x181818, i % 4 * 0.25, i / 4 * 0.25, 0.25, 0.25);
            }
        }
    }

    static void stoneWall(Graphics2D g, int theme) {
        wall(g, 0x9c8470);
    }

    static void lavaWall(Graphics2D g, int theme) {
        wall(g, 0xf0541c);
    }

    private static void wall(Graphics2D g, int color) {
        box(g, INK, 0, 0, 1, 1);
        box(g, color, 0.06, 0.06, 0.88, 0.88);
        polygon(g, lighter(color), 0.06, 0.06, 0.94, 0.06, 0.7, 0.3, 0.3, 0.3, 0.3, 0.7, 0.06, 0.94);
        box(g, Shapes.mix(color, INK, 0.15), 0.3, 0.3, 0.4, 0.4);
    }

    static void fence(Graphics2D g, int theme) {
        box(g, INK, 0, 0, 1, 1);
        for (int i = 0; i < 4; i++) {
            box(g, 0xffd028, 0.04 + 0.25 * i, 0.08, 0.18, 0.84);
        }
        box(g, 0xd89810, 0, 0.36, 1, 0.28);
    }

    static void present(Graphics2D g, int theme) {
        body(g, GIFTS[theme], 0.02, 0.14, 0.96, 0.84, 0.1);
        box(g, 0xfff0a0, 0.42, 0.14, 0.18, 0.84);
        box(g, 0xfff0a0, 0.04, 0.46, 0.92, 0.16);
        oval(g, 0xfff0a0, 0.2, 0, 0.28, 0.2);
        oval(g, 0xfff0a0, 0.52, 0, 0.28, 0.2);
    }

    /** Fruit: apple, pear, melon, banana, orange, strawberry. */
    static void fruit(Graphics2D g, int theme) {
        switch (theme) {
            case 0 -> {
                ball(g, 0xf02828, 0.02, 0.14, 0.96, 0.86);
                oval(g, 0xff9c90, 0.2, 0.28, 0.24, 0.22);
            }
            case 1 -> {
                ball(g, 0xb8e030, 0, 0.36, 1, 0.64);
                ball(g, 0xb8e030, 0.22, 0.06, 0.56, 0.6);
            }
            case 2 -> {
                ball(g, 0x28a838, 0, -0.6, 1, 1.56);
                oval(g, 0xff4858, 0.12, -0.5, 0.76, 1.2);
                oval(g, INK, 0.4, 0.3, 0.1, 0.16);
            }
            case 3 -> {
                plate(g, 0xffe028, 0.3, 0, 0.62, 0.08, 0.8, 0.5, 0.98, 0.9, 0.6, 1, 0.2, 0.66);
                polygon(g, 0xfff8a0, 0.4, 0.14, 0.52, 0.14, 0.66, 0.6, 0.5, 0.62);
            }
            case 4 -> {
                ball(g, 0xff9018, 0, 0.04, 1, 0.96);
                oval(g, 0xffc878, 0.2, 0.2, 0.26, 0.22);
            }
            default -> {
                plate(g, 0xf02860, 0, 0.2, 1, 0.2, 0.86, 0.66, 0.5, 1, 0.14, 0.66);
                box(g, 0xffe0a0, 0.3, 0.44, 0.1, 0.1);
                box(g, 0xffe0a0, 0.6, 0.5, 0.1, 0.1);
            }
        }
        polygon(g, 0x189828, 0.46, 0.2, 0.54, 0, 0.9, 0.02, 0.7, 0.2);
    }

    /** Other food: bottle, sausage, doughnut, burger, cake, pizza. */
    static void food(Graphics2D g, int theme) {
        switch (theme) {
            case 0 -> {
                body(g, 0x603018, 0, 0.36, 1, 0.64, 0.3);
                box(g, 0x603018, 0.32, 0, 0.36, 0.42);
                box(g, WHITE, 0.14, 0.54, 0.72, 0.24);
            }
            case 1 -> {
                body(g, 0xb85820, 0, 0.1, 1, 0.8, 0.7);
                line(g, 0xffd840, 0.1, 0.14, 0.4, 0.86, 0.6);
            }
            case 2 -> {
                ball(g, 0x9048d0, 0, 0, 1, 1);
                oval(g, INK, 0.34, 0.34, 0.32, 0.32);
            }
            case 3 -> {
                body(g, 0xc88838, 0, 0.02, 1, 0.96, 0.6);
                box(g, 0x502010, 0.02, 0.46, 0.96, 0.2);
                box(g, 0x70c030, 0.02, 0.38, 0.96, 0.1);
            }
            case 4 -> {
                body(g, 0xf8e8f0, 0.02, 0.3, 0.96, 0.7, 0.2);
                box(g, 0x884828, 0.1, 0.56, 0.8, 0.16);
                oval(g, 0xe02020, 0.38, 0.06, 0.26, 0.28);
            }
            default -> {
                plate(g, 0xe0a030, 0, 0, 1, 0, 0.5, 1);
                polygon(g, 0xffd860, 0.2, 0.16, 0.8, 0.16, 0.5, 0.8);
                oval(g, 0xd02818, 0.38, 0.24, 0.26, 0.22);
            }
        }
    }

    static void boulder(Graphics2D g, int theme) {
        ball(g, 0xa4a4ac, 0.02, 0.02, 0.96, 0.96);
        oval(g, 0xd4d4dc, 0.2, 0.16, 0.36, 0.3);
        oval(g, 0x70707c, 0.56, 0.56, 0.22, 0.2);
    }

    static void window(Graphics2D g, int theme) {
        body(g, 0xfff8d8, 0, 0, 1, 1, 0.1);
        box(g, 0xf0a020, 0.14, 0.14, 0.3, 0.3);
        box(g, 0xf0a020, 0.56, 0.14, 0.3, 0.3);
        box(g, 0xf0a020, 0.14, 0.56, 0.3, 0.3);
        box(g, 0xf0a020, 0.56, 0.56, 0.3, 0.3);
    }

    static void meteor(Graphics2D g, int theme) {
        int color = ROCKS[theme];
        double bump = 0.02 * theme;
        plate(
                g,
                color,
                0.3,
                0.02,
                0.7 - bump,
                0,
                0.98,
                0.3 + bump,
                1,
                0.66,
                0.7,
                0.98,
                0.34 + bump,
                1,
                0.02,
                0.7,
                0,
                0.34);
        oval(g, darker(color), 0.24, 0.24, 0.24, 0.22);
        oval(g, darker(color), 0.56, 0.5, 0.26, 0.24);
        oval(g, lighter(color), 0.52, 0.14, 0.2, 0.14);
    }

    /** Half transparent, in nine shapes. */
    static void cloud(Graphics2D g, int theme) {
        for (int i = 0; i < 5; i++) {
            double x = (i * 7 + theme * 3) % 10 * 0.05;
            double y = (i * 3 + theme * 7) % 10 * 0.05;
            mist(g, i % 2 == 0 ? 0xd8d0e8 : 0xa8a0c0, 150, x, y, 0.55, 0.5);
        }
    }

    static void laser(Graphics2D g, int theme) {
        body(g, 0x38c0ff, 0.1, 0, 0.8, 1, 0.6);
        box(g, WHITE, 0.36, 0.1, 0.28, 0.8);
    }

    static void flame(Graphics2D g, int theme) {
        oval(g, 0xff7818, 0, 0, 1, 1);
        oval(g, 0xffe048, 0.24, 0.24, 0.52, 0.52);
    }

    static void shot(Graphics2D g, int kind) {
        oval(g, SHOTS[kind], 0.06, 0.06, 0.88, 0.88);
        oval(g, WHITE, 0.28, 0.28, 0.44, 0.44);
    }

    static void spark(Graphics2D g, int theme) {
        star(g, SPARKS[theme], 6, 0.5, 0.24, 0);
        oval(g, WHITE, 0.32, 0.32, 0.36, 0.36);
    }

    static void shield(Graphics2D g, int theme) {
        mist(g, 0x50c0ff, 80, 0, 0, 1, 1);
        g.setColor(new Color(0xa0e8ff));
        g.setStroke(new BasicStroke(0.05f));
        g.draw(Shapes.oval(0.03, 0.03, 0.94, 0.94));
    }

    /** Kind 0 the agent's, 1 an enemy's. */
    static void dodgeBall(Graphics2D g, int kind) {
        ball(g, kind == 0 ? 0xffffff : 0x303038, 0, 0, 1, 1);
        star(g, kind == 0 ? 0x2060f0 : 0xff4020, 5, 0.3, 0.14, 0);
    }

    /** Kind 0 closed, 1 open. */
    static void block(Graphics2D g, int kind) {
        int color = kind == 0 ? 0xe02c48 : 0x30d848;
        body(g, color, 0, 0, 1, 1, 0.1);
        body(g, lighter(color), 0.2, 0.2, 0.6, 0.6, 0.1);
    }

    static void cannonBall(Graphics2D g, int theme) {
        oval(g, INK, 0, 0, 1, 1);
        oval(g, 0xb0b0bc, 0.24, 0.2, 0.3, 0.3);
    }

    static void woodenPanel(Graphics2D g, int theme) {
        body(g, 0x8c5424, 0, 0, 1, 1, 0.05);
        box(g, 0xc08848, 0.05, 0.12, 0.9, 0.2);
        box(g, 0xc08848, 0.05, 0.44, 0.9, 0.16);
        box(g, 0xc08848, 0.05, 0.72, 0.9, 0.16);
    }

    static void target(Graphics2D g, int theme) {
        for (int ring = 0; ring < 4; ring++) {
            double inset = 0.13 * ring;
            oval(g, ring % 2 == 0 ? 0xe82c2c : 0xfcf4e8, inset, inset, 1 - 2 * inset, 1 - 2 * inset);
        }
    }

    static void mushroom(Graphics2D g, int theme) {
        body(g, 0xfff0d8, 0.28, 0.44, 0.44, 0.56, 0.2);
        ball(g, CAPS[theme], 0, 0.02, 1, 0.64);
        oval(g, WHITE, 0.2, 0.16, 0.22, 0.2);
        oval(g, WHITE, 0.56, 0.14, 0.24, 0.22);
    }

    static void bomb(Graphics2D g, int theme) {
        oval(g, INK, 0.02, 0.16, 0.84, 0.84);
        oval(g, 0x8c8ca0, 0.2, 0.3, 0.24, 0.24);
        line(g, 0xc89050, 0.1, 0.66, 0.28, 0.86, 0.1);
        oval(g, 0xffb020, 0.76, 0, 0.24, 0.24);
    }

    static void fire(Graphics2D g, int theme) {
        polygon(g, 0xff4810, 0, 1, 0, 0.3, 0.16, 0.5, 0.3, 0, 0.5, 0.44, 0.7, 0.06, 0.84, 0.5, 1, 0.3, 1, 1);
        polygon(g, 0xffd030, 0.1, 1, 0.3, 0.46, 0.5, 0.8, 0.7, 0.5, 0.9, 1);
    }

    static void throwingStar(Graphics2D g, int theme) {
        star(g, INK, 4, 0.5, 0.24, 0.4);
        star(g, 0xd8e0f0, 4, 0.38, 0.16, 0.4);
    }

    static void carrot(Graphics2D g, int theme) {
        polygon(g, 0x28b838, 0.5, 0.24, 0.3, 0, 0.5, 0.1, 0.62, 0, 0.66, 0.12, 0.84, 0.06);
        plate(g, 0xff8418, 0.16, 0.24, 0.84, 0.24, 0.86, 0.46, 0.5, 1, 0.14, 0.46);
        line(g, 0xc85800, 0.06, 0.3, 0.44, 0.54, 0.44);
    }
}
