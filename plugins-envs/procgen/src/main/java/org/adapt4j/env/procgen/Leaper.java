package org.adapt4j.env.procgen;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Leaper (Cobbe et al. 2020, appendix B): a frog crosses roads between cars, and rivers on logs.
 *
 * <p>Source of the rules: openai/procgen, leaper.
 */
final class Leaper extends ArcadeGame {

    static final GameInfo INFO = GameInfo.of(
                    Leaper::new, 500, new GameInfo.Scores(1.5, 10), new GameInfo.Scores(1.5, 10))
            .and(Mode.EXTREME)
            .exploring(1318677581)
            .completedAt(10);

    private static final int LOG = 1;
    private static final int ROAD = 2;
    private static final int WATER = 3;
    private static final int CAR = 4;
    private static final int FINISH = 5;

    private static final float CAR_R = .25f;
    private static final float LOG_R = .45f;
    private static final int HOP_STEPS = 5;
    private static final float HOP_SPEED = .5f;
    private static final float HOP_LOSS = HOP_SPEED / HOP_STEPS;
    private static final int MAX_LANES = 5;

    private static final Looks LOOKS = new Looks(Backgrounds.TOP_DOWN)
            .with(World.AGENT, Creatures::frog, 91, 144, 93, 144, 93, 144, 94, 144, 93, 144)
            .tall(World.AGENT, 1.55)
            .with(CAR, Things::car, 121, 70, 131, 71, 116, 71, 131, 70, 131, 70)
            .with(LOG, Things::log, 1, 1)
            .with(FINISH, Things::finish, 1, 1)
            .tiled(FINISH, 1)
            .ground(ROAD, Grounds::road, 1)
            .ground(WATER, Grounds::water, 1);

    private final float[] roads = new float[MAX_LANES];
    private final float[] rivers = new float[MAX_LANES];
    private int lanesOfRoad;
    private int lanesOfRiver;
    private int roadY;
    private int riverY;

    Leaper(LevelOptions options) {
        super(options, LOOKS);
        timeOut = INFO.timeOut();
        maxSpeed = HOP_SPEED;
        follows = false;
    }

    @Override
    void chooseSize() {
        world.width = is(Mode.EASY) ? 9 : is(Mode.EXTREME) ? 20 : 15;
        world.height = world.width;
    }

    @Override
    void generate() {
        agent.y = agent.ry;
        boolean easy = is(Mode.EASY);
        boolean extreme = is(Mode.EXTREME);
        float slowCar = easy ? 0.03f : extreme ? 0.1f : 0.05f;
        float fastCar = easy ? 0.12f : extreme ? 0.3f : 0.2f;
        float slowLog = easy ? 0.025f : extreme ? 0.1f : 0.05f;
        float fastLog = easy ? 0.075f : extreme ? 0.2f : 0.1f;

        roadY = extraSpace() + 1;
        int difficulty = random.below(easy ? 4 : 5);
        int extraLane = easy ? 0 : random.below(4);
        lanesOfRoad = difficulty + (extraLane == 2 ? 1 : 0);
        for (int lane = 0; lane < lanesOfRoad; lane++) {
            roads[lane] = drawSign() * random.between(slowCar, fastCar);
            world.fill(0, roadY + lane, world.width, 1, ROAD);
        }
        riverY = roadY + lanesOfRoad + extraSpace() + 1;
        lanesOfRiver = difficulty + (extraLane == 3 ? 1 : 0);
        float sign = drawSign();
        for (int lane = 0; lane < lanesOfRiver; lane++) {
            rivers[lane] = sign * random.between(slowLog, fastLog);
            sign = -sign;
            world.fill(0, riverY + lane, world.width, 1, WATER);
        }
        for (int i = 0; i < world.width / Math.min(slowCar, slowLog); i++) {
            sendTraffic();
            moveAll();
        }
        int finishY = riverY + lanesOfRiver + 1;
        world.add(world.width / 2f, finishY - .5f, 0, 0, world.width / 2f, .5f, FINISH);
    }

