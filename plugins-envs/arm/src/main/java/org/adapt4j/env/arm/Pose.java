package org.adapt4j.env.arm;

/**
 * A place and an orientation in the world, or relative to something.
 *
 * @param x metres
 * @param y metres
 * @param z metres
 * @param qw of the unit quaternion
 * @param qx of the unit quaternion
 * @param qy of the unit quaternion
 * @param qz of the unit quaternion
 */
public record Pose(double x, double y, double z, double qw, double qx, double qy, double qz) {

    private static final double[] HALF_TURN = {0, 0, 0, 1};

    /** A pose from arrays of three and of four, {@code w} first. */
    public static Pose of(double[] position, double[] quaternion) {
        return new Pose(
                position[0], position[1], position[2], quaternion[0], quaternion[1], quaternion[2], quaternion[3]);
    }

    /** A place, upright. */
    public static Pose at(double x, double y, double z) {
        return new Pose(x, y, z, 1, 0, 0, 0);
    }

    /** A place, turned about the vertical. */
    public static Pose at(double x, double y, double z, double yaw) {
        return new Pose(x, y, z, Math.cos(yaw / 2), 0, 0, Math.sin(yaw / 2));
    }

    /**
     * A hand that points down. Its frame: z is where it approaches, y where the fingers close.
     *
     * @param yaw about the vertical; folded into a quarter turn to either side, as a hand of two fingers is the same after half a turn
     */
    public static Pose topDown(double x, double y, double z, double yaw) {
        return down(x, y, z, fold(yaw, Math.PI));
    }

    /** A hand that points down, turned about the vertical just so. */
    public static Pose down(double x, double y, double z, double yaw) {
        return new Pose(x, y, z, 0, Math.cos(yaw / 2), Math.sin(yaw / 2), 0);
    }

    /** A hand that approaches along one direction and closes its fingers along another, both of length 1 and at right angles. */
    public static Pose facing(double[] position, double[] approach, double[] closing) {
        double[] matrix = new double[9];
        for (int i = 0; i < 3; i++) {
            int j = (i + 1) % 3;
            int k = (i + 2) % 3;
            matrix[3 * i] = closing[j] * approach[k] - closing[k] * approach[j];
            matrix[3 * i + 1] = closing[i];
            matrix[3 * i + 2] = approach[i];
        }
        double[] quaternion = new double[4];
        Rotation.ofMatrix(matrix, quaternion);
        return of(position, quaternion);
    }

    /** An angle between minus and plus half a period that differs from {@code angle} by whole periods. */
    public static double fold(double angle, double period) {
        return angle - period * Math.rint(angle / period);
    }

    /** The place. */
    public double[] position() {
        return new double[] {x, y, z};
    }

    /** The orientation, {@code w} first. */
    public double[] quaternion() {
        return new double[] {qw, qx, qy, qz};
    }

    /** Where something is that lies at {@code inner} as seen from here. */
    public Pose times(Pose inner) {
        double[] place = apply(inner.x, inner.y, inner.z);
        double[] turned = new double[4];
        Rotation.multiply(quaternion(), inner.quaternion(), turned);
        return of(place, turned);
    }

    /** How the world lies as seen from here. */
    public Pose inverse() {
        double[] back = {qw, -qx, -qy, -qz};
        double[] place = {-x, -y, -z};
        Rotation.turn(back, place, place);
        return of(place, back);
    }

    /** Where a point is that lies there as seen from here. */
    public double[] apply(double px, double py, double pz) {
        double[] point = {px, py, pz};
        Rotation.turn(quaternion(), point, point);
        point[0] += x;
        point[1] += y;
        point[2] += z;
        return point;
    }

    /** Where a direction points that is that as seen from here. */
    public double[] direction(double dx, double dy, double dz) {
        double[] vector = {dx, dy, dz};
        Rotation.turn(quaternion(), vector, vector);
        return vector;
    }

    /** As it is, at another place. */
    public Pose to(double[] position) {
        return new Pose(position[0], position[1], position[2], qw, qx, qy, qz);
    }

    /** As it is, moved in the world. */
    public Pose moved(double dx, double dy, double dz) {
        return new Pose(x + dx, y + dy, z + dz, qw, qx, qy, qz);
    }

    /** As it is, moved along its own axes. */
    public Pose ahead(double dx, double dy, double dz) {
        return to(apply(dx, dy, dz));
    }

    /** After half a turn about its own z: the same to a hand of two fingers. */
    public Pose flipped() {
        double[] turned = new double[4];
        Rotation.multiply(quaternion(), HALF_TURN, turned);
        return of(position(), turned);
    }

    /** Carried along by a turn about an axis through a point, right-handed. */
    public Pose turned(double[] point, double[] axis, double angle) {
        double sine = Math.sin(angle / 2);
        double[] turn = {Math.cos(angle / 2), axis[0] * sine, axis[1] * sine, axis[2] * sine};
        double[] arm = {x - point[0], y - point[1], z - point[2]};
        Rotation.turn(turn, arm, arm);
        double[] orientation = new double[4];
        Rotation.multiply(turn, quaternion(), orientation);
        return new Pose(
                point[0] + arm[0],
                point[1] + arm[1],
                point[2] + arm[2],
                orientation[0],
                orientation[1],
                orientation[2],
                orientation[3]);
    }

    /** How far the place is from a point. */
    public double distance(double px, double py, double pz) {
        return Math.sqrt((x - px) * (x - px) + (y - py) * (y - py) + (z - pz) * (z - pz));
    }

    /** How far it is from place to place. */
    public double distance(Pose other) {
        return distance(other.x, other.y, other.z);
    }

    /** Angle between the orientations, 0 to half a turn. */
    public double angle(Pose other) {
        double dot = qw * other.qw + qx * other.qx + qy * other.qy + qz * other.qz;
        return 2 * Math.acos(Math.min(1, Math.abs(dot)));
    }

    /** Where its own x axis points, about the vertical. */
    public double yaw() {
        return Math.atan2(2 * (qx * qy + qw * qz), 1 - 2 * (qy * qy + qz * qz));
    }
}
