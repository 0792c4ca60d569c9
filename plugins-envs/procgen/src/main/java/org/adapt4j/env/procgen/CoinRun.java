package org.adapt4j.env.procgen;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;

/**
 * CoinRun (Cobbe et al. 2019), played by the native library's rules: run and jump to the coin at the right end.
 *
 * <p>Source: openai/procgen, CoinRun and the base of its games. Positions and velocities are single precision and come out bit for bit
 * as those of the published native builds; an episode depends on options, level seed and actions only.
 */
final class CoinRun extends SeededGame {

    /** Longest episode in steps. */
    static final int TIME_OUT = 1000;

    static final GameInfo INFO = GameInfo.of(
                    options -> new CoinRun(options, FramePainters.of(options)),
                    TIME_OUT,
                    new GameInfo.Scores(5, 10),
                    new GameInfo.Scores(5, 10))
            .exploring(1949448038)
            .completedAt(10);

    static final float MAX_SPEED = 0.5f;
    static final float JUMP_SPEED = 1.5f;

    private static final float GOAL_REWARD = 10;
    private static final float GRAVITY = 0.2f;
    private static final float MIX = 0.2f;
    private static final float AIR_CONTROL = 0.15f;
    private static final float MARGIN = 0.001f;
    private static final float PROBE = 0.98f;
    private static final int MAX_DEPTH = 5;
    private static final int SUB_STEPS = 4;

    private final FramePainter painter;
    private final CoinRunWorld world = new CoinRunWorld();
    private final CoinRunGenerator generator;

    private boolean onCrate;
    private float lastAgentY;
    private int ax;
    private int ay;

    CoinRun(LevelOptions options, FramePainter painter) {
        super(options);
        this.painter = painter;
        generator = new CoinRunGenerator(options, world, random);
    }

    @Override
    void begin() {
        onCrate = false;
        generator.generate();
        lastAgentY = world.agentY;
    }

    @Override
    public float step(int action) {
        world.time++;
        boolean evenStep = random.below(1_000_000) % 2 == 0;
        ax = action < 9 ? action / 3 - 1 : 0;
        ay = action < 9 ? action % 3 - 1 : 0;
        control();
        world.ageTrails();
        for (int e = world.enemies - 1; e >= 0; e--) {
            moveEnemy(world.enemy[e]);
        }
        moveAgent(evenStep);

        boolean dead = touchesDanger();
        boolean complete = false;
        float rx = CoinRunWorld.AGENT_RX - MARGIN;
        float ry = CoinRunWorld.AGENT_RY - MARGIN;
        int right = floor(world.agentX + rx);
        int top = floor(world.agentY + ry);
        for (int column = floor(world.agentX - rx); column <= right; column++) {
            for (int row = floor(world.agentY - ry); row <= top; row++) {
                byte type = world.cell(column, row);
                complete |= type == CoinRunWorld.COIN;
                dead |= type == CoinRunWorld.LAVA_BODY || type == CoinRunWorld.LAVA_TOP;
            }
        }

        if (ax != 0) {
            world.agentFacesLeft = ax < 0;
        }
        world.agentAx = ax;
        lastAgentY = world.agentY;
        world.leaveTrails();
        judge(complete, dead, world.time >= TIME_OUT);
        return complete ? GOAL_REWARD : 0;
    }

    /** Turns buttons into velocity. */
    private void control() {
        boolean support = world.agentVy == 0 && (onCrate || isOnWall());
        onCrate = false;
        world.agentHasSupport = support;
        if (ay == 1 && !support) {
            ay = 0;
        }
        float mix = support ? MIX : MIX * AIR_CONTROL;
        float vx = (1 - mix) * world.agentVx + mix * MAX_SPEED * ax;
        world.agentVx = Math.abs(vx) < mix * MAX_SPEED ? 0 : vx;
        if (ay > 0) {
            world.agentVy = JUMP_SPEED;
        } else {
            float vy = world.agentVy;
            if (support) {
                vy += MIX * ay;
            }
            vy -= GRAVITY;
            world.agentVy = Math.max(-JUMP_SPEED, Math.min(JUMP_SPEED, vy));
        }
    }

