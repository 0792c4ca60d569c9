package org.adapt4j.env.procgen;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * BossFight (Cobbe et al. 2020, appendix B): dodge a large ship's fire, and hit it while its shields are down, for some rounds.
 *
 * <p>Source of the rules: openai/procgen, bossfight.
 */
final class BossFight extends ArcadeGame {

    static final GameInfo INFO = GameInfo.of(
                    BossFight::new, 4000, new GameInfo.Scores(.5, 13), new GameInfo.Scores(.5, 13))
            .completedAt(10);

    private static final int BULLET = 1;
    private static final int BOSS = 2;
    private static final int SHIELDS = 3;
    private static final int ENEMY_BULLET = 4;
    private static final int TRAIL = 5;
    private static final int BOUNCED_BULLET = 6;
    private static final int METEOR = 7;

    private static final int SIDE = 20;
    private static final float BOSS_R = 3;
    private static final int BOTTOM_MARGIN = 6;
    private static final float METEOR_R = 0.6f;
    private static final int MOVE_STEPS = 20;
    private static final int DAMAGED_STEPS = 40;
    private static final int OPEN_PERIODS = 500;
    private static final int MAX_ROUNDS = 5;

    private static final Looks LOOKS = new Looks(Backgrounds.SPACE)
            .with(World.AGENT, Ships::fighter, 99, 75, 99, 75, 112, 75, 98, 75)
            .with(BOSS, Ships::alien, 93, 84, 104, 84, 103, 84, 82, 84)
            .with(SHIELDS, Things::shield, 143, 119)
            .with(ENEMY_BULLET, Things::spark, 48, 46, 37, 37, 48, 46)
            .with(BULLET, Things::spark, 48, 46, 37, 37, 48, 46)
            .with(METEOR, Things::meteor, 215, 211, 212, 218, 214, 227, 220, 221, 101, 84, 120, 98, 89, 82, 98, 96);

    private final int[] attacks = new int[MAX_ROUNDS];
    private Entity boss;
    private Entity shields;
    private int rounds;
    private int round;
    private int roundHealth;
    private int shieldPeriods;

    /** Movements until the shields change. */
    private int periodsLeft;

    private int stepsToMove;
    private boolean shielded;
    private int damagedUntil;
    private int lastShot;
    private int ownLaser;
    private int bossLaser;
    private float chance;
    private float bulletSpeed;

    BossFight(LevelOptions options) {
        super(options, LOOKS);
        timeOut = INFO.timeOut();
        follows = false;
        maxSpeed = 0.85f;
        bulletSpeed = is(Mode.EASY) ? .5f : .75f;
        boss = agent;
        shields = agent;
    }

    @Override
    void chooseSize() {
        world.width = SIDE;
        world.height = SIDE;
    }

    @Override
    void generate() {
        damagedUntil = 0;
        lastShot = 0;
        boss = world.add(SIDE / 2, SIDE / 2, 0, 0, BOSS_R, BOSS);
        drawTheme(boss);
        fitHeight(boss);
        shields = world.add(boss.x, boss.y, 0, 0, (float) (1.2 * boss.rx), (float) (1.2 * boss.ry), SHIELDS);
        roundHealth = random.below(9) + 1;
        rounds = 1 + random.below(MAX_ROUNDS);
        shieldPeriods = 2 + random.below(is(Mode.EASY) ? 2 : 4);
        boss.health = roundHealth * rounds;
        drawTheme(agent);
        ownLaser = random.below(3);
        bossLaser = random.below(3);
        for (int i = 0; i < rounds; i++) {
            attacks[i] = random.below(4);
        }
        round = 0;
        beginRound();
        agent.rx = .75f;
        fitHeight(agent);
        replaceAgent();
        agent.y = agent.ry;
        // Where meteors would drift to, if they did.
        random.unit();
        int meteors = random.below(3) + 1;
        for (int i = 0; i < meteors; i++) {
            addMeteor();
        }
    }

