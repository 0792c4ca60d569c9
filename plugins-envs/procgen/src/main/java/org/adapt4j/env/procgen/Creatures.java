package org.adapt4j.env.procgen;

import static org.adapt4j.env.procgen.Shapes.INK;
import static org.adapt4j.env.procgen.Shapes.WHITE;
import static org.adapt4j.env.procgen.Shapes.ball;
import static org.adapt4j.env.procgen.Shapes.body;
import static org.adapt4j.env.procgen.Shapes.box;
import static org.adapt4j.env.procgen.Shapes.darker;
import static org.adapt4j.env.procgen.Shapes.lighter;
import static org.adapt4j.env.procgen.Shapes.line;
import static org.adapt4j.env.procgen.Shapes.oval;
import static org.adapt4j.env.procgen.Shapes.plate;
import static org.adapt4j.env.procgen.Shapes.polygon;

import java.awt.Graphics2D;

/** People and animals, drawn by this class and by nobody else; they face right unless said otherwise. */
final class Creatures {

    private static final int SKIN = 0xf6c9a0;
    private static final int[] FISH = {0x44c04c, 0xf06ab4, 0xf8643c, 0xffc820};
    private static final int[] CLIMBERS = {0x2868ec, 0x22a84a, 0x8c94a4, 0xe02c3c};
    private static final int[] SHIRTS = {
        0xd83838, 0x8a3ce0, 0xf08020, 0x18a0a8, 0xd02c98, 0x5a6a24, 0x9c5a24, 0x50505c, 0xb0b020, 0xe05878, 0x404cc8,
        0x2060f0
    };

    private Creatures() {}

    /** Looks to the left. */
    static void mouse(Graphics2D g, int theme) {
        ball(g, 0x8e8a9c, 0.12, 0.3, 0.8, 0.62);
        ball(g, 0xf08cac, 0.3, 0.06, 0.36, 0.4);
        oval(g, 0xf0507c, 0, 0.52, 0.2, 0.2);
        oval(g, WHITE, 0.16, 0.4, 0.22, 0.24);
        oval(g, INK, 0.17, 0.45, 0.13, 0.16);
        line(g, 0xf08cac, 0.08, 0.88, 0.7, 0.98, 0.36);
    }

    /** From above. */
    static void astronaut(Graphics2D g, int theme) {
        body(g, 0xd8dce8, 0.06, 0.02, 0.6, 0.96, 0.5);
        body(g, 0xf4782c, 0.04, 0.26, 0.3, 0.48, 0.2);
        ball(g, 0xf4f6ff, 0.26, 0.16, 0.68, 0.68);
        oval(g, 0x2c50b4, 0.6, 0.28, 0.32, 0.44);
        oval(g, 0x8cc4ff, 0.7, 0.34, 0.12, 0.16);
    }

    static void floater(Graphics2D g, int theme) {
        ball(g, 0xffd428, 0.02, 0.02, 0.96, 0.96);
        oval(g, WHITE, 0.34, 0.18, 0.26, 0.34);
        oval(g, WHITE, 0.64, 0.18, 0.26, 0.34);
        oval(g, INK, 0.44, 0.26, 0.14, 0.2);
        oval(g, INK, 0.74, 0.26, 0.14, 0.2);
        oval(g, 0x8c2810, 0.42, 0.6, 0.4, 0.24);
    }

    static void flyer(Graphics2D g, int pose) {
        double wing = 0.08 + 0.24 * pose;
        plate(g, 0xff8078, 0.5, 0.4, 0, wing, 0.1, wing + 0.4);
        plate(g, 0xff8078, 0.5, 0.4, 1, wing, 0.9, wing + 0.4);
        ball(g, 0xe81c2c, 0.16, 0.22, 0.68, 0.7);
        oval(g, WHITE, 0.24, 0.36, 0.24, 0.28);
        oval(g, WHITE, 0.52, 0.36, 0.24, 0.28);
        oval(g, INK, 0.32, 0.44, 0.12, 0.16);
        oval(g, INK, 0.56, 0.44, 0.12, 0.16);
    }

