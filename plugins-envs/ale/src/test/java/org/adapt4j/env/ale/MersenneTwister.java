package org.adapt4j.env.ale;

/** MT19937, the generator behind ALE's sticky actions, so that a test can foretell them. */
final class MersenneTwister {

    private final int[] words = new int[624];
    private int next = 624;

    MersenneTwister(int seed) {
        words[0] = seed;
        for (int i = 1; i < words.length; i++) {
            words[i] = 1812433253 * (words[i - 1] ^ words[i - 1] >>> 30) + i;
        }
    }

    /** Uniform in [0, 1), as ALE draws it. */
    double draw() {
        if (next == words.length) {
            for (int i = 0; i < words.length; i++) {
                int y = words[i] & 0x80000000 | words[(i + 1) % 624] & 0x7fffffff;
                words[i] = words[(i + 397) % 624] ^ y >>> 1 ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
            }
            next = 0;
        }
        int y = words[next++];
        y ^= y >>> 11;
        y ^= y << 7 & 0x9d2c5680;
        y ^= y << 15 & 0xefc60000;
        y ^= y >>> 18;
        return Integer.toUnsignedLong(y) / 4294967296.0;
    }
}
