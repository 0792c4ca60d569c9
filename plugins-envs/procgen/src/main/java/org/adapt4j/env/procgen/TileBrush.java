package org.adapt4j.env.procgen;

import org.jspecify.annotations.Nullable;

/**
 * Draws pictures that were made in advance for the camera's scale: a run of equal ground in one go, and things in the few sizes that rounding yields. For games whose
 * things are a cell large and neither turn nor fade, and whose cells stay what they are during a level.
 */
final class TileBrush implements Brush {

    private static final int SIDE = Game.FRAME_SIDE;

    /** How white a new trail is, of 256. */
    private static final int TRAIL_OPACITY = 128;

    private final ArcadeGame game;
    private Tiles tiles = Tiles.NONE;

    /** What types of cells look like; none where they do not show. */
    private final @Nullable Ground[] grounds = new Ground[World.EMPTY + 1];

    private final @Nullable Sprite[] sprites = new Sprite[World.EMPTY + 1];

    /** Where a row first has another type of cell than here. */
    private byte[] ends = new byte[0];

    private boolean known;

    /** Where columns begin and end, margins included. */
    private int[] lefts = new int[0];

    private int[] rights = new int[0];

    TileBrush(ArcadeGame game) {
        this.game = game;
    }

    /** Rows from the lowest up, so that a row's margin covers the edge of the one below it. */
    @Override
    public void grid(Scene scene, int left, int right, int low, int high) {
        if (!known) {
            learn(scene);
        }
        int view = (int) scene.view();
        float size = scene.cellSize();
        float edge = scene.left(left) + 0.5f;
        int base = Movement.floor(edge);
        int phase = Ground.phases(view) == 1 ? 0 : Math.min(view - 1, (int) ((edge - base) * view));
        int columns = right - left + 1;
        if (lefts.length < columns) {
            lefts = new int[columns];
            rights = new int[columns];
        }
        for (int i = 0; i < columns; i++) {
            lefts[i] = base + Ground.border(i, phase, view);
            rights[i] = Movement.floor(edge + i * scene.unit() + size);
        }
        for (int y = low; y <= high; y++) {
            float upper = scene.top(y) + 0.5f;
            int top = Movement.floor(upper);
            int bottom = Movement.floor(upper + size);
            if (bottom > 0 && top < SIDE) {
                row(scene.frame(), y, left, right, phase, base, top, bottom);
            }
        }
    }

    private void row(byte[] frame, int y, int left, int right, int phase, int base, int top, int bottom) {
        World world = game.world;
        int parity = (left & 1) | (y & 1) << 1;
        boolean inside = y >= 0 && y < world.height;
        int end;
        for (int x = left; x <= right; x = end) {
            int type = world.outside;
            end = x < 0 && inside ? 0 : right + 1;
            if (inside && x >= 0 && x < world.width) {
                int cell = y * world.width + x;
                type = world.cells[cell];
                end = ends[cell];
            }
            end = Math.min(end, right + 1);
            Ground ground = grounds[type];
            Sprite sprite = sprites[type];
            if (ground != null) {
                ground.paint(frame, phase, parity, base, lefts[x - left], rights[end - 1 - left], top, bottom);
            } else if (sprite != null) {
                for (int i = x - left; i < end - left; i++) {
                    sprite.paint(frame, lefts[i], top, rights[i], bottom, false);
                }
            }
        }
    }

    @Override
    public void forget() {
        known = false;
    }

    /** Looks at the level once: what types of cells look like, and where runs of equal cells end. */
    private void learn(Scene scene) {
        int view = (int) scene.view();
        tiles = Tiles.of(game.looks, view);
        for (int type = 0; type < World.EMPTY; type++) {
            int image = game.imageOf(type);
            boolean shown = image >= 0 && game.looks.themes(image) > 0;
            int theme = shown ? game.theme(image, game.themeOfCell(type)) : 0;
            grounds[type] = shown && game.looks.isGround(image) ? tiles.ground(image, theme) : null;
            sprites[type] = shown && game.looks.isInCells(image) ? tiles.sprite(image, theme) : null;
        }
        World world = game.world;
        if (ends.length < world.size()) {
            ends = new byte[world.size()];
        }
        for (int cell = world.size() - 1; cell >= 0; cell--) {
            int x = cell % world.width;
            boolean last = x == world.width - 1 || world.cells[cell] != world.cells[cell + 1];
            ends[cell] = last ? (byte) (x + 1) : ends[cell + 1];
        }
        known = true;
    }

    @Override
    public void entity(
            Scene scene, double left, double top, double wide, double high, Entity entity, int image, int theme) {
        if (image == World.TRAIL) {
            puff(scene, entity);
            return;
        }
        float fromX = (float) left + 0.5f;
        float fromY = (float) top + 0.5f;
        float tall = (float) high;
        float standing = (float) game.looks.standing(image);
        if (standing > 0) {
            fromY = scene.topOf(entity.y - entity.ry + standing) + 0.5f;
            tall = standing * scene.unit();
        }
        tiles.sprite(image, theme)
                .paint(
                        scene.frame(),
                        Movement.floor(fromX),
                        Movement.floor(fromY),
                        Movement.floor(fromX + (float) wide),
                        Movement.floor(fromY + tall),
                        entity.mirrored);
    }

    /** A white ellipse that lets through more with every step. */
    private static void puff(Scene scene, Entity trail) {
        byte[] frame = scene.frame();
        int opacity = TRAIL_OPACITY - trail.age * TRAIL_OPACITY / (trail.lifetime + 1);
        float x = scene.leftOf(trail.x);
        float y = scene.topOf(trail.y);
        float rx = trail.rx * scene.unit();
        float ry = trail.ry * scene.unit();
        int fromX = Math.max(0, Movement.floor(x - rx + 0.5f));
        int toX = Math.min(SIDE, Movement.floor(x + rx + 0.5f));
        int toY = Math.min(SIDE, Movement.floor(y + ry + 0.5f));
        for (int py = Math.max(0, Movement.floor(y - ry + 0.5f)); py < toY; py++) {
            float dy = (py + 0.5f - y) / ry;
            for (int px = fromX; px < toX; px++) {
                float dx = (px + 0.5f - x) / rx;
                if (dx * dx + dy * dy <= 1) {
                    int at = (py * SIDE + px) * 3;
                    for (int c = at; c < at + 3; c++) {
                        int below = frame[c] & 255;
                        frame[c] = (byte) (below + ((255 - below) * opacity >> 8));
                    }
                }
            }
        }
    }
}
