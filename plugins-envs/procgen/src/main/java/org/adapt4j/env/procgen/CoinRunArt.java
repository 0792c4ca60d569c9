package org.adapt4j.env.procgen;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.function.Consumer;

/**
 * The pictures of CoinRun, drawn by this class and by nobody else, at the scale of one camera.
 *
 * <p>Everything is drawn large with vector shapes and then shrunk. Objects have a dark outline and a saturated filling, so
 * that they stand out from the paler landscapes at five pixels a cell. The order of themes is that of the native library. Made once per
 * process and camera, immutable, shared by threads.
 */
final class CoinRunArt {

    /** Grounds: body and top of six themes, then lava's body and top; {@link #COIN} comes after. */
    static final int LAVA = 12;

    static final int COIN = 14;

    static final int ENEMIES = 9;
    static final int CRATES = 4;
    static final int AGENTS = 5;
    static final int POSES = 4;

    /** Pixels of a cell as drawn. */
    private static final int LARGE = 60;

    /** In cells; half of it shows, the other half lies outside of the shape. */
    private static final float OUTLINE = 0.18f;

    private static final float CELL_SIZE = 1.04f;
    private static final double AGENT_HEIGHT = 2.0156;
    private static final Color INK = new Color(26, 20, 36);
    private static final Color WHITE = Color.WHITE;

    private static final Color[] SUITS = {
        new Color(226, 38, 60),
        new Color(36, 92, 236),
        new Color(24, 168, 72),
        new Color(226, 60, 190),
        new Color(250, 214, 40),
    };

    private final Landscapes landscapes;
    private final Ground[] grounds = new Ground[LAVA + 2];
    private final Sprite[] agents = new Sprite[AGENTS * POSES];
    private final Sprite[] enemies = new Sprite[ENEMIES * 2];
    private final Sprite[] saws = new Sprite[2];
    private final Sprite[] crates = new Sprite[CRATES];
    private final Sprite coin;

    private CoinRunArt(int view) {
        double unit = (double) Game.FRAME_SIDE / view;
        landscapes = new Landscapes(view);
        for (int i = 0; i < grounds.length; i++) {
            grounds[i] = new Ground(CoinRunGrounds.picture(i), view);
        }
        for (int i = 0; i < agents.length; i++) {
            agents[i] = new Sprite(agentPicture(i / POSES, i % POSES), unit, AGENT_HEIGHT * unit);
        }
        for (int i = 0; i < enemies.length; i++) {
            enemies[i] = new Sprite(enemyPicture(i / 2, i % 2), unit, unit);
        }
        for (int i = 0; i < saws.length; i++) {
            saws[i] = new Sprite(sawPicture(i), unit, unit);
        }
        for (int i = 0; i < crates.length; i++) {
            crates[i] = new Sprite(cratePicture(i), unit, unit);
        }
        coin = new Sprite(coinPicture(), CELL_SIZE * unit, CELL_SIZE * unit);
    }

    /** The art for a camera that shows so many cells. */
    static CoinRunArt of(int view) {
        return view == CoinRunWorld.SIZE ? Far.ART : Near.ART;
    }

    Landscapes landscapes() {
        return landscapes;
    }

    Ground ground(int kind) {
        return grounds[kind];
    }

    Sprite agent(int theme, int pose) {
        return agents[theme * POSES + pose];
    }

    Sprite enemy(int theme, int pose) {
        return enemies[theme * 2 + pose];
    }

    Sprite saw(int pose) {
        return saws[pose];
    }

    Sprite crate(int look) {
        return crates[look];
    }

    Sprite coin() {
        return coin;
    }

    /** One cell wide and two high: 0 standing, 1 and 2 walking, 3 in the air; looks to the right. */
    static BufferedImage agentPicture(int theme, int pose) {
        Color suit = SUITS[theme];
        Color shade = mix(suit, INK, 0.35);
        return draw(1, 2, g -> {
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
        });
    }

    /** Looks to the left; two frames. */
    static BufferedImage enemyPicture(int kind, int pose) {
        double squat = pose * 0.08;
        return draw(1, 1, g -> {
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
        });
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
    static BufferedImage sawPicture(int pose) {
        return draw(1, 1, g -> {
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
        });
    }

    static BufferedImage cratePicture(int look) {
        Color[] woods = {
            new Color(214, 124, 40), new Color(232, 160, 64), new Color(176, 92, 36), new Color(196, 134, 74),
        };
        Color wood = woods[look];
        Color dark = mix(wood, INK, 0.45);
        return draw(1, 1, g -> {
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
        });
    }

    static BufferedImage coinPicture() {
        return draw(1, 1, g -> {
            fill(g, new Color(92, 48, 0), oval(0.02, 0.02, 0.96, 0.96));
            fill(g, new Color(255, 206, 16), oval(0.13, 0.13, 0.74, 0.74));
            fill(g, new Color(255, 250, 160), round(0.26, 0.2, 0.24, 0.56, 0.2));
            fill(g, new Color(226, 146, 0), round(0.6, 0.3, 0.14, 0.44, 0.1));
        });
    }

    /** Draws in units of cells. */
    static BufferedImage draw(int wide, int high, Consumer<Graphics2D> drawing) {
        return draw(wide * LARGE, high * LARGE, LARGE, drawing);
    }

    static BufferedImage draw(int width, int height, double scale, Consumer<Graphics2D> drawing) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        Graphics2D g = picture.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.scale(scale, scale);
        drawing.accept(g);
        g.dispose();
        return picture;
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

    static void fill(Graphics2D g, Color color, Shape shape) {
        g.setColor(color);
        g.fill(shape);
    }

    static Shape box(double x, double y, double width, double height) {
        return new Rectangle2D.Double(x, y, width, height);
    }

    static Shape oval(double x, double y, double width, double height) {
        return new Ellipse2D.Double(x, y, width, height);
    }

    static Shape round(double x, double y, double width, double height, double corner) {
        return new RoundRectangle2D.Double(x, y, width, height, corner, corner);
    }

    private static void line(Graphics2D g, double x1, double y1, double x2, double y2) {
        g.draw(new Line2D.Double(x1, y1, x2, y2));
    }

    static Color mix(Color a, Color b, double share) {
        return new Color(
                (int) (a.getRed() + (b.getRed() - a.getRed()) * share),
                (int) (a.getGreen() + (b.getGreen() - a.getGreen()) * share),
                (int) (a.getBlue() + (b.getBlue() - a.getBlue()) * share));
    }

    private static final class Near {
        static final CoinRunArt ART = new CoinRunArt(13);
    }

    private static final class Far {
        static final CoinRunArt ART = new CoinRunArt(CoinRunWorld.SIZE);
    }
}