    static void frightened(Graphics2D g, int theme) {
        body(g, 0x2c5cff, 0.06, 0.1, 0.88, 0.84, 0.6);
        oval(g, WHITE, 0.2, 0.3, 0.22, 0.24);
        oval(g, WHITE, 0.58, 0.3, 0.22, 0.24);
        line(g, WHITE, 0.1, 0.26, 0.76, 0.74, 0.76);
    }

    /** From above, facing up; five poses of a hop. */
    static void frog(Graphics2D g, int pose) {
        double stretch = pose == 0 || pose == 4 ? 0 : pose == 2 ? 0.14 : 0.08;
        int green = 0x28b428;
        line(g, darker(green), 0.16, 0.26, 0.62, 0.08, 0.8 + stretch);
        line(g, darker(green), 0.16, 0.74, 0.62, 0.92, 0.8 + stretch);
        line(g, darker(green), 0.13, 0.28, 0.4, 0.1, 0.28 - stretch);
        line(g, darker(green), 0.13, 0.72, 0.4, 0.9, 0.28 - stretch);
        ball(g, green, 0.16, 0.24, 0.68, 0.58);
        oval(g, 0xfff060, 0.2, 0.22, 0.24, 0.16);
        oval(g, 0xfff060, 0.56, 0.22, 0.24, 0.16);
        oval(g, INK, 0.27, 0.24, 0.1, 0.08);
        oval(g, INK, 0.63, 0.24, 0.1, 0.08);
    }

    static void fish(Graphics2D g, int theme) {
        int color = FISH[theme];
        plate(g, darker(color), 0.3, 0.5, 0, 0.08, 0.08, 0.5, 0, 0.92);
        ball(g, color, 0.14, 0.08, 0.86, 0.84);
        oval(g, lighter(color), 0.34, 0.5, 0.44, 0.3);
        polygon(g, darker(color), 0.36, 0.5, 0.6, 0.36, 0.58, 0.66);
        oval(g, WHITE, 0.68, 0.24, 0.2, 0.3);
        oval(g, INK, 0.76, 0.3, 0.1, 0.18);
    }

    /** From above. */
    static void robot(Graphics2D g, int theme) {
        box(g, 0x30303c, 0.06, 0, 0.84, 0.2);
        box(g, 0x30303c, 0.06, 0.8, 0.84, 0.2);
        body(g, 0x2878f0, 0.08, 0.12, 0.8, 0.76, 0.3);
        ball(g, 0xb4dcff, 0.3, 0.28, 0.44, 0.44);
        oval(g, 0xff3828, 0.72, 0.4, 0.2, 0.2);
    }

    static void digger(Graphics2D g, int theme) {
        oval(g, INK, 0.02, 0.6, 0.44, 0.4);
        oval(g, INK, 0.54, 0.6, 0.44, 0.4);
        oval(g, 0xa8a8b4, 0.14, 0.7, 0.2, 0.2);
        oval(g, 0xa8a8b4, 0.66, 0.7, 0.2, 0.2);
        body(g, 0x38d84c, 0.08, 0.1, 0.84, 0.64, 0.3);
        oval(g, WHITE, 0.52, 0.2, 0.32, 0.34);
        oval(g, INK, 0.68, 0.28, 0.14, 0.18);
    }

    /** Pose 0 standing, 1 and 2 walking, 3 in the air. */
    static void climber(Graphics2D g, int theme, int pose) {
        int suit = CLIMBERS[theme];
        double spread = pose == 0 ? 0 : pose == 2 ? -0.12 : 0.14;
        body(g, darker(suit), 0.2 - spread, 0.66, 0.26, 0.34, 0.1);
        body(g, darker(suit), 0.54 + spread, 0.66, 0.26, 0.34, 0.1);
        body(g, suit, 0.06, 0.02, 0.88, 0.8, 0.5);
        if (pose == 3) {
            line(g, darker(suit), 0.16, 0.1, 0.44, 0, 0.2);
            line(g, darker(suit), 0.16, 0.9, 0.44, 1, 0.2);
        }
        oval(g, WHITE, 0.4, 0.14, 0.26, 0.34);
        oval(g, WHITE, 0.66, 0.14, 0.24, 0.34);
        oval(g, INK, 0.5, 0.22, 0.14, 0.2);
        oval(g, INK, 0.75, 0.22, 0.13, 0.2);
    }

