package org.adapt4j.env.procgen;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * Heist (Cobbe et al. 2020, appendix B): a gem behind locked doors, each of which opens with the key of its colour. Nothing kills.
 *
 * <p>Source of the rules: openai/procgen, heist.
 */
final class Heist extends ArcadeGame {

    static final GameInfo INFO = GameInfo.of(Heist::new, 1000, new GameInfo.Scores(3.5, 10), new GameInfo.Scores(2, 10))
            .and(Mode.MEMORY)
            .exploring(876640971)
            .completedAt(10);

    private static final int DOOR = 1;
    private static final int KEY = 2;
    private static final int GEM = 9;
    private static final int KEY_ON_RING = 11;

    private static final int MAX_KEYS = 3;
    private static final int SMALLEST_MAZE = 5;
    private static final float R = .375f;
    private static final float RING_R = 0.03f;

    private static final Looks LOOKS = new Looks(Backgrounds.TOP_DOWN)
            .with(World.AGENT, Creatures::astronaut, 37, 44)
            .with(KEY, Things::key, 84, 52, 84, 52, 84, 52)
            .with(DOOR, Things::lock, 70, 70, 70, 70, 70, 70)
            .with(GEM, Things::yellowGem, 70, 48)
            .ground(World.WALL, Grounds::dirt, 1);

    private final boolean[] held = new boolean[MAX_KEYS];

    Heist(LevelOptions options) {
        super(options, LOOKS);
        timeOut = INFO.timeOut();
        world.outside = World.WALL;
        maxSpeed = .75f;
        view = 8;
        follows = is(Mode.MEMORY);
        showsVelocity = false;
        entitiesBlock = true;
    }

    @Override
    void chooseSize() {
        world.width = is(Mode.EASY) ? 9 : is(Mode.MEMORY) ? 23 : 13;
        world.height = world.width;
    }

    @Override
    void generate() {
        int difficulty = random.below((world.width - SMALLEST_MAZE) / 2 + 1);
        int keys = Math.min(MAX_KEYS, is(Mode.MEMORY) ? random.below(4) : difficulty + random.below(2));
        Arrays.fill(held, false);
        int side = difficulty * 2 + SMALLEST_MAZE;
        agent.rx = R;
        agent.ry = R;
        Maze maze = new Maze(random, side);
        maze.carveWithDoors(keys);
        // Out of the way, for keys keep clear of the agent.
        agent.x = -1;
        agent.y = -1;
        int left = random.below(world.width - side + 1);
        int low = random.below(world.width - side + 1);
        world.fill(0, 0, world.width, world.height, World.WALL);
        for (int x = left; x < left + side; x++) {
            for (int y = low; y < low + side; y++) {
                furnish(x, y, maze.cell(x - left, y - low));
            }
        }
        for (int i = 0; i < keys; i++) {
            Entity key =
                    world.add((float) (1 - RING_R * (2 * i + 1.25)), (float) (RING_R * .75), 0, 0, RING_R, KEY_ON_RING);
            key.theme = i;
            key.image = KEY;
            key.rotation = PI / 2;
            key.layer = 1;
            key.onScreen = true;
            fitHeight(key);
        }
    }

    private void furnish(int x, int y, int type) {
        if (type != World.WALL) {
            world.set(x, y, World.EMPTY);
        }
        if (type >= Maze.KEY) {
            Entity key = spawn(R, R, KEY, x, y, 1, 1);
            key.theme = type - Maze.KEY - 1;
            fitHeight(key);
        } else if (type >= Maze.DOOR) {
            world.add(x + .5f, y + .5f, 0, 0, .5f, DOOR).theme = type - Maze.DOOR - 1;
        } else if (type == Maze.EXIT) {
            fitHeight(spawn(R, R, GEM, x, y, 1, 1));
        } else if (type == Maze.AGENT) {
            agent.x = x + .5f;
            agent.y = y + .5f;
        }
    }

    @Override
    boolean blocks(Entity mover, Entity other, boolean horizontal) {
        return other.type == DOOR ? !held[other.theme] : super.blocks(mover, other, horizontal);
    }

    @Override
    void agentMeets(Entity entity) {
        if (entity.type == GEM) {
            reward = 0;
            win(10);
        } else if (entity.type == KEY) {
            entity.gone = true;
            held[entity.theme] = true;
        } else if (entity.type == DOOR && held[entity.theme]) {
            entity.gone = true;
        }
    }

    @Override
    void play() {
        agent.face(wishX, wishY, 0);
    }

    /** Keys and doors show which belong together. */
    @Override
    boolean keepsThemes(int image) {
        return image == KEY || image == DOOR;
    }

    @Override
    boolean isShown(Entity entity) {
        return entity.type != KEY_ON_RING || held[entity.theme];
    }

    @Override
    void saveOwn(DataOutputStream out) throws IOException {
        for (boolean key : held) {
            out.writeBoolean(key);
        }
    }

    @Override
    void loadOwn(DataInputStream in) throws IOException {
        for (int i = 0; i < MAX_KEYS; i++) {
            held[i] = in.readBoolean();
        }
    }
}
