package org.adapt4j.method.c2farm;

/**
 * Rotations as three of 72 bins of 5°: angles about the fixed axes x, then y, then z. Quaternions are x, y, z, w. Where y is ±90° the
 * other two angles are not unique.
 */
final class RotationBins {

    /** Bins of an axis. */
    static final int BINS = 72;

    private static final int DEGREES = 360 / BINS;
    private static final double SHORTEST = 1e-6;

    private RotationBins() {}

    /**
     * The bins of a rotation.
     *
     * @param q quaternions, normalised here; either sign is the same rotation
     * @param at where the quaternion begins
     * @param bins where to write three of them
     * @param to the first
     * @throws IllegalArgumentException for a quaternion of length 0
     */
    static void of(double[] q, int at, int[] bins, int to) {
        double length =
                Math.sqrt(q[at] * q[at] + q[at + 1] * q[at + 1] + q[at + 2] * q[at + 2] + q[at + 3] * q[at + 3]);
        if (length < SHORTEST) {
            throw new IllegalArgumentException(
                    "an action's rotation is a quaternion of length " + length + ", which turns nowhere");
        }
        double sign = q[at + 3] < 0 ? -1 : 1;
        double x = sign * q[at] / length;
        double y = sign * q[at + 1] / length;
        double z = sign * q[at + 2] / length;
        double w = sign * q[at + 3] / length;
        double tilt = 2 * (w * y - x * z);
        bins[to + 1] = bin(Math.asin(Math.max(-1, Math.min(1, tilt))));
        if (Math.abs(tilt) > 1 - 1e-7) {
            // Only the sum, or difference, of the other two is known.
            bins[to] = bin(2 * Math.atan2(x, w));
            bins[to + 2] = bin(0);
        } else {
            bins[to] = bin(Math.atan2(2 * (w * x + y * z), 1 - 2 * (x * x + y * y)));
            bins[to + 2] = bin(Math.atan2(2 * (w * z + x * y), 1 - 2 * (y * y + z * z)));
        }
    }

    private static int bin(double radians) {
        return ofDegrees(Math.toDegrees(radians));
    }

    /** The bin of an angle; one between two goes to the even one, and ±180° is one angle. */
    static int ofDegrees(double degrees) {
        return Math.floorMod((int) Math.rint((degrees + 180) / DEGREES), BINS);
    }

    /** The rotation of three bins, as a unit quaternion. @param from the first bin  @param q where to write  @param at its x */
    static void quaternion(int[] bins, int from, float[] q, int at) {
        double x = Math.toRadians(bins[from] * DEGREES - 180) / 2;
        double y = Math.toRadians(bins[from + 1] * DEGREES - 180) / 2;
        double z = Math.toRadians(bins[from + 2] * DEGREES - 180) / 2;
        double cx = Math.cos(x);
        double sx = Math.sin(x);
        double cy = Math.cos(y);
        double sy = Math.sin(y);
        double cz = Math.cos(z);
        double sz = Math.sin(z);
        q[at] = (float) (sx * cy * cz - cx * sy * sz);
        q[at + 1] = (float) (cx * sy * cz + sx * cy * sz);
        q[at + 2] = (float) (cx * cy * sz - sx * sy * cz);
        q[at + 3] = (float) (cx * cy * cz + sx * sy * sz);
    }
}
