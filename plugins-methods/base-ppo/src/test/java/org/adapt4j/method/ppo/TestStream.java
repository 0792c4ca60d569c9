package org.adapt4j.method.ppo;

import java.util.Map;
import java.util.TreeMap;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.toolkit.run.SplitMix64;

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
        return children.computeIfAbsent(name, n -> new TestStream(SplitMix64.mix(key * 31 + n.hashCode())));
    }

    @Override
    public long nextLong() {
        state += SplitMix64.GAMMA;
        return SplitMix64.mix(state);
    }

    void copy(TestStream other) {
        state = other.state;
        other.children.forEach((name, child) -> child(name).copy(child));
    }
}