    static void piranha(Graphics2D g, int pose) {
        double fin = 0.12 * pose;
        plate(g, 0xb81020, 0.3, 0.5, 0, 0.1 + fin, 0, 0.9 - fin);
        ball(g, 0xff4850, 0.14, 0.06, 0.86, 0.88);
        oval(g, WHITE, 0.6, 0.14, 0.26, 0.36);
        oval(g, INK, 0.72, 0.22, 0.12, 0.2);
        polygon(g, WHITE, 0.6, 0.6, 0.7, 0.8, 0.78, 0.6, 0.86, 0.8, 0.96, 0.58);
    }

    static void rabbit(Graphics2D g, int pose) {
        double spread = pose == 0 ? 0 : pose == 1 ? 0.12 : -0.08;
        int fur = 0xe8b4f4;
        body(g, fur, 0.22, 0, 0.22, 0.44, 0.2);
        body(g, fur, 0.54, 0, 0.22, 0.44, 0.2);
        body(g, darker(fur), 0.16 - spread, 0.84, 0.3, 0.16, 0.1);
        body(g, darker(fur), 0.54 + spread, 0.84, 0.3, 0.16, 0.1);
        ball(g, 0x8c34d8, 0.1, 0.56, 0.8, 0.38);
        ball(g, fur, 0.06, 0.26, 0.88, 0.42);
        oval(g, INK, 0.4, 0.36, 0.16, 0.14);
        oval(g, INK, 0.7, 0.36, 0.16, 0.14);
        oval(g, 0xe83c78, 0.58, 0.5, 0.16, 0.08);
    }

    static void spikeMan(Graphics2D g, int theme) {
        polygon(g, INK, 0.5, 0, 0.74, 0.2, 1, 0.16, 0.92, 0.44, 1, 0.7, 0, 0.7, 0.08, 0.44, 0, 0.16, 0.26, 0.2);
        oval(g, 0xd02020, 0.14, 0.16, 0.72, 0.52);
        oval(g, 0xfff060, 0.24, 0.3, 0.2, 0.16);
        oval(g, 0xfff060, 0.56, 0.3, 0.2, 0.16);
        box(g, INK, 0.16, 0.68, 0.26, 0.32);
        box(g, INK, 0.58, 0.68, 0.26, 0.32);
    }

    /** Pose 0 standing, 1 and 2 walking. */
    static void ninja(Graphics2D g, int pose) {
        double spread = pose == 0 ? 0 : pose == 1 ? 0.14 : -0.1;
        body(g, 0x28282e, 0.22 - spread, 0.72, 0.26, 0.28, 0.1);
        body(g, 0x28282e, 0.52 + spread, 0.72, 0.26, 0.28, 0.1);
        body(g, 0x3c9c34, 0.16, 0.42, 0.68, 0.42, 0.2);
        box(g, 0xe0281c, 0.18, 0.62, 0.64, 0.1);
        ball(g, 0x6cd444, 0.1, 0, 0.8, 0.52);
        oval(g, WHITE, 0.4, 0.14, 0.22, 0.2);
        oval(g, WHITE, 0.66, 0.14, 0.2, 0.2);
        oval(g, INK, 0.5, 0.18, 0.1, 0.12);
        oval(g, INK, 0.74, 0.18, 0.1, 0.12);
    }

    /** From above, in one of twelve shirts. */
    static void player(Graphics2D g, int theme) {
        int shirt = SHIRTS[theme];
        oval(g, SKIN, 0.6, 0, 0.34, 0.26);
        oval(g, SKIN, 0.6, 0.74, 0.34, 0.26);
        body(g, shirt, 0.14, 0.02, 0.6, 0.96, 0.5);
        ball(g, lighter(shirt), 0.24, 0.24, 0.58, 0.52);
        oval(g, SKIN, 0.6, 0.34, 0.24, 0.32);
    }
}
