package org.adapt4j.testkit.fake;

import org.adapt4j.api.run.RandomStream;

/** Chance that follows a script, for tests that must know which task comes next. */
public final class ScriptedStream implements RandomStream {

    private final int[] draws;
    private int next;

    private ScriptedStream(int... draws) {
        this.draws = draws;
    }

    /** A stream whose bounded draws are these, over and over; its children are the stream itself. */
    public static ScriptedStream drawing(int... draws) {
        return new ScriptedStream(draws);
    }

    @Override
    public RandomStream child(String name) {
        return this;
    }

    @Override
    public int nextInt(int bound) {
        int draw = draws[next++ % draws.length];
        if (draw >= bound) {
            throw new IllegalStateException("the script says " + draw + " where less than " + bound + " is asked for");
        }
        return draw;
    }

    @Override
    public long nextLong() {
        throw new UnsupportedOperationException("a script holds bounded draws only");
    }
}
