package org.adapt4j.runtime.report.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** A finished figure: shapes in drawing order, and a sentence for those who cannot see it. */
public final class Drawing {
    private final double width;
    private final double height;
    private final String description;
    private final List<Shape> shapes = new ArrayList<>();

    Drawing(double width, double height, String description) {
        this.width = width;
        this.height = height;
        this.description = description;
    }

    double width() {
        return width;
    }

    double height() {
        return height;
    }

    String description() {
        return description;
    }

    List<Shape> shapes() {
        return Collections.unmodifiableList(shapes);
    }

    void add(Shape shape) {
        shapes.add(shape);
    }

    void line(double x1, double y1, double x2, double y2, Ink ink, double width) {
        add(new Shape.Path(Outline.of(x1, y1, x2, y2), ink, width, false));
    }

    void dashed(double x1, double y1, double x2, double y2, Ink ink, double width) {
        add(new Shape.Path(Outline.of(x1, y1, x2, y2), ink, width, true));
    }

    void text(double x, double y, String text, Shape.Anchor anchor, double size, Ink ink) {
        add(new Shape.Text(x, y, text, anchor, size, false, ink, false));
    }

    void bold(double x, double y, String text, Shape.Anchor anchor, double size, Ink ink) {
        add(new Shape.Text(x, y, text, anchor, size, true, ink, false));
    }

    /** A marker whose form belongs to the series, so that colour is not needed to tell them apart. */
    void marker(double x, double y, int form, double radius, Ink ink) {
        double[][] unit = UNIT[Math.floorMod(form, UNIT.length)];
        add(new Shape.Area(
                new Outline(
                        Arrays.stream(unit[0]).map(u -> x + u * radius).toArray(),
                        Arrays.stream(unit[1]).map(u -> y + u * radius).toArray()),
                ink,
                1));
    }

    private static final double[][][] UNIT = {
        circle(),
        {{-0.9, 0.9, 0.9, -0.9}, {-0.9, -0.9, 0.9, 0.9}},
        {{0, 1.1, -1.1}, {-1.15, 0.85, 0.85}},
        {{0, 1.25, 0, -1.25}, {-1.25, 0, 1.25, 0}},
        {{0, 1.1, -1.1}, {1.15, -0.85, -0.85}},
        {
            {-0.35, 0.35, 0.35, 1.1, 1.1, 0.35, 0.35, -0.35, -0.35, -1.1, -1.1, -0.35},
            {-1.1, -1.1, -0.35, -0.35, 0.35, 0.35, 1.1, 1.1, 0.35, 0.35, -0.35, -0.35}
        },
    };

    private static double[][] circle() {
        double[][] unit = new double[2][16];
        for (int i = 0; i < 16; i++) {
            unit[0][i] = Math.cos(i * Math.PI / 8);
            unit[1][i] = Math.sin(i * Math.PI / 8);
        }
        return unit;
    }

    /** Width of a text in pixels, from average letter widths, so that a layout is the same on every machine. */
    static double widthOf(String text, double size) {
        double em = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ("iljI.,:;'|!\u00a0 \u202f".indexOf(c) >= 0) {
                em += 0.3;
            } else if ("mwMW\u2212%+".indexOf(c) >= 0) {
                em += 0.85;
            } else if (Character.isUpperCase(c)) {
                em += 0.68;
            } else {
                em += 0.56;
            }
        }
        return em * size;
    }
}
