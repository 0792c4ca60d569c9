package org.adapt4j.env.procgen;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.util.BitSet;

/**
 * CaveFlyer (Cobbe et al. 2020, appendix B): steer a ship through a cave to the friendly saucer; targets can be shot, all else kills.
 *
 * <p>Source of the rules: openai/procgen, caveflyer. Known flaw, kept: a few levels kill in their first steps.
 */
final class CaveFlyer extends ArcadeGame {

    static final GameInfo INFO = GameInfo.of(
                    CaveFlyer::new, 1000, new GameInfo.Scores(3.5, 12), new GameInfo.Scores(2, 13.4))
            .and(Mode.MEMORY)
            .exploring(1259048185);

    private static final int GOAL = 1;
    private static final int METEOR = 2;
    private static final int TARGET = 3;
    private static final int BULLET = 4;
    private static final int ENEMY = 5;
    private static final int CAVE = 8;
    private static final int EXHAUST = 9;

    /** Cells of the path while the level is built. */
    private static final int PATH = 1003;

    private static final int UPDATES = 4;
    private static final int CELLS_PER_THING = 80;

    private static final Looks LOOKS = new Looks(Backgrounds.SPACE)
            .with(World.AGENT, (g, theme) -> Ships.fighter(g, 3), 99, 75)
            .with(GOAL, (g, theme) -> Ships.saucer(g, 0), 1, 1)
            .with(METEOR, (g, theme) -> Things.meteor(g, 8), 101, 84)
            .with(TARGET, (g, theme) -> Ships.saucer(g, 1), 1, 1)
            .with(BULLET, Things::laser, 13, 37)
            .with(ENEMY, (g, theme) -> Ships.alien(g, 1), 82, 84)
            .with(EXHAUST, Things::flame, 1, 1)
            .ground(CAVE, Grounds::cave, 1);

    CaveFlyer(LevelOptions options) {
        super(options, LOOKS);
        timeOut = INFO.timeOut();
        view = is(Mode.EASY) ? 10 : 16;
        mix = 0.9f;
    }

    @Override
    void chooseSize() {
        world.width = is(Mode.EASY) ? 30 : is(Mode.MEMORY) ? 60 : 40;
        world.height = world.width;
    }

    @Override
    void generate() {
        world.outside = World.WALL;
        for (int i = 0; i < world.size(); i++) {
            world.cells[i] = random.unit() < .5 ? World.WALL : World.EMPTY;
        }
        Rooms rooms = new Rooms(world);
        for (int i = 0; i < UPDATES; i++) {
            rooms.update();
        }
        BitSet room = rooms.largest();
        rooms.keepOnly(room, World.WALL);
        int[] cells = room.stream().toArray();
        int[] ends = random.distinct(cells.length, 2);
        int start = cells[ends[0]];
        agent.x = start % world.width + .5f;
        agent.y = start / world.width + .5f;
        int goal = cells[ends[1]];
        world.addAt(goal, .5f, GOAL).collides = true;
        int[] path = rooms.path(start, goal);
        if (!is(Mode.MEMORY)) {
            rooms.keepOnly(rooms.widen(path, UPDATES), World.WALL);
        }
        for (int i = 0; i < UPDATES; i++) {
            rooms.update();
            paint(path, World.EMPTY);
        }
        paint(path, PATH);
        place(world.cellsOf(World.EMPTY));
        paint(world.cellsOf(World.WALL), CAVE);
        paint(path, World.EMPTY);
        world.outside = CAVE;
    }

    private void paint(int[] cells, int type) {
        for (int cell : cells) {
            world.cells[cell] = type;
        }
    }

