package org.adapt4j.env.procgen;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Climber (Cobbe et al. 2020, appendix B): jump from platform to platform, collect all crystals, keep away from what patrols.
 *
 * <p>Source of the rules: openai/procgen, climber.
 */
final class Climber extends ArcadeGame {

    static final GameInfo INFO = GameInfo.of(
                    Climber::new, 1000, new GameInfo.Scores(2, 12.6), new GameInfo.Scores(1, 12.6))
            .exploring(1561126160)
            .completedAt(10);

    private static final int CRYSTAL = 1;
    private static final int ENEMY = 5;
    private static final int ENEMY_POSE = 6;
    private static final int JUMPING = 9;
    private static final int WALKING = 12;
    private static final int WALL_BODY = 15;
    private static final int WALL_TOP = 16;

    private static final int HEIGHT = 64;
    private static final float GRAVITY = 0.2f;
    private static final float AIR_CONTROL = 0.15f;
    private static final float PATROL = 4;
    private static final int MIN_RISE = 3;
    private static final int MAX_RISE = 5;
    private static final int MARGIN = 3;
    private static final int WALL_THEMES = 4;

    private static final Looks LOOKS = new Looks(Backgrounds.PLATFORM)
            .with(World.AGENT, (g, theme) -> Creatures.climber(g, theme, 0), 45, 54, 38, 50, 36, 45, 39, 48)
            .with(JUMPING, (g, theme) -> Creatures.climber(g, theme, 3), 49, 45, 48, 43, 48, 36, 49, 42)
            .with(WALKING, (g, theme) -> Creatures.climber(g, theme, 1), 45, 54, 38, 50, 36, 45, 39, 48)
            .with(WALKING + 1, (g, theme) -> Creatures.climber(g, theme, 2), 45, 54, 38, 48, 37, 43, 39, 45)
            .with(ENEMY_POSE, (g, theme) -> Creatures.piranha(g, 0), 44, 32)
            .with(ENEMY_POSE + 1, (g, theme) -> Creatures.piranha(g, 1), 44, 32)
            .with(CRYSTAL, Things::crystal, 32, 30)
            .ground(WALL_BODY, Grounds::rock, WALL_THEMES)
            .ground(WALL_TOP, Grounds::rockTop, WALL_THEMES);

    private int crystals;
    private int wallTheme;
    private boolean supported;

    Climber(LevelOptions options) {
        super(options, LOOKS);
        timeOut = INFO.timeOut();
        world.outside = WALL_BODY;
        maxJump = 1.5f;
    }

    @Override
    void chooseSize() {
        world.width = is(Mode.EASY) ? 16 : 20;
        world.height = HEIGHT;
        view = world.width;
    }

    @Override
    void generate() {
        supported = false;
        agent.rx = .5f;
        agent.ry = .5f;
        agent.x = 1.5f;
        agent.y = 1.5f;
        drawTheme(agent);
        wallTheme = random.below(WALL_THEMES);
        world.fill(0, 0, world.width, 1, WALL_TOP);
        world.fill(0, 0, 1, HEIGHT, WALL_BODY);
        world.fill(world.width - 1, 0, 1, HEIGHT, WALL_BODY);
        world.fill(0, HEIGHT - 1, world.width, 1, WALL_BODY);

        int difficulty = random.below(3);
        int min = difficulty * difficulty + 1;
        int max = (difficulty + 1) * (difficulty + 1) + 1;
        int platforms = random.below(max - min + 1) + min;
        crystals = 0;
        int x = random.below(world.width - 4) + 2;
        int y = 0;
        for (int i = 0; i < platforms; i++) {
            int rise = random.below(MAX_RISE - MIN_RISE + 1) + MIN_RISE;
            boolean roomy = x >= MARGIN && x <= world.width - MARGIN;
            if (roomy && random.unit() < (is(Mode.EASY) ? .2f : .5f)) {
                addEnemy(x, y);
            }
            y += rise;
            x = layPlatform(x, y, i == platforms - 1);
        }
    }

