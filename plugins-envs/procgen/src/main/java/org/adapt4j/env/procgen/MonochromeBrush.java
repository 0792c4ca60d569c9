package org.adapt4j.env.procgen;

/**
 * Draws every object as a filled rectangle in a colour computed from its image and theme; pixel for pixel the native library's frames
 * with {@code use_monochrome_assets}.
 *
 * <p>Source: openai/procgen, its monochrome assets.
 */
final class MonochromeBrush implements CellBrush {

    @Override
    public void cell(Scene scene, int left, int top, int right, int bottom, int image, int theme, int x, int y) {
        Raster.fill(scene.frame(), left, top, right, bottom, color(image, theme));
    }

    @Override
    public void entity(
            Scene scene, double left, double top, double wide, double high, Entity entity, int image, int theme) {
        Raster.fill(
                scene.frame(),
                Raster.round(left),
                Raster.round(top),
                Raster.round(left + wide),
                Raster.round(top + high),
                color(image, theme));
    }

    /** Different for all images of a theme and for all themes of an image. */
    static int color(int image, int theme) {
        int n = (((29 * (image + 1)) & 63) + 19 * theme) & 63;
        int red = 64 * (n / 16 + 1) - 1;
        int green = 64 * (n / 4 % 4 + 1) - 1;
        int blue = 64 * (n % 4 + 1) - 1;
        return red << 16 | green << 8 | blue;
    }
}
