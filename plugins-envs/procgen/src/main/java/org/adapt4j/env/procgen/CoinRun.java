package org.adapt4j.env.procgen;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;

/**
 * CoinRun (Cobbe et al. 2019): run and jump to the coin at the right end, past saws, walking enemies, lava and crates.
 *
 * <p>Source of the rules: openai/procgen, coinrun.
 */
final class CoinRun extends ArcadeGame {

    static final GameInfo INFO = GameInfo.of(CoinRun::new, 1000, new GameInfo.Scores(5, 10), new GameInfo.Scores(5, 10))
            .exploring(1949448038)
            .completedAt(10);

    static final int COIN = 1;
    static final int SAW = 2;
    static final int ENEMY = 5;
    static final int WALL_BODY = 15;
    static final int WALL_TOP = 16;
    static final int LAVA_BODY = 17;
    static final int LAVA_TOP = 18;
    static final int BARRIER = 19;
    static final int CRATE = 20;

    static final int SIDE = 64;
    static final float MAX_SPEED = 0.5f;
    static final float JUMP_SPEED = 1.5f;
    static final float ENEMY_SPEED = 0.15f;

    private static final int ENEMY_POSE = 6;
    private static final int JUMPING = 9;
    private static final int WALKING = 12;
    private static final int AGENTS = 5;
    private static final int ENEMIES = 9;
    private static final int CRATES = 4;
    private static final int WALLS = 6;
    private static final float GRAVITY = 0.2f;
    private static final float AIR_CONTROL = 0.15f;
    private static final int TRAIL_STEPS = 8;
    private static final int LAVA = 0;
    private static final int SAWS = 1;
    private static final int NOWHERE = -1;

    private static final Looks LOOKS = new Looks(Backgrounds.PLATFORM_FINE)
            .inAdvance()
            .square(World.AGENT, (g, theme) -> CoinRunArt.agent(g, theme, 0), AGENTS)
            .square(WALKING, (g, theme) -> CoinRunArt.agent(g, theme, 1), AGENTS)
            .square(WALKING + 1, (g, theme) -> CoinRunArt.agent(g, theme, 2), AGENTS)
            .square(JUMPING, (g, theme) -> CoinRunArt.agent(g, theme, 3), AGENTS)
            .standing(World.AGENT, 2.0156)
            .standing(WALKING, 2.0156)
            .standing(WALKING + 1, 2.0156)
            .standing(JUMPING, 2.0156)
            .square(ENEMY_POSE, (g, theme) -> CoinRunArt.enemy(g, theme, 0), ENEMIES)
            .square(ENEMY_POSE + 1, (g, theme) -> CoinRunArt.enemy(g, theme, 1), ENEMIES)
            .square(SAW, (g, theme) -> CoinRunArt.saw(g, 0), 1)
            .square(SAW + 1, (g, theme) -> CoinRunArt.saw(g, 1), 1)
            .square(CRATE, CoinRunArt::crate, CRATES)
            .square(COIN, CoinRunArt::coin, 1)
            .inCells(COIN)
            .ground(WALL_BODY, CoinRunArt::ground, WALLS)
            .ground(WALL_TOP, CoinRunArt::groundTop, WALLS)
            .ground(LAVA_BODY, CoinRunArt::lava, 1)
            .ground(LAVA_TOP, CoinRunArt::lavaTop, 1);

    boolean supported;
    private boolean onCrate;
    private float lastY;
    int wallTheme;

    CoinRun(LevelOptions options) {
        super(options, LOOKS);
        timeOut = INFO.timeOut();
        world.outside = WALL_BODY;
        entitiesBlock = true;
        mix = 0.2f;
        maxSpeed = MAX_SPEED;
        maxJump = JUMP_SPEED;
        view = 13;
    }

    @Override
    void chooseSize() {
        world.width = SIDE;
        world.height = SIDE;
    }

