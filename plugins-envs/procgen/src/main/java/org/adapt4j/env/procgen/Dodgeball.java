package org.adapt4j.env.procgen;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Dodgeball (Cobbe et al. 2020, appendix B): hit all enemies with balls, then leave through the door; walls and enemies' balls kill.
 *
 * <p>Source of the rules: openai/procgen, dodgeball. As in the native library the direction of a throw before the first move is that of the last
 * move of the episode before.
 */
final class Dodgeball extends ArcadeGame {

    static final GameInfo INFO = GameInfo.of(
                    Dodgeball::new, 1000, new GameInfo.Scores(1.5, 19), new GameInfo.Scores(1.5, 19))
            .and(Mode.EXTREME)
            .and(Mode.MEMORY)
            .completedAt(13);

    private static final int WALL = 1;
    private static final int OWN_BALL = 3;
    private static final int ENEMY = 4;
    private static final int DOOR = 5;
    private static final int ENEMY_BALL = 6;
    private static final int OPEN_DOOR = 7;
    private static final int DUST = 8;
    private static final int OUTSIDE = 10;

    private static final float ENEMY_SPEED = 0.05f;
    private static final int ENEMY_THEMES = 7;
    private static final int ENEMY_PAUSE = 50;
    private static final int OWN_PAUSE = 7;
    private static final int BALL_STEPS = 50;
    private static final float BALL_SPIN = PI * 0.23f;
    private static final int MAX_ROOMS = 64;

    private static final Looks LOOKS = new Looks(Backgrounds.TOP_DOWN)
            .with(World.AGENT, (g, theme) -> Creatures.player(g, 11), 38, 43)
            .with(OWN_BALL, (g, theme) -> Things.dodgeBall(g, 0), 1, 1)
            .with(
                    ENEMY,
                    Creatures::player,
                    35,
                    43,
                    35,
                    43,
                    35,
                    43,
                    35,
                    43,
                    35,
                    43,
                    35,
                    43,
                    35,
                    43,
                    35,
                    43,
                    38,
                    43,
                    38,
                    43,
                    38,
                    43)
            .with(DOOR, (g, theme) -> Things.block(g, 0), 1, 1)
            .with(ENEMY_BALL, (g, theme) -> Things.dodgeBall(g, 1), 1, 1)
            .with(OPEN_DOOR, (g, theme) -> Things.block(g, 1), 1, 1)
            .with(WALL, Things::lavaWall, 1, 1)
            .tiled(WALL, 1)
            .with(DUST, Things::cloud, 41, 42, 56, 49, 59, 55, 52, 50, 63, 65, 73, 72, 87, 100, 100, 102, 69, 71)
            .ground(OUTSIDE, Grounds::lavaStone, 1);

    private final float scale;
    private float ballSpeed;
    private float ballR;
    private int enemies;
    private int lastThrow;

    /** Left, low, width and height of rooms that may still be split. */
    private final float[][] rooms = new float[MAX_ROOMS][];

    private int roomCount;
    private float minSide;
    private float minOtherSide;

    Dodgeball(LevelOptions options) {
        super(options, LOOKS);
        timeOut = INFO.timeOut();
        world.outside = OUTSIDE;
        follows = is(Mode.MEMORY);
        entitiesBlock = true;
        scale = is(Mode.EASY) ? 2 : is(Mode.EXTREME) ? 1 : 1.5f;
        maxSpeed = is(Mode.EASY) ? .75f : is(Mode.EXTREME) ? .25f : .5f;
        ballSpeed = .25f * scale;
        ballR = .25f * scale;
    }

    @Override
    void chooseSize() {
        world.width = is(Mode.MEMORY) ? 40 : 20;
        world.height = world.width;
    }

