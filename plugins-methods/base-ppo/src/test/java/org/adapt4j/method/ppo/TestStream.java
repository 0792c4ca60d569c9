package org.adapt4j.method.ppo;

import java.util.Map;
import java.util.TreeMap;
import org.adapt4j.api.run.RandomStream;

/** SplitMix64 streams whose whole tree can be copied. */
final class TestStream implements RandomStream {

    private final long key;
    private final Map<String, TestStream> children = new TreeMap<>();
    private long state;

    TestStream(long seed) {
        key = seed;
        state = seed;
    }

    @Override
    public TestStream child(String name) {
        return children.computeIfAbsent(name, n -> new TestStream(mix(key * 31 + n.hashCode())));
    }

    @Override
    public long nextLong() {
        state += 0x9E3779B97F4A7C15L;
        return mix(state);
    }

    void copy(TestStream other) {
        state = other.state;
        other.children.forEach((name, child) -> child(name).copy(child));
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