    @Override
    void generate() {
        supported = false;
        onCrate = false;
        agent.rx = 0.5f;
        agent.ry = 0.5787f;
        agent.x = 1.5f;
        agent.y = 1 + agent.ry;
        lastY = agent.y;
        if (is(Mode.HARD)) {
            agent.theme = random.below(AGENTS);
            wallTheme = random.below(WALLS);
        } else {
            background = 0;
            wallTheme = 0;
        }
        world.fill(0, 0, SIDE, 1, WALL_TOP);
        world.fill(0, 0, 1, SIDE, WALL_BODY);
        world.fill(SIDE - 1, 0, 1, SIDE, WALL_BODY);
        world.fill(0, SIDE - 1, SIDE, 1, WALL_BODY);

        int difficulty = random.below(3) + 1;
        int sections = random.below(difficulty) + difficulty;
        int danger = random.below(3);
        int x = 5;
        int y = 1;
        for (int section = 0; section < sections && x + 15 < SIDE; section++) {
            int dy = heightChange(difficulty, y);
            int dx = random.below(2 * difficulty) + 3 + difficulty / 3;
            y = Math.max(1, y + dy);
            boolean pit = !options.debugs(LevelOptions.NO_PITS) && dx > 7 && y > 3 && random.below(20) >= difficulty;
            if (pit) {
                digPit(x, y, dx, danger);
            } else {
                layGround(x, y, dx, difficulty);
            }
            if (!isWall(world.cell(x - 1, y))) {
                world.set(x - 1, y, BARRIER);
            }
            x += dx;
            world.set(x, y, BARRIER);
        }
        world.set(x, y, COIN);
        column(x, y);
        world.fill(x + 1, 0, SIDE - x - 1, SIDE, WALL_BODY);
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
            world.fill(pit, 1, width, lavaHeight - 1, LAVA_BODY);
            world.fill(pit, lavaHeight, width, 1, LAVA_TOP);
        } else {
            for (int c = 0; c < width; c++) {
                if (danger == SAWS) {
                    add(SAW, pit + c, 1, 0);
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
            world.fill(pit + offset, y - 1, islandWidth, 1, WALL_TOP);
        }
    }

    private void layGround(int x, int y, int dx, int difficulty) {
        ground(x, y, dx);
        int sawColumn = NOWHERE;
        int enemyColumn = NOWHERE;
        if (random.below(10) < 2 * difficulty && dx > 3) {
            sawColumn = x + 1 + random.below(dx - 2);
            add(SAW, sawColumn, y, 0);
        }
        if (random.below(10) < difficulty && dx > 3 && is(Mode.HARD)) {
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
                    add(CRATE, column, y + i, random.below(CRATES));
                }
            }
        }
    }

    private Entity add(int type, int x, int y, int theme) {
        Entity entity = world.add(x + 0.5f, y + 0.5f, 0, 0, 0.5f, type);
        entity.theme = theme;
        return entity;
    }

    private void addEnemy(int x, int y) {
        float speed = ENEMY_SPEED * random.sign();
        Entity enemy = add(ENEMY, x, y, random.below(ENEMIES));
        enemy.vx = speed;
        enemy.mirrored = speed > 0;
        enemy.walks = true;
        enemy.layer = 1;
    }

    private void ground(int x, int y, int width) {
        for (int c = x; c < x + width; c++) {
            column(c, y);
        }
    }

    /** Wall up to a height, the highest cell being a top. */
    private void column(int x, int height) {
        world.fill(x, 0, 1, height - 1, WALL_BODY);
        world.set(x, height - 1, WALL_TOP);
    }

    private static boolean isWall(int type) {
        return type == WALL_BODY || type == WALL_TOP;
    }

    /** An enemy turns around at walls; a wall body, being what lies outside the world too, also costs it speed. */
    @Override
    boolean blocks(Entity mover, int type, boolean horizontal) {
        return type == WALL_BODY || type == WALL_TOP && mover.type == World.AGENT;
    }

    /**
     * A crate carries the agent that falls on it from above and does not press down.
     *
     * <p>The native library asks this about the agent whoever moves. So an enemy that walks through a crate while the
     * agent falls makes the agent count as standing on a crate in the next step, wherever the agent is; it can then jump
     * from thin air if its vertical speed is zero. Kept, for the sake of equal trajectories (openai/procgen's comment calls it
     * harmless; the golden trajectories of hard levels tell otherwise).
     */
    @Override
    boolean blocks(Entity mover, Entity other, boolean horizontal) {
        if (horizontal || agent.vy >= 0 || wishY < 0 || lastY < other.y + other.ry + agent.ry) {
            return false;
        }
        onCrate = true;
        return true;
    }

    @Override
    boolean stops(Entity other) {
        return other.type == CRATE;
    }

    @Override
    boolean turns(int mover, int type) {
        return mover == ENEMY && (isWall(type) || type == BARRIER);
    }

    @Override
    boolean carries(int type) {
        return isWall(type);
    }

    /** Up jumps from the ground and from crates. */
    @Override
    void wish(int move) {
        super.wish(move);
        supported = agent.vy == 0 && (onCrate || stands());
        onCrate = false;
        if (wishY > 0 && !supported) {
            wishY = 0;
        }
    }

    @Override
    void accelerate() {
        float share = supported ? mix : mix * AIR_CONTROL;
        float vx = (1 - share) * agent.vx + share * maxSpeed * wishX;
        agent.vx = Math.abs(vx) < share * maxSpeed ? 0 : vx;
        if (wishY > 0) {
            agent.vy = maxJump;
        } else {
            float vy = supported ? agent.vy + mix * wishY : agent.vy;
            agent.vy = Math.max(-maxJump, Math.min(maxJump, vy - GRAVITY));
        }
    }

    @Override
    void agentMeets(Entity entity) {
        if (entity.type == SAW || entity.type == ENEMY) {
            lose();
        }
    }

    @Override
    void touches(Entity entity, int type, int x, int y) {
        if (entity.type == World.AGENT && type == COIN) {
            win(10);
        } else if (entity.type == World.AGENT && (type == LAVA_BODY || type == LAVA_TOP)) {
            lose();
        }
    }

    @Override
    void play() {
        faceWish(false);
        lastY = agent.y;
        for (int i = world.count - 1; i >= 0; i--) {
            Entity enemy = world.entities[i];
            if (enemy.type == ENEMY) {
                enemy.mirrored = enemy.vx > 0;
                Entity trail = world.add(enemy.x, enemy.y - 0.25f, 0, 0.01f, 0.3f, 0.2f, World.TRAIL);
                trail.lifetime = TRAIL_STEPS;
            }
        }
    }

    @Override
    int imageOf(int type) {
        switch (type) {
            case World.AGENT:
                return imageOfAgent();
            case ENEMY:
                return ENEMY_POSE + time / 5 % 2;
            case SAW:
                return SAW + time % 2;
            case BARRIER:
                return -1;
            default:
                return type;
        }
    }

    /** Our own art has a picture for being in the air; in a level's first frame the rules have not looked for support yet, but the agent stands. */
    private int imageOfAgent() {
        if (!supported) {
            boolean standing = time == 0;
            return options.useMonochromeAssets() ? WALKING : standing ? World.AGENT : JUMPING;
        }
        return Math.abs(agent.vx) < 0.01f && wishX == 0 ? World.AGENT : WALKING + time / 5 % 2;
    }

    @Override
    int themeOfCell(int type) {
        return isWall(type) ? wallTheme : 0;
    }

    /** As it always was here, without the second rounding. */
    @Override
    float across(float unit) {
        return follows ? view : SIDE;
    }

    /** What CoinRun told before there were other games. */
    @Override
    public void describe(Map<String, Object> facts) {
        super.describe(facts);
        facts.remove("entities");
    }

    @Override
    void saveOwn(DataOutputStream out) throws IOException {
        out.writeBoolean(supported);
        out.writeBoolean(onCrate);
        out.writeFloat(lastY);
        out.writeInt(wallTheme);
    }

    @Override
    void loadOwn(DataInputStream in) throws IOException {
        supported = in.readBoolean();
        onCrate = in.readBoolean();
        lastY = in.readFloat();
        wallTheme = in.readInt();
    }
}