    @Override
    void generate() {
        lastThrow = 0;
        float thickness = 0.3f * scale;
        float enemyR = .5f * scale;
        float doorR = is(Mode.EASY) ? 1.5f : .75f;
        if (!is(Mode.EXTREME)) {
            agent.rx = is(Mode.EASY) ? 1 : .75f;
            agent.ry = agent.rx;
        }
        minOtherSide = (float) (4 * agent.rx + 2 * thickness + .5);
        minSide = (float) (agent.rx * 8 + .5);
        int side = world.width;
        roomCount = 1;
        rooms[0] = new float[] {0, 0, side, side};
        int splits = is(Mode.EASY) ? 2 : is(Mode.EXTREME) ? 8 : is(Mode.MEMORY) ? 16 : 4;
        for (int i = 0; i < splits && roomCount > 0; i++) {
            int n = random.below(roomCount);
            float[] room = rooms[n];
            System.arraycopy(rooms, n + 1, rooms, n, roomCount - n - 1);
            roomCount--;
            split(room, thickness);
        }
        switch (random.below(4)) {
            case 0 -> spawn(doorR, doorR, DOOR, 0, 0, side, 2 * doorR);
            case 1 -> spawn(doorR, doorR, DOOR, 0, side - 2 * doorR, side, 2 * doorR);
            case 2 -> spawn(doorR, doorR, DOOR, 0, 0, 2 * doorR, side);
            default -> spawn(doorR, doorR, DOOR, side - 2 * doorR, 0, 2 * doorR, side);
        }
        replaceAgent();
        enemies = random.below(is(Mode.MEMORY) ? 17 : 4) + 3;
        for (int i = 0; i < enemies; i++) {
            spawn(enemyR, enemyR, ENEMY, 0, 0, side, side);
        }
        int theme = random.below(ENEMY_THEMES);
        for (int i = 0; i < world.count; i++) {
            Entity entity = world.entities[i];
            if (entity.type == ENEMY) {
                entity.theme = theme;
                entity.fireTime = 10;
                entity.collides = true;
                entity.walks = true;
                wander(entity);
                entity.face(entity.vx, entity.vy, 0);
            } else if (entity.type == WALL) {
                entity.collides = true;
            }
        }
        agent.face(1, 0, 0);
    }

    /** Puts a wall into a room that leaves a gap at one end, which makes three rooms of it. */
    private void split(float[] room, float thickness) {
        boolean horizontal = random.unit() < .5;
        boolean gapAtEnd = random.unit() < .5;
        if (room[2] < minSide) {
            horizontal = false;
        }
        if (room[3] < minSide) {
            horizontal = true;
        }
        float x = room[0];
        float y = room[1];
        float wide = room[2];
        float high = room[3];
        float share = 1 - .25f * (random.below(3) + 1);
        if (horizontal) {
            float length = share * wide;
            float from = gapAtEnd ? x : x + (1 - share) * wide;
            world.add(from + length / 2, y + high / 2, 0, 0, length / 2, thickness, WALL);
            float half = high / 2 - thickness;
            keep(from, y, length, half);
            keep(from, y + high / 2 + thickness, length, half);
            keep(gapAtEnd ? x + share * wide : x, y, wide - length, high);
        } else {
            float length = share * high;
            float from = gapAtEnd ? y : y + (1 - share) * high;
            world.add(x + wide / 2, from + length / 2, 0, 0, thickness, length / 2, WALL);
            float half = wide / 2 - thickness;
            keep(x, from, half, length);
            keep(x + wide / 2 + thickness, from, half, length);
            keep(x, gapAtEnd ? y + share * high : y, wide, high - length);
        }
    }

    private void keep(float x, float y, float wide, float high) {
        if ((wide >= minSide || high >= minSide) && wide >= minOtherSide && high >= minOtherSide) {
            rooms[roomCount++] = new float[] {x, y, wide, high};
        }
    }

    /** Along a random axis, for a random while. */
    private void wander(Entity enemy) {
        float velocity = ENEMY_SPEED * random.sign();
        boolean horizontal = random.below(2) == 0;
        enemy.vx = horizontal ? velocity : 0;
        enemy.vy = horizontal ? 0 : velocity;
        enemy.spawnTime = random.below(50) + 25;
    }

