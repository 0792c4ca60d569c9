package org.adapt4j.env.mujoco.render;

import java.util.Arrays;

/**
 * Draws what a camera sees: colours, metric depth and segmentation in one pass. Casts the ray through each pixel's middle at the geoms
 * whose outline holds the pixel, keeps the nearest, and lights it (Lambert 1760) by a sun, a fill light and the sky. Nothing depends on
 * the machine; nothing is allocated per picture.
 *
 * <p>One thread at a time; make one renderer for each thread, which may serve any number of cameras.
 */
public final class Renderer {

    /** Who throws shadows on what. */
    public enum Shadows {
        /** Nothing on nothing: the fastest. */
        NONE,
        /** Everything on what faces up and belongs to planes and boxes that cannot move, such as a floor and a table. */
        ON_GROUND,
        /** Everything on everything. */
        ON_ALL
    }

    final byte[] rgb;

    private final int width;
    private final int height;
    private final float[] depths;
    private final int[] geoms;
    private final Projection projection;
    private final Shader shader;

    /** Draws without shadows. */
    public Renderer(int width, int height) {
        this(width, height, Shadows.NONE);
    }

    /** Draws pictures of a size in pixels. */
    public Renderer(int width, int height, Shadows shadows) {
        Image.checkSize(width, height);
        this.width = width;
        this.height = height;
        rgb = new byte[3 * width * height];
        depths = new float[width * height];
        geoms = new int[width * height];
        projection = new Projection(width, height);
        shader = new Shader(width, height, shadows);
    }

    /**
     * Draws a picture.
     *
     * @param scene as read from a simulation
     * @param camera as read from the same one
     * @param out of the renderer's size
     */
    public void draw(GeomScene scene, Camera camera, Image out) {
        if (out.width() != width || out.height() != height) {
            throw new IllegalArgumentException("the renderer makes pictures of " + width + " by " + height
                    + " pixels and not of " + out.width() + " by " + out.height());
        }
        find(scene, camera);
        if (out.hasRgb()) {
            shader.shade(scene, camera, projection, depths, geoms, rgb);
            out.rgb().put(0, rgb);
        }
        if (out.hasDepth()) {
            out.depth().put(0, depths);
        }
        if (out.hasSegmentation()) {
            out.segmentation().put(0, geoms);
        }
    }

    /** Draws only colours, into {@link #rgb}. */
    void draw(GeomScene scene, Camera camera) {
        find(scene, camera);
        shader.shade(scene, camera, projection, depths, geoms, rgb);
    }

    /** Finds what each pixel shows. */
    private void find(GeomScene scene, Camera camera) {
        Arrays.fill(depths, (float) camera.far());
        Arrays.fill(geoms, -1);
        projection.set(scene, camera);
        for (int i = 0; i < projection.visible; i++) {
            int geom = projection.order[i];
            projection.outline(geom);
            cast(geom, scene.kinds[geom], scene.halves[geom], camera.near());
        }
    }

    /** Casts the rays within a geom's outline at it. */
    private void cast(int geom, int kind, double half, double near) {
        double nearest = projection.nearest[geom];
        double ox = projection.origins[3 * geom];
        double oy = projection.origins[3 * geom + 1];
        double oz = projection.origins[3 * geom + 2];
        double acrossX = projection.across[3 * geom];
        double acrossY = projection.across[3 * geom + 1];
        double acrossZ = projection.across[3 * geom + 2];
        for (int row = projection.top; row < projection.bottom; row++) {
            double rowX = projection.firsts[3 * geom] + row * projection.down[3 * geom];
            double rowY = projection.firsts[3 * geom + 1] + row * projection.down[3 * geom + 1];
            double rowZ = projection.firsts[3 * geom + 2] + row * projection.down[3 * geom + 2];
            int end = row * width + projection.right[row];
            int column = projection.left[row];
            for (int at = row * width + column; at < end; at++, column++) {
                float seen = depths[at];
                if (seen <= nearest) {
                    continue;
                }
                double t = Rays.enter(
                        kind,
                        half,
                        ox,
                        oy,
                        oz,
                        rowX + column * acrossX,
                        rowY + column * acrossY,
                        rowZ + column * acrossZ);
                if (t >= near && t < seen) {
                    depths[at] = (float) t;
                    geoms[at] = geom;
                }
            }
        }
    }
}
