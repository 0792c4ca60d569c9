package org.adapt4j.env.procgen;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * BigFish (Cobbe et al. 2020, appendix B): eat smaller fish and grow, keep away from larger ones.
 *
 * <p>Source of the rules: openai/procgen, bigfish. Known flaw, kept: an agent that grew can get stuck at the border.
 */
final class BigFish extends ArcadeGame {

    static final GameInfo INFO =
            GameInfo.of(BigFish::new, 6000, new GameInfo.Scores(1, 40), new GameInfo.Scores(0, 40));

    private static final int FISH = 2;

    private static final int SIDE = 20;
    private static final float MIN_R = .25f;
    private static final float MAX_R = 2;
    private static final int QUOTA = 30;

    private static final Looks LOOKS = new Looks(Backgrounds.WATER)
            .with(World.AGENT, (g, theme) -> Creatures.fish(g, 3), 108, 76)
            .with(FISH, Creatures::fish, 78, 46, 112, 88, 108, 58);

    private int eaten;
    private float growth;

    BigFish(LevelOptions options) {
        super(options, LOOKS);
        timeOut = INFO.timeOut();
        follows = false;
    }

    @Override
    void chooseSize() {
        world.width = SIDE;
        world.height = SIDE;
    }

    @Override
    void generate() {
        eaten = 0;
        float r = is(Mode.EASY) ? 1 : .5f;
        growth = (MAX_R - r) / QUOTA;
        agent.rx = r;
        agent.ry = r;
        agent.y = 1 + r;
    }

    @Override
    void agentMeets(Entity fish) {
        if (fish.rx > agent.rx) {
            lose();
        } else {
            reward += 1;
            fish.gone = true;
            agent.rx += growth;
            agent.ry += growth;
            eaten++;
        }
    }

    @Override
    void play() {
        if (random.below(10) == 1) {
            sendFish();
        }
        if (eaten >= QUOTA) {
            win(10);
        }
        faceWish(false);
    }

    private void sendFish() {
        float r = (float) ((MAX_R - MIN_R) * StrictMath.pow(random.unit(), 1.4) + MIN_R);
        float y = random.unit() * (SIDE - 2 * r);
        boolean right = random.unit() < .5;
        float speed = (float) ((.15 + random.unit() * .25) * (right ? 1 : -1));
        Entity fish = world.add(right ? -r : SIDE + r, y, speed, 0, r, FISH);
        drawTheme(fish);
        fitHeight(fish);
        fish.mirrored = !right;
    }

    @Override
    void saveOwn(DataOutputStream out) throws IOException {
        out.writeInt(eaten);
        out.writeFloat(growth);
    }

    @Override
    void loadOwn(DataInputStream in) throws IOException {
        eaten = in.readInt();
        growth = in.readFloat();
    }
}
