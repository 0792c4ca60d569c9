package org.adapt4j.env.procgen;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * A grid of cells and the entities in it, in the order of their making.
 *
 * <p>x goes right, y goes up; cell {@code (x, y)} covers {@code [x, x+1) × [y, y+1)} and has index {@code y * width + x}. Pure data with the
 * questions that all games ask. Entities are reused, so that a step allocates nothing once a level has seen its crowd.
 *
 * <p>Source: openai/procgen, the base of its games and their common types.
 */
final class World {

    /** Outside, where a game has nothing there. */
    static final int NOTHING = -1;

    static final int AGENT = 0;
    static final int WALL = 51;
    static final int EXPLOSION = 54;
    static final int LAST_EXPLOSION = 58;
    static final int TRAIL = 59;
    static final int EMPTY = 100;

    /** No world has so many columns or rows. */
    private static final int LARGEST = 1024;

    int width;
    int height;

    /** The type of every cell beyond the grid. */
    int outside = NOTHING;

    int[] cells = new int[0];
    Entity[] entities = new Entity[32];
    int count;

    private Entity[] spare = new Entity[32];
    private int spares;

    /** Empties the world and gives it a size. */
    void clear(int columns, int rows) {
        width = columns;
        height = rows;
        if (cells.length < size()) {
            cells = new int[size()];
        }
        Arrays.fill(cells, 0, size(), EMPTY);
        while (count > 0) {
            release(entities[--count]);
        }
    }

    int size() {
        return width * height;
    }

    int cell(int x, int y) {
        return x >= 0 && y >= 0 && x < width && y < height ? cells[y * width + x] : outside;
    }

    int cell(int index) {
        return index >= 0 && index < size() ? cells[index] : outside;
    }

    /** The cell at a point. */
    int cellAt(float x, float y) {
        return x < 0 || y < 0 ? outside : cell((int) x, (int) y);
    }

    void set(int x, int y, int type) {
        cells[y * width + x] = type;
    }

    void fill(int x, int y, int columns, int rows, int type) {
        for (int row = y; row < y + rows; row++) {
            Arrays.fill(cells, row * width + x, row * width + x + columns, type);
        }
    }

    /** Indices of all cells of a type, ascending. */
    int[] cellsOf(int type) {
        int[] found = new int[size()];
        int n = 0;
        for (int i = 0; i < size(); i++) {
            if (cells[i] == type) {
                found[n++] = i;
            }
        }
        return Arrays.copyOf(found, n);
    }

    /** An entity that is not in the world yet. */
    Entity make(float x, float y, float vx, float vy, float rx, float ry, int type) {
        Entity entity = spares > 0 ? spare[--spares] : new Entity();
        return entity.place(x, y, vx, vy, rx, ry, type);
    }

    Entity add(Entity entity) {
        if (count == entities.length) {
            entities = Arrays.copyOf(entities, 2 * count);
        }
        entities[count++] = entity;
        return entity;
    }

    Entity add(float x, float y, float vx, float vy, float r, int type) {
        return add(make(x, y, vx, vy, r, r, type));
    }

    Entity add(float x, float y, float vx, float vy, float rx, float ry, int type) {
        return add(make(x, y, vx, vy, rx, ry, type));
    }

    /** Adds an entity in the middle of a cell. */
    Entity addAt(int cell, float r, int type) {
        return add(cell % width + 0.5f, cell / width + 0.5f, 0, 0, r, type);
    }

    /** Takes back an entity that was made but not added. */
    void release(Entity entity) {
        if (spares == spare.length) {
            spare = Arrays.copyOf(spare, 2 * spares);
        }
        spare[spares++] = entity;
    }

    boolean overlapsAny(Entity entity) {
        for (int i = count - 1; i >= 0; i--) {
            if (entity.overlaps(entities[i], 0)) {
                return true;
            }
        }
        return false;
    }

    /** Whether nothing of a box lies in the world. */
    boolean isOutside(Entity entity) {
        return entity.x + entity.rx < 0
                || entity.y + entity.ry < 0
                || entity.x - entity.rx > width
                || entity.y - entity.ry > height;
    }

    /** Takes out what is gone or outside; the others keep their order. The rules may go on speaking of an agent that left. */
    void sweep() {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            Entity entity = entities[i];
            if (!entity.gone && !isOutside(entity)) {
                entities[kept++] = entity;
            } else if (entity.type != AGENT) {
                release(entity);
            }
        }
        count = kept;
    }

    void save(DataOutputStream out) throws IOException {
        out.writeInt(width);
        out.writeInt(height);
        out.writeInt(outside);
        for (int i = 0; i < size(); i++) {
            out.writeShort(cells[i]);
        }
        out.writeInt(count);
        for (int i = 0; i < count; i++) {
            entities[i].save(out);
        }
    }

    void load(DataInputStream in) throws IOException {
        int columns = in.readInt();
        int rows = in.readInt();
        if (columns < 1 || columns > LARGEST || rows < 1 || rows > LARGEST) {
            throw new IOException("procgen: saved state of a world of " + columns + " by " + rows
                    + " cells: another version saved it; delete the cell's folder to begin it again");
        }
        clear(columns, rows);
        outside = in.readInt();
        for (int i = 0; i < size(); i++) {
            cells[i] = in.readShort();
        }
        for (int i = 0, saved = in.readInt(); i < saved; i++) {
            add(0, 0, 0, 0, 0, EMPTY).load(in);
        }
    }
}
