package org.adapt4j.env.procgen;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * Everything that is in a CoinRun level at one moment: grid, objects, agent. Pure data, written by the generator and the
 * rules, read by the painters.
 *
 * <p>x goes right, y goes up; cell {@code (x, y)} covers {@code [x, x+1) × [y, y+1)}; objects are boxes with a centre and
 * half sizes, in single precision as in the native library.
 */
final class CoinRunWorld {

    static final int SIZE = 64;

    static final byte COIN = 1;
    static final byte SAW = 2;
    static final byte ENEMY = 5;
    static final byte WALL_BODY = 15;
    static final byte WALL_TOP = 16;
    static final byte LAVA_BODY = 17;
    static final byte LAVA_TOP = 18;
    static final byte BARRIER = 19;
    static final byte CRATE = 20;
    static final byte EMPTY = 100;

    static final float AGENT_RX = 0.5f;
    static final float AGENT_RY = 0.5787f;
    static final float OBJECT_R = 0.5f;

    /** A trail is seen in the step that makes it and eight more. */
    static final int TRAIL_STEPS = 9;

    private static final float TRAIL_RX = 0.3f;
    private static final float TRAIL_RY = 0.2f;
    private static final float TRAIL_GROWTH = 1.05f;
    private static final float TRAIL_RISE = 0.01f;

    final byte[] grid = new byte[SIZE * SIZE];

    float backgroundPhase;
    int background;
    int agentTheme;
    int wallTheme;

    float agentX;
    float agentY;
    float agentVx;
    float agentVy;
    boolean agentFacesLeft;
    boolean agentHasSupport;
    int agentAx;

    /** Steps taken since the level began. */
    int time;

    /** Saws, enemies and crates in the order of their making. */
    int objects;

    byte[] kind = new byte[64];
    float[] x = new float[64];
    float[] y = new float[64];
    float[] vx = new float[64];
    int[] theme = new int[64];

    /** Indices of the objects that move, and of those one can stand on. */
    int enemies;

    int crates;
    int[] enemy = new int[64];
    int[] crate = new int[64];

    /** One row of trails per step, one trail per enemy; row {@code time mod TRAIL_STEPS} is the newest. */
    float[] trailX = new float[0];

    float[] trailY = new float[0];
    float[] trailRx = new float[TRAIL_STEPS];
    float[] trailRy = new float[TRAIL_STEPS];

    /** Empties the world for a new level. */
    void clear() {
        Arrays.fill(grid, EMPTY);
        objects = 0;
        enemies = 0;
        crates = 0;
        time = 0;
        agentX = 1.5f;
        agentY = 1 + AGENT_RY;
        agentVx = 0;
        agentVy = 0;
        agentFacesLeft = false;
        agentHasSupport = false;
        agentAx = 0;
    }

    /** Puts an object in the middle of a cell; a walking enemy gets its speed. */
    void add(byte type, int cellX, int cellY, float speed, int look) {
        if (objects == kind.length) {
            grow(2 * objects);
        }
        if (type == ENEMY) {
            enemy[enemies++] = objects;
        } else if (type == CRATE) {
            crate[crates++] = objects;
        }
        kind[objects] = type;
        x[objects] = cellX + 0.5f;
        y[objects] = cellY + 0.5f;
        vx[objects] = speed;
        theme[objects++] = look;
    }

    /** Gives each enemy room for its trails, once all are there. */
    void reserveTrails() {
        int trails = enemies * TRAIL_STEPS;
        if (trailX.length < trails) {
            trailX = new float[trails];
            trailY = new float[trails];
        }
        Arrays.fill(trailX, 0, trails, 0);
        Arrays.fill(trailY, 0, trails, 0);
        Arrays.fill(trailRx, 0);
        Arrays.fill(trailRy, 0);
    }

    /** The type of a cell; outside the world there is wall. */
    byte cell(int column, int row) {
        return (column | row) >>> 6 == 0 ? grid[row << 6 | column] : WALL_BODY;
    }

    static boolean isWall(byte type) {
        return type == WALL_BODY || type == WALL_TOP;
    }

