package org.adapt4j.env.procgen;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Ninja (Cobbe et al. 2020, appendix B): charged jumps across narrow ledges to the mushroom; throwing stars set off bombs.
 *
 * <p>Source of the rules: openai/procgen, ninja.
 */
final class Ninja extends ArcadeGame {

    static final GameInfo INFO = GameInfo.of(Ninja::new, 1000, new GameInfo.Scores(3.5, 10), new GameInfo.Scores(2, 10))
            .exploring(1123500215)
            .completedAt(10);

    private static final int MUSHROOM = 1;
    private static final int BOMB = 6;
    private static final int STAR = 7;
    private static final int WALKING = 12;
    private static final int FIRE = 14;
    private static final int WALL = 20;

    private static final int SIDE = 64;
    private static final int START_X = 5;
    private static final float GRAVITY = 0.2f;
    private static final float AIR_CONTROL = 0.15f;
    private static final int WALL_THEMES = 3;
    private static final int STAR_STEPS = 15;
    private static final int GREEN = 0x42f587;

    private static final Looks LOOKS = new Looks(Backgrounds.PLATFORM)
            .with(World.AGENT, (g, theme) -> Creatures.ninja(g, 0), 80, 110)
            .with(WALKING, (g, theme) -> Creatures.ninja(g, 1), 80, 110)
            .with(WALKING + 1, (g, theme) -> Creatures.ninja(g, 2), 80, 110)
            .with(MUSHROOM, Things::mushroom, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)
            .with(BOMB, Things::bomb, 1, 1)
            .with(FIRE, Things::fire, 1, 1)
            .with(STAR, Things::throwingStar, 1, 1)
            .ground(WALL, Grounds::bricks, WALL_THEMES);

    private boolean supported;
    private int lastThrow;
    private int wallTheme;

    /** Share of the highest jump that is ready. */
    private float charge;

    Ninja(LevelOptions options) {
        super(options, LOOKS);
        timeOut = INFO.timeOut();
        world.outside = WALL;
        view = is(Mode.EASY) ? 10 : 16;
        maxJump = is(Mode.EASY) ? 1.25f : 1.5f;
    }

    @Override
    void chooseSize() {
        world.width = SIDE;
        world.height = SIDE;
    }

    @Override
    void generate() {
        supported = false;
        charge = 0;
        lastThrow = 0;
        agent.rx = .5f;
        agent.ry = .5f;
        agent.x = 1.5f;
        agent.y = SIDE / 2 + .5f;
        int difficulty = random.below(3) + 1;
        wallTheme = random.below(WALL_THEMES);
        world.fill(0, 0, SIDE, 1, WALL);
        world.fill(0, 0, 1, SIDE, WALL);
        world.fill(SIDE - 1, 0, 1, SIDE, WALL);
        world.fill(0, SIDE - 1, SIDE, 1, WALL);

        int sections = random.below(difficulty) + difficulty;
        int x = START_X;
        int y = SIDE / 2;
        int lowest = y;
        world.fill(0, 0, START_X, y, WALL);
        world.fill(0, y + 8, START_X, SIDE - y - 8, WALL);
        for (int section = 0; section < sections; section++) {
            int from = x;
            int before = y;
            int ledges = random.below(2) + 1;
            int highest = -1;
            int last = -1;
            for (int ledge = 0; ledge < ledges; ledge++) {
                x = from + ledge;
                if (x + 15 >= SIDE) {
                    break;
                }
                y = nextHeight(before, last, difficulty);
                int width = (is(Mode.EASY) ? 3 : 1) + random.below(3);
                world.fill(x, y - 1, width, 1, WALL);
                x += width + Math.max(0, difficulty - (is(Mode.EASY) ? 2 : 1)) + random.below(difficulty == 1 ? 2 : 3);
                highest = Math.max(highest, y);
                lowest = Math.min(lowest, y);
                last = y;
            }
            if (random.unit() < .25f * (difficulty - 1)) {
                world.set(random.below(x - from + 1) + from, highest + 2, BOMB);
            }
            int ceiling = highest + 10;
            if (ceiling < SIDE) {
                world.fill(from, ceiling, x - from, SIDE - ceiling, WALL);
            }
        }
        drawTheme(world.add(x + .5f, y + .5f, 0, 0, .5f, MUSHROOM));
        world.set(x, y - 1, WALL);
        world.fill(x, y + 6, 1, SIDE - y - 6, WALL);
        int fire = Math.max(1, lowest - 2);
        world.fill(START_X, 0, SIDE - START_X, fire, WALL);
        world.fill(START_X, fire, SIDE - START_X, 1, FIRE);
        world.fill(x + 1, 0, SIDE - x - 1, SIDE, WALL);
    }

