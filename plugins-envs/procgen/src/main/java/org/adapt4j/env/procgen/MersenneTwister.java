package org.adapt4j.env.procgen;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.adapt4j.toolkit.run.SavableRandom;

/**
 * The 32-bit Mersenne Twister (Matsumoto and Nishimura 1998) with the draws that Procgen levels are made of.
 *
 * <p>Source: Matsumoto and Nishimura 1998, as openai/procgen seeds and draws. Exact: the same seed gives the native library's numbers.
 */
final class MersenneTwister implements SavableRandom {

    private static final int SIZE = 624;
    private static final int SHIFT = 397;

    private final int[] state = new int[SIZE];
    private int next;

    MersenneTwister(int seed) {
        seed(seed);
    }

    /** Starts anew from one word. */
    void seed(int seed) {
        state[0] = seed;
        for (int i = 1; i < SIZE; i++) {
            int previous = state[i - 1];
            state[i] = 1812433253 * (previous ^ (previous >>> 30)) + i;
        }
        next = SIZE;
    }

    /** The next 32 random bits. */
    int raw() {
        if (next == SIZE) {
            refill();
        }
        int bits = state[next++];
        bits ^= bits >>> 11;
        bits ^= (bits << 7) & 0x9d2c5680;
        bits ^= (bits << 15) & 0xefc60000;
        return bits ^ (bits >>> 18);
    }

    /** R(n): the raw output, unsigned, modulo {@code bound}. */
    int below(int bound) {
        return (int) (Integer.toUnsignedLong(raw()) % bound);
    }

    /** U: the raw output divided by 2^32 and rounded to single precision, so that 1 may come out. */
    float unit() {
        return (float) (Integer.toUnsignedLong(raw()) / 4294967296.0);
    }

    /** A number in {@code [low, high)}. */
    int between(int low, int high) {
        return low + below(high - low);
    }

    /** A number between two others. */
    float between(float low, float high) {
        return unit() * (high - low) + low;
    }

    /** 1 or -1. */
    int sign() {
        return below(2) * 2 - 1;
    }

    /** So many of some numbers, taken out one after the other; all of them in their order, without a draw, if there are too few. */
    int[] choose(int[] numbers, int count) {
        if (count > numbers.length) {
            return numbers;
        }
        int[] rest = numbers.clone();
        int[] chosen = new int[count];
        for (int i = 0; i < count; i++) {
            int n = below(rest.length - i);
            chosen[i] = rest[n];
            System.arraycopy(rest, n + 1, rest, n, rest.length - i - n - 1);
        }
        return chosen;
    }

    /** So many different numbers below {@code bound}; a number that came before is drawn again. */
    int[] distinct(int bound, int count) {
        boolean[] used = new boolean[bound];
        int[] chosen = new int[count];
        for (int i = 0; i < count; i++) {
            int n = below(bound);
            while (used[n]) {
                n = below(bound);
            }
            used[n] = true;
            chosen[i] = n;
        }
        return chosen;
    }

    /** Throws so many units into parts. */
    int[] partition(int units, int parts) {
        int[] partition = new int[parts];
        for (int i = 0; i < units; i++) {
            partition[below(parts)]++;
        }
        return partition;
    }

    /** As the native library draws a level. */
    @Override
    public int nextInt(int bound) {
        return below(bound);
    }

    /** Two raw outputs, the first in the upper half. */
    @Override
    public long nextLong() {
        long upper = raw();
        return upper << 32 | Integer.toUnsignedLong(raw());
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        for (int word : state) {
            out.writeInt(word);
        }
        out.writeInt(next);
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        for (int i = 0; i < SIZE; i++) {
            state[i] = in.readInt();
        }
        next = in.readInt();
    }

    private void refill() {
        for (int i = 0; i < SIZE - SHIFT; i++) {
            state[i] = state[i + SHIFT] ^ twist(state[i], state[i + 1]);
        }
        for (int i = SIZE - SHIFT; i < SIZE - 1; i++) {
            state[i] = state[i + SHIFT - SIZE] ^ twist(state[i], state[i + 1]);
        }
        state[SIZE - 1] = state[SHIFT - 1] ^ twist(state[SIZE - 1], state[0]);
        next = 0;
    }

    private static int twist(int high, int low) {
        int mixed = (high & 0x80000000) | (low & 0x7fffffff);
        return (mixed >>> 1) ^ (-(mixed & 1) & 0x9908b0df);
    }
}