    private int extraSpace() {
        return is(Mode.EASY) ? 0 : random.below(2);
    }

    private float drawSign() {
        return random.unit() < 0.5 ? 1 : -1;
    }

    private void sendTraffic() {
        for (int lane = 0; lane < lanesOfRoad; lane++) {
            float speed = roads[lane];
            if (random.unit() < (float) (Math.abs(speed) / 6.0)) {
                Entity car = enter(speed, roadY + lane + .5f, CAR_R, 2 * CAR_R, CAR_R, CAR);
                drawTheme(car);
                car.rotation = speed < 0 ? PI : 0;
                addUnlessBlocked(car);
            }
        }
        for (int lane = 0; lane < lanesOfRiver; lane++) {
            float speed = rivers[lane];
            if (random.unit() < (float) (Math.abs(speed) / 2.0)) {
                addUnlessBlocked(enter(speed, riverY + lane + .5f, LOG_R, LOG_R, LOG_R, LOG));
            }
        }
    }

    private Entity enter(float speed, float y, float margin, float rx, float ry, int type) {
        return world.make(speed > 0 ? -margin : world.width + margin, y, speed, 0, rx, ry, type);
    }

    private void addUnlessBlocked(Entity entity) {
        if (world.overlapsAny(entity)) {
            world.release(entity);
        } else {
            world.add(entity);
        }
    }

    /** A hop begins at rest and covers one cell in four steps. */
    @Override
    void accelerate() {
        if (agent.vx == 0 && agent.vy == 0) {
            if (wishX != 0) {
                agent.vx = maxSpeed * wishX;
                agent.theme = 1;
                agent.rotation = wishX * PI / 2;
            } else if (wishY != 0) {
                agent.vy = maxSpeed * wishY;
                agent.theme = 1;
                agent.rotation = wishY > 0 ? 0 : PI;
            }
        }
        agent.vx = slower(agent.vx);
        agent.vy = slower(agent.vy);
    }

    private static float slower(float speed) {
        return Math.max(0, Math.abs(speed) - HOP_LOSS) * Math.signum(speed);
    }

    @Override
    public float step(int action) {
        if (agent.theme >= 1) {
            agent.theme = (agent.theme + 1) % HOP_STEPS;
        }
        return super.step(action);
    }

    @Override
    void agentMeets(Entity entity) {
        if (entity.type == CAR) {
            lose();
        } else if (entity.type == FINISH && agent.vx == 0 && agent.vy == 0) {
            win(10);
        }
    }

    @Override
    void play() {
        sendTraffic();
        boolean onLog = false;
        float drift = 0;
        for (int i = 0; i < world.count; i++) {
            Entity entity = world.entities[i];
            if (entity.type == LOG && agent.overlaps(entity, -agent.rx)) {
                onLog = true;
                drift = entity.vx;
            }
        }
        if (world.cell((int) agent.x, (int) agent.y) == WATER && !onLog && agent.vx == 0 && agent.vy == 0) {
            lose();
        }
        if (onLog) {
            agent.x += drift;
        }
        if (world.isOutside(agent)) {
            lose();
        }
    }

    /** The frog's themes are the poses of its hop. */
    @Override
    boolean keepsThemes(int image) {
        return image == World.AGENT;
    }

    @Override
    void saveOwn(DataOutputStream out) throws IOException {
        out.writeInt(lanesOfRoad);
        out.writeInt(lanesOfRiver);
        out.writeInt(roadY);
        out.writeInt(riverY);
        for (int lane = 0; lane < MAX_LANES; lane++) {
            out.writeFloat(roads[lane]);
            out.writeFloat(rivers[lane]);
        }
    }

    @Override
    void loadOwn(DataInputStream in) throws IOException {
        lanesOfRoad = in.readInt();
        lanesOfRiver = in.readInt();
        roadY = in.readInt();
        riverY = in.readInt();
        for (int lane = 0; lane < MAX_LANES; lane++) {
            roads[lane] = in.readFloat();
            rivers[lane] = in.readFloat();
        }
    }
}