    private void addEnemy(int x, int y) {
        float speed = (float) (.15 * random.sign());
        Entity enemy = world.add(x + .5f, y + random.below(2) + 2.5f, speed, 0, .5f, ENEMY);
        enemy.image = ENEMY_POSE;
        enemy.walks = true;
        enemy.homeX = x + .5f;
        fitHeight(enemy);
    }

    /** Lays a platform beside a column, perhaps with a crystal, and says at which column the next one begins. */
    private int layPlatform(int x, int y, boolean last) {
        int length = 2 + random.below(10);
        int step = random.sign();
        if (x < MARGIN) {
            step = 1;
        } else if (x > world.width - MARGIN) {
            step = -1;
        }
        int laid = 0;
        while (laid < length && x + (laid + 1) * step > 0 && x + (laid + 1) * step < world.width - 1) {
            laid++;
            world.set(x + laid * step, y, WALL_TOP);
        }
        if (random.unit() < .5 || last) {
            world.add(x + (1 + random.below(laid)) * step + .5f, y + 1.5f, 0, 0, 0.3f, CRYSTAL);
            crystals++;
        }
        return x + (1 + random.below(laid)) * step;
    }

    private static boolean isWall(int type) {
        return type == WALL_BODY || type == WALL_TOP;
    }

    @Override
    boolean blocks(Entity mover, int type, boolean horizontal) {
        return type == world.outside || mover.type == World.AGENT && isWall(type);
    }

    @Override
    boolean turns(int mover, int type) {
        return mover == ENEMY && isWall(type);
    }

    @Override
    boolean carries(int type) {
        return isWall(type);
    }

    /** Up jumps from the ground; down does nothing. */
    @Override
    void wish(int move) {
        super.wish(move);
        supported = stands();
        wishY = supported && wishY > 0 ? 1 : 0;
    }

    @Override
    void accelerate() {
        float share = supported ? mix : mix * AIR_CONTROL;
        agent.vx = (1 - share) * agent.vx + share * maxSpeed * wishX;
        if (wishY > 0) {
            agent.vy = maxJump;
        }
        if (!supported && agent.vy > -2) {
            agent.vy -= GRAVITY;
        }
    }

    @Override
    void agentMeets(Entity entity) {
        if (entity.type == ENEMY) {
            lose();
        } else if (entity.type == CRYSTAL) {
            reward += 1;
            crystals--;
            entity.gone = true;
        }
    }

    @Override
    void play() {
        faceWish(false);
        for (int i = world.count - 1; i >= 0; i--) {
            Entity enemy = world.entities[i];
            if (enemy.type == ENEMY) {
                if (enemy.x > enemy.homeX + PATROL) {
                    enemy.vx = -Math.abs(enemy.vx);
                } else if (enemy.x < enemy.homeX - PATROL) {
                    enemy.vx = Math.abs(enemy.vx);
                }
                enemy.image = ENEMY_POSE + time / 5 % 2;
                enemy.mirrored = enemy.vx < 0;
            }
        }
        if (crystals == 0) {
            win(10);
        }
    }

    @Override
    int imageOf(int type) {
        if (type != World.AGENT) {
            return type;
        }
        if (!supported) {
            return JUMPING;
        }
        return Math.abs(agent.vx) < .01f && wishX == 0 ? World.AGENT : WALKING + time / 5 % 2;
    }

    @Override
    int themeOfCell(int type) {
        return wallTheme;
    }

    @Override
    float cameraX() {
        return world.width / 2f;
    }

    @Override
    float cameraY() {
        return (float) (agent.y + world.width / 2.0 - 5 * agent.ry);
    }

    @Override
    void saveOwn(DataOutputStream out) throws IOException {
        out.writeInt(crystals);
        out.writeInt(wallTheme);
        out.writeBoolean(supported);
    }

    @Override
    void loadOwn(DataInputStream in) throws IOException {
        chooseSize();
        crystals = in.readInt();
        wallTheme = in.readInt();
        supported = in.readBoolean();
    }
}
