package org.adapt4j.env.procgen;

import java.util.Arrays;

/**
 * What a frame of CoinRun shows, as numbers, for agents without an image encoder: everything within a square of cells around the agent's own, and
 * nothing else. Ours; the native library shows frames only.
 *
 * <p>With {@code n} cells a side (13, which is a frame's width; compact 7), in this order:
 *
 * <ol>
 *   <li>the agent, 7 numbers: how far right and up it is in its cell (0 to 1), vx / 0.5, vy / 1.5, whether it has support, whether it stands on a crate (0
 *       or 1), the direction of its last move (-1 or 1);
 *   <li>the cells, {@code 5 n n} numbers, from the lowest row up and from left to right, each solid, lava, crate, coin, outside (one 1 or none). Barriers, which
 *       nobody sees, are nothing;
 *   <li>up to 6 saws and enemies whose centre lies in those cells, nearest first, 5 numbers each: present, kind (0 saw, 1 enemy), their centre less the
 *       agent's in units of 6.5 cells, vx / 0.15;
 *   <li>the coin, 3 numbers: whether it lies in those cells, its centre less the agent's in units of 6.5 cells.
 * </ol>
 *
 * <p>No place in the world, level, time or theme. Velocities are not in one frame either; without them those four kinds of numbers are 0. Whether the agent stands on a
 * crate is seen from where both are, not taken from the rules, which mistake it at times (see {@link CoinRun}) and let go one step late: who walked off a crate can
 * still jump in the next step, in one of 700 steps.
 */
final class CoinRunState {

    /** No number is larger. */
    static final double BOUND = 1.1;

    private static final int AGENT = 7;
    private static final int KINDS = 5;
    private static final int NEAREST = 6;
    private static final int OBJECT = 5;
    private static final int COIN = 3;
    private static final float SCALE = 6.5f;
    private static final float TOUCH = 0.001f;

    private static final int SOLID_AT = 0;
    private static final int LAVA_AT = 1;
    private static final int CRATE_AT = 2;
    private static final int COIN_AT = 3;
    private static final int OUTSIDE_AT = 4;

    private final CoinRun game;
    private final World world;
    private Entity agent;
    private final int reach;
    private final int side;
    private final boolean velocity;
    private final float[] numbers;
    /** Objects seen so far, nearest first; one more than are told, for the one that falls out. */
    private final Entity[] nearest = new Entity[NEAREST + 1];

    /**
     * Looks at a game from now on.
     *
     * @param reach cells on each side of the agent's
     * @param velocity whether velocities are told
     */
    CoinRunState(CoinRun game, int reach, boolean velocity) {
        this.game = game;
        world = game.world;
        agent = game.agent;
        this.reach = reach;
        side = 2 * reach + 1;
        this.velocity = velocity;
        numbers = new float[width(reach)];
    }

    /** How many numbers there are. */
    static int width(int reach) {
        return AGENT + KINDS * (2 * reach + 1) * (2 * reach + 1) + NEAREST * OBJECT + COIN;
    }

    /** The numbers of this moment; the same array each time. */
    float[] look() {
        Arrays.fill(numbers, 0);
        agent = game.agent;
        int column = (int) agent.x - reach;
        int row = (int) agent.y - reach;
        lookAtAgent();
        int objects = AGENT + KINDS * side * side;
        lookAtCells(column, row, objects + NEAREST * OBJECT);
        lookAtObjects(column, row, objects);
        return numbers;
    }

