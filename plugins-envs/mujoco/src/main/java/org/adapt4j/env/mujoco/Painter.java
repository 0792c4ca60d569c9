package org.adapt4j.env.mujoco;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.adapt4j.env.mujoco.binding.MuJoCo;
import org.adapt4j.env.mujoco.binding.mjData;
import org.adapt4j.env.mujoco.binding.mjModel;

/**
 * Draws a simulation without a display or a graphics library: casts a ray through each pixel at planes, spheres, capsules,
 * ellipsoids, cylinders and boxes. Height fields and meshes are left out; for those there is {@code mjr_render}.
 *
 * <p>One thread at a time.
 */
public final class Painter {

    /** Rays a pixel, squared: smooth edges. */
    private static final int SUPER_SAMPLING = 2;

    private static final double[] TO_SUN = normalised(new double[] {0.35, -0.55, 0.9});
    private static final double AMBIENT = 0.5;
    private static final double[] ZENITH = {0.53, 0.70, 0.86};
    private static final double[] HORIZON = {0.88, 0.93, 0.97};

    /** Where the floor fades into the horizon, metres. */
    private static final double HAZE = 30;

    private final int width;
    private final int height;

    private int[] kinds = {};
    private double[] sizes = {};
    private double[] places = {};
    private double[] turns = {};
    private double[] bounds = {};
    private float[] colours = {};

    /** Where the last ray hit what, set by {@link #cast}. */
    private int hitGeom;

    private final double[] normal = new double[3];
    private final double[] origin = new double[3];
    private final double[] direction = new double[3];

