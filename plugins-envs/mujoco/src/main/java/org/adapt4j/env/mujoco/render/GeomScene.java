package org.adapt4j.env.mujoco.render;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import org.adapt4j.env.mujoco.Model;
import org.adapt4j.env.mujoco.Simulation;
import org.adapt4j.env.mujoco.binding.MuJoCo;
import org.adapt4j.env.mujoco.binding.mjModel;
import org.jspecify.annotations.Nullable;

/**
 * What there is to see of a model: its planes, spheres, capsules, ellipsoids, cylinders and boxes, where they are and what colour they
 * have. As in MuJoCo's viewer, geoms of the groups 0 to 2 are seen and those of 3 to 5 are not; a geom's own colour precedes its
 * material's unless it is MJCF's default. A geom of alpha 0 is left out, any other is opaque. A plane of 20 metres or more reaches the
 * horizon, where it fades. Height fields and meshes are left out.
 *
 * <p>One thread at a time. {@link #read} allocates nothing, unless the simulation is another one than last time.
 */
public final class GeomScene {

    /** Half of what has no end, metres. */
    static final double ENDLESS = 1e6;

    /** Half of the smallest plane that is ground without an end, metres. */
    private static final double GROUND = 10;

    private static final int GROUPS_SEEN = 3;

    /** MJCF's, in which case a material's colour counts. */
    private static final float[] DEFAULT_COLOUR = {0.5f, 0.5f, 0.5f, 1};

    final Model model;
    final int count;

    /** {@code mjGEOM_...}, of each geom. */
    final int[] kinds;

    /** By what a geom is larger than the solid of {@link Rays} along its axes, metres, {@code [geoms, 3]}. */
    final double[] scales;

    /** Of the straight part of a capsule, in radii. */
    final double[] halves;

    /** Half of the box around a geom along its axes, metres, {@code [geoms, 3]}. */
    final double[] extents;

    /** Around a geom's middle, metres. */
    final double[] radii;

    /** Whether a geom may be part of the ground: a plane or a box that cannot move. */
    final boolean[] ground;

    final @Nullable Texture[] textures;

    /** A figure on the sides of a box, or -1. */
    final int[] digits;

    /** {@code [geoms, 3]} metres. */
    final double[] places;

    /** {@code [geoms, 3, 3]}: a geom's axes are the columns. */
    final double[] turns;

    /** {@code [geoms, 4]}, 0 to 1; an alpha of 0 for what is never seen. */
    final float[] colours;

    private final boolean[] drawn;
    private final int[] materials;
    private final float[] geomColours;
    private final float[] materialColours;
    private final FloatBuffer rgba;
    private final @Nullable FloatBuffer materialRgba;

    private @Nullable Simulation seen;
    private DoubleBuffer seenPlaces = DoubleBuffer.allocate(0);
    private DoubleBuffer seenTurns = DoubleBuffer.allocate(0);

    private GeomScene(Model model) {
        this.model = model;
        mjModel raw = model.raw();
        count = raw.ngeom();
        kinds = new int[count];
        scales = new double[3 * count];
        halves = new double[count];
        extents = new double[3 * count];
        radii = new double[count];
        ground = new boolean[count];
        textures = new Texture[count];
        digits = new int[count];
        places = new double[3 * count];
        turns = new double[9 * count];
        colours = new float[4 * count];
        drawn = new boolean[count];
        materials = new int[count];
        geomColours = new float[4 * count];
        materialColours = new float[4 * raw.nmat()];
        rgba = count == 0
                ? FloatBuffer.allocate(0)
                : raw.geom_rgba().capacity(4L * count).asBuffer();
        materialRgba = raw.nmat() == 0
                ? null
                : raw.mat_rgba().capacity(4L * raw.nmat()).asBuffer();
        for (int geom = 0; geom < count; geom++) {
            add(raw, geom);
        }
        readSizes();
    }

    /** The geoms of a model, which must stay open; {@link #read} says where they are. */
    public static GeomScene of(Model model) {
        return new GeomScene(model);
    }

