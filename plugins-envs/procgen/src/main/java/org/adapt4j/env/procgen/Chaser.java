package org.adapt4j.env.procgen;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Chaser (Cobbe et al. 2020, appendix B): eat all orbs of a maze; large orbs make the pursuers edible for a while.
 *
 * <p>Source of the rules: openai/procgen, chaser.
 */
final class Chaser extends ArcadeGame {

    static final GameInfo INFO = GameInfo.of(
                    Chaser::new, 1000, new GameInfo.Scores(.5, 13), new GameInfo.Scores(.5, 14.2))
            .and(Mode.EXTREME)
            .completedAt(10);

    private static final int LARGE_ORB = 2;
    private static final int WEAK_ENEMY = 3;
    private static final int EGG = 4;
    private static final int WALL = 5;
    private static final int ENEMY = 6;
    private static final int ORB = 1002;

    private static final float ORB_REWARD = 0.04f;
    private static final float ORB_SHARE = 0.3f;
    private static final int GREEN = 0x00ff00;
    private static final int MEAL_STEPS = 75;
    private static final int EGG_STEPS = 50;
    private static final int QUADRANTS = 4;

    private static final Looks LOOKS = new Looks(Backgrounds.TOP_DOWN_SIMPLE)
            .with(World.AGENT, Creatures::floater, 1, 1)
            .with(ENEMY, (g, theme) -> Creatures.flyer(g, 0), 1, 1)
            .with(ENEMY + 1, (g, theme) -> Creatures.flyer(g, 1), 1, 1)
            .with(ENEMY + 2, (g, theme) -> Creatures.flyer(g, 2), 1, 1)
            .with(LARGE_ORB, Things::crystal, 36, 34)
            .with(WEAK_ENEMY, Creatures::frightened, 1, 1)
            .with(EGG, Things::spikyEgg, 1, 1)
            .ground(WALL, Grounds::blocks, 1);

    private int side;
    private int enemies;
    private int[] free = new int[0];
    private int orbs;
    private int mealTime;
    private final int[] choices = new int[4];

    Chaser(LevelOptions options) {
        super(options, LOOKS);
        timeOut = INFO.timeOut();
        mix = 1;
        follows = false;
        showsVelocity = false;
    }

    @Override
    void chooseSize() {
        side = is(Mode.EASY) ? 11 : is(Mode.EXTREME) ? 19 : 13;
        enemies = is(Mode.EXTREME) ? 5 : 3;
        world.width = side;
        world.height = side;
    }

    @Override
    void generate() {
        agent.rx = .5f;
        agent.ry = .5f;
        mealTime = -MEAL_STEPS;
        Maze maze = new Maze(random, side);
        maze.carveWithoutDeadEnds();
        for (int x = 0; x < side; x++) {
            for (int y = 0; y < side; y++) {
                world.set(x, y, maze.cell(x, y) == World.WALL ? WALL : World.EMPTY);
            }
        }
        free = world.cellsOf(World.EMPTY);
        int special = random.below(QUADRANTS);
        int extra = is(Mode.EASY) ? 0 : is(Mode.EXTREME) ? 1 : -1;
        boolean[] taken = new boolean[world.size()];
        for (int quadrant = 0; quadrant < QUADRANTS; quadrant++) {
            int[] cells = quadrant(quadrant);
            for (int n : random.distinct(cells.length, quadrant == special ? 1 + extra : 1)) {
                world.addAt(cells[n], 0.4f, LARGE_ORB);
                taken[cells[n]] = true;
            }
        }
        int[] rest = Arrays.stream(free).filter(cell -> !taken[cell]).toArray();
        int[] places = random.distinct(rest.length, 1 + enemies);
        agent.x = rest[places[0]] % side + .5f;
        agent.y = rest[places[0]] / side + .5f;
        for (int i = 1; i <= enemies; i++) {
            layEgg(rest[places[i]]);
        }
        for (int cell : rest) {
            world.cells[cell] = ORB;
        }
        orbs = rest.length;
    }

    /** Free cells of a quarter of the maze, column by column: lower left, upper left, lower right, upper right. */
    private int[] quadrant(int quadrant) {
        int[] cells = new int[world.size()];
        int n = 0;
        for (int x = 0; x < side; x++) {
            for (int y = 0; y < side; y++) {
                int here = (x >= side / 2.0 ? 2 : 0) + (y >= side / 2.0 ? 1 : 0);
                if (here == quadrant && world.cell(x, y) == World.EMPTY) {
                    cells[n++] = y * side + x;
                }
            }
        }
        return Arrays.copyOf(cells, n);
    }

    private void layEgg(int cell) {
        world.addAt(cell, .5f, EGG).health = EGG_STEPS;
    }

