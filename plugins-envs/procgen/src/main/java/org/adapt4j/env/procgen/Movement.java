package org.adapt4j.env.procgen;

/**
 * How entities walk: in small steps, one axis after the other, stopped or turned around by cells and by each other.
 *
 * <p>Source: openai/procgen, the base of its games. Single precision throughout, so that positions come out bit for bit.
 */
final class Movement {

    /** Boxes may overlap by so much before they touch. */
    static final float MARGIN = 0.001f;

    /** Corners are felt for at this share of the half sizes. */
    private static final float PROBE = 0.98f;

    private static final int MIN_PARTS = 4;

    /** Square of the speed from which on there are more. */
    private static final float SLOW = 1.25f * 1.25f;

    /** How often a push may push back. */
    private static final int MAX_DEPTH = 5;

    /** Whom a walker may run into is looked for once, so far around where it can walk; who is pushed farther asks everybody. */
    private static final float REACH = 0.5f;

    private final ArcadeGame game;
    private final World world;

    /** Indices of the entities, of so many, that may stop others. */
    private int[] stoppers = new int[32];

    private int stops;
    private int known;

    /** Indices of the entities around the walker, ascending, and where it was when they were looked for. */
    private int[] near = new int[16];

    private int nears;
    private float nearX;
    private float nearY;
    private float reach;

    /** Whether nothing is where the walker is and nobody near, so that a move by nothing changes nothing. */
    private boolean free;

    Movement(ArcadeGame game, World world) {
        this.game = game;
        this.world = world;
    }

    /** Walks by the velocity, of which what is blocked gets lost. */
    void walk(Entity walker) {
        if (walker.gone) {
            return;
        }
        int parts = game.gridSteps ? 1 : parts(walker.vx * walker.vx + walker.vy * walker.vy);
        float part = (float) (1.0 / parts);
        boolean horizontalFirst = game.horizontalFirst(walker);
        free = false;
        nears = 0;
        if (game.entitiesBlock) {
            lookAround(walker);
        }
        float freeX = 0;
        float freeY = 0;
        for (int i = 0; i < parts; i++) {
            boolean blockedX;
            boolean blockedY;
            if (horizontalFirst) {
                blockedX = step(walker, walker.vx * part, 0);
                blockedY = step(walker, 0, walker.vy * part);
            } else {
                blockedY = step(walker, 0, walker.vy * part);
                blockedX = step(walker, walker.vx * part, 0);
            }
            freeX += blockedX ? 0 : 1;
            freeY += blockedY ? 0 : 1;
            if (blockedX && blockedY) {
                break;
            }
        }
        walker.vx *= freeX / parts;
        walker.vy *= freeY / parts;
    }

    /** Four parts of every cell of a step, but at least four. */
    private static int parts(float square) {
        return square < SLOW ? MIN_PARTS : (int) (4 * Math.sqrt(square));
    }

    /** All are about to walk: finds those who may be in the way of others. */
    void begin() {
        known = game.entitiesBlock ? world.count : 0;
        if (stoppers.length < known) {
            stoppers = new int[world.entities.length];
        }
        stops = 0;
        for (int i = 0; i < known; i++) {
            if (game.stops(world.entities[i])) {
                stoppers[stops++] = i;
            }
        }
    }

    private void lookAround(Entity walker) {
        if (near.length < world.count) {
            near = new int[world.entities.length];
        }
        reach = Math.abs(walker.vx) + Math.abs(walker.vy) + REACH;
        nearX = walker.x;
        nearY = walker.y;
        // Who came since all began to walk is asked too.
        for (int k = 0; k < stops + world.count - known; k++) {
            int i = k < stops ? stoppers[k] : known + k - stops;
            Entity other = world.entities[i];
            if (game.stops(other) && other != walker && walker.overlaps(other, reach)) {
                near[nears++] = i;
            }
        }
    }

    private boolean isFar(Entity walker) {
        return Math.abs(walker.x - nearX) > reach || Math.abs(walker.y - nearY) > reach;
    }

    private boolean step(Entity walker, float dx, float dy) {
        return (dx != 0 || dy != 0 || !free) && move(walker, dx, dy, 0);
    }

