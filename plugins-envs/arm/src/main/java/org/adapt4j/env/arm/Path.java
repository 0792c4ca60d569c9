package org.adapt4j.env.arm;

import java.util.ArrayList;
import java.util.List;

/** Joint positions one after the other, with straight lines in joint space between them. */
public final class Path {

    private final List<double[]> points;
    private final double[] length;

    /** Straight in joint space from one to the other. */
    public static Path straight(double[] from, double[] to) {
        return new Path(List.of(from.clone(), to.clone()));
    }

    /** @param points at least one, each of as many numbers; kept */
    Path(List<double[]> points) {
        this.points = points;
        length = new double[points.size()];
        for (int i = 1; i < length.length; i++) {
            length[i] = length[i - 1] + distance(points.get(i - 1), points.get(i));
        }
    }

    /** Euclidean distance of joint positions. */
    static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(sum);
    }

    /** This path and then another, which begins where this one ends. */
    public Path then(Path next) {
        List<double[]> all = new ArrayList<>(points);
        all.addAll(next.points.subList(1, next.points.size()));
        return new Path(all);
    }

    /** Length in joint space, radians. */
    public double length() {
        return length[length.length - 1];
    }

    /** Number of points. */
    public int size() {
        return points.size();
    }

    /** A point; not to be changed. */
    public double[] point(int index) {
        return points.get(index);
    }

    /** The last point; not to be changed. */
    public double[] end() {
        return points.get(points.size() - 1);
    }

    /** Joint positions at a length from the start. */
    public void at(double travelled, double[] q) {
        int i = 1;
        while (i < length.length - 1 && length[i] < travelled) {
            i++;
        }
        if (length.length == 1) {
            System.arraycopy(end(), 0, q, 0, q.length);
            return;
        }
        double share = (travelled - length[i - 1]) / Math.max(1e-9, length[i] - length[i - 1]);
        share = Math.max(0, Math.min(1, share));
        double[] from = points.get(i - 1);
        double[] to = points.get(i);
        for (int k = 0; k < q.length; k++) {
            q[k] = from[k] + (to[k] - from[k]) * share;
        }
    }
}
