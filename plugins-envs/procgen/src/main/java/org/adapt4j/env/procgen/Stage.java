package org.adapt4j.env.procgen;

/**
 * The world and the agent of a game, what happened in the present step, and what rules do with all of that over and over.
 *
 * <p>Source: openai/procgen, the base of its games.
 */
abstract class Stage extends SeededGame {

    static final float PI = (float) Math.PI;

    private static final int ENOUGH_TRIES = 100;
    static final float START_R = 0.4f;

    final World world = new World();
    final Looks looks;

    Entity agent;
    float backgroundPhase;
    int background;

    /** Steps taken since the level began. */
    int time;

    float reward;
    boolean done;
    boolean complete;

    /** A number below a million, drawn in every step. */
    int stepDraw;

    float wishX;
    float wishY;
    float wishSpin;

    Stage(LevelOptions options, Looks looks) {
        super(options);
        this.looks = looks;
        agent = world.make(0, 0, 0, 0, START_R, START_R, World.AGENT);
    }

    /** Whether an image's themes carry meaning and stay when themes are restricted. */
    boolean keepsThemes(int image) {
        return false;
    }

    boolean is(Mode mode) {
        return options.mode() == mode;
    }

    /** Ends the episode with the level solved. */
    final void win(float bonus) {
        reward += bonus;
        complete = true;
        done = true;
    }

    final void lose() {
        done = true;
    }

    /** Draws one of the themes of its image. */
    final void drawTheme(Entity entity) {
        entity.theme = random.below(looks.themes(entity.image));
    }

    /** Width over height of its picture. */
    private float aspect(Entity entity) {
        return looks.aspect(entity.image, theme(entity.image, entity.theme));
    }

    /** Makes a box as high as its picture at its width. */
    final void fitHeight(Entity entity) {
        entity.ry = entity.rx / aspect(entity);
    }

    final void fitWidth(Entity entity) {
        entity.rx = entity.ry * aspect(entity);
    }

    /** Shrinks a square box to its picture. */
    final void fitInside(Entity entity) {
        float aspect = aspect(entity);
        if (aspect > 1) {
            entity.ry = entity.rx / aspect;
        } else {
            entity.rx = entity.ry * aspect;
        }
    }

    /** The theme that shows. */
    final int theme(int image, int drawn) {
        return options.restrictThemes() && !keepsThemes(image) ? 0 : drawn;
    }

    /** Adds an entity at a random free place of a rectangle. */
    final Entity spawn(float rx, float ry, int type, float x, float y, float wide, float high) {
        Entity entity = world.make(0, 0, 0, 0, rx, ry, type);
        entity.x = between(rx, x, x + wide);
        entity.y = between(ry, y, y + high);
        for (int tries = 0; tries < ENOUGH_TRIES && (touchesAgent(entity) || world.overlapsAny(entity)); tries++) {
            entity.x = between(rx, x, x + wide);
            entity.y = between(ry, y, y + high);
        }
        return world.add(entity);
    }

    /** A place for something of half size {@code r} between two walls. */
    final float between(float r, float min, float max) {
        if (max - min <= 2 * r) {
            return (max + min) / 2;
        }
        float range = max - min;
        return (range - 2 * r) * random.unit() + r + min;
    }

    /** Puts the agent on a random free place. */
    final void replaceAgent() {
        int tries = 0;
        do {
            agent.x = random.unit() * (world.width - 2 * agent.rx) + agent.rx;
            agent.y = random.unit() * (world.height - 2 * agent.ry) + agent.ry;
            tries++;
        } while (agentTouchesAny() && tries < ENOUGH_TRIES);
    }

    private boolean agentTouchesAny() {
        for (int i = 0; i < world.count; i++) {
            if (touchesAgent(world.entities[i])) {
                return true;
            }
        }
        return false;
    }

    final boolean touchesAgent(Entity entity) {
        return entity.type != World.AGENT && entity.overlaps(agent, 0);
    }

    /** Adds something where something else is. */
    final Entity bear(Entity parent, int type, float r) {
        return world.add(parent.x, parent.y, 0, 0, r, type);
    }

    /** The agent looks where it goes. */
    final void faceWish(boolean drawnFacingLeft) {
        if (wishX != 0) {
            agent.mirrored = wishX > 0 == drawnFacingLeft;
        }
    }
}
