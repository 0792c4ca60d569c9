package org.adapt4j.env.procgen;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;

/**
 * What all games are: levels made from seeds, one generator of random numbers for a level and everything that happens in it, sequences of levels, and ends with
 * their reasons.
 *
 * <p>Source: openai/procgen, the base of its games.
 */
abstract class SeededGame implements Game {

    /** The next level of a sequence, in seeds. */
    private static final int SEQUENCE_STRIDE = 997;

    final LevelOptions options;
    final MersenneTwister random = new MersenneTwister(0);

    private int levelSeed;
    private End end = End.NONE;

    SeededGame(LevelOptions options) {
        this.options = options;
    }

    /** Makes a level out of the freshly seeded generator. */
    abstract void begin();

    @Override
    public final void start(int seed) {
        levelSeed = seed;
        end = End.NONE;
        random.seed(seed);
        begin();
    }

    /** Says what a step means; several things may have happened at once. */
    final void judge(boolean complete, boolean dead, boolean late) {
        if (complete && options.useSequentialLevels()) {
            start(levelSeed + SEQUENCE_STRIDE);
        } else if (complete) {
            end = End.GOAL;
        } else if (dead) {
            end = End.DEATH;
        } else if (late) {
            end = End.TIME_OUT;
        }
    }

    @Override
    public final End end() {
        return end;
    }

    @Override
    public final int levelSeed() {
        return levelSeed;
    }

    @Override
    public void describe(Map<String, Object> facts) {
        facts.put("level-seed", levelSeed);
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        out.writeInt(levelSeed);
        out.writeByte(end.ordinal());
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        levelSeed = in.readInt();
        end = End.values()[in.readByte()];
    }
}
