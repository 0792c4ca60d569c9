package org.adapt4j.env.mujoco.render;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.adapt4j.env.mujoco.Model;
import org.adapt4j.env.mujoco.ModelException;
import org.adapt4j.env.mujoco.Simulation;
import org.adapt4j.env.mujoco.binding.MuJoCo;
import org.adapt4j.env.mujoco.binding.mjModel;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/**
 * Where pictures are taken from. Its own axes are MuJoCo's: x to the right, y up, and it looks against z. Pixels are square.
 *
 * <p>One thread at a time. {@link #read} allocates nothing, unless the simulation is another one than last time.
 */
public final class Camera {

    private static final double NEAR = 0.01;
    private static final double FAR = 1000;

    /** Metres. */
    final double[] place = new double[3];

    /** {@code [3, 3]}: the camera's axes are the columns. */
    final double[] axes = new double[9];

    private final @Nullable Model model;
    private final int id;
    private double fieldOfView;
    private double near;
    private double far;

    private @Nullable Simulation seen;
    private DoubleBuffer seenPlaces = DoubleBuffer.allocate(0);
    private DoubleBuffer seenAxes = DoubleBuffer.allocate(0);

    private Camera(@Nullable Model model, int id, double near, double far) {
        this.model = model;
        this.id = id;
        this.near = near;
        this.far = far;
    }

    /**
     * A camera of a model, with the field of view, the nearest and the farthest depth that the model gives it; {@link #read} says
     * where it is.
     *
     * @throws ModelException if the model has no camera of this name; says which it has
     */
    public static Camera named(Model model, String name) {
        mjModel raw = model.raw();
        int id = MuJoCo.mj_name2id(raw, MuJoCo.mjOBJ_CAMERA, name);
        if (id < 0) {
            throw new ModelException(model.name() + ": there is no camera '" + name + "'; there "
                    + (raw.ncam() == 0 ? "is none at all" : "are " + String.join(", ", names(raw))));
        }
        double extent = raw.stat().extent();
        Camera camera =
                new Camera(model, id, raw.vis().map_znear() * extent, raw.vis().map_zfar() * extent);
        camera.fieldOfView = raw.cam_fovy().get(id);
        return camera;
    }

    private static List<String> names(mjModel raw) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < raw.ncam(); i++) {
            @Nullable BytePointer text = MuJoCo.mj_id2name(raw, MuJoCo.mjOBJ_CAMERA, i);
            names.add(text == null ? "(nameless)" : text.getString());
        }
        return names;
    }

    /**
     * A camera that belongs to no model.
     *
     * @param x of the point in the middle of the picture, metres
     * @param y of that point
     * @param z of that point
     * @param distance from it, metres
     * @param azimuth direction of view about the vertical, degrees; 90 looks along y, with x to the right
     * @param elevation of the direction of view, degrees; negative looks down
     * @param fieldOfView between the lower and the upper edge, degrees
     */
    public static Camera lookingAt(
            double x, double y, double z, double distance, double azimuth, double elevation, double fieldOfView) {
        Camera camera = new Camera(null, -1, NEAR, FAR);
        camera.fieldOfView = fieldOfView;
        double turn = StrictMath.toRadians(azimuth);
        double rise = StrictMath.toRadians(elevation);
        double[] forward = {
            StrictMath.cos(rise) * StrictMath.cos(turn),
            StrictMath.cos(rise) * StrictMath.sin(turn),
            StrictMath.sin(rise)
        };
        double[] right = {StrictMath.sin(turn), -StrictMath.cos(turn), 0};
        double[] middle = {x, y, z};
        for (int i = 0; i < 3; i++) {
            int j = (i + 1) % 3;
            int k = (i + 2) % 3;
            camera.axes[3 * i] = right[i];
            camera.axes[3 * i + 1] = right[j] * forward[k] - right[k] * forward[j];
            camera.axes[3 * i + 2] = -forward[i];
            camera.place[i] = middle[i] - distance * forward[i];
        }
        return camera;
    }

    /**
     * Sets between which depths things are seen, in place of what the model says ({@code znear} and {@code zfar} of MJCF's
     * {@code <map>}, times the model's extent).
     *
     * @param nearest metres; what is nearer is looked through
     * @param farthest metres; the depth of pixels where nothing is seen
     */
    public Camera between(double nearest, double farthest) {
        if (!(nearest > 0 && nearest < farthest && farthest <= Float.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "a camera sees between two depths of which the first is positive and the "
                            + "second is larger, not between " + nearest + " and " + farthest);
        }
        near = nearest;
        far = farthest;
        return this;
    }

    /**
     * Takes over where a camera of a model is, as last evaluated (see {@link Simulation#placeBodies}).
     *
     * @param simulation of the camera's model
     */
    public void read(Simulation simulation) {
        simulation.raw(); // says so if it is closed
        if (simulation != seen) {
            if (simulation.model() != model) {
                throw new IllegalArgumentException("the camera belongs to "
                        + (model == null ? "no model" : model.name()) + " and not to "
                        + simulation.model().name());
            }
            int cameras = model.raw().ncam();
            seenPlaces = Model.doubles(simulation.raw().cam_xpos(), 3 * cameras);
            seenAxes = Model.doubles(simulation.raw().cam_xmat(), 9 * cameras);
            seen = simulation;
        }
        seenPlaces.get(3 * id, place);
        seenAxes.get(9 * id, axes);
    }

    /** Between the lower and the upper edge, degrees. */
    public double fieldOfView() {
        return fieldOfView;
    }

    /** The smallest depth at which something is seen, metres. */
    public double near() {
        return near;
    }

    /** The depth of pixels where nothing is seen, metres. */
    public double far() {
        return far;
    }

    /** Size of a pixel at a depth of 1, for pictures of a height in pixels. */
    double pixel(int height) {
        return 2 * StrictMath.tan(StrictMath.toRadians(fieldOfView) / 2) / height;
    }

    /**
     * Writes RLBench's matrix K of a camera (James et al. 2020; PyRep's vision sensor): {@code [[-f, 0, width / 2], [0, -f, height
     * / 2], [0, 0, 1]]} with f in pixels. It belongs to a camera frame with x to the left, y up and z forward; a pixel's middle is at its
     * column and row plus one half.
     *
     * @param into {@code [3, 3]}, from index 0
     */
    public void intrinsics(int width, int height, FloatBuffer into) {
        float focal = (float) (1 / pixel(height));
        for (int i = 0; i < 9; i++) {
            into.put(i, 0);
        }
        into.put(0, -focal);
        into.put(2, width / 2f);
        into.put(4, -focal);
        into.put(5, height / 2f);
        into.put(8, 1);
    }

    /**
     * Writes the pose of a camera in the world, with RLBench's axes: x to the left, y up, z forward.
     *
     * @param into {@code [4, 4]}, from index 0
     */
    public void extrinsics(FloatBuffer into) {
        for (int i = 0; i < 3; i++) {
            into.put(4 * i, (float) -axes[3 * i]);
            into.put(4 * i + 1, (float) axes[3 * i + 1]);
            into.put(4 * i + 2, (float) -axes[3 * i + 2]);
            into.put(4 * i + 3, (float) place[i]);
            into.put(12 + i, 0);
        }
        into.put(15, 1);
    }
}
