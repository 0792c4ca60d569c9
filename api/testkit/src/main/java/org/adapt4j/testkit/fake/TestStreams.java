package org.adapt4j.testkit.fake;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.api.run.Stateful;

/** Random streams for tests, real ones: named, independent of each other, the same for the same seed, and savable. */
public final class TestStreams implements RandomStream, Stateful {

    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private final long key;
    private final Map<String, TestStreams> children = new TreeMap<>();
    private long state;

    private TestStreams(long key) {
        this.key = key;
        state = key;
    }

    /** The root of a tree. */
    public static TestStreams root(long seed) {
        return new TestStreams(mix(seed + GAMMA));
    }

    @Override
    public TestStreams child(String name) {
        if (name.indexOf('/') >= 0) {
            throw new IllegalArgumentException("name: must be without '/' but is " + name);
        }
        return children.computeIfAbsent(name, wanted -> {
            long hash = mix(key ^ wanted.length());
            for (int i = 0; i < wanted.length(); i++) {
                hash = mix(hash + GAMMA * (wanted.charAt(i) + 1L));
            }
            return new TestStreams(hash);
        });
    }

    /** SplitMix64 (Steele, Lea and Flood 2014). */
    @Override
    public long nextLong() {
        state += GAMMA;
        return mix(state);
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        out.writeLong(state);
        out.writeInt(children.size());
        for (Map.Entry<String, TestStreams> entry : children.entrySet()) {
            out.writeUTF(entry.getKey());
            entry.getValue().save(out);
        }
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        state = in.readLong();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            child(in.readUTF()).load(in);
        }
    }

    private static long mix(long number) {
        long z = (number ^ (number >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
