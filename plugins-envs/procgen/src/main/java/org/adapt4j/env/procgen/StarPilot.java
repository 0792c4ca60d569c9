package org.adapt4j.env.procgen;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * StarPilot (Cobbe et al. 2020, appendix B): a side-scrolling shooter; survive 500 steps of enemies, shoot as many as possible, reach the end.
 *
 * <p>Source of the rules: openai/procgen, starpilot.
 */
final class StarPilot extends ArcadeGame {

    static final GameInfo INFO = GameInfo.of(
                    StarPilot::new, 1000, new GameInfo.Scores(2.5, 64), new GameInfo.Scores(1.5, 35))
            .and(Mode.EXTREME);

    private static final int OWN_BULLET = 1;
    private static final int FLYER_BULLET = 2;
    private static final int TURRET_BULLET = 3;
    private static final int FLYER = 4;
    private static final int METEOR = 5;
    private static final int CLOUD = 6;
    private static final int TURRET = 7;
    private static final int FAST_FLYER = 8;
    private static final int FINISH = 9;

    private static final int SIDE = 16;
    private static final int FINISH_TIME = 500;
    private static final int SHIP_THEMES = 7;
    private static final int MAX_GROUP = 5;
    private static final int MIN_PAUSE = 10;
    private static final int MAX_PAUSE = 30;
    private static final float FROM_LEFT = 0.9f;

    /** Speeds are in these units. */
    private static final float SPEED = 2f / 5f;

    private static final float SLOW = .5f;
    private static final float FAST = 2;

    private static final Looks LOOKS = new Looks(Backgrounds.SPACE)
            .with(World.AGENT, (g, theme) -> Ships.fighter(g, 0), 112, 75)
            .with(OWN_BULLET, (g, theme) -> Things.shot(g, 0), 1, 1)
            .with(FLYER_BULLET, (g, theme) -> Things.shot(g, 1), 1, 1)
            .with(TURRET_BULLET, (g, theme) -> Things.shot(g, 2), 1, 1)
            .with(FLYER, Ships::flyer, 106, 80, 101, 74, 100, 94, 126, 108, 136, 84, 94, 148, 172, 151)
            .with(FAST_FLYER, Ships::flyer, 106, 80, 101, 74, 100, 94, 126, 108, 136, 84, 94, 148, 172, 151)
            .with(METEOR, Things::meteor, 215, 211, 212, 218, 214, 227, 220, 221, 101, 84, 120, 98, 89, 82, 98, 96)
            .with(CLOUD, Things::cloud, 41, 42, 56, 49, 59, 55, 52, 50, 63, 65, 73, 72, 87, 100, 100, 102, 69, 71)
            .with(TURRET, Ships::turret, 172, 52, 172, 52)
            .with(FINISH, Ships::rocket, 122, 374, 157, 309, 118, 315, 136, 369);

    /** Enemies to come, the next one last. */
    private Entity[] coming = new Entity[128];

    private int comingCount;

    StarPilot(LevelOptions options) {
        super(options, LOOKS);
        timeOut = INFO.timeOut();
        follows = false;
        maxSpeed = is(Mode.EXTREME) ? .5f : .75f;
    }

    @Override
    void chooseSize() {
        world.width = SIDE;
        world.height = SIDE;
    }

    private float speedOf(int type) {
        return switch (type) {
            case FLYER -> is(Mode.EASY) ? .75f : 1;
            case FLYER_BULLET -> is(Mode.EASY) ? 1.25f : FAST;
            case OWN_BULLET, TURRET_BULLET -> FAST;
            case FAST_FLYER -> 1.5f;
            default -> SLOW;
        };
    }

    private int healthOf(int type) {
        boolean extreme = is(Mode.EXTREME);
        return switch (type) {
            case FLYER -> extreme ? 5 : 2;
            case FAST_FLYER -> extreme ? 2 : 1;
            case TURRET -> extreme ? 10 : 5;
            case METEOR -> 500;
            default -> 0;
        };
    }

    private float weightOf(int type) {
        return type == FLYER ? 3 : is(Mode.EASY) || type < FLYER ? 0 : 1;
    }

    private static boolean flies(int type) {
        return type == FLYER || type == FAST_FLYER;
    }

    private static boolean breaks(int type) {
        return flies(type) || type == TURRET || type == METEOR;
    }

    private float bulletR() {
        return is(Mode.EXTREME) ? .2f : .4f;
    }

    @Override
    void generate() {
        while (comingCount > 0) {
            world.release(coming[--comingCount]);
        }
        int start = 1 + random.between(MIN_PAUSE, MAX_PAUSE);
        while (start <= FINISH_TIME) {
            drawGroup(start);
            start += random.between(MIN_PAUSE, MAX_PAUSE);
        }
        SpawnOrder.sort(coming, comingCount);
        agent.rotation = PI / 2;
        drawTheme(agent);
    }

    private void drawGroup(int start) {
        int type = drawType();
        float r = flies(type) ? .5f : 2;
        int size = 1;
        int theme = 0;
        if (flies(type)) {
            size = random.between(0, MAX_GROUP) + 1;
            theme = random.below(SHIP_THEMES);
        }
        float y = between(r, 0, SIDE);
        for (int i = 0; i < size; i++) {
            Entity enemy = drawMember(type, r, y);
            enemy.spawnTime = start + i * 5;
            if (flies(type)) {
                enemy.theme = theme;
                enemy.rotation = (enemy.vx > 0 ? -1 : 1) * PI / 2;
            } else {
                drawTheme(enemy);
            }
            if (type == TURRET) {
                fitHeight(enemy);
            } else if (type == CLOUD) {
                enemy.layer = 1;
            }
            if (comingCount == coming.length) {
                coming = Arrays.copyOf(coming, 2 * comingCount);
            }
            coming[comingCount++] = enemy;
        }
    }

