package org.adapt4j.env.mujoco.render;

import org.adapt4j.env.mujoco.binding.MuJoCo;
import org.adapt4j.env.mujoco.render.Renderer.Shadows;

/** Gives pixels of which it is known what they show their colours. */
final class Shader {

    /** Lights of our own choice: the sun, something weaker from where RLBench's front camera is, and some from everywhere. */
    private static final double[] TO_SUN = normalised(0.35, -0.55, 0.9);

    private static final double[] TO_FILL = normalised(0.8, 0.45, 0.3);
    private static final double SUN = 0.5;
    private static final double FILL = 0.2;
    private static final double AMBIENT = 0.42;

    private static final double[] ZENITH = {0.53 * 255, 0.70 * 255, 0.86 * 255};
    private static final double[] HORIZON = {0.88 * 255, 0.93 * 255, 0.97 * 255};

    /** Where an endless plane has half faded into the horizon, metres. */
    private static final double HAZE = 25;

    /** Of every other square metre of a plane without a texture. */
    private static final double DARK_SQUARE = 0.88;

    /** How far above a surface its shadow rays begin, metres. */
    private static final double LIFT = 1e-5;

    private final int width;
    private final int height;
    private final Shadows shadows;

    /** The lights in each geom's frame. */
    private double[] suns = {};

    private double[] fills = {};

    /** What the pixel at work shows: the point in the geom's stretched frame, how it faces the lights, what its pattern dims. */
    private double x;

    private double y;
    private double z;
    private double facingSun;
    private double facingFill;
    private double red;
    private double green;
    private double blue;

    Shader(int width, int height, Shadows shadows) {
        this.width = width;
        this.height = height;
        this.shadows = shadows;
    }

    /**
     * Writes the colours of a picture.
     *
     * @param depths metres, {@code [height, width]}
     * @param geoms numbers, -1 for the sky, {@code [height, width]}
     * @param rgb to write, {@code [height, width, 3]}
     */
    void shade(GeomScene scene, Camera camera, Projection projection, float[] depths, int[] geoms, byte[] rgb) {
        turnLights(scene, projection);
        double pixel = camera.pixel(height);
        for (int row = 0; row < height; row++) {
            double up = (height / 2.0 - row - 0.5) * pixel;
            for (int column = 0; column < width; column++) {
                int at = row * width + column;
                double right = (column + 0.5 - width / 2.0) * pixel;
                if (geoms[at] < 0) {
                    sky(camera, right, up, 3 * at, rgb);
                } else {
                    surface(scene, camera, projection, row, column, depths[at], geoms[at], rgb);
                }
            }
        }
    }

    private void turnLights(GeomScene scene, Projection projection) {
        if (suns.length < 3 * scene.count) {
            suns = new double[3 * scene.count];
            fills = new double[3 * scene.count];
        }
        for (int i = 0; i < projection.visible; i++) {
            int geom = projection.order[i];
            for (int k = 0; k < 3; k++) {
                double sun = 0;
                double fill = 0;
                for (int j = 0; j < 3; j++) {
                    double turn = scene.turns[9 * geom + 3 * j + k];
                    sun += turn * TO_SUN[j];
                    fill += turn * TO_FILL[j];
                }
                suns[3 * geom + k] = sun;
                fills[3 * geom + k] = fill;
            }
        }
    }

    /** Paler towards the horizon. */
    private static void sky(Camera camera, double right, double up, int at, byte[] rgb) {
        double[] axes = camera.axes;
        double rise = right * axes[6] + up * axes[7] - axes[8];
        double length = Math.sqrt(right * right + up * up + 1);
        double blend = Math.min(1, Math.max(0, 2 * rise / length));
        for (int c = 0; c < 3; c++) {
            rgb[at + c] = (byte) (HORIZON[c] + blend * (ZENITH[c] - HORIZON[c]) + 0.5);
        }
    }

    private void surface(
            GeomScene scene,
            Camera camera,
            Projection projection,
            int row,
            int column,
            double depth,
            int geom,
            byte[] rgb) {
        int g = 3 * geom;
        double[] firsts = projection.firsts;
        double[] across = projection.across;
        double[] down = projection.down;
        x = projection.origins[g] + depth * (firsts[g] + row * down[g] + column * across[g]);
        y = projection.origins[g + 1] + depth * (firsts[g + 1] + row * down[g + 1] + column * across[g + 1]);
        z = projection.origins[g + 2] + depth * (firsts[g + 2] + row * down[g + 2] + column * across[g + 2]);
        red = green = blue = 1;
        switch (scene.kinds[geom]) {
            case MuJoCo.mjGEOM_PLANE -> plane(scene, geom);
            case MuJoCo.mjGEOM_BOX -> box(scene, geom);
            case MuJoCo.mjGEOM_CAPSULE -> {
                double half = scene.halves[geom];
                face(g, x, y, z - Math.min(half, Math.max(-half, z)));
            }
            case MuJoCo.mjGEOM_CYLINDER -> {
                // Where it is nearer to a lid than to the side; both are at 1.
                boolean lid = z * z > x * x + y * y;
                face(g, lid ? 0 : x, lid ? 0 : y, lid ? z : 0);
            }
            // The gradient of (x/a)² + (y/b)² + (z/c)², with a, b and c the scales.
            default -> face(g, x / scene.scales[g], y / scene.scales[g + 1], z / scene.scales[g + 2]);
        }
        double sun = facingSun > 0 && !isShadowed(scene, geom) ? SUN * facingSun : 0;
        double light = 255 * (AMBIENT + sun + FILL * Math.max(0, facingFill));
        double haze = 0;
        if (scene.scales[g] == GeomScene.ENDLESS && scene.kinds[geom] == MuJoCo.mjGEOM_PLANE) {
            double away = depth * depth;
            haze = away / (away + HAZE * HAZE);
        }
        int at = 3 * (row * width + column);
        rgb[at] = mixed(light * red * scene.colours[4 * geom], haze, HORIZON[0]);
        rgb[at + 1] = mixed(light * green * scene.colours[4 * geom + 1], haze, HORIZON[1]);
        rgb[at + 2] = mixed(light * blue * scene.colours[4 * geom + 2], haze, HORIZON[2]);
    }

