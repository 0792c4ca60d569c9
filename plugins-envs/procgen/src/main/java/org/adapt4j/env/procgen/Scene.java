package org.adapt4j.env.procgen;

import java.util.Arrays;

/**
 * Where everything of a game stands on the frame: background, entities behind the grid, grid, entities before it, what the game draws on top,
 * velocity squares. How it looks there is the matter of a {@link Brush}.
 *
 * <p>Source: openai/procgen, the base of its games. Single precision where the native library has it, since rounding decides pixels.
 */
final class Scene {

    private static final int SIDE = Game.FRAME_SIDE;
    private static final float CELL_MARGIN = 0.02f;

    /** What begins so many pixels outside of the frame is not seen, however it is drawn. */
    private static final int FAR = 1;

    private static final float SQUARES = (float) (SIDE * .2);

    private final ArcadeGame game;
    private final Brush brush;
    private byte[] frame = new byte[0];
    private Entity[] seen = new Entity[32];
    private int seenCount;
    private byte[] backdrop = new byte[0];
    private int backdropIndex;
    private final byte[] still = new byte[Game.FRAME_BYTES];
    private int[] stillCells = new int[0];
    private int stillSize;
    private int[] tops = new int[0];
    private int[] bottoms = new int[0];
    private float unit;
    private float view;
    private float offsetX;
    private float offsetY;

    Scene(ArcadeGame game) {
        this.game = game;
        if (game.options.useMonochromeAssets()) {
            brush = new MonochromeBrush();
        } else {
            brush = game.looks.isInAdvance() ? new TileBrush(game) : new ArtBrush(game);
        }
    }

    void paint(byte[] target) {
        frame = target;
        World world = game.world;
        float shown = game.follows ? game.view : Math.max(world.width, world.height);
        float centerX = game.follows ? game.cameraX() : (float) (world.width * .5);
        float centerY = game.follows ? game.cameraY() : (float) (world.height * .5);
        unit = SIDE / shown;
        view = game.across(unit);
        offsetX = unit * (centerX - view / 2);
        offsetY = unit * (centerY - view / 2);
        look(world);
        if (game.follows) {
            float margin = (float) (shown / 2.0 + 1);
            back(world);
            brush.grid(this, (int) (centerX - margin), (int) (centerX + margin), (int) (centerY - margin), (int)
                    (centerY + margin));
        } else {
            whole(world);
        }
        layer(0);
        layer(1);
        if (game.showsVelocity && game.options.paintVelInfo()) {
            square(0, .5 * game.agent.vx / game.maxSpeed + .5);
            square(SQUARES, .5 * game.agent.vy / game.maxJump + .5);
        }
        game.paintOver(this);
    }

    /** A new level begins. */
    void forget() {
        stillSize = 0;
        brush.forget();
    }

    /** Of a world that is seen whole, what stays the same from step to step is kept. What lies behind the grid never moves. */
    private void whole(World world) {
        int size = world.size();
        boolean kept = size == stillSize && game.scrolled() == 0;
        if (kept && Arrays.equals(world.cells, 0, size, stillCells, 0, size)) {
            System.arraycopy(still, 0, frame, 0, Game.FRAME_BYTES);
            return;
        }
        back(world);
        brush.grid(this, 0, world.width - 1, 0, world.height - 1);
        if (game.scrolled() != 0) {
            return;
        }
        if (stillCells.length < size) {
            stillCells = new int[size];
        }
        System.arraycopy(world.cells, 0, stillCells, 0, size);
        System.arraycopy(frame, 0, still, 0, Game.FRAME_BYTES);
        stillSize = size;
    }

    private void back(World world) {
        if (game.options.useBackgrounds()) {
            background(world);
        } else {
            Arrays.fill(frame, (byte) 0);
        }
        layer(-1);
    }

    /** As high as the world; what is wider begins so far to the left as the level has drawn. */
    private void background(World world) {
        Backgrounds group = game.looks.backgrounds();
        int index = game.options.restrictThemes() ? 0 : game.background;
        int worldWide = Raster.round(world.width * unit);
        int high = Raster.round(world.height * unit);
        int wide = group.width(worldWide, high);
        if (backdrop.length == 0 || index != backdropIndex) {
            backdrop = group.picture(index, wide, high);
            backdropIndex = index;
        }
        float left = -offsetX - game.backgroundPhase * (wide - worldWide) - game.scrolled() * unit;
        int top = Raster.round((view - world.height) * unit + offsetY);
        Backgrounds.paint(backdrop, wide, high, Raster.round(left), top, game.scrolled() != 0, frame);
    }