    private boolean enemiesAreEdible() {
        return time - mealTime < MEAL_STEPS;
    }

    /** The agent goes on until it turns or is stopped. */
    @Override
    void accelerate() {
        if (wishX != 0) {
            agent.vx = maxSpeed * wishX;
        }
        if (wishY != 0) {
            agent.vy = maxSpeed * wishY;
        }
        agent.vx = Math.signum(agent.vx) * maxSpeed;
        agent.vy = Math.signum(agent.vy) * maxSpeed;
    }

    @Override
    boolean blocks(Entity mover, int type, boolean horizontal) {
        return type == WALL || super.blocks(mover, type, horizontal);
    }

    @Override
    void agentMeets(Entity entity) {
        if (entity.type == LARGE_ORB) {
            mealTime = time;
            reward += ORB_REWARD;
            entity.gone = true;
        } else if (entity.type == ENEMY && enemiesAreEdible()) {
            entity.gone = true;
        } else if (entity.type == ENEMY) {
            lose();
        }
    }

    @Override
    void play() {
        int present = 0;
        for (int i = world.count - 1; i >= 0; i--) {
            Entity entity = world.entities[i];
            if (entity.type == EGG) {
                present++;
                hatch(entity);
            } else if (entity.type == ENEMY) {
                present++;
                roam(entity);
            }
        }
        if (present < enemies) {
            layEgg(free[stepDraw % free.length]);
        }
        int here = (int) agent.y * side + (int) agent.x;
        if (world.cell(here) == ORB) {
            world.cells[here] = World.EMPTY;
            reward += ORB_REWARD;
            orbs--;
        }
        if (orbs == 0) {
            win(10);
        }
    }

    private void hatch(Entity egg) {
        egg.health--;
        if (egg.health == 0) {
            egg.gone = true;
            bear(egg, ENEMY, .5f).walks = true;
        }
    }

    /** At a crossing an enemy goes anywhere but back; every second time on average it takes a way that brings it nearest the agent, or farthest. */
    private void roam(Entity enemy) {
        float x = (float) (enemy.x - .5);
        float y = (float) (enemy.y - .5);
        boolean atCrossing = Math.abs(x - Math.round(x)) + Math.abs(y - Math.round(y)) < .01;
        if (!atCrossing && (enemy.vx != 0 || enemy.vy != 0)) {
            return;
        }
        boolean aggressive = stepDraw % 2 == 0;
        int cell = (int) y * side + (int) x;
        int back = (int) (y - Math.signum(enemy.vy)) * side + (int) (x - Math.signum(enemy.vx));
        int nearest = 2 * side;
        int ways = 0;
        for (int way = 0; way < 4; way++) {
            int nextX = cell % side + (way == 0 ? -1 : way == 3 ? 1 : 0);
            int nextY = cell / side + (way == 1 ? -1 : way == 2 ? 1 : 0);
            int next = nextY * side + nextX;
            int type = world.cell(nextX, nextY);
            if (type == WALL || type == World.NOTHING || next == back) {
                continue;
            }
            int distance = Math.abs(nextX - (int) agent.x) + Math.abs(nextY - (int) agent.y);
            distance = enemiesAreEdible() ? -distance : distance;
            if (aggressive && distance < nearest) {
                nearest = distance;
                ways = 0;
            }
            if (!aggressive || distance == nearest) {
                choices[ways++] = next;
            }
        }
        int choice = choices[stepDraw % ways];
        float speed = enemiesAreEdible() ? .25f : .5f;
        enemy.vx = (choice % side - x) * speed;
        enemy.vy = (choice / side - y) * speed;
    }

    @Override
    int imageOf(int type) {
        if (type != ENEMY) {
            return type;
        }
        int pose = time / 2 % 4;
        return enemiesAreEdible() ? WEAK_ENEMY : ENEMY + (pose == 3 ? 1 : pose);
    }

    @Override
    void paintBare(Scene screen, int type, double left, double top, double wide, double high) {
        screen.fill(
                left + wide * (1 - ORB_SHARE) / 2,
                top + high * (1 - ORB_SHARE) / 2,
                wide * ORB_SHARE,
                high * ORB_SHARE,
                GREEN);
    }

    @Override
    void saveOwn(DataOutputStream out) throws IOException {
        out.writeInt(orbs);
        out.writeInt(mealTime);
    }

    @Override
    void loadOwn(DataInputStream in) throws IOException {
        orbs = in.readInt();
        mealTime = in.readInt();
        chooseSize();
        free = IntStream.range(0, world.size())
                .filter(cell -> world.cells[cell] != WALL)
                .toArray();
    }
}