    @Override
    boolean blocks(Entity mover, int type, boolean horizontal) {
        return type == OUTSIDE;
    }

    @Override
    boolean turns(int mover, int type) {
        return mover == ENEMY && (type == WALL || type == OUTSIDE);
    }

    @Override
    void agentMeets(Entity entity) {
        switch (entity.type) {
            case ENEMY, ENEMY_BALL, WALL -> lose();
            case DOOR -> {
                if (enemies == 0) {
                    win(10);
                }
            }
            default -> {}
        }
    }

    @Override
    void meets(Entity entity, Entity ball) {
        if (entity.type == WALL && (ball.type == OWN_BALL || ball.type == ENEMY_BALL)) {
            ball.gone = true;
        } else if (entity.type == ENEMY && ball.type == OWN_BALL) {
            ball.gone = true;
            entity.gone = true;
            reward += 2;
            Entity dust = bear(entity, DUST, entity.rx);
            dust.spin = PI / 0.3f;
            dust.growth = 1 / 1.2f;
            dust.lifetime = 4;
            dust.fading = 0.9f;
            dust.theme = stepDraw % looks.themes(DUST);
        }
    }

    @Override
    void play() {
        float aimX = lastMove / 3 - 1;
        float aimY = lastMove % 3 - 1;
        agent.face(aimX, aimY, 0);
        if (special == 1 && time - lastThrow >= OWN_PAUSE) {
            throwBall(agent, OWN_BALL, aimX, aimY).collides = true;
            lastThrow = time;
        }
        enemies = 0;
        for (int i = world.count - 1; i >= 0; i--) {
            Entity entity = world.entities[i];
            if (entity.type == ENEMY) {
                enemies++;
                act(entity);
            } else if (entity.type == OWN_BALL || entity.type == ENEMY_BALL) {
                boolean inside = entity.x >= entity.rx
                        && entity.x <= world.width - entity.rx
                        && entity.y >= entity.ry
                        && entity.y <= world.height - entity.ry;
                entity.gone |= !inside;
            }
        }
        world.sweep();
    }

    private Entity throwBall(Entity from, int type, float aimX, float aimY) {
        Entity ball = world.add(from.x, from.y, aimX * ballSpeed, aimY * ballSpeed, ballR, type);
        ball.spin = BALL_SPIN;
        ball.lifetime = BALL_STEPS;
        return ball;
    }

    private void act(Entity enemy) {
        if (enemy.spawnTime == 0) {
            wander(enemy);
        } else {
            enemy.spawnTime--;
        }
        if (time - enemy.fireTime >= ENEMY_PAUSE) {
            boolean inColumn = Math.abs(enemy.x - agent.x) < 1;
            boolean inRow = Math.abs(enemy.y - agent.y) < 1;
            if (inColumn || inRow) {
                float aimX = inColumn ? 0 : enemy.x < agent.x ? 1 : -1;
                float aimY = !inColumn ? 0 : enemy.y < agent.y ? 1 : -1;
                throwBall(enemy, ENEMY_BALL, aimX, aimY);
                enemy.fireTime = time + random.below(4);
                enemy.vx = aimX * ENEMY_SPEED;
                enemy.vy = aimY * ENEMY_SPEED;
            }
        }
        enemy.face(enemy.vx, enemy.vy, 0);
    }

    @Override
    int imageOf(int type) {
        return type == DOOR && enemies == 0 ? OPEN_DOOR : type;
    }

    @Override
    void saveOwn(DataOutputStream out) throws IOException {
        out.writeInt(enemies);
        out.writeInt(lastThrow);
    }

    @Override
    void loadOwn(DataInputStream in) throws IOException {
        enemies = in.readInt();
        lastThrow = in.readInt();
    }
}