    private void beginRound() {
        shielded = true;
        stepsToMove = MOVE_STEPS;
        periodsLeft = shieldPeriods;
        boss.vx = 0;
        boss.vy = 0;
    }

    private void addMeteor() {
        float low = (float) (2 * agent.ry + METEOR_R + .5);
        float y = random.unit() * (BOTTOM_MARGIN - low - METEOR_R) + low;
        float x = random.unit() * (SIDE - 2 * METEOR_R) + METEOR_R;
        Entity meteor = world.make(x, y, 0, 0, METEOR_R, METEOR_R, METEOR);
        drawTheme(meteor);
        fitHeight(meteor);
        meteor.collides = true;
        if (world.overlapsAny(meteor)) {
            world.release(meteor);
        } else {
            world.add(meteor);
        }
    }

    @Override
    void agentMeets(Entity entity) {
        if (entity.type == BOSS || entity.type == METEOR || entity.type == ENEMY_BULLET) {
            lose();
        }
    }

    @Override
    void meets(Entity entity, Entity other) {
        if (entity.type == METEOR && (other.type == BULLET || other.type == ENEMY_BULLET)) {
            other.gone = true;
            bear(other, World.EXPLOSION, .5f * other.rx);
        } else if (entity.type == METEOR && other.type == TRAIL) {
            other.gone = true;
        } else if (entity.type == BULLET && other.type == SHIELDS && shielded) {
            bounce(entity);
        } else if (entity.type == BULLET && other.type == BOSS && !shielded) {
            hit(entity);
        }
    }

    private void bounce(Entity bullet) {
        bullet.type = BOUNCED_BULLET;
        float angle = (float) (PI * (1.25 + .5 * chance));
        bullet.vx = (float) (StrictMath.cos(angle) * .5);
        bullet.vy = (float) (StrictMath.sin(angle) * .5);
        bullet.lifetime = 4;
        bullet.age = 0;
        bullet.fading = 0.8f;
    }

    private void hit(Entity bullet) {
        boss.health--;
        if ((int) boss.health % roundHealth == 0) {
            reward += 1;
            if (boss.health == 0) {
                win(10);
            } else {
                round++;
                beginRound();
                stepsToMove = DAMAGED_STEPS;
                damagedUntil = time + DAMAGED_STEPS;
            }
        }
        bullet.gone = true;
        Entity explosion = bear(bullet, World.EXPLOSION, .5f * bullet.rx);
        explosion.vx = boss.vx;
        explosion.vy = boss.vy;
    }

    @Override
    void play() {
        shields.x = boss.x;
        shields.y = boss.y;
        chance = random.unit();
        float fireChance = random.unit();
        float chanceX = random.unit();
        float chanceY = random.unit();
        if (stepsToMove <= 0) {
            move(chanceX, chanceY);
        } else {
            stepsToMove--;
        }
        if (special == 1 && time - lastShot >= 3) {
            Entity bullet = world.add(agent.x, agent.y, 0, 1, .25f, BULLET);
            bullet.theme = ownLaser;
            bullet.collides = true;
            bullet.lifetime = 25;
            lastShot = time;
        }
        if (damagedUntil >= time) {
            if (time % 3 == 0) {
                float x = boss.x + (2 * chanceX - 1) * boss.rx;
                world.add(x, boss.y + (2 * chanceY - 1) * boss.ry, 0, 0, .75f, World.EXPLOSION);
            }
        } else if (shielded) {
            attack(attacks[round % rounds]);
        } else if (fireChance < 0.1f) {
            fire(PI * (1 + chance));
        }
        for (int i = world.count - 1; i >= 0; i--) {
            if (world.entities[i].type == ENEMY_BULLET) {
                leaveTrail(world.entities[i]);
            }
        }
    }