    /** Moves along one axis and says whether something was in the way. A move by nothing counts as vertical. */
    private boolean move(Entity walker, float dx, float dy, int depth) {
        if (walker.gone) {
            return false;
        }
        float x = walker.x + dx;
        float y = walker.y + dy;
        boolean horizontal = dx != 0;
        boolean blocked = false;
        boolean turned = false;
        boolean empty = true;
        int left = cell(x - walker.rx * PROBE);
        int right = cell(x + walker.rx * PROBE);
        int low = cell(y - walker.ry * PROBE);
        int high = cell(y + walker.ry * PROBE);
        for (int column = left; ; column = right) {
            for (int row = low; ; row = high) {
                int type = world.cell(column, row);
                if (type != World.EMPTY) {
                    empty = false;
                    blocked = blocked || game.blocks(walker, type, horizontal);
                    turned = turned || game.turns(walker.type, type);
                }
                if (row == high) {
                    break;
                }
            }
            if (column == right) {
                break;
            }
        }
        if (turned && horizontal) {
            float edge = dx < 0 ? x - walker.rx : x + walker.rx;
            x += 2 * ((dx < 0 ? ceil(edge) : floor(edge)) - edge);
            walker.vx = -walker.vx;
        } else if (turned) {
            float edge = dy < 0 ? y - walker.ry : y + walker.ry;
            y += 2 * ((dy < 0 ? ceil(edge) : floor(edge)) - edge);
            walker.vy = -walker.vy;
        } else if (blocked && horizontal) {
            x = stop(walker.x, x, walker.rx, dx > 0);
        } else if (blocked) {
            y = stop(walker.y, y, walker.ry, dy > 0);
        }
        walker.x = x;
        walker.y = y;
        free = empty && nears == 0;
        return game.entitiesBlock ? meet(walker, horizontal, dx > 0 || dy > 0, depth) || blocked : blocked;
    }

    private static int cell(float place) {
        return place < 0 ? -1 : (int) place;
    }

    private float stop(float from, float to, float r, boolean forward) {
        if (game.gridSteps) {
            return from;
        }
        return forward ? floor(to + r) - r : ceil(to - r) + r;
    }

    /** Lets the entities that the walker ran into stop it or turn it around. */
    private boolean meet(Entity walker, boolean horizontal, boolean forward, int depth) {
        boolean blocked = false;
        boolean all = isFar(walker);
        for (int k = (all ? world.count : nears) - 1; k >= 0; k--) {
            int i = all ? k : near[k];
            Entity other = world.entities[i];
            if (!game.stops(other) || other == walker || other.gone || !walker.overlaps(other, -MARGIN)) {
                continue;
            }
            if (game.blocks(walker, other, horizontal)) {
                push(other, walker, horizontal, depth);
                blocked = true;
            } else if (game.turns(walker.type, other.type)) {
                turn(walker, other, horizontal, forward);
            }
            if (!all && isFar(walker)) {
                all = true;
                k = i;
            }
        }
        return blocked;
    }

    private void push(Entity pusher, Entity walker, boolean horizontal, int depth) {
        float dx = 0;
        float dy = 0;
        if (horizontal) {
            dx = (float) (pusher.x + Math.signum((double) (walker.x - pusher.x)) * (pusher.rx + walker.rx) - walker.x);
        } else {
            dy = (float) (pusher.y + Math.signum((double) (walker.y - pusher.y)) * (pusher.ry + walker.ry) - walker.y);
        }
        if (depth < MAX_DEPTH) {
            move(walker, dx, dy, depth + 1);
        }
        if (horizontal) {
            walker.vx = 0;
        } else {
            walker.vy = 0;
        }
    }

    private static void turn(Entity walker, Entity other, boolean horizontal, boolean forward) {
        if (horizontal) {
            float delta = other.x - walker.x;
            float sum = other.rx + walker.rx;
            walker.x += forward ? -2 * (sum - delta) : 2 * (sum + delta);
            walker.vx = -walker.vx;
        } else {
            float delta = other.y - walker.y;
            float sum = other.ry + walker.ry;
            walker.y += forward ? -2 * (sum - delta) : 2 * (sum + delta);
            walker.vy = -walker.vy;
        }
    }

    static int floor(float value) {
        int whole = (int) value;
        return whole > value ? whole - 1 : whole;
    }

    private static int ceil(float value) {
        int whole = (int) value;
        return whole < value ? whole + 1 : whole;
    }
}
