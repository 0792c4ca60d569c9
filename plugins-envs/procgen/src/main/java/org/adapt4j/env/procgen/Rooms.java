package org.adapt4j.env.procgen;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Caves: a cellular automaton over a world's walls and empty cells, and searches in what it leaves.
 *
 * <p>Source: openai/procgen, its room generator. Neighbours come left, below, above, right.
 */
final class Rooms {

    private static final int CROWD = 5;

    private final World world;

    Rooms(World world) {
        this.world = world;
    }

    /** A cell becomes wall if most of the nine cells around and under it are, else empty. */
    void update() {
        int[] next = new int[world.size()];
        for (int i = 0; i < next.length; i++) {
            int walls = 0;
            for (int x = i % world.width - 1; x <= i % world.width + 1; x++) {
                for (int y = i / world.width - 1; y <= i / world.width + 1; y++) {
                    walls += world.cell(x, y) == World.WALL ? 1 : 0;
                }
            }
            next[i] = walls >= CROWD ? World.WALL : World.EMPTY;
        }
        System.arraycopy(next, 0, world.cells, 0, next.length);
    }

    /** The largest connected room; the first of the largest. */
    BitSet largest() {
        BitSet seen = new BitSet();
        BitSet best = new BitSet();
        boolean none = true;
        int[] queue = new int[world.size() + 1];
        for (int i = 0; i < world.size(); i++) {
            if (world.cells[i] == World.EMPTY && !seen.get(i)) {
                BitSet room = room(i, queue);
                seen.or(room);
                if (none || room.cardinality() > best.cardinality()) {
                    best = room;
                    none = false;
                }
            }
        }
        return best;
    }

    /** A single cell is no room, for its search finds no neighbour that leads back to it. */
    private BitSet room(int start, int[] queue) {
        BitSet room = new BitSet();
        int end = 0;
        queue[end++] = start;
        for (int at = 0; at < end; at++) {
            for (int side = 0; side < 4; side++) {
                int next = neighbour(queue[at], side);
                if (next >= 0 && !room.get(next) && world.cells[next] == World.EMPTY) {
                    queue[end++] = next;
                    room.set(next);
                }
            }
        }
        return room;
    }

    /** A shortest path, both ends included. */
    int[] path(int from, int to) {
        BitSet seen = new BitSet();
        int[] queue = new int[world.size() + 1];
        int[] parent = new int[world.size() + 1];
        int end = 0;
        parent[end] = -1;
        queue[end++] = from;
        int at = 0;
        for (; queue[at] != to; at++) {
            for (int side = 0; side < 4; side++) {
                int next = neighbour(queue[at], side);
                if (next >= 0 && !seen.get(next) && world.cells[next] == World.EMPTY) {
                    parent[end] = at;
                    queue[end++] = next;
                    seen.set(next);
                }
            }
        }
        int length = 0;
        int[] path = new int[end];
        for (; at >= 0; at = parent[at]) {
            path[end - ++length] = queue[at];
        }
        return Arrays.copyOfRange(path, end - length, end);
    }

    /** Widens a set of cells by empty neighbours, diagonal ones too. */
    BitSet widen(int[] cells, int times) {
        BitSet wide = new BitSet();
        for (int cell : cells) {
            wide.set(cell);
        }
        for (int i = 0; i < times; i++) {
            BitSet before = (BitSet) wide.clone();
            for (int cell = before.nextSetBit(0); cell >= 0; cell = before.nextSetBit(cell + 1)) {
                for (int x = cell % world.width - 1; x <= cell % world.width + 1; x++) {
                    for (int y = cell / world.width - 1; y <= cell / world.width + 1; y++) {
                        if (world.cell(x, y) == World.EMPTY) {
                            wide.set(y * world.width + x);
                        }
                    }
                }
            }
        }
        return wide;
    }

    /** Fills the world with walls of a type, except for some cells. */
    void keepOnly(BitSet cells, int wall) {
        for (int i = 0; i < world.size(); i++) {
            world.cells[i] = cells.get(i) ? World.EMPTY : wall;
        }
    }

    private int neighbour(int cell, int side) {
        int x = cell % world.width + (side == 0 ? -1 : side == 3 ? 1 : 0);
        int y = cell / world.width + (side == 1 ? -1 : side == 2 ? 1 : 0);
        return x < 0 || y < 0 || x >= world.width || y >= world.height ? -1 : y * world.width + x;
    }
}
