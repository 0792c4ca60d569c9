package org.adapt4j.env.mujoco.render;

import org.adapt4j.env.mujoco.binding.MuJoCo;

/**
 * Where a ray {@code o + t d} enters a solid of unit size around the origin: the t, or what no comparison with a number holds for, or
 * something not positive. Geoms of other sizes are met in a frame that is stretched accordingly, which leaves t as it is.
 */
final class Rays {

    /** Stands for the slope of a ray along a face: so steep that the other faces decide, and 0 times it is still 0. */
    private static final double STEEP = 1e300;

    private static final double MISS = Double.POSITIVE_INFINITY;

    private Rays() {}

    /** Whether there is a solid for a kind of geom; height fields and meshes have none here. */
    static boolean know(int kind) {
        return switch (kind) {
            case MuJoCo.mjGEOM_PLANE,
                    MuJoCo.mjGEOM_SPHERE,
                    MuJoCo.mjGEOM_ELLIPSOID,
                    MuJoCo.mjGEOM_CAPSULE,
                    MuJoCo.mjGEOM_CYLINDER,
                    MuJoCo.mjGEOM_BOX -> true;
            default -> false;
        };
    }

    /** @param half of the length of a capsule's straight part, in radii */
    static double enter(int kind, double half, double ox, double oy, double oz, double dx, double dy, double dz) {
        return switch (kind) {
            case MuJoCo.mjGEOM_BOX -> cube(ox, oy, oz, dx, dy, dz);
            case MuJoCo.mjGEOM_CAPSULE -> capsule(half, ox, oy, oz, dx, dy, dz);
            case MuJoCo.mjGEOM_CYLINDER -> cylinder(ox, oy, oz, dx, dy, dz);
            case MuJoCo.mjGEOM_PLANE -> square(ox, oy, oz, dx, dy, dz);
            default -> sphere(ox, oy, oz, dx, dy, dz);
        };
    }

    /** The square at z = 0, from above. */
    private static double square(double ox, double oy, double oz, double dx, double dy, double dz) {
        double t = dz < 0 ? -oz / dz : MISS;
        return Math.abs(ox + t * dx) <= 1 && Math.abs(oy + t * dy) <= 1 ? t : MISS;
    }

    private static double sphere(double ox, double oy, double oz, double dx, double dy, double dz) {
        double a = dx * dx + dy * dy + dz * dz;
        double b = ox * dx + oy * dy + oz * dz;
        double c = ox * ox + oy * oy + oz * oz - 1;
        double square = b * b - a * c;
        return square < 0 ? MISS : (-b - Math.sqrt(square)) / a;
    }

    private static double capsule(double half, double ox, double oy, double oz, double dx, double dy, double dz) {
        double a = dx * dx + dy * dy;
        double b = ox * dx + oy * dy;
        double square = b * b - a * (ox * ox + oy * oy - 1);
        if (square < 0) {
            return MISS;
        }
        double side = (-b - Math.sqrt(square)) / a;
        double z = oz + side * dz;
        if (Math.abs(z) <= half) {
            return side;
        }
        // Past an end when it comes within the radius; along the axis, z is nothing.
        boolean above = z > half || (!(z < -half) && dz < 0);
        return sphere(ox, oy, above ? oz - half : oz + half, dx, dy, dz);
    }

    /** Radius 1, between z = -1 and z = 1. */
    private static double cylinder(double ox, double oy, double oz, double dx, double dy, double dz) {
        double a = dx * dx + dy * dy;
        double b = ox * dx + oy * dy;
        double square = b * b - a * (ox * ox + oy * oy - 1);
        if (square < 0) {
            return MISS;
        }
        double side = (-b - Math.sqrt(square)) / a;
        if (Math.abs(oz + side * dz) <= 1) {
            return side;
        }
        double lid = (dz < 0 ? 1 - oz : -1 - oz) / dz;
        double x = ox + lid * dx;
        double y = oy + lid * dy;
        return x * x + y * y <= 1 ? lid : MISS;
    }

    /** From -1 to 1 along each axis: the ray is inside between the last of three entries and the first of three exits. */
    private static double cube(double ox, double oy, double oz, double dx, double dy, double dz) {
        double ix = dx == 0 ? STEEP : 1 / dx;
        double iy = dy == 0 ? STEEP : 1 / dy;
        double iz = dz == 0 ? STEEP : 1 / dz;
        double mx = -ox * ix;
        double my = -oy * iy;
        double mz = -oz * iz;
        double kx = Math.abs(ix);
        double ky = Math.abs(iy);
        double kz = Math.abs(iz);
        double enter = larger(larger(mx - kx, my - ky), mz - kz);
        double leave = smaller(smaller(mx + kx, my + ky), mz + kz);
        return enter <= leave ? enter : MISS;
    }

    /** As Math.max without its care for zeros and what is not a number. */
    private static double larger(double one, double other) {
        return one > other ? one : other;
    }

    private static double smaller(double one, double other) {
        return one < other ? one : other;
    }
}
