package org.adapt4j.env.procgen;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * FruitBot (Cobbe et al. 2020, appendix B): a robot drives up through gaps in walls, collects fruit and leaves other food alone; keys open doors.
 *
 * <p>Source of the rules: openai/procgen, fruitbot. Known flaw, kept: who touches two presents at once at the end is paid twice.
 */
final class FruitBot extends ArcadeGame {

    static final GameInfo INFO =
            GameInfo.of(FruitBot::new, 1000, new GameInfo.Scores(-1.5, 32.4), new GameInfo.Scores(-.5, 27.2));

    private static final int WALL = 1;
    private static final int OUTSIDE = 2;
    private static final int KEY = 3;
    private static final int FOOD = 4;
    private static final int FRUIT = 7;
    private static final int DOOR = 10;
    private static final int LOCK = 11;
    private static final int PRESENT = 12;

    private static final int HEIGHT = 60;
    private static final int WALL_DISTANCE = 4;
    private static final float WALL_RY = 0.3f;
    private static final float LOCK_RX = .25f;
    private static final float LOCK_RY = 0.45f;
    private static final float DOOR_ASPECT = 3.25f;
    private static final int KEY_STEPS = 8;

    private static final Looks LOOKS = new Looks(Backgrounds.TOP_DOWN)
            .with(World.AGENT, Creatures::robot, 148, 154)
            .with(WALL, Things::stoneWall, 1, 1)
            .tiled(WALL, 1)
            .ground(OUTSIDE, Grounds::blocks, 1)
            .with(KEY, (g, theme) -> Things.key(g, 2), 1, 1)
            .with(FOOD, Things::food, 14, 25, 28, 13, 19, 19, 21, 20, 22, 24, 22, 22)
            .with(FRUIT, Things::fruit, 27, 28, 24, 30, 30, 22, 20, 31, 23, 23, 22, 26)
            .with(DOOR, Things::fence, 104, 32)
            .tiled(DOOR, DOOR_ASPECT)
            .with(LOCK, Things::padlock, 70, 105)
            .with(PRESENT, Things::present, 1, 1, 1, 1, 1, 1);

    private int lastThrow;

    FruitBot(LevelOptions options) {
        super(options, LOOKS);
        timeOut = INFO.timeOut();
        world.outside = OUTSIDE;
        maxSpeed = 0.85f;
    }

    @Override
    void chooseSize() {
        world.width = is(Mode.EASY) ? 10 : 20;
        world.height = HEIGHT;
        view = world.width;
    }

    @Override
    void generate() {
        lastThrow = 0;
        boolean easy = is(Mode.EASY);
        int walls = easy ? 5 : 10;
        int y = 0;
        for (int part : random.partition(HEIGHT - WALL_DISTANCE * walls - 4, walls)) {
            int dy = WALL_DISTANCE + part;
            y += dy;
            boolean door = dy > 5 && random.unit() < (easy ? 0f : .125f);
            addWall(y, door, easy ? .2f : .1f);
        }
        agent.y = agent.ry;
        int fruit = random.below(10) + 10;
        int food = random.below(10) + 10;
        for (int x = 0; x < world.width; x++) {
            drawTheme(world.add(x + .5f, HEIGHT - .5f, 0, 0, .5f, PRESENT));
        }
        for (int i = 0; i < fruit + food; i++) {
            spawn(.5f, .5f, i < fruit ? FRUIT : FOOD, 0, 0, world.width, HEIGHT);
        }
        for (int i = 0; i < world.count; i++) {
            Entity entity = world.entities[i];
            if (entity.type == FRUIT || entity.type == FOOD) {
                entity.theme = random.below(easy ? 2 : 6);
                fitInside(entity);
            }
        }
        agent.rotation = -PI / 2;
    }

    private void addWall(float y, boolean door, float minGap) {
        float wide = world.width;
        float share = (float) (minGap + .2 * random.unit());
        if (door) {
            share += 0.1f;
            float lockShare = 2 * LOCK_RX / world.width;
            float doorShare = WALL_RY * 2 * DOOR_ASPECT / world.width;
            int doors = (int) Math.ceil((share - 2 * lockShare) / doorShare);
            share = 2 * lockShare + doorShare * doors;
        }
        float gap = share * wide;
        float left = random.unit() * (wide - gap);
        float right = wide - left - gap;
        world.add(left / 2, y, 0, 0, left / 2, WALL_RY, WALL);
        world.add(wide - right / 2, y, 0, 0, right / 2, WALL_RY, WALL);
        if (door) {
            int lockRight = random.below(2);
            float lockX = left + LOCK_RX + lockRight * (gap - 2 * LOCK_RX);
            float doorX = left + gap / 2 - (lockRight * 2 - 1) * LOCK_RX;
            world.add(doorX, y, 0, 0, gap / 2 - LOCK_RX, WALL_RY, DOOR);
            world.add(lockX, y - LOCK_RY + WALL_RY, 0, 0, LOCK_RX, LOCK_RY, LOCK);
        }
    }

    /** Always upwards. */
    @Override
    void wish(int move) {
        wishX = move / 3 - 1;
        wishY = 0.2f;
        wishSpin = 0;
    }

    @Override
    void agentMeets(Entity entity) {
        switch (entity.type) {
            case WALL, DOOR -> lose();
            case FOOD -> {
                reward -= 4;
                entity.gone = true;
            }
            case FRUIT -> {
                reward += 1;
                entity.gone = true;
            }
            case PRESENT -> win(10);
            default -> {}
        }
    }

    /** Only keys collide. */
    @Override
    void meets(Entity key, Entity other) {
        if (other.type == WALL) {
            key.gone = true;
        } else if (other.type == LOCK) {
            key.gone = true;
            other.gone = true;
            for (int i = 0; i < world.count; i++) {
                Entity door = world.entities[i];
                if (door.type == DOOR && Math.abs(door.y - other.y) < 1) {
                    door.gone = true;
                    break;
                }
            }
        }
    }

    @Override
    void play() {
        if (special == 1 && time - lastThrow >= KEY_STEPS) {
            Entity key = world.add(agent.x, agent.y, 0, .5f, .25f, KEY);
            key.lifetime = KEY_STEPS;
            key.collides = true;
            lastThrow = time;
        }
    }

    @Override
    float cameraX() {
        return world.width / 2f;
    }

    @Override
    float cameraY() {
        return (float) (agent.y + world.width / 2.0 - 2 * agent.ry);
    }

    @Override
    void saveOwn(DataOutputStream out) throws IOException {
        out.writeInt(lastThrow);
    }

    @Override
    void loadOwn(DataInputStream in) throws IOException {
        lastThrow = in.readInt();
        chooseSize();
    }
}
