package org.adapt4j.env.ale;

/** A slot's own dice, SplitMix64 (Steele, Lea and Flood 2014): its whole state is one number. */
final class SlotRandom {

    private static final long STEP = 0x9E3779B97F4A7C15L;

    private long state;

    SlotRandom(long seed) {
        state = seed;
    }

    long next() {
        long z = state += STEP;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** Uniform in [0, bound), without the bias of a remainder. */
    int below(int bound) {
        long bits = next() >>> 1;
        long result = bits % bound;
        while (bits - result + (bound - 1) < 0) {
            bits = next() >>> 1;
            result = bits % bound;
        }
        return (int) result;
    }

    long state() {
        return state;
    }

    void restart(long at) {
        state = at;
    }
}
