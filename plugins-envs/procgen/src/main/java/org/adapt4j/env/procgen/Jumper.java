package org.adapt4j.env.procgen;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.BitSet;

/**
 * Jumper (Cobbe et al. 2020, appendix B): a rabbit with double jumps looks for the carrot in a cave with spikes; a compass points to it.
 *
 * <p>Source of the rules: openai/procgen, jumper. Known flaw, kept: in about one level of ten easy ones the agent begins on a spike or the carrot.
 */
final class Jumper extends ArcadeGame {

    static final GameInfo INFO = GameInfo.of(Jumper::new, 1000, new GameInfo.Scores(1, 10), new GameInfo.Scores(1, 10))
            .memoryTimeOut(2000)
            .exploring(1434825276)
            .completedAt(10);

    private static final int CARROT = 1;
    private static final int SPIKE = 2;
    private static final int CAVE = 6;
    private static final int CAVE_TOP = 7;
    private static final int WALKING_LEFT = 10;
    private static final int WALKING_RIGHT = 12;

    private static final int MAZE_SCALE = 3;
    private static final int WALL_THEMES = 4;
    private static final int JUMPS = 2;
    private static final int JUMP_PAUSE = 3;
    private static final float GRAVITY = 0.15f;
    private static final int TRAIL_STEPS = 8;
    private static final int WHITE = 0xffffff;
    private static final int DUST_OPACITY = 120;

    private static final Looks LOOKS = new Looks(Backgrounds.PLATFORM)
            .with(World.AGENT, (g, theme) -> Creatures.rabbit(g, 0), 121, 191)
            .with(WALKING_LEFT, (g, theme) -> Creatures.rabbit(g, 1), 121, 201)
            .with(WALKING_LEFT + 1, (g, theme) -> Creatures.rabbit(g, 2), 121, 207)
            .with(WALKING_RIGHT, (g, theme) -> Creatures.rabbit(g, 1), 121, 201)
            .with(WALKING_RIGHT + 1, (g, theme) -> Creatures.rabbit(g, 2), 121, 207)
            .with(SPIKE, Creatures::spikeMan, 90, 155)
            .with(CARROT, Things::carrot, 78, 70)
            .ground(CAVE, Grounds::rock, WALL_THEMES)
            .ground(CAVE_TOP, Grounds::rockTop, WALL_THEMES);

    private float goalX;
    private float goalY;
    private int wallTheme;
    private int jumpsLeft;
    private int lastJump;
    private boolean jumping;
    private boolean supported;
    private boolean facesRight;

    Jumper(LevelOptions options) {
        super(options, LOOKS);
        timeOut = INFO.timeOut(options.mode());
        view = is(Mode.EASY) ? 12 : 16;
    }

    @Override
    void chooseSize() {
        world.width = is(Mode.EASY) ? 20 : is(Mode.MEMORY) ? 45 : 40;
        world.height = world.width;
    }

    @Override
    void generate() {
        world.outside = World.WALL;
        wallTheme = random.below(WALL_THEMES);
        jumpsLeft = 0;
        lastJump = 0;
        jumping = false;
        supported = false;
        facesRight = true;
        drawCave();
        Rooms rooms = new Rooms(world);
        rooms.update();
        rooms.update();
        world.fill(0, 0, world.width, 1, CAVE);
        world.fill(0, world.height - 1, world.width, 1, CAVE);
        world.fill(0, 0, 1, world.height, CAVE);
        world.fill(world.width - 1, 0, 1, world.height, CAVE);
        BitSet room = rooms.largest();
        rooms.keepOnly(room, CAVE);
        int[] cells = room.stream().toArray();
        int goal = cells[random.below(cells.length)];
        int[] starts = room.stream().filter(this::isOnGround).toArray();
        int start = starts[random.below(starts.length)];
        if (!is(Mode.MEMORY)) {
            rooms.keepOnly(rooms.widen(rooms.path(start, goal), 4), CAVE);
        }
        Entity carrot = world.addAt(goal, .5f, CARROT);
        goalX = carrot.x;
        goalY = carrot.y;
        drawSpikes();
        lowerWalls();
        agent.x = start % world.width + .5f;
        agent.y = start / world.width + agent.ry;
        for (int cell : world.cellsOf(SPIKE)) {
            world.cells[cell] = World.EMPTY;
            world.add(cell % world.width + .5f, cell / world.width + 0.4f, 0, 0, 0.23f, 0.4f, SPIKE);
        }
        for (int cell : world.cellsOf(CAVE)) {
            if (world.cell(cell % world.width, cell / world.width + 1) == World.EMPTY) {
                world.cells[cell] = CAVE_TOP;
            }
        }
        agent.rx = 0.254f;
        agent.ry = 0.4f;
        world.outside = CAVE;
    }

    /** A maze in blocks of three by three cells, blurred. */
    private void drawCave() {
        Maze maze = new Maze(random, world.width / MAZE_SCALE);
        maze.carveWithoutDeadEnds();
        for (int i = 0; i < world.size(); i++) {
            int block = maze.cell(i % world.width / MAZE_SCALE, i / world.width / MAZE_SCALE);
            boolean wall = random.unit() < (block == World.WALL ? .8f : .2f);
            world.cells[i] = wall ? World.WALL : World.EMPTY;
        }
    }