    /** Makes pictures of a size in pixels. */
    public Painter(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /**
     * Where the camera is.
     *
     * @param x of the point in the middle of the picture, metres
     * @param y of that point
     * @param z of that point
     * @param distance from it, metres
     * @param azimuth direction of view about the vertical, degrees; 90 looks along y, with x to the right
     * @param elevation of the direction of view, degrees; negative looks down
     * @param fieldOfView between the lower and the upper edge, degrees
     */
    public record View(
            double x, double y, double z, double distance, double azimuth, double elevation, double fieldOfView) {}

    /** Draws the present state: bytes {@code [height, width, 3]} of red, green and blue. */
    public ByteBuffer paint(Simulation simulation, View view) {
        simulation.placeBodies();
        look(simulation);
        double azimuth = Math.toRadians(view.azimuth());
        double elevation = Math.toRadians(view.elevation());
        double[] forward = {
            Math.cos(elevation) * Math.cos(azimuth), Math.cos(elevation) * Math.sin(azimuth), Math.sin(elevation)
        };
        double[] right = {Math.sin(azimuth), -Math.cos(azimuth), 0};
        double[] up = {
            right[1] * forward[2] - right[2] * forward[1],
            right[2] * forward[0] - right[0] * forward[2],
            right[0] * forward[1] - right[1] * forward[0]
        };
        double[] eye = {
            view.x() - view.distance() * forward[0],
            view.y() - view.distance() * forward[1],
            view.z() - view.distance() * forward[2]
        };
        double pixel = 2 * Math.tan(Math.toRadians(view.fieldOfView()) / 2) / height;

        ByteBuffer picture = ByteBuffer.allocate(3 * width * height);
        double[] sum = new double[3];
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                sum[0] = sum[1] = sum[2] = 0;
                for (int sample = 0; sample < SUPER_SAMPLING * SUPER_SAMPLING; sample++) {
                    double across = (sample % SUPER_SAMPLING + 0.5) / SUPER_SAMPLING;
                    double down = (sample / SUPER_SAMPLING + 0.5) / SUPER_SAMPLING;
                    double u = (column + across - width / 2.0) * pixel;
                    double v = (height / 2.0 - row - down) * pixel;
                    double[] ray = normalised(new double[] {
                        forward[0] + u * right[0] + v * up[0],
                        forward[1] + u * right[1] + v * up[1],
                        forward[2] + u * right[2] + v * up[2]
                    });
                    addColour(eye, ray, sum);
                }
                for (int c = 0; c < 3; c++) {
                    double mean = sum[c] / (SUPER_SAMPLING * SUPER_SAMPLING);
                    picture.put((row * width + column) * 3 + c, (byte) Math.round(255 * Math.min(1, mean)));
                }
            }
        }
        return picture;
    }

    /** Copies what there is to see. */
    private void look(Simulation simulation) {
        mjModel model = simulation.model().raw();
        mjData data = simulation.raw();
        int count = model.ngeom();
        IntBuffer types = Model.ints(model.geom_type(), count);
        DoubleBuffer size = Model.doubles(model.geom_size(), 3 * count);
        DoubleBuffer bound = Model.doubles(model.geom_rbound(), count);
        FloatBuffer rgba = model.geom_rgba().capacity(4L * count).asBuffer();
        DoubleBuffer place = Model.doubles(data.geom_xpos(), 3 * count);
        DoubleBuffer turn = Model.doubles(data.geom_xmat(), 9 * count);
        kinds = new int[count];
        types.get(0, kinds);
        sizes = new double[3 * count];
        size.get(0, sizes);
        bounds = new double[count];
        bound.get(0, bounds);
        colours = new float[4 * count];
        rgba.get(0, colours);
        places = new double[3 * count];
        place.get(0, places);
        turns = new double[9 * count];
        turn.get(0, turns);
    }

    private void addColour(double[] eye, double[] ray, double[] sum) {
        double distance = cast(eye, ray);
        double rise = Math.min(1, Math.max(0, ray[2] * 2));
        if (distance == Double.POSITIVE_INFINITY) {
            for (int c = 0; c < 3; c++) {
                sum[c] += HORIZON[c] + rise * (ZENITH[c] - HORIZON[c]);
            }
            return;
        }
        int geom = hitGeom;
        boolean floor = kinds[geom] == MuJoCo.mjGEOM_PLANE;
        double[] point = {
            eye[0] + distance * ray[0], eye[1] + distance * ray[1], eye[2] + distance * ray[2],
        };
        double facing = normal[0] * TO_SUN[0] + normal[1] * TO_SUN[1] + normal[2] * TO_SUN[2];
        double lit = 0;
        if (facing > 0) {
            for (int i = 0; i < 3; i++) {
                point[i] += 1e-6 * normal[i];
            }
            lit = cast(point, TO_SUN) == Double.POSITIVE_INFINITY ? facing : 0;
        }
        double light = AMBIENT + (1 - AMBIENT) * lit;
        double haze = 0;
        if (floor) {
            boolean odd =
                    ((Math.floorMod((long) Math.floor(point[0]), 2L) + Math.floorMod((long) Math.floor(point[1]), 2L))
                            == 1);
            light *= odd ? 0.88 : 1;
            haze = 1 - Math.exp(-distance / HAZE);
        }
        for (int c = 0; c < 3; c++) {
            sum[c] += (1 - haze) * light * colours[4 * geom + c] + haze * HORIZON[c];
        }
    }

    /** Distance to what a ray hits first, infinity if nothing; leaves the geom and its outer normal behind. */
    private double cast(double[] from, double[] ray) {
        double nearest = Double.POSITIVE_INFINITY;
        hitGeom = -1;
        for (int geom = 0; geom < kinds.length; geom++) {
            if (colours[4 * geom + 3] == 0 || passes(geom, from, ray)) {
                continue;
            }
            toGeom(geom, from, ray);
            double distance = switch (kinds[geom]) {
                case MuJoCo.mjGEOM_PLANE -> plane();
                case MuJoCo.mjGEOM_SPHERE -> sphere(0, 0, 0, sizes[3 * geom]);
                case MuJoCo.mjGEOM_CAPSULE -> capsule(sizes[3 * geom], sizes[3 * geom + 1]);
                case MuJoCo.mjGEOM_CYLINDER -> cylinder(sizes[3 * geom], sizes[3 * geom + 1]);
                case MuJoCo.mjGEOM_ELLIPSOID -> ellipsoid(geom);
                case MuJoCo.mjGEOM_BOX -> box(geom);
                default -> Double.POSITIVE_INFINITY;
            };
            if (distance > 1e-9 && distance < nearest) {
                nearest = distance;
                hitGeom = geom;
            }
        }
        if (hitGeom >= 0) {
            toGeom(hitGeom, from, ray);
            setNormal(hitGeom, nearest);
        }
        return nearest;
    }

    /** Whether a ray misses the sphere around a geom. */
    private boolean passes(int geom, double[] from, double[] ray) {
        double radius = bounds[geom];
        if (radius == 0) {
            return false; // planes have no bounds
        }
        double square = 0;
        double along = 0;
        for (int i = 0; i < 3; i++) {
            double apart = places[3 * geom + i] - from[i];
            square += apart * apart;
            along += apart * ray[i];
        }
        return square - along * along > radius * radius || (along < 0 && square > radius * radius);
    }

    /** Writes a ray in a geom's frame to {@link #origin} and {@link #direction}. */
    private void toGeom(int geom, double[] from, double[] ray) {
        for (int axis = 0; axis < 3; axis++) {
            origin[axis] = 0;
            direction[axis] = 0;
            for (int i = 0; i < 3; i++) {
                double turn = turns[9 * geom + 3 * i + axis];
                origin[axis] += turn * (from[i] - places[3 * geom + i]);
                direction[axis] += turn * ray[i];
            }
        }
    }

    private double plane() {
        return direction[2] < 0 ? -origin[2] / direction[2] : Double.POSITIVE_INFINITY;
    }

    private double sphere(double x, double y, double z, double radius) {
        double ox = origin[0] - x;
        double oy = origin[1] - y;
        double oz = origin[2] - z;
        double b = ox * direction[0] + oy * direction[1] + oz * direction[2];
        double c = ox * ox + oy * oy + oz * oz - radius * radius;
        return smallerRoot(1, b, c);
    }

    private double capsule(double radius, double half) {
        double a = direction[0] * direction[0] + direction[1] * direction[1];
        double b = origin[0] * direction[0] + origin[1] * direction[1];
        double c = origin[0] * origin[0] + origin[1] * origin[1] - radius * radius;
        double side = smallerRoot(a, b, c);
        if (Math.abs(origin[2] + side * direction[2]) <= half) {
            return side;
        }
        return Math.min(sphere(0, 0, half, radius), sphere(0, 0, -half, radius));
    }

    private double cylinder(double radius, double half) {
        double a = direction[0] * direction[0] + direction[1] * direction[1];
        double b = origin[0] * direction[0] + origin[1] * direction[1];
        double c = origin[0] * origin[0] + origin[1] * origin[1] - radius * radius;
        double side = smallerRoot(a, b, c);
        if (Math.abs(origin[2] + side * direction[2]) <= half) {
            return side;
        }
        double lid = (Math.copySign(half, -direction[2]) - origin[2]) / direction[2];
        double x = origin[0] + lid * direction[0];
        double y = origin[1] + lid * direction[1];
        return lid > 0 && x * x + y * y <= radius * radius ? lid : Double.POSITIVE_INFINITY;
    }

    private double ellipsoid(int geom) {
        double a = 0;
        double b = 0;
        double c = -1;
        for (int i = 0; i < 3; i++) {
            double size = sizes[3 * geom + i];
            a += direction[i] * direction[i] / (size * size);
            b += origin[i] * direction[i] / (size * size);
            c += origin[i] * origin[i] / (size * size);
        }
        return smallerRoot(a, b, c);
    }

    private double box(int geom) {
        double enter = Double.NEGATIVE_INFINITY;
        double leave = Double.POSITIVE_INFINITY;
        for (int i = 0; i < 3; i++) {
            double one = (-sizes[3 * geom + i] - origin[i]) / direction[i];
            double other = (sizes[3 * geom + i] - origin[i]) / direction[i];
            enter = Math.max(enter, Math.min(one, other));
            leave = Math.min(leave, Math.max(one, other));
        }
        return enter <= leave ? enter : Double.POSITIVE_INFINITY;
    }

    /** The smaller root of {@code a t² + 2 b t + c}, infinity if there is none. */
    private static double smallerRoot(double a, double b, double c) {
        double square = b * b - a * c;
        return square < 0 || a == 0 ? Double.POSITIVE_INFINITY : (-b - Math.sqrt(square)) / a;
    }

    /** Writes the outer normal where the ray in the geom's frame has come after a distance. */
    private void setNormal(int geom, double distance) {
        double x = origin[0] + distance * direction[0];
        double y = origin[1] + distance * direction[1];
        double z = origin[2] + distance * direction[2];
        double half = sizes[3 * geom + 1];
        double[] out = switch (kinds[geom]) {
            case MuJoCo.mjGEOM_PLANE -> new double[] {0, 0, 1};
            case MuJoCo.mjGEOM_CAPSULE -> new double[] {x, y, z - Math.max(-half, Math.min(half, z))};
            case MuJoCo.mjGEOM_CYLINDER -> Math.abs(z) < half - 1e-9 ? new double[] {x, y, 0} : new double[] {0, 0, z};
            case MuJoCo.mjGEOM_ELLIPSOID ->
                new double[] {
                    x / (sizes[3 * geom] * sizes[3 * geom]),
                    y / (half * half),
                    z / (sizes[3 * geom + 2] * sizes[3 * geom + 2])
                };
            case MuJoCo.mjGEOM_BOX -> ofBox(geom, new double[] {x, y, z});
            default -> new double[] {x, y, z};
        };
        normalised(out);
        for (int i = 0; i < 3; i++) {
            normal[i] = turns[9 * geom + 3 * i] * out[0]
                    + turns[9 * geom + 3 * i + 1] * out[1]
                    + turns[9 * geom + 3 * i + 2] * out[2];
        }
    }

    private double[] ofBox(int geom, double[] point) {
        int face = 0;
        for (int i = 1; i < 3; i++) {
            if (Math.abs(point[i]) / sizes[3 * geom + i] > Math.abs(point[face]) / sizes[3 * geom + face]) {
                face = i;
            }
        }
        double[] out = new double[3];
        out[face] = point[face];
        return out;
    }

    private static double[] normalised(double[] vector) {
        double length = Math.sqrt(vector[0] * vector[0] + vector[1] * vector[1] + vector[2] * vector[2]);
        for (int i = 0; i < 3; i++) {
            vector[i] /= length;
        }
        return vector;
    }
}
