package org.adapt4j.testkit.fake;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.api.run.Stateful;
import org.adapt4j.toolkit.run.SplitMix64;

/** Random streams for tests, real ones: named, independent of each other, the same for the same seed, and savable. */
public final class TestStreams implements RandomStream, Stateful {

    private final long key;
    private final Map<String, TestStreams> children = new TreeMap<>();
    private final SplitMix64 numbers;

    private TestStreams(long key) {
        this.key = key;
        numbers = new SplitMix64(key);
    }

    /** The root of a tree. */
    public static TestStreams root(long seed) {
        return new TestStreams(SplitMix64.mix(seed + SplitMix64.GAMMA));
    }

    @Override
    public TestStreams child(String name) {
        if (name.indexOf('/') >= 0) {
            throw new IllegalArgumentException("name: must be without '/' but is " + name);
        }
        return children.computeIfAbsent(name, wanted -> {
            long hash = SplitMix64.mix(key ^ wanted.length());
            for (int i = 0; i < wanted.length(); i++) {
                hash = SplitMix64.mix(hash + SplitMix64.GAMMA * (wanted.charAt(i) + 1L));
            }
            return new TestStreams(hash);
        });
    }

    @Override
    public long nextLong() {
        return numbers.nextLong();
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        numbers.save(out);
        out.writeInt(children.size());
        for (Map.Entry<String, TestStreams> entry : children.entrySet()) {
            out.writeUTF(entry.getKey());
            entry.getValue().save(out);
        }
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        numbers.load(in);
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            child(in.readUTF()).load(in);
        }
    }
}