    /** The row to stand in on the next ledge of a section, well away from the last one's. */
    private int nextHeight(int y, int last, int difficulty) {
        int dy = Math.min(random.below(is(Mode.EASY) ? 2 : 4) + 1 + difficulty / 3, is(Mode.EASY) ? 3 : 5);
        if (y >= SIDE - 15 || (y >= 5 && random.unit() < .4)) {
            dy = -dy;
        }
        int next = Math.max(3, y + dy);
        return Math.abs(next - last) <= 1 ? last + 2 : next;
    }

    /** Stars stick to walls. */
    @Override
    boolean blocks(Entity mover, int type, boolean horizontal) {
        if (type == WALL && mover.type == STAR) {
            mover.vx = 0;
            mover.vy = 0;
        }
        return type == WALL;
    }

    @Override
    boolean carries(int type) {
        return type == WALL;
    }

    /** Up charges the jump on the ground; letting it go jumps. */
    @Override
    void wish(int move) {
        super.wish(move);
        supported = stands();
        if (supported && wishY > 0) {
            charge = Math.min(1, charge + (is(Mode.EASY) ? 1 : .25f));
        } else {
            wishY = 0;
        }
        if (!supported) {
            charge = 0;
        }
    }

    @Override
    void accelerate() {
        float share = supported ? mix : mix * AIR_CONTROL;
        agent.vx = (1 - share) * agent.vx + share * maxSpeed * wishX;
        if (wishY < 1 && charge > 0) {
            agent.vy = charge * maxJump;
            charge = 0;
        }
        if (!supported && agent.vy > -2) {
            agent.vy -= GRAVITY;
        }
    }

    @Override
    void agentMeets(Entity entity) {
        if (entity.type == World.EXPLOSION) {
            lose();
        } else if (entity.type == MUSHROOM) {
            win(10);
        }
    }

    @Override
    void touches(Entity entity, int type, int x, int y) {
        if (entity.type == World.AGENT && (type == FIRE || type == BOMB)) {
            lose();
        } else if (entity.type == STAR && type == BOMB) {
            entity.gone = true;
            world.set(x, y, World.EMPTY);
            world.add(x + .5f, y + .5f, 0, 0, .5f, World.EXPLOSION);
        } else if (entity.type == STAR && type == WALL) {
            entity.gone = true;
        }
    }

    @Override
    void play() {
        faceWish(false);
        if (special > 0 && time - lastThrow >= 3) {
            float angle = switch (special) {
                case 2 -> PI / 4;
                case 3 -> PI / 2;
                case 4 -> -PI / 4;
                default -> 0;
            };
            if (agent.mirrored) {
                angle = PI - angle;
            }
            Entity star = world.add(
                    agent.x, agent.y, (float) StrictMath.cos(angle), (float) StrictMath.sin(angle), .25f, STAR);
            star.collides = true;
            star.lifetime = STAR_STEPS;
            star.walks = true;
            lastThrow = time;
        }
    }

    @Override
    int imageOf(int type) {
        if (type != World.AGENT || Math.abs(agent.vx) < .01f && wishX == 0 && supported) {
            return type;
        }
        return time / 5 % 2 == 0 || !supported ? WALKING : WALKING + 1;
    }

    @Override
    int themeOfCell(int type) {
        return type == WALL ? wallTheme : 0;
    }

    @Override
    void paintOver(Scene screen) {
        float high = 3 * charge;
        screen.bar(.25f, (float) ((follows ? view : SIDE) - .5 - high), .5f, high, GREEN);
    }

    @Override
    void saveOwn(DataOutputStream out) throws IOException {
        out.writeBoolean(supported);
        out.writeInt(lastThrow);
        out.writeInt(wallTheme);
        out.writeFloat(charge);
    }

    @Override
    void loadOwn(DataInputStream in) throws IOException {
        supported = in.readBoolean();
        lastThrow = in.readInt();
        wallTheme = in.readInt();
        charge = in.readFloat();
    }
}