    /** 0 standing, 1 and 2 walking; 1 in the air. */
    int agentPose() {
        if (!agentHasSupport) {
            return 1;
        }
        return Math.abs(agentVx) < 0.01f && agentAx == 0 ? 0 : 1 + time / 5 % 2;
    }

    /** 0 or 1, which alternate. */
    int enemyPose() {
        return time / 5 % 2;
    }

    /** 0 or 1, which alternate. */
    int sawPose() {
        return time % 2;
    }

    /** Lets trails rise and widen by one step. */
    void ageTrails() {
        if (enemies == 0) {
            return;
        }
        for (int i = 0, end = enemies * TRAIL_STEPS; i < end; i++) {
            trailY[i] += TRAIL_RISE;
        }
        for (int row = 0; row < TRAIL_STEPS; row++) {
            trailRx[row] *= TRAIL_GROWTH;
            trailRy[row] *= TRAIL_GROWTH;
        }
    }

    /** Leaves a trail at each enemy's feet, over those of nine steps ago. */
    void leaveTrails() {
        int row = time % TRAIL_STEPS;
        trailRx[row] = TRAIL_RX;
        trailRy[row] = TRAIL_RY;
        for (int e = 0; e < enemies; e++) {
            trailX[row * enemies + e] = x[enemy[e]];
            trailY[row * enemies + e] = y[enemy[e]] - 0.25f;
        }
    }

    /** Rows of trails in use; the first step of a level writes row 1. */
    boolean hasTrails(int row) {
        return time >= TRAIL_STEPS || (row > 0 && row <= time);
    }

    void save(DataOutputStream out) throws IOException {
        out.write(grid);
        out.writeFloat(backgroundPhase);
        out.writeInt(background);
        out.writeInt(agentTheme);
        out.writeInt(wallTheme);
        out.writeFloat(agentX);
        out.writeFloat(agentY);
        out.writeFloat(agentVx);
        out.writeFloat(agentVy);
        out.writeBoolean(agentFacesLeft);
        out.writeBoolean(agentHasSupport);
        out.writeInt(agentAx);
        out.writeInt(time);
        out.writeInt(objects);
        for (int i = 0; i < objects; i++) {
            out.writeByte(kind[i]);
            out.writeFloat(x[i]);
            out.writeFloat(y[i]);
            out.writeFloat(vx[i]);
            out.writeInt(theme[i]);
        }
        for (int i = 0; i < enemies * TRAIL_STEPS; i++) {
            out.writeFloat(trailX[i]);
            out.writeFloat(trailY[i]);
        }
        for (int row = 0; row < TRAIL_STEPS; row++) {
            out.writeFloat(trailRx[row]);
            out.writeFloat(trailRy[row]);
        }
    }

    void load(DataInputStream in) throws IOException {
        clear();
        in.readFully(grid);
        backgroundPhase = in.readFloat();
        background = in.readInt();
        agentTheme = in.readInt();
        wallTheme = in.readInt();
        agentX = in.readFloat();
        agentY = in.readFloat();
        agentVx = in.readFloat();
        agentVy = in.readFloat();
        agentFacesLeft = in.readBoolean();
        agentHasSupport = in.readBoolean();
        agentAx = in.readInt();
        time = in.readInt();
        for (int i = 0, count = in.readInt(); i < count; i++) {
            add(in.readByte(), 0, 0, 0, 0);
            x[i] = in.readFloat();
            y[i] = in.readFloat();
            vx[i] = in.readFloat();
            theme[i] = in.readInt();
        }
        reserveTrails();
        for (int i = 0; i < enemies * TRAIL_STEPS; i++) {
            trailX[i] = in.readFloat();
            trailY[i] = in.readFloat();
        }
        for (int row = 0; row < TRAIL_STEPS; row++) {
            trailRx[row] = in.readFloat();
            trailRy[row] = in.readFloat();
        }
    }

    private void grow(int capacity) {
        kind = Arrays.copyOf(kind, capacity);
        x = Arrays.copyOf(x, capacity);
        y = Arrays.copyOf(y, capacity);
        vx = Arrays.copyOf(vx, capacity);
        theme = Arrays.copyOf(theme, capacity);
        enemy = Arrays.copyOf(enemy, capacity);
        crate = Arrays.copyOf(crate, capacity);
    }
}