    private static byte mixed(double colour, double haze, double horizon) {
        return (byte) Math.min(255, (1 - haze) * colour + haze * horizon + 0.5);
    }

    /** Notes how an outer normal of any length, in the geom's frame without its stretch, faces the lights. */
    private void face(int g, double nx, double ny, double nz) {
        double shorten = 1 / Math.sqrt(nx * nx + ny * ny + nz * nz);
        facingSun = (nx * suns[g] + ny * suns[g + 1] + nz * suns[g + 2]) * shorten;
        facingFill = (nx * fills[g] + ny * fills[g + 1] + nz * fills[g + 2]) * shorten;
    }

    private void plane(GeomScene scene, int geom) {
        int g = 3 * geom;
        facingSun = suns[g + 2];
        facingFill = fills[g + 2];
        Texture texture = scene.textures[geom];
        if (texture != null) {
            dye(texture, x, y, scene.scales[g], scene.scales[g + 1]);
        } else if (isOdd(x * scene.scales[g]) == isOdd(y * scene.scales[g + 1])) {
            red = green = blue = DARK_SQUARE;
        }
    }

    private static boolean isOdd(double metres) {
        return ((long) Math.floor(metres) & 1) != 0;
    }

    private void box(GeomScene scene, int geom) {
        int g = 3 * geom;
        double awayX = Math.abs(x);
        double awayY = Math.abs(y);
        double awayZ = Math.abs(z);
        int axis = awayX > awayY ? awayX > awayZ ? 0 : 2 : awayY > awayZ ? 1 : 2;
        double side = axis == 0 ? x : axis == 1 ? y : z;
        double sign = side < 0 ? -1 : 1;
        facingSun = sign * suns[g + axis];
        facingFill = sign * fills[g + axis];
        Texture texture = scene.textures[geom];
        if (texture != null) {
            int u = axis == 0 ? 1 : 0;
            int v = axis == 2 ? 1 : 2;
            dye(texture, u == 0 ? x : y, v == 1 ? y : z, scene.scales[g + u], scene.scales[g + v]);
        }
        if (scene.digits[geom] >= 0) {
            // Upright on the sides; on top with x to the right.
            double right = axis == 0 ? sign * y : axis == 1 ? -sign * x : sign * x;
            if (Digits.inked(scene.digits[geom], right, axis == 2 ? y : z)) {
                ink(scene, geom);
            }
        }
    }

    private void dye(Texture texture, double u, double v, double halfU, double halfV) {
        int texel = texture.at(u, v, halfU, halfV);
        red = texture.red(texel) / 255.0;
        green = texture.green(texel) / 255.0;
        blue = texture.blue(texel) / 255.0;
    }

    /** Black on light colours, white on dark ones, whatever the pattern. */
    private void ink(GeomScene scene, int geom) {
        int c = 4 * geom;
        boolean isLight = 0.3 * scene.colours[c] + 0.6 * scene.colours[c + 1] + 0.1 * scene.colours[c + 2] > 0.5;
        red = isLight ? 0.05 : 0.95 / Math.max(1e-3, scene.colours[c]);
        green = isLight ? 0.05 : 0.95 / Math.max(1e-3, scene.colours[c + 1]);
        blue = isLight ? 0.05 : 0.95 / Math.max(1e-3, scene.colours[c + 2]);
    }

    private boolean isShadowed(GeomScene scene, int geom) {
        if (shadows == Shadows.NONE || (shadows == Shadows.ON_GROUND && !isGround(scene, geom))) {
            return false;
        }
        int g = 3 * geom;
        double px = x * scene.scales[g];
        double py = y * scene.scales[g + 1];
        double pz = z * scene.scales[g + 2];
        double[] turns = scene.turns;
        int r = 9 * geom;
        return Shadow.falls(
                scene,
                geom,
                scene.places[g] + turns[r] * px + turns[r + 1] * py + turns[r + 2] * pz + LIFT * TO_SUN[0],
                scene.places[g + 1] + turns[r + 3] * px + turns[r + 4] * py + turns[r + 5] * pz + LIFT * TO_SUN[1],
                scene.places[g + 2] + turns[r + 6] * px + turns[r + 7] * py + turns[r + 8] * pz + LIFT * TO_SUN[2],
                TO_SUN);
    }

    /** Whether the point at work is part of a floor or a table's top. */
    private boolean isGround(GeomScene scene, int geom) {
        return scene.ground[geom] && Math.abs(facingSun - TO_SUN[2]) < 1e-9;
    }

    private static double[] normalised(double x, double y, double z) {
        double length = Math.sqrt(x * x + y * y + z * z);
        return new double[] {x / length, y / length, z / length};
    }
}