    /** Meteors, then as many targets, then as many enemies, off the path. */
    private void place(int[] free) {
        int each = free.length / CELLS_PER_THING;
        int[] places = random.distinct(free.length, 3 * each);
        for (int i = 0; i < places.length; i++) {
            Entity thing = world.addAt(free[places[i]], .5f, i < each ? METEOR : i < 2 * each ? TARGET : ENEMY);
            thing.collides = true;
            if (thing.type == TARGET) {
                thing.health = 5;
            } else if (thing.type == ENEMY) {
                double speed = .1 * random.unit() + .1;
                float velocity = (float) (speed * random.sign());
                if (random.unit() < .5) {
                    thing.vx = velocity;
                } else {
                    thing.vy = velocity;
                }
                thing.walks = true;
            }
        }
    }

    @Override
    boolean blocks(Entity mover, int type, boolean horizontal) {
        return type == world.outside;
    }

    @Override
    boolean turns(int mover, int type) {
        return mover == ENEMY && type == CAVE;
    }

    /** Left and right turn, up pushes forward, down a third as much backward. */
    @Override
    void wish(int move) {
        float push = move % 3 - 1;
        if (push < 0) {
            push *= 0.33f;
        }
        float angle = heading();
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        if (push > 0) {
            Entity exhaust = world.add(
                    (float) (agent.x - agent.rx * cos),
                    (float) (agent.y - agent.ry * sin),
                    0,
                    0,
                    .5f * agent.rx,
                    EXHAUST);
            exhaust.lifetime = 4;
            exhaust.rotation = -angle - PI / 2;
            exhaust.growth = 1.25f;
            exhaust.fading = 0.8f;
        }
        wishX = (float) (push * cos);
        wishY = (float) (push * sin);
        wishSpin = move / 3 - 1;
    }

    private float heading() {
        return -agent.rotation + PI / 2;
    }

    @Override
    void accelerate() {
        agent.vx = (float) (agent.vx + mix * maxSpeed * wishX * .2);
        agent.vy = (float) (agent.vy + mix * maxSpeed * wishY * .2);
        slowDown();
    }

    @Override
    void agentMeets(Entity entity) {
        switch (entity.type) {
            case GOAL -> win(10);
            case METEOR, TARGET, ENEMY -> lose();
            default -> {}
        }
    }

    @Override
    void meets(Entity entity, Entity other) {
        if (other.type != BULLET) {
            return;
        }
        if (entity.type == TARGET) {
            entity.health--;
            if (entity.health <= 0) {
                bear(entity, World.EXPLOSION, .5f * entity.rx);
                entity.gone = true;
                reward += 3;
            }
        }
        other.gone = true;
        Entity explosion = bear(other, World.EXPLOSION, .5f * other.rx);
        explosion.vx = entity.vx;
        explosion.vy = entity.vy;
    }

    @Override
    void play() {
        if (special == 1) {
            float angle = heading();
            Entity bullet = world.add(
                    agent.x,
                    agent.y,
                    (float) StrictMath.cos(angle),
                    (float) StrictMath.sin(angle),
                    0.1f,
                    0.25f,
                    BULLET);
            bullet.lifetime = 10;
            bullet.rotation = agent.rotation;
        }
        for (int i = world.count - 1; i >= 0; i--) {
            Entity entity = world.entities[i];
            if (entity.type == ENEMY) {
                entity.face(entity.vx, entity.vy, -PI / 2);
            } else if (entity.type == BULLET && hitsCave(entity)) {
                entity.gone = true;
                bear(entity, World.EXPLOSION, .5f * entity.rx);
            }
        }
        world.sweep();
    }

    private boolean hitsCave(Entity bullet) {
        float left = bullet.x - bullet.rx;
        float right = bullet.x + bullet.rx;
        float low = bullet.y - bullet.ry;
        float high = bullet.y + bullet.ry;
        return world.cellAt(left, low) == CAVE
                || world.cellAt(left, high) == CAVE
                || world.cellAt(right, low) == CAVE
                || world.cellAt(right, high) == CAVE;
    }

    @Override
    void saveOwn(DataOutputStream out) {}

    @Override
    void loadOwn(DataInputStream in) {}
}
