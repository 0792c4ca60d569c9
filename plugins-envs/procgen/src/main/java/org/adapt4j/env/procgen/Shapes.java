package org.adapt4j.env.procgen;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.function.Consumer;

/** Shapes in the unit square, y down, for pictures of our own; colours as {@code 0xrrggbb}. */
final class Shapes {

    static final int INK = 0x1a1424;
    static final int WHITE = 0xffffff;

    private static final float OUTLINE = 0.1f;

    /** Pixels of a cell as drawn before it is shrunk. */
    private static final int LARGE = 60;

    private Shapes() {}

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

    static Color mix(Color a, Color b, double share) {
        return new Color(
                (int) (a.getRed() + (b.getRed() - a.getRed()) * share),
                (int) (a.getGreen() + (b.getGreen() - a.getGreen()) * share),
                (int) (a.getBlue() + (b.getBlue() - a.getBlue()) * share));
    }

    static void box(Graphics2D g, int color, double x, double y, double wide, double high) {
        fill(g, new Color(color), box(x, y, wide, high));
    }

    static void oval(Graphics2D g, int color, double x, double y, double wide, double high) {
        fill(g, new Color(color), oval(x, y, wide, high));
    }

    static void polygon(Graphics2D g, int color, double... points) {
        fill(g, new Color(color), path(points));
    }

    /** A box with round corners and a dark outline. */
    static void body(Graphics2D g, int color, double x, double y, double wide, double high, double corner) {
        outlined(g, color, round(x, y, wide, high, corner));
    }

    /** An ellipse with a dark outline. */
    static void ball(Graphics2D g, int color, double x, double y, double wide, double high) {
        outlined(g, color, oval(x, y, wide, high));
    }

    /** A polygon with a dark outline. */
    static void plate(Graphics2D g, int color, double... points) {
        outlined(g, color, path(points));
    }

    /** Half of the outline shows; the other half would lie outside of the shape. */
    private static void outlined(Graphics2D g, int color, Shape shape) {
        fill(g, new Color(color), shape);
        Shape clip = g.getClip();
        g.clip(shape);
        g.setColor(new Color(INK));
        g.setStroke(new BasicStroke(OUTLINE, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.draw(shape);
        g.setClip(clip);
    }

    static void line(Graphics2D g, int color, double thickness, double x1, double y1, double x2, double y2) {
        g.setColor(new Color(color));
        g.setStroke(new BasicStroke((float) thickness, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.draw(new Line2D.Double(x1, y1, x2, y2));
    }

    /** An ellipse that lets through what is below. */
    static void mist(Graphics2D g, int color, int opacity, double x, double y, double wide, double high) {
        fill(g, new Color(opacity << 24 | color, true), oval(x, y, wide, high));
    }

    /** A star of so many points. */
    static void star(Graphics2D g, int color, int points, double outer, double inner, double turn) {
        double[] corners = new double[4 * points];
        for (int i = 0; i < 2 * points; i++) {
            double angle = Math.PI * i / points + turn;
            double radius = i % 2 == 0 ? outer : inner;
            corners[2 * i] = 0.5 + radius * StrictMath.cos(angle);
            corners[2 * i + 1] = 0.5 + radius * StrictMath.sin(angle);
        }
        polygon(g, color, corners);
    }

    static int mix(int a, int b, double share) {
        return mix(new Color(a), new Color(b), share).getRGB() & 0xffffff;
    }

    static int darker(int color) {
        return mix(color, INK, 0.4);
    }

    static int lighter(int color) {
        return mix(color, WHITE, 0.5);
    }

    private static Shape path(double... points) {
        Path2D.Double path = new Path2D.Double();
        path.moveTo(points[0], points[1]);
        for (int i = 2; i < points.length; i += 2) {
            path.lineTo(points[i], points[i + 1]);
        }
        path.closePath();
        return path;
    }
}