    /** The boss makes for a new place, and after some times its shields go down or up. */
    private void move(float chanceX, float chanceY) {
        float x = chanceX * (SIDE - 2 * BOSS_R) + BOSS_R;
        float y = chanceY * (SIDE - 2 * BOSS_R - BOTTOM_MARGIN) + BOSS_R + BOTTOM_MARGIN;
        boss.vx = (x - boss.x) / MOVE_STEPS;
        boss.vy = (y - boss.y) / MOVE_STEPS;
        stepsToMove = MOVE_STEPS;
        if (periodsLeft > 0) {
            periodsLeft--;
        } else {
            periodsLeft = shielded ? OPEN_PERIODS : shieldPeriods;
            shielded = !shielded;
        }
    }

    private void attack(int kind) {
        if (kind == 0 && time % 8 == 0) {
            for (int i = -2; i <= 2; i++) {
                fire((float) (PI * 1.5 + i * PI / 8));
            }
        } else if (kind == 1 && time % 5 == 0) {
            int swing = Math.abs(8 - time / 5 % 16);
            for (int i = 0; i < 4; i++) {
                fire((float) (PI * (1.25 + .5 * swing / 8.0) + i * PI / 2));
            }
        } else if (kind == 2 && time % 10 == 0) {
            float offset = chance * 2 * PI;
            for (int i = 0; i < 8; i++) {
                fire(2 * PI / 8 * i + offset);
            }
        } else if (kind == 3 && time % 4 == 0) {
            fire(PI * (1 + chance));
        }
    }

    private void fire(float angle) {
        float vx = (float) (bulletSpeed * StrictMath.cos(angle));
        float vy = (float) (bulletSpeed * StrictMath.sin(angle));
        Entity bullet = world.add(boss.x, boss.y, vx, vy, .5f, ENEMY_BULLET);
        bullet.theme = bossLaser;
        bullet.lifetime = 50;
        bullet.spin = PI / 8;
    }

    private void leaveTrail(Entity bullet) {
        Entity trail = world.add(bullet.x, bullet.y, bullet.vx * .5f, bullet.vy * .5f, bullet.rx, bullet.ry, TRAIL);
        trail.fading = 0.7f;
        trail.image = ENEMY_BULLET;
        trail.theme = bossLaser;
        trail.spin = bullet.spin;
        trail.rotation = bullet.rotation;
        trail.lifetime = 8;
    }

    @Override
    boolean isShown(Entity entity) {
        return entity.type != SHIELDS || shielded;
    }

    @Override
    void saveOwn(DataOutputStream out) throws IOException {
        for (int attack : attacks) {
            out.writeInt(attack);
        }
        out.writeInt(rounds);
        out.writeInt(round);
        out.writeInt(roundHealth);
        out.writeInt(shieldPeriods);
        out.writeInt(periodsLeft);
        out.writeInt(stepsToMove);
        out.writeBoolean(shielded);
        out.writeInt(damagedUntil);
        out.writeInt(lastShot);
        out.writeInt(ownLaser);
        out.writeInt(bossLaser);
        out.writeFloat(chance);
    }

    @Override
    void loadOwn(DataInputStream in) throws IOException {
        for (int i = 0; i < MAX_ROUNDS; i++) {
            attacks[i] = in.readInt();
        }
        rounds = in.readInt();
        round = in.readInt();
        roundHealth = in.readInt();
        shieldPeriods = in.readInt();
        periodsLeft = in.readInt();
        stepsToMove = in.readInt();
        shielded = in.readBoolean();
        damagedUntil = in.readInt();
        lastShot = in.readInt();
        ownLaser = in.readInt();
        bossLaser = in.readInt();
        chance = in.readFloat();
        for (int i = 0; i < world.count; i++) {
            boss = world.entities[i].type == BOSS ? world.entities[i] : boss;
            shields = world.entities[i].type == SHIELDS ? world.entities[i] : shields;
        }
    }
}