    private void add(mjModel raw, int geom) {
        kinds[geom] = raw.geom_type().get(geom);
        drawn[geom] = raw.geom_group().get(geom) < GROUPS_SEEN && Rays.know(kinds[geom]);
        boolean flat = kinds[geom] == MuJoCo.mjGEOM_PLANE || kinds[geom] == MuJoCo.mjGEOM_BOX;
        ground[geom] = flat && raw.body_weldid().get(raw.geom_bodyid().get(geom)) == 0;
        materials[geom] = raw.geom_matid().get(geom);
        textures[geom] = flat && materials[geom] >= 0 ? Texture.of(raw, materials[geom]) : null;
        digits[geom] = -1;
    }

    /** Takes over the sizes of the geoms, for models whose sizes are changed. */
    public void readSizes() {
        DoubleBuffer sizes = Model.doubles(model.raw().geom_size(), 3 * count);
        for (int geom = 0; geom < count; geom++) {
            double x = sizes.get(3 * geom);
            double y = sizes.get(3 * geom + 1);
            double z = sizes.get(3 * geom + 2);
            switch (kinds[geom]) {
                case MuJoCo.mjGEOM_PLANE -> size(geom, reach(x), reach(y), 1, 0);
                case MuJoCo.mjGEOM_SPHERE -> size(geom, x, x, x, 1);
                case MuJoCo.mjGEOM_CAPSULE -> {
                    halves[geom] = y / x;
                    size(geom, x, x, x, 1 + halves[geom]);
                }
                case MuJoCo.mjGEOM_CYLINDER -> size(geom, x, x, y, 1);
                default -> size(geom, x, y, z, 1);
            }
        }
    }

    private static double reach(double half) {
        return half > 0 && half < GROUND ? half : ENDLESS;
    }

    private void size(int geom, double x, double y, double z, double height) {
        scales[3 * geom] = extents[3 * geom] = x;
        scales[3 * geom + 1] = extents[3 * geom + 1] = y;
        scales[3 * geom + 2] = z;
        extents[3 * geom + 2] = height * z;
        radii[geom] = Math.sqrt(x * x + y * y + extents[3 * geom + 2] * extents[3 * geom + 2]);
    }

    /**
     * Writes a figure on every side of a box, dark on light colours and light on dark ones.
     *
     * @param geom a box
     * @param digit 0 to 9, or -1 for none
     */
    public void digit(int geom, int digit) {
        if (kinds[geom] != MuJoCo.mjGEOM_BOX || digit < -1 || digit > 9) {
            throw new IllegalArgumentException(
                    "figures from 0 to 9 can be written on boxes; geom " + geom + " of " + model.name() + " is "
                            + (kinds[geom] == MuJoCo.mjGEOM_BOX ? "one, and " : "none, and the figure is ") + digit);
        }
        digits[geom] = digit;
    }

    /**
     * Takes over where the geoms are, as last evaluated (see {@link Simulation#placeBodies}), and the colours that the model has now.
     *
     * @param simulation of the scene's model
     */
    public void read(Simulation simulation) {
        simulation.raw(); // both say so if they are closed
        model.raw();
        if (simulation != seen) {
            if (simulation.model() != model) {
                throw new IllegalArgumentException(
                        "a simulation of " + simulation.model().name() + " for a scene of " + model.name());
            }
            seenPlaces = Model.doubles(simulation.raw().geom_xpos(), 3 * count);
            seenTurns = Model.doubles(simulation.raw().geom_xmat(), 9 * count);
            seen = simulation;
        }
        seenPlaces.get(0, places);
        seenTurns.get(0, turns);
        readColours();
    }

    private void readColours() {
        rgba.get(0, geomColours);
        if (materialRgba != null) {
            materialRgba.get(0, materialColours);
        }
        for (int geom = 0; geom < count; geom++) {
            int from = 4 * geom;
            boolean material = materials[geom] >= 0 && isDefault(from);
            float[] source = material ? materialColours : geomColours;
            System.arraycopy(source, material ? 4 * materials[geom] : from, colours, from, 4);
            if (!drawn[geom]) {
                colours[from + 3] = 0;
            }
        }
    }

    private boolean isDefault(int from) {
        for (int i = 0; i < 4; i++) {
            if (geomColours[from + i] != DEFAULT_COLOUR[i]) {
                return false;
            }
        }
        return true;
    }
}