    private void lookAtAgent() {
        boolean onCrate = false;
        for (int i = 0; i < world.count && agent.vy == 0; i++) {
            Entity crate = world.entities[i];
            float gap = agent.y - crate.y - (crate.ry + agent.ry);
            float aside = Math.abs(agent.x - crate.x) - (crate.rx + agent.rx);
            onCrate |= crate.type == CoinRun.CRATE && Math.abs(gap) < TOUCH && aside < -TOUCH;
        }
        numbers[0] = agent.x - (int) agent.x;
        numbers[1] = agent.y - (int) agent.y;
        if (velocity) {
            numbers[2] = agent.vx / CoinRun.MAX_SPEED;
            numbers[3] = agent.vy / CoinRun.JUMP_SPEED;
        }
        numbers[4] = agent.vy == 0 && (onCrate || game.stands()) ? 1 : 0;
        numbers[5] = onCrate ? 1 : 0;
        numbers[6] = agent.mirrored ? -1 : 1;
    }

    private void lookAtCells(int column, int row, int coin) {
        int at = AGENT;
        for (int y = row; y < row + side; y++) {
            for (int x = column; x < column + side; x++) {
                if (x < 0 || y < 0 || x >= world.width || y >= world.height) {
                    numbers[at + OUTSIDE_AT] = 1;
                } else {
                    lookAtCell(x, y, at, coin);
                }
                at += KINDS;
            }
        }
        for (int i = 0; i < world.count; i++) {
            Entity crate = world.entities[i];
            if (crate.type == CoinRun.CRATE && isSeen(crate, column, row)) {
                int cell = ((int) crate.y - row) * side + (int) crate.x - column;
                numbers[AGENT + KINDS * cell + CRATE_AT] = 1;
            }
        }
    }

    private void lookAtCell(int x, int y, int at, int coin) {
        switch (world.cell(x, y)) {
            case CoinRun.WALL_BODY, CoinRun.WALL_TOP -> numbers[at + SOLID_AT] = 1;
            case CoinRun.LAVA_BODY, CoinRun.LAVA_TOP -> numbers[at + LAVA_AT] = 1;
            case CoinRun.COIN -> {
                numbers[at + COIN_AT] = 1;
                numbers[coin] = 1;
                numbers[coin + 1] = (x + 0.5f - agent.x) / SCALE;
                numbers[coin + 2] = (y + 0.5f - agent.y) / SCALE;
            }
            default -> {}
        }
    }

    private void lookAtObjects(int column, int row, int at) {
        int found = 0;
        for (int i = 0; i < world.count; i++) {
            Entity object = world.entities[i];
            boolean told = object.type == CoinRun.SAW || object.type == CoinRun.ENEMY;
            if (told && isSeen(object, column, row)) {
                int place = found;
                while (place > 0 && comesBefore(object, nearest[place - 1])) {
                    nearest[place] = nearest[place - 1];
                    place--;
                }
                nearest[place] = object;
                found = Math.min(NEAREST, found + 1);
            }
        }
        for (int n = 0; n < found; n++) {
            Entity object = nearest[n];
            numbers[at] = 1;
            numbers[at + 1] = object.type == CoinRun.ENEMY ? 1 : 0;
            numbers[at + 2] = (object.x - agent.x) / SCALE;
            numbers[at + 3] = (object.y - agent.y) / SCALE;
            numbers[at + 4] = velocity ? object.vx / CoinRun.ENEMY_SPEED : 0;
            at += OBJECT;
        }
    }

    private boolean isSeen(Entity object, int column, int row) {
        int x = (int) object.x - column;
        int y = (int) object.y - row;
        return x >= 0 && x < side && y >= 0 && y < side;
    }

    /** Nearer, or told apart by what is seen, so that the order in which a level was built does not matter. */
    private boolean comesBefore(Entity a, Entity b) {
        int order = Float.compare(distance(a), distance(b));
        order = order == 0 ? Float.compare(a.y, b.y) : order;
        order = order == 0 ? Float.compare(a.x, b.x) : order;
        order = order == 0 ? Integer.compare(a.type, b.type) : order;
        return (order == 0 ? Float.compare(a.vx, b.vx) : order) < 0;
    }

    private float distance(Entity object) {
        float dx = object.x - agent.x;
        float dy = object.y - agent.y;
        return dx * dx + dy * dy;
    }
}
