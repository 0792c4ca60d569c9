package org.adapt4j.env.procgen;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Random;

/** What CoinRun's walls and lava look like: six grounds in the native library's order, then lava. */
final class CoinRunGrounds {

    private CoinRunGrounds() {}

    /** Two by two cells. */
    static BufferedImage picture(int kind) {
        boolean top = kind % 2 == 1;
        return CoinRunArt.draw(2, 2, g -> {
            switch (kind / 2) {
                case 0 -> soil(g, new Color(146, 140, 134), new Color(124, 115, 110), new Color(172, 166, 160), 1);
                case 1 -> soil(g, new Color(150, 106, 68), new Color(122, 82, 52), new Color(176, 132, 90), 2);
                case 2 -> craters(g, new Color(150, 118, 168), new Color(122, 90, 142), new Color(180, 150, 196));
                case 3 -> layers(g, new Color(218, 182, 116), new Color(190, 150, 86), new Color(236, 208, 150));
                case 4 -> layers(g, new Color(228, 238, 250), new Color(196, 214, 240), new Color(250, 252, 255));
                case 5 -> bricks(g, new Color(140, 144, 152), new Color(100, 104, 114), new Color(164, 168, 174));
                default -> lava(g, top);
            }
            if (top) {
                switch (kind / 2) {
                    case 0 -> turf(g, new Color(112, 82, 62), new Color(146, 108, 80));
                    case 1 -> turf(g, new Color(54, 138, 44), new Color(98, 190, 62));
                    case 2 -> turf(g, new Color(96, 62, 128), new Color(206, 122, 214));
                    case 3 -> turf(g, new Color(186, 128, 56), new Color(246, 220, 150));
                    case 4 -> turf(g, new Color(104, 150, 214), new Color(250, 253, 255));
                    case 5 -> turf(g, new Color(72, 74, 84), new Color(190, 194, 198));
                    default -> {}
                }
            }
        });
    }

    private static void soil(Graphics2D g, Color base, Color dark, Color light, long seed) {
        CoinRunArt.fill(g, base, CoinRunArt.box(0, 0, 2, 2));
        Random random = new Random(seed);
        for (int i = 0; i < 18; i++) {
            double x = random.nextDouble() * 1.7;
            double y = random.nextDouble() * 1.8;
            double size = 0.12 + 0.16 * random.nextDouble();
            CoinRunArt.fill(g, i % 3 == 2 ? light : dark, CoinRunArt.oval(x, y, size * 1.3, size));
        }
    }

    private static void craters(Graphics2D g, Color base, Color dark, Color light) {
        CoinRunArt.fill(g, base, CoinRunArt.box(0, 0, 2, 2));
        double[][] places = {{0.15, 0.2, 0.55}, {1.2, 0.1, 0.35}, {1.35, 0.9, 0.5}, {0.4, 1.25, 0.45}, {1.0, 1.55, 0.3}
        };
        for (double[] p : places) {
            CoinRunArt.fill(g, light, CoinRunArt.oval(p[0], p[1] + 0.08, p[2], p[2] * 0.8));
            CoinRunArt.fill(g, dark, CoinRunArt.oval(p[0], p[1], p[2], p[2] * 0.8));
        }
    }

    private static void layers(Graphics2D g, Color base, Color dark, Color light) {
        CoinRunArt.fill(g, base, CoinRunArt.box(0, 0, 2, 2));
        for (int i = 0; i < 4; i++) {
            double y = 0.5 * i + 0.1;
            CoinRunArt.fill(g, i % 2 == 0 ? dark : light, CoinRunArt.box(i % 2 == 0 ? 0.2 : 1.1, y, 0.8, 0.17));
            CoinRunArt.fill(g, i % 2 == 0 ? light : dark, CoinRunArt.box(i % 2 == 0 ? 1.3 : 0.1, y + 0.24, 0.5, 0.14));
        }
    }

    private static void bricks(Graphics2D g, Color base, Color joint, Color light) {
        CoinRunArt.fill(g, joint, CoinRunArt.box(0, 0, 2, 2));
        for (int row = 0; row < 4; row++) {
            for (int i = -1; i < 2; i++) {
                double x = i * 1.0 + (row % 2) * 0.5 + 0.04;
                CoinRunArt.fill(g, base, CoinRunArt.box(x, row * 0.5 + 0.04, 0.86, 0.38));
                CoinRunArt.fill(g, light, CoinRunArt.box(x, row * 0.5 + 0.04, 0.86, 0.14));
            }
            CoinRunArt.fill(g, base, CoinRunArt.box(1 + (row % 2) * 0.5 + 0.04, row * 0.5 + 0.04, 0.86, 0.38));
        }
    }

    /** A bright edge above a dark band, on both rows of cells. */
    private static void turf(Graphics2D g, Color dark, Color bright) {
        for (int row = 0; row < 2; row++) {
            CoinRunArt.fill(g, dark, CoinRunArt.box(0, row, 2, 0.44));
            CoinRunArt.fill(g, bright, CoinRunArt.box(0, row, 2, 0.27));
            for (int i = 0; i < 4; i++) {
                CoinRunArt.fill(g, bright, CoinRunArt.box(i * 0.5 + 0.2 * row, row, 0.2, 0.38));
            }
        }
    }

    private static void lava(Graphics2D g, boolean top) {
        CoinRunArt.fill(g, new Color(232, 74, 10), CoinRunArt.box(0, 0, 2, 2));
        double[][] blobs = {{0.1, 0.45, 0.6}, {1.1, 0.25, 0.5}, {0.7, 1.1, 0.5}, {1.4, 1.35, 0.55}, {0.0, 1.5, 0.4}};
        for (double[] b : blobs) {
            CoinRunArt.fill(g, new Color(255, 150, 20), CoinRunArt.oval(b[0], b[1], b[2], b[2] * 0.6));
        }
        if (top) {
            for (int row = 0; row < 2; row++) {
                CoinRunArt.fill(g, new Color(255, 176, 24), CoinRunArt.box(0, row, 2, 0.5));
                CoinRunArt.fill(g, new Color(255, 246, 130), CoinRunArt.box(0, row, 2, 0.24));
                CoinRunArt.fill(g, new Color(255, 246, 130), CoinRunArt.oval(0.3 + 0.5 * row, row + 0.05, 0.5, 0.4));
            }
        }
    }
}
