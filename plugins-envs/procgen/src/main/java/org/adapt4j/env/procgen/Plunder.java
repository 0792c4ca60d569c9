package org.adapt4j.env.procgen;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Plunder (Cobbe et al. 2020, appendix B): sink the ships that look like the one in the corner before time runs out, spare the others.
 *
 * <p>Source of the rules: openai/procgen, plunder.
 */
final class Plunder extends ArcadeGame {

    static final GameInfo INFO =
            GameInfo.of(Plunder::new, 4000, new GameInfo.Scores(4.5, 30), new GameInfo.Scores(3, 30));

    private static final int CANNON_BALL = 1;
    private static final int LEGEND = 2;
    private static final int LEGEND_BACK = 3;
    private static final int PANEL = 6;
    private static final int SHIP = 7;

    private static final int SIDE = 20;
    private static final int SHIPS = 6;
    private static final int LANES = 5;
    private static final int QUOTA = 20;
    private static final float LEGEND_R = 2;
    private static final int GREEN = 0x42f587;
    private static final int PINK = 0xf54290;

    private static final Looks LOOKS = new Looks(Backgrounds.WATER_SURFACE)
            .with(SHIP, Ships::sailingShip, 113, 66, 113, 66, 113, 66, 113, 66, 113, 66, 113, 66)
            .with(CANNON_BALL, Things::cannonBall, 1, 1)
            .with(PANEL, Things::woodenPanel, 1, 1)
            .with(LEGEND_BACK, Things::target, 1, 1);

    private final boolean[] lanesGoRight = new boolean[LANES];
    private final float[] laneSpeeds = new float[LANES];

    /** The ships of this level, enemies first, then friends. */
    private int[] order = new int[SHIPS];

    private int hits;

    /** From 1 down to 0, which ends the episode. */
    private float timeLeft;

    private int lastShot;
    private float shipRx;

    Plunder(LevelOptions options) {
        super(options, LOOKS);
        timeOut = INFO.timeOut();
        maxSpeed = 0.85f;
        follows = false;
        showsVelocity = false;
    }

    @Override
    void chooseSize() {
        world.width = SIDE;
        world.height = SIDE;
        shipRx = is(Mode.EASY) ? 1.5f : 1;
    }

    @Override
    void generate() {
        agent.image = SHIP;
        timeLeft = 1;
        hits = 0;
        lastShot = 0;
        order = random.choose(new int[] {0, 1, 2, 3, 4, 5}, SHIPS);
        for (int lane = 0; lane < LANES; lane++) {
            lanesGoRight[lane] = random.unit() < .5;
            laneSpeeds[lane] = (float) (.15 + .1 * random.unit());
        }
        int panels = is(Mode.EASY) ? 0 : random.below(4);
        for (int i = 0; i < panels; i++) {
            spawn(1.2f, .5f, PANEL, 0, .25f * SIDE, SIDE, .25f * SIDE);
        }
        world.add(LEGEND_R, LEGEND_R, 0, 0, LEGEND_R, LEGEND_BACK);
        Entity legend = world.add(LEGEND_R, LEGEND_R, 0, 0, shipRx * 1.5f, LEGEND);
        legend.theme = order[0];
        legend.image = SHIP;
        fitHeight(legend);
        legend.rotation = PI / 2;

        agent.rx = shipRx;
        agent.rotation = -PI / 2;
        agent.theme = order[random.below(1) + 1];
        fitHeight(agent);
        replaceAgent();
        agent.y = 1 + agent.ry;
        keepOffLegend();
    }

    private void keepOffLegend() {
        agent.x = Math.max(agent.x, 2 * LEGEND_R + agent.rx);
    }

    /** Sideways only. */
    @Override
    void wish(int move) {
        super.wish(move);
        wishY = 0;
    }

    /** Only cannon balls collide. */
    @Override
    void meets(Entity ball, Entity other) {
        if (other.type == SHIP) {
            other.gone = true;
            ball.gone = true;
            if (other.theme == order[0]) {
                hits++;
                reward += 1;
                timeLeft += 0.1f;
            } else {
                timeLeft -= 0.1f;
            }
            world.add(other.x, other.y, other.vx / 2, other.vy / 2, .5f * other.rx, World.EXPLOSION);
        } else if (other.type == PANEL) {
            ball.gone = true;
        }
    }

    @Override
    void play() {
        timeLeft -= 0.0015f;
        if (random.unit() < 0.06f) {
            sendShip();
        }
        if (special == 1 && time - lastShot >= 3) {
            Entity ball = world.add(agent.x, agent.y, 0, 1, .25f, CANNON_BALL);
            ball.collides = true;
            ball.lifetime = 50;
            lastShot = time;
            timeLeft -= 0.02f;
        }
        if (timeLeft <= 0) {
            lose();
        }
        timeLeft = Math.min(1, timeLeft);
        if (hits >= QUOTA) {
            win(10);
        }
        keepOffLegend();
    }

    private void sendShip() {
        int lane = random.below(LANES);
        float y = (float) ((lane * .11 + .4) * (SIDE / 2 - shipRx) + SIDE / 2);
        boolean right = lanesGoRight[lane];
        float speed = laneSpeeds[lane] * (right ? 1 : -1);
        Entity ship = world.make(right ? -shipRx : SIDE + shipRx, y, speed, 0, shipRx, shipRx, SHIP);
        ship.theme = order[random.below(2)];
        fitHeight(ship);
        ship.mirrored = !right;
        if (world.overlapsAny(ship)) {
            world.release(ship);
        } else {
            world.add(ship);
        }
    }

    /** Ships differ by their themes. */
    @Override
    boolean keepsThemes(int image) {
        return image == SHIP;
    }

    @Override
    void paintOver(Scene screen) {
        screen.bar(.25f, .25f, SIDE * timeLeft, .5f, GREEN);
        screen.bar(.25f, .75f, (float) (SIDE * (hits * 1.0 / QUOTA)), .5f, PINK);
    }

    @Override
    void saveOwn(DataOutputStream out) throws IOException {
        for (int lane = 0; lane < LANES; lane++) {
            out.writeBoolean(lanesGoRight[lane]);
            out.writeFloat(laneSpeeds[lane]);
        }
        for (int ship : order) {
            out.writeInt(ship);
        }
        out.writeInt(hits);
        out.writeFloat(timeLeft);
        out.writeInt(lastShot);
    }

    @Override
    void loadOwn(DataInputStream in) throws IOException {
        chooseSize();
        for (int lane = 0; lane < LANES; lane++) {
            lanesGoRight[lane] = in.readBoolean();
            laneSpeeds[lane] = in.readFloat();
        }
        for (int i = 0; i < SHIPS; i++) {
            order[i] = in.readInt();
        }
        hits = in.readInt();
        timeLeft = in.readFloat();
        lastShot = in.readInt();
    }
}
