package org.adapt4j.env.procgen;

/** Draws things with this project's own pictures; where they stand and how large they are is the native library's geometry. */
final class ArtBrush implements CellBrush {

    private static final int SIDE = Game.FRAME_SIDE;

    private final Looks looks;
    private final Stamps stamps;

    ArtBrush(ArcadeGame game) {
        looks = game.looks;
        stamps = Stamps.of(looks);
    }

    @Override
    public void cell(Scene scene, int left, int top, int right, int bottom, int image, int theme, int x, int y) {
        int wide = right - left;
        int high = bottom - top;
        Stamp stamp = looks.isGround(image)
                ? stamps.part(image, theme, wide, high, x, ~y)
                : stamps.of(image, theme, wide, high, 0, false);
        stamp.paint(scene.frame(), left, top, Stamp.OPAQUE);
    }

    @Override
    public void entity(
            Scene scene, double left, double top, double wide, double high, Entity entity, int image, int theme) {
        if (left > SIDE || top > SIDE || left + wide < 0 || top + high < 0) {
            return;
        }
        if (looks.tile(image) > 0) {
            tiles(scene.frame(), left, top, wide, high, image, theme);
            return;
        }
        double taller = high * looks.height(image);
        double above = top - (taller - high) / 2;
        int turn = entity.rotation == 0
                ? 0
                : Math.floorMod(Math.round(entity.rotation / (2 * ArcadeGame.PI) * Stamp.TURNS), Stamp.TURNS);
        int opacity = Math.round(entity.opacity * Stamp.OPAQUE);
        one(scene.frame(), left, above, wide, taller, image, theme, turn, entity.mirrored, opacity);
    }

    /** Along the longer side. */
    private void tiles(byte[] frame, double left, double top, double wide, double high, int image, int theme) {
        boolean upright = high > wide;
        double ratio = looks.tile(image);
        int n = Math.max(1, (int) (upright ? high / (wide * ratio) : wide / (high * ratio)));
        for (int i = 0; i < n; i++) {
            if (upright) {
                one(frame, left, top + i * high / n, wide, high / n, image, theme, 0, false, Stamp.OPAQUE);
            } else {
                one(frame, left + i * wide / n, top, wide / n, high, image, theme, 0, false, Stamp.OPAQUE);
            }
        }
    }

    private void one(
            byte[] frame,
            double left,
            double top,
            double wide,
            double high,
            int image,
            int theme,
            int turn,
            boolean mirrored,
            int opacity) {
        int fromX = Raster.round(left);
        int fromY = Raster.round(top);
        int w = Math.max(1, Raster.round(left + wide) - fromX);
        int h = Math.max(1, Raster.round(top + high) - fromY);
        Stamp stamp = stamps.of(image, theme, w, h, turn, mirrored);
        stamp.paint(frame, fromX + (w - stamp.width()) / 2, fromY + (h - stamp.height()) / 2, opacity);
    }
}