    /** Draws cells one by one. They overlap by their margin, so their order is seen. */
    void cells(CellBrush cellBrush, int left, int right, int low, int high) {
        float size = cellSize();
        if (tops.length <= high - low) {
            tops = new int[high - low + 1];
            bottoms = new int[high - low + 1];
        }
        for (int y = low; y <= high; y++) {
            tops[y - low] = Raster.round(top(y));
            bottoms[y - low] = Raster.round(top(y) + (double) size);
        }
        for (int x = left; x <= right; x++) {
            float edge = left(x);
            int fromX = Raster.round(edge);
            int toX = Raster.round(edge + (double) size);
            int last = World.EMPTY;
            int image = -1;
            int theme = 0;
            for (int y = low; toX > 0 && fromX < SIDE && y <= high; y++) {
                int type = game.world.cell(x, y);
                if (type == World.EMPTY || type == World.NOTHING || bottoms[y - low] <= 0 || tops[y - low] >= SIDE) {
                    continue;
                }
                if (type != last) {
                    last = type;
                    image = game.imageOf(type);
                    theme = image < 0 || image >= World.EMPTY ? 0 : game.theme(image, game.themeOfCell(type));
                }
                if (image >= World.EMPTY) {
                    game.paintBare(this, image, edge, top(y), size, size);
                } else if (image >= 0) {
                    cellBrush.cell(this, fromX, tops[y - low], toX, bottoms[y - low], image, theme, x, y);
                }
            }
        }
    }

    /** Pixels across a cell with its margins. */
    float cellSize() {
        return (1 + 2 * CELL_MARGIN) * unit;
    }

    /** Where a column begins, margin included, in pixels. */
    float left(int x) {
        return (x - CELL_MARGIN) * unit - offsetX;
    }

    /** Where a row begins, margin included, in pixels. */
    float top(int y) {
        return (view - (y + 1) - CELL_MARGIN) * unit + offsetY;
    }

    /** Finds what may be seen. */
    private void look(World world) {
        if (seen.length < world.count) {
            seen = new Entity[world.entities.length];
        }
        seenCount = 0;
        for (int i = 0; i < world.count; i++) {
            Entity entity = world.entities[i];
            if (entity.onScreen || isNear(entity)) {
                seen[seenCount++] = entity;
            }
        }
    }

    private boolean isNear(Entity entity) {
        float x = leftOf(entity.x);
        float y = topOf(entity.y);
        float rx = entity.rx * unit + FAR;
        float ry = entity.ry * unit + FAR;
        return x + rx >= 0 && x - rx <= SIDE && y + ry >= 0 && y - ry <= SIDE;
    }

    private void layer(int layer) {
        for (int i = 0; i < seenCount; i++) {
            Entity entity = seen[i];
            if (entity.layer == layer && game.isShown(entity)) {
                paint(entity);
            }
        }
    }

    private void paint(Entity entity) {
        int image = game.imageOf(entity.image);
        if (image < 0) {
            return;
        }
        int theme = game.theme(image, entity.theme);
        if (entity.onScreen) {
            float x = view * (entity.x - entity.rx);
            float y = view * (entity.y + entity.ry);
            brush.entity(
                    this,
                    x * unit,
                    y * unit,
                    2 * view * entity.rx * unit,
                    2 * view * entity.ry * unit,
                    entity,
                    image,
                    theme);
        } else {
            brush.entity(this, left(entity), top(entity), width(entity), height(entity), entity, image, theme);
        }
    }

    float left(Entity entity) {
        return leftOf(entity.x - entity.rx);
    }

    float top(Entity entity) {
        return topOf(entity.y + entity.ry);
    }

    float width(Entity entity) {
        return 2 * entity.rx * unit;
    }

    float height(Entity entity) {
        return 2 * entity.ry * unit;
    }

    /** Where a height of the world is, in pixels from above. */
    float topOf(float y) {
        return (view - y) * unit + offsetY;
    }

    /** Where a column of the world is, in pixels from the left. */
    float leftOf(float x) {
        return x * unit - offsetX;
    }

    /** Cells across the frame. */
    float view() {
        return view;
    }

    /** Pixels of a cell. */
    float unit() {
        return unit;
    }

    byte[] frame() {
        return frame;
    }

    /** Fills a rectangle in units of cells from the upper left corner of the frame. */
    void bar(float x, float y, float wide, float high, int color) {
        fill(x * unit, y * unit, wide * unit, high * unit, color);
    }

    /** Fills a rectangle in pixels; half a pixel rounds up. */
    void fill(double left, double top, double wide, double high, int color) {
        Raster.fill(
                frame,
                Raster.round(left),
                Raster.round(top),
                Raster.round(left + wide),
                Raster.round(top + high),
                color);
    }

    private void square(float left, double share) {
        int shade = Math.max(0, Math.min(255, (int) ((float) share * 255f)));
        fill(left, 0, SQUARES, SQUARES, shade * 0x10101);
    }
}
