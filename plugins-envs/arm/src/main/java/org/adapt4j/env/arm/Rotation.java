package org.adapt4j.env.arm;

/** Unit quaternions {@code (w, x, y, z)} in arrays of four, and what they do to vectors in arrays of three. */
public final class Rotation {

    private Rotation() {}

    /** {@code into = a b}: first {@code b}, then {@code a}. {@code into} may be neither. */
    public static void multiply(double[] a, double[] b, double[] into) {
        into[0] = a[0] * b[0] - a[1] * b[1] - a[2] * b[2] - a[3] * b[3];
        into[1] = a[0] * b[1] + a[1] * b[0] + a[2] * b[3] - a[3] * b[2];
        into[2] = a[0] * b[2] - a[1] * b[3] + a[2] * b[0] + a[3] * b[1];
        into[3] = a[0] * b[3] + a[1] * b[2] - a[2] * b[1] + a[3] * b[0];
    }

    /** Turns {@code vector}; {@code into} may be the same array. */
    public static void turn(double[] q, double[] vector, double[] into) {
        double x = vector[0];
        double y = vector[1];
        double z = vector[2];
        double tx = 2 * (q[2] * z - q[3] * y);
        double ty = 2 * (q[3] * x - q[1] * z);
        double tz = 2 * (q[1] * y - q[2] * x);
        into[0] = x + q[0] * tx + q[2] * tz - q[3] * ty;
        into[1] = y + q[0] * ty + q[3] * tx - q[1] * tz;
        into[2] = z + q[0] * tz + q[1] * ty - q[2] * tx;
    }

    /**
     * The rotation vector (axis times angle, angle at most half a turn) in the world that leads from one orientation to another.
     *
     * @param into of three
     */
    public static void between(double[] from, double[] to, double[] into) {
        double w = to[0] * from[0] + to[1] * from[1] + to[2] * from[2] + to[3] * from[3];
        double x = -to[0] * from[1] + to[1] * from[0] - to[2] * from[3] + to[3] * from[2];
        double y = -to[0] * from[2] + to[1] * from[3] + to[2] * from[0] - to[3] * from[1];
        double z = -to[0] * from[3] - to[1] * from[2] + to[2] * from[1] + to[3] * from[0];
        double sine = Math.sqrt(x * x + y * y + z * z);
        double angle = 2 * Math.atan2(sine, Math.abs(w));
        double scale = sine < 1e-12 ? 0 : Math.copySign(angle / sine, w);
        into[0] = x * scale;
        into[1] = y * scale;
        into[2] = z * scale;
    }

    /** The orientation that a share of a rotation vector, in the world, makes of {@code start}. */
    public static void along(double[] start, double[] vector, double share, double[] into) {
        double angle = Math.sqrt(vector[0] * vector[0] + vector[1] * vector[1] + vector[2] * vector[2]);
        double half = angle * share / 2;
        double scale = angle < 1e-12 ? share / 2 : Math.sin(half) / angle;
        double w = Math.cos(half);
        double x = vector[0] * scale;
        double y = vector[1] * scale;
        double z = vector[2] * scale;
        double sw = start[0];
        double sx = start[1];
        double sy = start[2];
        double sz = start[3];
        into[0] = w * sw - x * sx - y * sy - z * sz;
        into[1] = w * sx + x * sw + y * sz - z * sy;
        into[2] = w * sy - x * sz + y * sw + z * sx;
        into[3] = w * sz + x * sy - y * sx + z * sw;
    }

    /** The quaternion of a rotation matrix, row-major, from the largest of its four numbers. */
    public static void ofMatrix(double[] m, double[] into) {
        double trace = m[0] + m[4] + m[8];
        if (trace > 0) {
            double s = 2 * Math.sqrt(1 + trace);
            set(into, s / 4, (m[7] - m[5]) / s, (m[2] - m[6]) / s, (m[3] - m[1]) / s);
        } else if (m[0] >= m[4] && m[0] >= m[8]) {
            double s = 2 * Math.sqrt(1 + m[0] - m[4] - m[8]);
            set(into, (m[7] - m[5]) / s, s / 4, (m[1] + m[3]) / s, (m[2] + m[6]) / s);
        } else if (m[4] >= m[8]) {
            double s = 2 * Math.sqrt(1 + m[4] - m[0] - m[8]);
            set(into, (m[2] - m[6]) / s, (m[1] + m[3]) / s, s / 4, (m[5] + m[7]) / s);
        } else {
            double s = 2 * Math.sqrt(1 + m[8] - m[0] - m[4]);
            set(into, (m[3] - m[1]) / s, (m[2] + m[6]) / s, (m[5] + m[7]) / s, s / 4);
        }
    }

    private static void set(double[] into, double w, double x, double y, double z) {
        into[0] = w;
        into[1] = x;
        into[2] = y;
        into[3] = z;
    }
}
