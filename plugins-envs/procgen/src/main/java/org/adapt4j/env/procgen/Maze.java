package org.adapt4j.env.procgen;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Mazes by Kruskal's algorithm, with a border of one cell; nodes lie on even coordinates.
 *
 * <p>Source: openai/procgen, its maze generator. The order of the draws and of the searches is part of the rules: neighbours come left, below,
 * above, right, sets in the order of their indices.
 */
final class Maze {

    static final int EXIT = 52;
    static final int AGENT = 53;

    /** The first door is {@code DOOR + 1}, and so is the first key. */
    static final int DOOR = 200;

    static final int KEY = 300;

    private static final int WALL = World.WALL;
    private static final int FREE = World.EMPTY;
    private static final int NO_DOOR = -1;

    private final MersenneTwister random;
    private final int side;
    private final int stride;
    private final int[] cells;

    /** Carved cells in the order of carving, without border; -1 once used. */
    private final int[] carved;

    private int carvedCells;

    Maze(MersenneTwister random, int side) {
        this.random = random;
        this.side = side;
        stride = side + 2;
        cells = new int[stride * stride];
        carved = new int[side * side];
    }

    /** The type of a cell, the border's being at -1 and at the maze's side. */
    int cell(int x, int y) {
        return cells[(y + 1) * stride + x + 1];
    }

    void carve() {
        Arrays.fill(cells, WALL);
        carvedCells = 0;
        boolean[] seen = new boolean[side * side];
        int[] sets = new int[side * side];
        Arrays.setAll(sets, i -> i);
        int[] walls = walls();
        for (int left = walls.length; left > 0; left--) {
            int n = random.below(left);
            int wall = walls[n];
            System.arraycopy(walls, n + 1, walls, n, left - n - 1);
            int x = wall % side;
            int y = wall / side;
            int step = x % 2 == 1 ? 1 : side;
            int from = sets[wall - step];
            int to = sets[wall + step];
            if (cell(x, y) == WALL && from != to) {
                free(wall - step, seen);
                free(wall, seen);
                free(wall + step, seen);
                sets[wall] = to;
                for (int i = 0; i < sets.length; i++) {
                    sets[i] = sets[i] == from ? to : sets[i];
                }
            }
        }
    }

    /** Walls between two nodes, those between left and right first. */
    private int[] walls() {
        int[] walls = new int[side * side];
        int n = 0;
        for (int odd = 0; odd < 2; odd++) {
            for (int x = 1 - odd; x < side; x += 2) {
                for (int y = odd; y < side; y += 2) {
                    if ((odd == 0 ? x : y) < side - 1) {
                        walls[n++] = y * side + x;
                    }
                }
            }
        }
        return Arrays.copyOf(walls, n);
    }

    private void free(int cell, boolean[] seen) {
        cells[(cell / side + 1) * stride + cell % side + 1] = FREE;
        if (!seen[cell]) {
            seen[cell] = true;
            carved[carvedCells++] = cell;
        }
    }

    void carveWithoutDeadEnds() {
        carve();
        int[] near = new int[4];
        for (int i = 0; i < cells.length; i++) {
            if (inside(i) == FREE && neighbours(i, FREE, near) == 1) {
                int walls = neighbours(i, WALL, near);
                if (walls > 0) {
                    cells[near[random.below(walls)]] = FREE;
                }
            }
        }
    }

    /** Puts objects of consecutive types on random carved cells, never on the first one. */
    void place(int type, int objects) {
        for (int i = 0; i < objects; i++) {
            int n = random.below(carvedCells);
            while (carved[n] <= 0) {
                n = random.below(carvedCells);
            }
            int cell = carved[n];
            carved[n] = -1;
            cells[(cell / side + 1) * stride + cell % side + 1] = type + i;
        }
    }

    /** Puts doors on forks, an agent, a key before each door and an exit behind the last; there may be fewer doors than asked for. */
    void carveWithDoors(int wanted) {
        carve();
        int[] near = new int[4];
        int doors = placeDoors(wanted, near);
        int agent = placeAgent(near);
        BitSet reached = new BitSet();
        reached.set(agent);
        for (int door = 0; door <= doors; door++) {
            BitSet fresh = new BitSet();
            int found = NO_DOOR;
            if (door < doors) {
                found = flood(reached, fresh, DOOR);
                cells[found] = DOOR + door + 1;
                reached.or(fresh);
            }
            flood(reached, fresh, Integer.MIN_VALUE);
            int place = nth(fresh, random.below(fresh.cardinality()));
            cells[place] = door == doors ? EXIT : KEY + door + 1;
            reached.or(fresh);
            if (found != NO_DOOR) {
                reached.set(found);
            }
        }
    }

    private int placeDoors(int wanted, int[] near) {
        int[] forks = new int[cells.length];
        int n = 0;
        for (int i = 0; i < cells.length; i++) {
            if (inside(i) == FREE && neighbours(i, FREE, near) > 2) {
                forks[n++] = i;
            }
        }
        int[] chosen = random.choose(Arrays.copyOf(forks, n), wanted);
        for (int door : chosen) {
            cells[door] = DOOR;
        }
        return chosen.length;
    }

    /** Not beside a door, for the first key needs room. */
    private int placeAgent(int[] near) {
        int[] free = new int[cells.length];
        int n = 0;
        for (int i = 0; i < cells.length; i++) {
            if (inside(i) == FREE) {
                free[n++] = i;
            }
        }
        int agent = free[random.below(n)];
        while (neighbours(agent, DOOR, near) > 0) {
            agent = free[random.below(n)];
        }
        cells[agent] = AGENT;
        return agent;
    }

    /** Adds free cells next to those reached, and next to those added, until one lies beside a cell of the type; that cell. */
    private int flood(BitSet reached, BitSet added, int type) {
        int[] near = new int[4];
        BitSet now = (BitSet) reached.clone();
        while (!now.isEmpty()) {
            BitSet next = new BitSet();
            for (int cell = now.nextSetBit(0); cell >= 0; cell = now.nextSetBit(cell + 1)) {
                int free = neighbours(cell, FREE, near);
                for (int i = 0; i < free; i++) {
                    if (!reached.get(near[i]) && !added.get(near[i])) {
                        next.set(near[i]);
                        added.set(near[i]);
                    }
                }
                if (neighbours(cell, type, near) > 0) {
                    return near[0];
                }
            }
            now = next;
        }
        return NO_DOOR;
    }

    private static int nth(BitSet set, int n) {
        int member = set.nextSetBit(0);
        for (int i = 0; i < n; i++) {
            member = set.nextSetBit(member + 1);
        }
        return member;
    }

    /** Finds the neighbours of a type and says how many there are. */
    private int neighbours(int cell, int type, int[] found) {
        int n = 0;
        for (int side = 0; side < 4; side++) {
            int next = cell + (side == 0 ? -1 : side == 1 ? -stride : side == 2 ? stride : 1);
            if (inside(next) == type) {
                found[n++] = next;
            }
        }
        return n;
    }

    private int inside(int cell) {
        int x = cell % stride;
        int y = cell / stride;
        return x <= 0 || x >= stride - 1 || y <= 0 || y >= stride - 1 ? World.NOTHING : cells[cell];
    }
}
