package org.adapt4j.toolkit.run;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * SplitMix64 (Steele, Lea and Flood 2014): fast random numbers whose whole state is one number. Everything but {@link #nextLong} follows
 * from it as {@link java.util.random.RandomGenerator} says; extend it where published results need another way of drawing below a bound.
 */
public class SplitMix64 implements SavableRandom {

    /** What the state grows by: 2^64 divided by the golden ratio, made odd. */
    public static final long GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    /** Any seed is as good as another. */
    public SplitMix64(long seed) {
        state = seed;
    }

    /** The finaliser: makes of numbers that differ in a bit numbers that differ in about half of theirs. */
    public static long mix(long number) {
        long z = (number ^ (number >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    @Override
    public final long nextLong() {
        state += GAMMA;
        return mix(state);
    }

    @Override
    public final void save(DataOutputStream out) throws IOException {
        out.writeLong(state);
    }

    @Override
    public final void load(DataInputStream in) throws IOException {
        state = in.readLong();
    }
}