    boolean isOnWall() {
        int row = floor((float) (world.agentY - (CoinRunWorld.AGENT_RY + 0.01)));
        double reach = CoinRunWorld.AGENT_RX - 0.01;
        return CoinRunWorld.isWall(world.cell(floor((float) (world.agentX - reach)), row))
                || CoinRunWorld.isWall(world.cell(floor((float) (world.agentX + reach)), row));
    }

    /**
     * Walks, turning around at walls and barriers. A wall body, being what lies outside the world too, also counts
     * as in the way, so that turning there costs speed; a wall top or a barrier does not. An enemy has no vertical speed,
     * so crates do not move it.
     */
    private void moveEnemy(int i) {
        int free = 0;
        for (int s = 0; s < SUB_STEPS; s++) {
            float dx = world.vx[i] * (1f / SUB_STEPS);
            float x = world.x[i] + dx;
            float y = world.y[i];
            int row = floor(y);
            byte left = world.cell(floor(x - CoinRunWorld.OBJECT_R * PROBE), row);
            byte right = world.cell(floor(x + CoinRunWorld.OBJECT_R * PROBE), row);
            if (turns(left) || turns(right)) {
                float edge = dx < 0 ? x - CoinRunWorld.OBJECT_R : x + CoinRunWorld.OBJECT_R;
                x += 2 * ((float) (dx < 0 ? Math.ceil(edge) : Math.floor(edge)) - edge);
                world.vx[i] = -world.vx[i];
            }
            world.x[i] = x;
            boolean blocked = left == CoinRunWorld.WALL_BODY || right == CoinRunWorld.WALL_BODY;
            free += blocked ? 0 : 1;
            if (standsInTheWay(x, row, y) && blocked) {
                break;
            }
        }
        world.vx[i] *= (float) free / SUB_STEPS;
    }

    /** The enemy's vertical move by nothing: leaves it where it is, but may be blocked. */
    private boolean standsInTheWay(float x, int row, float y) {
        float r = CoinRunWorld.OBJECT_R * PROBE;
        boolean blocked = world.cell(floor(x - r), row) == CoinRunWorld.WALL_BODY
                || world.cell(floor(x + r), row) == CoinRunWorld.WALL_BODY;
        for (int c = world.crates - 1; c >= 0; c--) {
            if (carries(world.crate[c], x, y, CoinRunWorld.OBJECT_R)) {
                onCrate = true;
                blocked = true;
            }
        }
        return blocked;
    }

    private static boolean turns(byte type) {
        return CoinRunWorld.isWall(type) || type == CoinRunWorld.BARRIER;
    }

    private void moveAgent(boolean evenStep) {
        float vx = world.agentVx;
        float vy = world.agentVy;
        int steps = Math.max(SUB_STEPS, (int) (4 * Math.sqrt(vx * vx + vy * vy)));
        float part = (float) (1.0 / steps);
        float difference = Math.abs(vx) - Math.abs(vy);
        boolean horizontalFirst = difference == 0 ? evenStep : difference > 0;
        if (ay != 0) {
            horizontalFirst = false;
        } else if (ax != 0) {
            horizontalFirst = true;
        }
        float freeX = 0;
        float freeY = 0;
        for (int s = 0; s < steps; s++) {
            boolean blockedX;
            boolean blockedY;
            if (horizontalFirst) {
                blockedX = moveAgent(world.agentVx * part, 0, 0);
                blockedY = moveAgent(0, world.agentVy * part, 0);
            } else {
                blockedY = moveAgent(0, world.agentVy * part, 0);
                blockedX = moveAgent(world.agentVx * part, 0, 0);
            }
            freeX += blockedX ? 0 : 1;
            freeY += blockedY ? 0 : 1;
            if (blockedX && blockedY) {
                break;
            }
        }
        world.agentVx *= freeX / steps;
        world.agentVy *= freeY / steps;
    }

