package org.adapt4j.env.procgen;

import java.util.Arrays;

/**
 * What a frame of CoinRun shows, as numbers: the agent, the cells around it, and the nearest saws, enemies and coin among them. Nothing of what a
 * frame does not show: no level, absolute place, step or section, no barriers, and nothing outside of the window.
 *
 * <p>In this order, {@code [885]} for a window of 13 cells a side, which is what a frame shows, and {@code [285]} for one of 7:
 * <ol>
 *   <li>agent, 7: place within its cell, x and y, 0 to 1; velocity, in units of the highest speed and of a jump's; whether it stands on something, and on
 *       a crate; 1 facing right, -1 left
 *   <li>cells, side × side × 5, rows from the top, columns from the left: solid, lava, crate, coin, outside of the world, each 0 or 1
 *   <li>the six nearest saws and enemies, nearest first, 6 × 5: there, 0 for a saw and 1 for an enemy, distance along x and y in halves of the side,
 *       velocity in units of {@value #WALK}
 *   <li>coin, 3: there, distance along x and y in halves of the side
 * </ol>
 */
final class Surroundings {

    private static final int AGENT = 7;
    private static final int KINDS = 5;
    private static final int SOLID = 0;
    private static final int LAVA = 1;
    private static final int BOX = 2;
    private static final int GOAL = 3;
    private static final int OUTSIDE = 4;
    private static final int DANGERS = 6;
    private static final int OF_A_DANGER = 5;
    private static final int OF_THE_COIN = 3;

    /** The fastest enemies walk so many cells a step. */
    private static final float WALK = 0.15f;

    /** Feet this near to the top of a crate stand on it. */
    private static final float TOUCH = 0.05f;

    private final int side;
    private final boolean velocity;
    private final float[] seen;
    private final int[] nearest = new int[DANGERS];
    private final float[] distances = new float[DANGERS];

    /**
     * Eyes.
     *
     * @param side of the window in cells, odd
     * @param velocity whether speeds are seen, which a single frame does not show; false: they are 0
     */
    Surroundings(int side, boolean velocity) {
        this.side = side;
        this.velocity = velocity;
        seen = new float[width(side)];
    }

    /** How many numbers. */
    static int width(int side) {
        return AGENT + side * side * KINDS + DANGERS * OF_A_DANGER + OF_THE_COIN;
    }

    /** Looks; the result is the same array each time. */
    float[] of(CoinRunWorld world) {
        Arrays.fill(seen, 0);
        int column = (int) Math.floor(world.agentX);
        int row = (int) Math.floor(world.agentY);
        agent(world, column, row);
        cells(world, column, row);
        dangers(world, column, row);
        return seen;
    }

    private void agent(CoinRunWorld world, int column, int row) {
        seen[0] = world.agentX - column;
        seen[1] = world.agentY - row;
        if (velocity) {
            seen[2] = world.agentVx / CoinRun.MAX_SPEED;
            seen[3] = world.agentVy / CoinRun.JUMP_SPEED;
        }
        seen[4] = world.agentHasSupport ? 1 : 0;
        seen[6] = world.agentFacesLeft ? -1 : 1;
    }

    private void cells(CoinRunWorld world, int column, int row) {
        int half = side / 2;
        int coin = seen.length - OF_THE_COIN;
        for (int dy = half; dy >= -half; dy--) {
            for (int dx = -half; dx <= half; dx++) {
                int x = column + dx;
                int y = row + dy;
                int at = cell(dx, dy);
                if (x < 0 || y < 0 || x >= CoinRunWorld.SIZE || y >= CoinRunWorld.SIZE) {
                    seen[at + OUTSIDE] = 1;
                    continue;
                }
                switch (world.cell(x, y)) {
                    case CoinRunWorld.WALL_BODY, CoinRunWorld.WALL_TOP -> seen[at + SOLID] = 1;
                    case CoinRunWorld.LAVA_BODY, CoinRunWorld.LAVA_TOP -> seen[at + LAVA] = 1;
                    case CoinRunWorld.COIN -> {
                        seen[at + GOAL] = 1;
                        seen[coin] = 1;
                        seen[coin + 1] = (x + 0.5f - world.agentX) / (side / 2f);
                        seen[coin + 2] = (y + 0.5f - world.agentY) / (side / 2f);
                    }
                    default -> {} // nothing to see, barriers among it
                }
            }
        }
    }

    private int cell(int dx, int dy) {
        int half = side / 2;
        return AGENT + ((half - dy) * side + dx + half) * KINDS;
    }

    /** Crates go among the cells; saws and enemies are sorted by distance, the first ones few enough to be inserted one by one. */
    private void dangers(CoinRunWorld world, int column, int row) {
        int half = side / 2;
        int count = 0;
        for (int i = 0; i < world.objects; i++) {
            int dx = (int) Math.floor(world.x[i]) - column;
            int dy = (int) Math.floor(world.y[i]) - row;
            if (Math.abs(dx) > half || Math.abs(dy) > half) {
                continue;
            }
            if (world.kind[i] == CoinRunWorld.CRATE) {
                seen[cell(dx, dy) + BOX] = 1;
                seen[5] = isStoodOn(world, i) ? 1 : seen[5];
            } else if (world.kind[i] == CoinRunWorld.SAW || world.kind[i] == CoinRunWorld.ENEMY) {
                count = insert(i, (float) Math.hypot(world.x[i] - world.agentX, world.y[i] - world.agentY), count);
            }
        }
        for (int k = 0; k < count; k++) {
            int i = nearest[k];
            int at = seen.length - OF_THE_COIN - (DANGERS - k) * OF_A_DANGER;
            seen[at] = 1;
            seen[at + 1] = world.kind[i] == CoinRunWorld.ENEMY ? 1 : 0;
            seen[at + 2] = (world.x[i] - world.agentX) / (side / 2f);
            seen[at + 3] = (world.y[i] - world.agentY) / (side / 2f);
            seen[at + 4] = velocity ? world.vx[i] / WALK : 0;
        }
    }

    private int insert(int object, float distance, int count) {
        int place = count;
        while (place > 0 && distances[place - 1] > distance) {
            place--;
        }
        if (place == DANGERS) {
            return count;
        }
        int longer = Math.min(DANGERS, count + 1);
        for (int k = longer - 1; k > place; k--) {
            nearest[k] = nearest[k - 1];
            distances[k] = distances[k - 1];
        }
        nearest[place] = object;
        distances[place] = distance;
        return longer;
    }

    private static boolean isStoodOn(CoinRunWorld world, int crate) {
        float feet = world.agentY - CoinRunWorld.AGENT_RY;
        float top = world.y[crate] + CoinRunWorld.OBJECT_R;
        return Math.abs(feet - top) < TOUCH
                && Math.abs(world.agentX - world.x[crate]) < CoinRunWorld.AGENT_RX + CoinRunWorld.OBJECT_R;
    }
}
