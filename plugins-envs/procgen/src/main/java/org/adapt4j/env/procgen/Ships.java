package org.adapt4j.env.procgen;

import static org.adapt4j.env.procgen.Shapes.INK;
import static org.adapt4j.env.procgen.Shapes.WHITE;
import static org.adapt4j.env.procgen.Shapes.ball;
import static org.adapt4j.env.procgen.Shapes.body;
import static org.adapt4j.env.procgen.Shapes.box;
import static org.adapt4j.env.procgen.Shapes.darker;
import static org.adapt4j.env.procgen.Shapes.lighter;
import static org.adapt4j.env.procgen.Shapes.oval;
import static org.adapt4j.env.procgen.Shapes.plate;
import static org.adapt4j.env.procgen.Shapes.polygon;

import java.awt.Graphics2D;

/** Ships of the sea and of space, drawn by this class and by nobody else. */
final class Ships {

    private static final int[] FIGHTERS = {0x6cc0ff, 0x7cff5c, 0xffb048, 0xff7068};
    private static final int[] ALIENS = {0x9aa4b8, 0x4c8cff, 0x40c850, 0xf04848};
    private static final int[] FLYERS = {0xf05050, 0xf0a028, 0xb45cff, 0x38c8a0, 0xf070c0, 0xd8d83c, 0x8cb0e0};
    private static final int[] SAILS = {0xf4f4ec, 0x3c3c48, 0xe03838, 0x3c90f0, 0xf0c828, 0x48b848};

    private Ships() {}

    /** Nose up. */
    static void fighter(Graphics2D g, int theme) {
        int color = FIGHTERS[theme];
        polygon(g, 0xffd040, 0.36, 0.82, 0.64, 0.82, 0.5, 1);
        polygon(g, Shapes.mix(color, Shapes.INK, 0.25), 0.5, 0.3, 1, 0.74, 1, 0.94, 0, 0.94, 0, 0.74);
        polygon(g, color, 0.5, 0, 0.74, 0.5, 0.68, 0.96, 0.32, 0.96, 0.26, 0.5);
        oval(g, WHITE, 0.4, 0.3, 0.2, 0.3);
        oval(g, INK, 0.44, 0.36, 0.12, 0.18);
    }

    /** Nose down, large. */
    static void alien(Graphics2D g, int theme) {
        int color = ALIENS[theme];
        plate(g, darker(color), 0, 0.1, 0.3, 0.26, 0.7, 0.26, 1, 0.1, 0.96, 0.7, 0.74, 0.58, 0.26, 0.58, 0.04, 0.7);
        plate(g, color, 0.3, 0.04, 0.7, 0.04, 0.78, 0.5, 0.5, 1, 0.22, 0.5);
        oval(g, 0xffe060, 0.38, 0.44, 0.24, 0.28);
        oval(g, INK, 0.44, 0.52, 0.12, 0.16);
        box(g, lighter(color), 0.36, 0.12, 0.28, 0.1);
    }

    /** Nose down, small. */
    static void flyer(Graphics2D g, int theme) {
        int color = FLYERS[theme];
        polygon(g, Shapes.mix(color, Shapes.INK, 0.25), 0, 0, 0.5, 0.36, 1, 0, 0.86, 0.62, 0.5, 0.5, 0.14, 0.62);
        oval(g, color, 0.24, 0.08, 0.52, 0.9);
        oval(g, 0xe8fcff, 0.36, 0.5, 0.28, 0.28);
    }

    static void turret(Graphics2D g, int theme) {
        int color = theme == 0 ? 0xc87030 : 0x7c8cb8;
        body(g, darker(color), 0, 0.3, 1, 0.4, 0.1);
        body(g, color, 0.22, 0.02, 0.56, 0.96, 0.3);
        oval(g, 0xff3838, 0.38, 0.26, 0.24, 0.48);
        oval(g, 0xffd0a0, 0.44, 0.36, 0.1, 0.2);
    }

    /** Nose up, as high as the world. */
    static void rocket(Graphics2D g, int theme) {
        int color = new int[] {0xf0f0f4, 0xf8d048, 0x60d870, 0xf06868}[theme];
        plate(g, 0xd03030, 0.3, 0.7, 0, 1, 1, 1, 0.7, 0.7);
        plate(g, color, 0.5, 0, 0.86, 0.22, 0.86, 0.94, 0.14, 0.94, 0.14, 0.22);
        for (int i = 0; i < 4; i++) {
            ball(g, 0x50b0ff, 0.3, 0.24 + 0.16 * i, 0.4, 0.09);
        }
    }

    /** Round, from the side; theme 0 a friend, 1 a foe. */
    static void saucer(Graphics2D g, int theme) {
        int color = theme == 0 ? 0x50e03c : 0xf03030;
        ball(g, 0xc8f0ff, 0.26, 0.06, 0.48, 0.6);
        ball(g, color, 0, 0.34, 1, 0.5);
        for (int i = 0; i < 3; i++) {
            oval(g, 0xfff8c0, 0.16 + 0.26 * i, 0.52, 0.16, 0.16);
        }
    }

    /** From above, bow to the right; ships differ by their sails. */
    static void sailingShip(Graphics2D g, int theme) {
        plate(g, 0xc07830, 0, 0.14, 0.7, 0.1, 1, 0.5, 0.7, 0.9, 0, 0.86);
        int sail = SAILS[theme];
        plate(g, sail, 0.08, 0, 0.38, 0.04, 0.38, 0.96, 0.08, 1);
        plate(g, sail, 0.46, 0.04, 0.76, 0.12, 0.76, 0.88, 0.46, 0.96);
    }
}