    /** Moves along one axis and says whether something was in the way. A move by nothing counts as vertical. */
    private boolean moveAgent(float dx, float dy, int depth) {
        float rx = CoinRunWorld.AGENT_RX;
        float ry = CoinRunWorld.AGENT_RY;
        float x = world.agentX + dx;
        float y = world.agentY + dy;
        boolean horizontal = dx != 0;
        boolean blocked = hitsWall(x, y);
        if (blocked && horizontal) {
            x = dx > 0 ? (float) Math.floor(x + rx) - rx : (float) Math.ceil(x - rx) + rx;
        } else if (blocked) {
            y = dy > 0 ? (float) Math.floor(y + ry) - ry : (float) Math.ceil(y - ry) + ry;
        }
        world.agentX = x;
        world.agentY = y;
        if (horizontal) {
            return blocked;
        }
        for (int c = world.crates - 1; c >= 0; c--) {
            blocked |= landsOn(world.crate[c], depth);
        }
        return blocked;
    }

    private boolean landsOn(int crate, int depth) {
        if (!carries(crate, world.agentX, world.agentY, CoinRunWorld.AGENT_RY)) {
            return false;
        }
        onCrate = true;
        if (depth < MAX_DEPTH) {
            float dy = world.agentY - world.y[crate];
            float touch = CoinRunWorld.OBJECT_R + CoinRunWorld.AGENT_RY;
            moveAgent(0, touch * Math.signum(dy) - dy, depth + 1);
        }
        world.agentVy = 0;
        return true;
    }

    /**
     * Whether a crate stands in the way of a vertical move: it overlaps the box, and the agent falls on it from above and
     * does not press down.
     *
     * <p>The native library asks this about the agent whoever moves. So an enemy that walks through a crate while the
     * agent falls makes the agent count as standing on a crate in the next step, wherever the agent is; it can then jump
     * from thin air if its vertical speed is zero. Kept, for the sake of equal trajectories (openai/procgen's comment calls it
     * harmless; the golden trajectories of hard levels tell otherwise).
     */
    private boolean carries(int crate, float x, float y, float ry) {
        return world.agentVy < 0
                && ay >= 0
                && Math.abs(y - world.y[crate]) < (ry + CoinRunWorld.OBJECT_R) - MARGIN
                && Math.abs(x - world.x[crate]) < (CoinRunWorld.AGENT_RX + CoinRunWorld.OBJECT_R) - MARGIN
                && lastAgentY >= world.y[crate] + CoinRunWorld.OBJECT_R + CoinRunWorld.AGENT_RY;
    }

    private boolean hitsWall(float x, float y) {
        float rx = CoinRunWorld.AGENT_RX * PROBE;
        float ry = CoinRunWorld.AGENT_RY * PROBE;
        int left = floor(x - rx);
        int right = floor(x + rx);
        int low = floor(y - ry);
        int high = floor(y + ry);
        return CoinRunWorld.isWall(world.cell(left, low))
                || CoinRunWorld.isWall(world.cell(right, low))
                || CoinRunWorld.isWall(world.cell(left, high))
                || CoinRunWorld.isWall(world.cell(right, high));
    }

    private boolean touchesDanger() {
        float reachX = CoinRunWorld.AGENT_RX + CoinRunWorld.OBJECT_R;
        float reachY = CoinRunWorld.AGENT_RY + CoinRunWorld.OBJECT_R;
        for (int i = 0; i < world.objects; i++) {
            if (world.kind[i] != CoinRunWorld.CRATE
                    && Math.abs(world.agentX - world.x[i]) < reachX
                    && Math.abs(world.agentY - world.y[i]) < reachY) {
                return true;
            }
        }
        return false;
    }

    private static int floor(float value) {
        int whole = (int) value;
        return whole > value ? whole - 1 : whole;
    }

    @Override
    public void paint(byte[] frame) {
        painter.paint(world, frame);
    }

    @Override
    public void describe(Map<String, Object> facts) {
        super.describe(facts);
        facts.put("x", world.agentX);
        facts.put("y", world.agentY);
        facts.put("vx", world.agentVx);
        facts.put("vy", world.agentVy);
    }

    /** What is in the level now. */
    CoinRunWorld world() {
        return world;
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        super.save(out);
        out.writeBoolean(onCrate);
        out.writeFloat(lastAgentY);
        random.save(out);
        world.save(out);
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        super.load(in);
        onCrate = in.readBoolean();
        lastAgentY = in.readFloat();
        random.load(in);
        world.load(in);
    }
}
