package org.adapt4j.runtime.cell;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.api.run.Stateful;
import org.adapt4j.toolkit.run.SplitMix64;

/**
 * A tree of named random streams. Each is a xoshiro256++ generator (Blackman and Vigna 2021) whose first state depends on the
 * root seed and its name path only; all are saved and restored together.
 */
public final class Streams implements RandomStream, Stateful {

    private final long key;
    private final Map<String, Streams> children = new TreeMap<>();
    private long s0;
    private long s1;
    private long s2;
    private long s3;

    private Streams(long key) {
        this.key = key;
        s0 = SplitMix64.mix(key);
        s1 = SplitMix64.mix(s0 ^ SplitMix64.GAMMA);
        s2 = SplitMix64.mix(s1 ^ SplitMix64.GAMMA);
        s3 = SplitMix64.mix(s2 ^ SplitMix64.GAMMA);
    }

    /** The root of a tree. */
    public static Streams root(long seed) {
        return new Streams(SplitMix64.mix(seed ^ SplitMix64.GAMMA));
    }

    @Override
    public Streams child(String name) {
        return children.computeIfAbsent(name, n -> {
            long hash = key;
            for (int i = 0; i < n.length(); i++) {
                hash = SplitMix64.mix(hash ^ (n.charAt(i) * SplitMix64.GAMMA));
            }
            return new Streams(SplitMix64.mix(hash ^ ((n.length() + 1) * SplitMix64.GAMMA)));
        });
    }

    @Override
    public long nextLong() {
        long result = Long.rotateLeft(s0 + s3, 23) + s0;
        long t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = Long.rotateLeft(s3, 45);
        return result;
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        out.writeLong(s0);
        out.writeLong(s1);
        out.writeLong(s2);
        out.writeLong(s3);
        out.writeInt(children.size());
        for (Map.Entry<String, Streams> child : children.entrySet()) {
            out.writeUTF(child.getKey());
            child.getValue().save(out);
        }
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        s0 = in.readLong();
        s1 = in.readLong();
        s2 = in.readLong();
        s3 = in.readLong();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            child(in.readUTF()).load(in);
        }
    }
}
