package org.adapt4j.runtime.report.figure;

/** Points in order, as a line or the edge of an area; never changed once made. */
final class Outline {
    private final double[] x;
    private final double[] y;

    Outline(double[] x, double[] y) {
        this.x = x;
        this.y = y;
    }

    static Outline of(double x1, double y1, double x2, double y2) {
        return new Outline(new double[] {x1, x2}, new double[] {y1, y2});
    }

    int size() {
        return x.length;
    }

    double x(int index) {
        return x[index];
    }

    double y(int index) {
        return y[index];
    }
}
