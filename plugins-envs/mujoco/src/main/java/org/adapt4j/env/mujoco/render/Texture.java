package org.adapt4j.env.mujoco.render;

import org.adapt4j.env.mujoco.binding.MuJoCo;
import org.adapt4j.env.mujoco.binding.mjModel;
import org.jspecify.annotations.Nullable;

/** A flat texture of a material: what MJCF's {@code builtin = "checker"}, a gradient or a picture became in the compiled model. */
final class Texture {

    private final int width;
    private final int height;
    private final byte[] rgb;
    private final boolean uniform;
    private final float repeatX;
    private final float repeatY;

    private Texture(int width, int height, byte[] rgb, boolean uniform, float repeatX, float repeatY) {
        this.width = width;
        this.height = height;
        this.rgb = rgb;
        this.uniform = uniform;
        this.repeatX = repeatX;
        this.repeatY = repeatY;
    }

    /** The texture of a material; null if it has none that is flat. */
    static @Nullable Texture of(mjModel model, int material) {
        int texture = model.mat_texid().get(material);
        if (texture < 0 || model.tex_type().get(texture) != MuJoCo.mjTEXTURE_2D) {
            return null;
        }
        int width = model.tex_width().get(texture);
        int height = model.tex_height().get(texture);
        byte[] rgb = new byte[3 * width * height];
        model.tex_rgb().getPointer(model.tex_adr().get(texture)).get(rgb);
        return new Texture(
                width,
                height,
                rgb,
                model.mat_texuniform().get(material) != 0,
                model.mat_texrepeat().get(2L * material),
                model.mat_texrepeat().get(2L * material + 1));
    }

    /**
     * Which texel a point of a rectangle shows.
     *
     * @param x from -1 to 1 within the rectangle
     * @param y likewise
     * @param halfX of the rectangle, metres, for textures that repeat by the metre
     * @return for {@link #red} and the others
     */
    int at(double x, double y, double halfX, double halfY) {
        double u = (uniform ? x * halfX : x / 2 + 0.5) * repeatX;
        double v = (uniform ? y * halfY : y / 2 + 0.5) * repeatY;
        // A fraction may be rounded to 1.
        int column = Math.min(width - 1, (int) ((u - Math.floor(u)) * width));
        int row = Math.min(height - 1, (int) ((v - Math.floor(v)) * height));
        return 3 * (row * width + column);
    }

    int red(int texel) {
        return rgb[texel] & 255;
    }

    int green(int texel) {
        return rgb[texel + 1] & 255;
    }

    int blue(int texel) {
        return rgb[texel + 2] & 255;
    }
}
