package org.adapt4j.env.procgen;

/**
 * Builds CoinRun levels: the same level seed gives the native library's level, cell by cell.
 *
 * <p>Source: openai/procgen, CoinRun's level generator. The order of the draws is part of the rules.
 */
final class CoinRunGenerator {

    private static final int BACKGROUNDS = 62;
    private static final int AGENT_THEMES = 5;
    private static final int WALL_THEMES = 6;
    private static final int ENEMY_KINDS = 9;
    private static final int CRATE_LOOKS = 4;
    private static final int LAVA = 0;
    private static final int SAWS = 1;
    private static final float ENEMY_SPEED = 0.15f;
    private static final int NOWHERE = -1;

    private final LevelOptions options;
    private final CoinRunWorld world;
    private final MersenneTwister random;

    CoinRunGenerator(LevelOptions options, CoinRunWorld world, MersenneTwister random) {
        this.options = options;
        this.world = world;
        this.random = random;
    }

    /** Makes a level out of a freshly seeded generator. */
    void generate() {
        world.clear();
        drawLook();
        fill(0, 0, CoinRunWorld.SIZE, 1, CoinRunWorld.WALL_TOP);
        fill(0, 0, 1, CoinRunWorld.SIZE, CoinRunWorld.WALL_BODY);
        fill(CoinRunWorld.SIZE - 1, 0, 1, CoinRunWorld.SIZE, CoinRunWorld.WALL_BODY);
        fill(0, CoinRunWorld.SIZE - 1, CoinRunWorld.SIZE, 1, CoinRunWorld.WALL_BODY);

        int difficulty = random.below(3) + 1;
        int sections = random.below(difficulty) + difficulty;
        int danger = random.below(3);
        int x = 5;
        int y = 1;
        for (int section = 0; section < sections && x + 15 < CoinRunWorld.SIZE; section++) {
            int dy = heightChange(difficulty, y);
            int dx = random.below(2 * difficulty) + 3 + difficulty / 3;
            y = Math.max(1, y + dy);
            boolean pit = !options.debugs(LevelOptions.NO_PITS) && dx > 7 && y > 3 && random.below(20) >= difficulty;
            if (pit) {
                digPit(x, y, dx, danger);
            } else {
                layGround(x, y, dx, difficulty);
            }
            if (!CoinRunWorld.isWall(world.cell(x - 1, y))) {
                set(x - 1, y, CoinRunWorld.BARRIER);
            }
            x += dx;
            set(x, y, CoinRunWorld.BARRIER);
        }
        set(x, y, CoinRunWorld.COIN);
        column(x, y);
        fill(x + 1, 0, CoinRunWorld.SIZE - x - 1, CoinRunWorld.SIZE, CoinRunWorld.WALL_BODY);
        world.reserveTrails();
    }

    private void drawLook() {
        world.backgroundPhase = random.unit();
        world.background = random.below(BACKGROUNDS);
        // Every game draws a place for its agent; CoinRun then puts it at the start.
        random.raw();
        random.raw();
        if (options.isHard()) {
            world.agentTheme = random.below(AGENT_THEMES);
            world.wallTheme = random.below(WALL_THEMES);
        } else {
            world.background = 0;
            world.agentTheme = 0;
            world.wallTheme = 0;
        }
    }

    private int heightChange(int difficulty, int y) {
        int dy = Math.min(random.below(4) + 1 + difficulty / 3, 5);
        if (y >= 20 || (y >= 5 && random.below(2) == 1)) {
            dy = -dy;
        }
        return options.debugs(LevelOptions.NO_HEIGHT_CHANGES) ? 0 : dy;
    }

    private void digPit(int x, int y, int dx, int danger) {
        int left = random.below(3) + 1;
        int right = random.below(3) + 1;
        int width = dx - left - right;
        if (width > 7) {
            width = 7;
            right = dx - left - width;
        }
        ground(x, y, left);
        ground(x + dx - right, y, right);

        int lavaHeight = random.below(y - 3) + 1;
        int pit = x + left;
        if (danger == LAVA) {
            fill(pit, 1, width, lavaHeight - 1, CoinRunWorld.LAVA_BODY);
            fill(pit, lavaHeight, width, 1, CoinRunWorld.LAVA_TOP);
        } else {
            for (int c = 0; c < width; c++) {
                if (danger == SAWS) {
                    world.add(CoinRunWorld.SAW, pit + c, 1, 0, 0);
                } else {
                    addEnemy(pit + c, 1);
                }
            }
        }

        if (width > 4) {
            int offset = random.below(2) + (width == 5 ? 1 : 2);
            int islandWidth = random.below(2) + (width == 7 ? 2 : 1);
            if (width == 7) {
                islandWidth = width - offset - islandWidth;
            }
            fill(pit + offset, y - 1, islandWidth, 1, CoinRunWorld.WALL_TOP);
        }
    }

    private void layGround(int x, int y, int dx, int difficulty) {
        ground(x, y, dx);
        int sawColumn = NOWHERE;
        int enemyColumn = NOWHERE;
        if (random.below(10) < 2 * difficulty && dx > 3) {
            sawColumn = x + 1 + random.below(dx - 2);
            world.add(CoinRunWorld.SAW, sawColumn, y, 0, 0);
        }
        if (random.below(10) < difficulty && dx > 3 && options.isHard()) {
            enemyColumn = x + 1 + random.below(dx - 2);
            addEnemy(enemyColumn, y);
        }
        if (options.debugs(LevelOptions.NO_CRATES)) {
            return;
        }
        for (int stack = 0; stack < 2; stack++) {
            int column = x + 1 + random.below(dx - 2);
            if (random.below(2) == 1 && column != sawColumn && column != enemyColumn) {
                int height = random.below(3) + 1;
                for (int i = 0; i < height; i++) {
                    world.add(CoinRunWorld.CRATE, column, y + i, 0, random.below(CRATE_LOOKS));
                }
            }
        }
    }

    private void addEnemy(int x, int y) {
        float speed = ENEMY_SPEED * (2 * random.below(2) - 1);
        world.add(CoinRunWorld.ENEMY, x, y, speed, random.below(ENEMY_KINDS));
    }

    private void ground(int x, int y, int width) {
        for (int c = x; c < x + width; c++) {
            column(c, y);
        }
    }

    /** Wall up to a height, the highest cell being a top. */
    private void column(int x, int height) {
        fill(x, 0, 1, height - 1, CoinRunWorld.WALL_BODY);
        set(x, height - 1, CoinRunWorld.WALL_TOP);
    }

    private void fill(int x, int y, int width, int height, byte type) {
        for (int row = y; row < y + height; row++) {
            for (int c = x; c < x + width; c++) {
                set(c, row, type);
            }
        }
    }

    private void set(int x, int y, byte type) {
        world.grid[y * CoinRunWorld.SIZE + x] = type;
    }
}