    private void drawSpikes() {
        float chance = is(Mode.MEMORY) ? 0 : .2f;
        for (int cell = 0; cell < world.size(); cell++) {
            int x = cell % world.width;
            int y = cell / world.width;
            if (isOnGround(x, y) && isOnGround(x - 1, y) && isOnGround(x + 1, y) && random.unit() < chance) {
                world.cells[cell] = SPIKE;
            }
        }
    }

    /** Opens walls three cells high, which could not be climbed. */
    private void lowerWalls() {
        for (int cell = 0; cell < world.size(); cell++) {
            int x = cell % world.width;
            int y = cell / world.width;
            for (int side = 1; side >= -1; side -= 2) {
                if (isSheer(x, y, side) && isSheer(x, y + 1, side) && isSheer(x, y + 2, side)) {
                    world.set(x, y + random.below(3), World.EMPTY);
                }
            }
        }
    }

    private boolean isSheer(int x, int y, int side) {
        return world.cell(x, y) == CAVE && world.cell(x + side, y) == World.EMPTY;
    }

    private boolean isOnGround(int cell) {
        return isOnGround(cell % world.width, cell / world.width);
    }

    private boolean isOnGround(int x, int y) {
        int below = world.cell(x, y - 1);
        return world.cell(x, y) == World.EMPTY
                && world.cell(x, y + 1) == World.EMPTY
                && (below == CAVE || below == world.outside);
    }

    @Override
    boolean blocks(Entity mover, int type, boolean horizontal) {
        return type == CAVE || type == CAVE_TOP;
    }

    @Override
    boolean carries(int type) {
        return type == CAVE || type == CAVE_TOP;
    }

    /** Up jumps, twice before the ground has to be touched again. */
    @Override
    void wish(int move) {
        super.wish(move);
        if (wishX != 0) {
            facesRight = wishX > 0;
        }
        supported = stands();
        if (supported) {
            jumpsLeft = JUMPS;
        }
        jumping = wishY > 0 && jumpsLeft > 0 && time - lastJump > JUMP_PAUSE;
        wishY = jumping ? 1 : 0;
        if (jumping) {
            jumpsLeft--;
            lastJump = time;
        }
    }

    @Override
    void accelerate() {
        agent.vx = (1 - mix) * agent.vx + mix * maxSpeed * wishX;
        if (jumping) {
            agent.vy = maxSpeed * 2;
        }
    }

    @Override
    void agentMeets(Entity entity) {
        if (entity.type == CARROT) {
            win(10);
        } else if (entity.type == SPIKE) {
            lose();
        }
    }

    @Override
    void play() {
        faceWish(false);
        if (Math.abs(agent.vx) + Math.abs(agent.vy) > .05) {
            float feet = (float) (agent.y - agent.ry * .5);
            Entity trail = world.add(agent.x, feet, 0, 0.01f, 0.3f, 0.2f, World.TRAIL);
            trail.lifetime = TRAIL_STEPS;
            trail.opacity = .5f;
        }
        if (agent.vy > -2) {
            agent.vy -= GRAVITY;
        }
    }

    @Override
    int imageOf(int type) {
        if (type != World.AGENT || Math.abs(agent.vx) < .01f && wishX == 0 && supported) {
            return type;
        }
        int walking = facesRight ? WALKING_RIGHT : WALKING_LEFT;
        return time / 5 % 2 == 0 || !supported ? walking : walking + 1;
    }

    @Override
    int themeOfCell(int type) {
        return wallTheme;
    }

    /** A compass to the carrot, and dust below a jump in the air. */
    @Override
    void paintOver(Scene screen) {
        if (is(Mode.MEMORY)) {
            return;
        }
        double farthest = world.width * Math.sqrt(2);
        Compass.paint(screen, is(Mode.EASY) ? 3 : 2, goalX - agent.x, goalY - agent.y, farthest);
        if (jumping && !supported && follows) {
            // An ellipse of two pixels by one, which Qt puts one row lower.
            int left = (int) screen.left(agent);
            int top = (int) (screen.top(agent) + screen.height(agent) * (5.0 / 6)) + 1;
            Raster.blend(screen.frame(), left, top, WHITE, DUST_OPACITY);
            Raster.blend(screen.frame(), left + 1, top, WHITE, DUST_OPACITY);
        }
    }

    @Override
    void saveOwn(DataOutputStream out) throws IOException {
        out.writeFloat(goalX);
        out.writeFloat(goalY);
        out.writeInt(wallTheme);
        out.writeInt(jumpsLeft);
        out.writeInt(lastJump);
        out.writeBoolean(jumping);
        out.writeBoolean(supported);
        out.writeBoolean(facesRight);
    }

    @Override
    void loadOwn(DataInputStream in) throws IOException {
        goalX = in.readFloat();
        goalY = in.readFloat();
        wallTheme = in.readInt();
        jumpsLeft = in.readInt();
        lastJump = in.readInt();
        jumping = in.readBoolean();
        supported = in.readBoolean();
        facesRight = in.readBoolean();
    }
}
