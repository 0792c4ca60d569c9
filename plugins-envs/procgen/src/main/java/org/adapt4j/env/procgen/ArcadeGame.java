package org.adapt4j.env.procgen;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;

/**
 * What all games share: how a level begins and what happens in a step, in which order. A game says by the hooks below what is its own.
 *
 * <p>A step: buttons, the agent's velocity, everything moves (newest first), who touches whom, what is gone goes, then {@link #play}.
 * Source: openai/procgen, the base of its games; the order of draws and of roundings is part of the rules, so that the same level
 * seed and actions give the native library's numbers. Expressions mix single and double precision where the native ones do.
 */
abstract class ArcadeGame extends Stage {

    private static final int FIRST_SPECIAL = 9;
    private static final int STAY = 4;
    private static final int RIGHT = 7;
    private static final float TURN = 15 * PI / 180;

    /** Share of the wish in the next velocity, and the velocity wished for at most. */
    float mix = 0.5f;

    float maxSpeed = 0.5f;

    /** What the second velocity square takes for fastest. */
    float maxJump = 0.5f;

    /** Whether the agent goes from cell to cell. */
    boolean gridSteps;

    /** Whether entities can be in each other's way. */
    boolean entitiesBlock;

    /** Whether the agent's start is drawn, even if the game then puts it elsewhere. */
    boolean drawsStart = true;

    /** Whether velocity squares make sense. */
    boolean showsVelocity = true;

    /** Longest episode in steps. */
    int timeOut = 1000;

    /** Cells across the frame while the camera follows the agent. */
    float view = 16;

    /** Whether the camera follows the agent. */
    boolean follows;

    /** The last move that was one, which outlives the episode as in the native library. */
    int lastMove = RIGHT;

    /** The button beside the moves, 1 to 6; 0 none. */
    int special;

    private final Movement movement = new Movement(this, world);
    private final Scene scene;

    ArcadeGame(LevelOptions options, Looks looks) {
        super(options, looks);
        follows = options.centerAgent();
        scene = new Scene(this);
    }

    // ---- what a game says -------------------------------------------------------------------------------------------

    /** Sets {@link World#width} and {@link World#height}. */
    abstract void chooseSize();

    /** Builds the level around the agent. */
    abstract void generate();

    /** Says whether cells of a type stop someone. */
    boolean blocks(Entity mover, int type, boolean horizontal) {
        return type == World.WALL || type == world.outside;
    }

    /** Says whether an entity stops someone; asked if {@link #entitiesBlock}. */
    boolean blocks(Entity mover, Entity other, boolean horizontal) {
        return blocks(mover, other.type, horizontal);
    }

    /** Says whether an entity may stop or turn anybody at all. */
    boolean stops(Entity other) {
        return true;
    }

    /** Says whether a type of cell or entity turns a type of entity around. */
    boolean turns(int mover, int type) {
        return false;
    }

    /** The agent overlaps an entity. */
    void agentMeets(Entity entity) {}

    /** An entity that {@link Entity#collides} overlaps another. */
    void meets(Entity entity, Entity other) {}

    /** An entity that {@link Entity#walks} touches a cell that is not empty. */
    void touches(Entity entity, int type, int x, int y) {}

    /** Turns a move, 0 to 8, into wishes. */
    void wish(int move) {
        wishX = move / 3 - 1;
        wishY = move % 3 - 1;
        wishSpin = 0;
    }

    /** Turns wishes into the agent's velocity. */
    void accelerate() {
        agent.vx = (1 - mix) * agent.vx;
        agent.vy = (1 - mix) * agent.vy;
        agent.vx += mix * maxSpeed * wishX;
        agent.vy += mix * maxSpeed * wishY;
        slowDown();
    }

    final void slowDown() {
        agent.vx = (float) (.9 * agent.vx);
        agent.vy = (float) (.9 * agent.vy);
    }

    /** The game's own part of a step. */
    void play() {}

    /** The image of things and cells of a type; negative: none. */
    int imageOf(int type) {
        return type;
    }

    int themeOfCell(int type) {
        return 0;
    }

    boolean isShown(Entity entity) {
        return true;
    }

    float cameraX() {
        return agent.x;
    }

    float cameraY() {
        return agent.y;
    }

    /** Cells across the frame, given the pixels of a cell: the native library divides twice, and both times rounds. */
    float across(float unit) {
        return (float) (64.0 / unit);
    }

    /** How many cells the background has moved to the left. */
    float scrolled() {
        return 0;
    }

    /** Draws over the finished scene. */
    void paintOver(Scene screen) {}

    /** Draws a type without picture, 100 and above. */
    void paintBare(Scene screen, int type, double left, double top, double wide, double high) {}

    abstract void saveOwn(DataOutputStream out) throws IOException;