    private int drawType() {
        float total = 0;
        for (int type = FLYER_BULLET; type < FINISH; type++) {
            total += weightOf(type);
        }
        float left = random.unit() * total;
        for (int type = FLYER_BULLET; type < FAST_FLYER; type++) {
            left -= weightOf(type);
            if (left <= 0) {
                return type;
            }
        }
        return FAST_FLYER;
    }

    private Entity drawMember(int type, float r, float y) {
        int fireTime = random.between(10, 100);
        float angle = (float) ((random.unit() - .5) * (2 * PI / 4));
        if (random.between(0, 2) == 1 || !flies(type)) {
            angle = 0;
        }
        if (type == TURRET) {
            fireTime = random.between(20, 30);
        } else if (!flies(type)) {
            fireTime = -1;
        }
        float speed = speedOf(type) * SPEED;
        float vx = (float) (-StrictMath.cos(angle) * speed);
        float vy = (float) (StrictMath.sin(angle) * speed);
        boolean fromLeft = flies(type) && random.unit() > FROM_LEFT && !is(Mode.EASY);
        Entity enemy = world.make(fromLeft ? -r : SIDE + r, y, fromLeft ? -vx : vx, vy, r, r, type);
        enemy.fireTime = fireTime;
        enemy.health = healthOf(type);
        return enemy;
    }

    @Override
    void agentMeets(Entity entity) {
        if (entity.type == FINISH) {
            win(10);
        } else if (breaks(entity.type) || entity.type == FLYER_BULLET || entity.type == TURRET_BULLET) {
            lose();
        }
    }

    /** Only own bullets collide. */
    @Override
    void meets(Entity bullet, Entity other) {
        if (breaks(other.type)) {
            bullet.gone = true;
            other.health--;
            world.add(bullet.x, bullet.y, other.vx, other.vy, .5f * bullet.rx, World.EXPLOSION);
        }
    }

    @Override
    void play() {
        for (int i = world.count - 1; i >= 0; i--) {
            Entity enemy = world.entities[i];
            if (enemy.type != World.AGENT && fires(enemy)) {
                fireAtAgent(enemy);
            }
            if (enemy.health <= 0 && breaks(enemy.type) && !enemy.gone) {
                Entity explosion = bear(enemy, World.EXPLOSION, .5f * enemy.rx);
                explosion.vx = enemy.vx;
                explosion.vy = enemy.vy;
                reward += 1;
                enemy.gone = true;
            }
        }
        while (comingCount > 0 && coming[comingCount - 1].spawnTime == time) {
            world.add(coming[--comingCount]);
        }
        if (special != 0) {
            fire(special == 2 ? PI : 0);
        }
        if (time == FINISH_TIME) {
            Entity finish = world.add(SIDE, SIDE / 2, -SLOW * SPEED, 0, 2, SIDE / 2, FINISH);
            drawTheme(finish);
            fitWidth(finish);
            finish.x = SIDE + finish.rx;
        }
    }

    private boolean fires(Entity enemy) {
        int flown = time - enemy.spawnTime;
        return enemy.fireTime > 0 && (enemy.type == TURRET ? flown % enemy.fireTime == 0 : flown == enemy.fireTime);
    }

    private void fireAtAgent(Entity enemy) {
        int type = enemy.type == TURRET ? TURRET_BULLET : FLYER_BULLET;
        float dx = agent.x - enemy.x;
        float dy = agent.y - enemy.y;
        float scale = (float) (speedOf(type) * SPEED / Math.sqrt(dx * dx + dy * dy));
        Entity bullet = world.add(enemy.x, enemy.y, dx * scale, dy * scale, bulletR(), type);
        bullet.face(bullet.vx, bullet.vy, -PI / 2);
    }

    private void fire(float angle) {
        float speed = speedOf(OWN_BULLET) * SPEED;
        float vx = (float) (StrictMath.cos(angle) * speed);
        float vy = (float) (StrictMath.sin(angle) * speed);
        float muzzle = (float) (agent.rx * StrictMath.cos(angle));
        Entity bullet = world.add(agent.x + muzzle, agent.y, vx, vy, bulletR(), OWN_BULLET);
        bullet.collides = true;
        bullet.face(vx, vy, -PI / 2);
    }

    /** Half as fast as what drifts. */
    @Override
    float scrolled() {
        return time * SLOW * SPEED;
    }

    @Override
    void saveOwn(DataOutputStream out) throws IOException {
        out.writeInt(comingCount);
        for (int i = 0; i < comingCount; i++) {
            coming[i].save(out);
        }
    }

    @Override
    void loadOwn(DataInputStream in) throws IOException {
        comingCount = in.readInt();
        if (coming.length < comingCount) {
            coming = new Entity[comingCount];
        }
        for (int i = 0; i < comingCount; i++) {
            coming[i] = world.make(0, 0, 0, 0, 0, 0, World.EMPTY);
            coming[i].load(in);
        }
    }
}