    abstract void loadOwn(DataInputStream in) throws IOException;

    // ---- what games use beside the tools of a stage
    // -------------------------------------------------------------------

    /** Whether one of two cells under the agent's lower corners is of a type that carries it. */
    final boolean stands() {
        float y = (float) (agent.y - (agent.ry + .01));
        double reach = agent.rx - .01;
        return carries(world.cellAt((float) (agent.x - reach), y))
                || carries(world.cellAt((float) (agent.x + reach), y));
    }

    boolean carries(int type) {
        return type == world.outside;
    }

    final boolean horizontalFirst(Entity walker) {
        if (walker.type == World.AGENT && wishY != 0) {
            return false;
        }
        if (walker.type == World.AGENT && wishX != 0) {
            return true;
        }
        float difference = Math.abs(walker.vx) - Math.abs(walker.vy);
        return difference == 0 ? stepDraw % 2 == 0 : difference > 0;
    }

    /** Everything moves and grows older, newest first. */
    final void moveAll() {
        movement.begin();
        for (int i = world.count - 1; i >= 0; i--) {
            Entity entity = world.entities[i];
            if (entity.walks) {
                movement.walk(entity);
            }
            entity.live();
        }
    }

    // ---- levels and steps -------------------------------------------------------------------------------------------

    @Override
    final void begin() {
        time = 0;
        chooseSize();
        world.clear(world.width, world.height);
        backgroundPhase = random.unit();
        background = random.below(looks.backgrounds().count());
        float x = START_R;
        float y = START_R;
        if (drawsStart) {
            x = random.unit() * (world.width - 2 * START_R) + START_R;
            y = random.unit() * (world.height - 2 * START_R) + START_R;
        }
        agent = world.add(x, y, 0, 0, START_R, World.AGENT);
        agent.walks = true;
        agent.layer = 1;
        generate();
        scene.forget();
    }

    @Override
    public float step(int action) {
        time++;
        reward = 0;
        done = false;
        complete = false;
        stepDraw = random.below(1_000_000);
        special = action < FIRST_SPECIAL ? 0 : action - FIRST_SPECIAL + 1;
        int move = special == 0 ? action : STAY;
        if (move != STAY) {
            lastMove = move;
        }
        wish(move);
        if (gridSteps) {
            agent.vx = wishX;
            agent.vy = wishY;
        } else {
            accelerate();
            agent.spin = 0.5f * agent.spin + 0.5f * TURN * wishSpin;
        }
        moveAll();
        touch();
        boolean lost = world.isOutside(agent);
        world.sweep();
        done |= lost;
        play();
        float earned = reward;
        judge(complete, done, time >= timeOut);
        return earned;
    }

    private void touch() {
        for (int i = world.count - 1; i >= 0; i--) {
            Entity entity = world.entities[i];
            if (touchesAgent(entity)) {
                agentMeets(entity);
            }
            if (entity.collides) {
                for (int j = world.count - 1; j >= 0; j--) {
                    Entity other = world.entities[j];
                    if (i != j && entity.overlaps(other, 0) && !entity.gone && !other.gone) {
                        meets(entity, other);
                    }
                }
            }
            if (entity.walks) {
                touchCells(entity);
            }
        }
    }

    private void touchCells(Entity entity) {
        float rx = entity.rx - Movement.MARGIN;
        float ry = entity.ry - Movement.MARGIN;
        int right = (int) (entity.x + rx);
        int top = (int) (entity.y + ry);
        for (int x = (int) (entity.x - rx); x <= right; x++) {
            for (int y = (int) (entity.y - ry); y <= top; y++) {
                int type = world.cell(x, y);
                if (type != World.EMPTY) {
                    touches(entity, type, x, y);
                }
            }
        }
    }

    @Override
    public void paint(byte[] frame) {
        scene.paint(frame);
    }

    @Override
    public void describe(Map<String, Object> facts) {
        super.describe(facts);
        facts.put("x", agent.x);
        facts.put("y", agent.y);
        facts.put("vx", agent.vx);
        facts.put("vy", agent.vy);
        facts.put("entities", world.count);
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        super.save(out);
        out.writeInt(time);
        out.writeInt(lastMove);
        out.writeFloat(wishX);
        out.writeFloat(backgroundPhase);
        out.writeInt(background);
        random.save(out);
        world.save(out);
        saveOwn(out);
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        super.load(in);
        time = in.readInt();
        lastMove = in.readInt();
        wishX = in.readFloat();
        backgroundPhase = in.readFloat();
        background = in.readInt();
        random.load(in);
        world.load(in);
        agent = world.entities[0];
        for (int i = 1; i < world.count && agent.type != World.AGENT; i++) {
            agent = world.entities[i];
        }
        loadOwn(in);
        scene.forget();
    }
}
