package org.adapt4j.env.gymnasium;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.task.Task;
import org.adapt4j.toolkit.environment.Action;
import org.adapt4j.toolkit.environment.Ending;
import org.adapt4j.toolkit.environment.Observation;
import org.adapt4j.toolkit.environment.Slot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays environments in Python. What is saved of an episode are its seed and its actions; taken up again, they are played
 * once more, which leads to where it stood if the environment leaves nothing to chance but its seed.
 */
final class PythonSlot implements Slot {

    private static final Logger LOG = LoggerFactory.getLogger(PythonSlot.class);
    private static final long SEEDS = 1L << 31;

    private final EnvironmentSpec spec;
    private final RandomGenerator random;
    private final boolean discrete;
    private final ByteArrayOutputStream played = new ByteArrayOutputStream();
    private final DataOutputStream actions = new DataOutputStream(played);
    private final Played environment;
    private String task = "";
    private long seed;
    private double reward;

    PythonSlot(Played environment, EnvironmentSpec spec, RandomGenerator random) {
        this.environment = environment;
        this.spec = spec;
        this.random = random;
        discrete = spec.action() instanceof Discrete;
    }

    @Override
    public void begin(Task next) {
        begin(next, random.nextLong(SEEDS));
    }

    private void begin(Task next, long from) {
        environment.meet(next);
        task = next.name();
        played.reset();
        reward = 0;
        seed = from;
        environment.reset(from);
    }

    @Override
    public double step(Action action) {
        try {
            if (discrete) {
                environment.choose(action.choice());
                actions.writeInt(action.choice());
            } else {
                for (int i = 0; i < action.width(); i++) {
                    environment.choose(i, action.at(i));
                    actions.writeFloat(action.at(i));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("an array in memory cannot be written to", e);
        }
        reward = environment.step();
        return reward;
    }

    @Override
    public Ending ending() {
        return environment.isTerminated()
                ? Ending.TERMINATED
                : environment.isTruncated() ? Ending.TRUNCATED : Ending.NONE;
    }

    @Override
    public void write(Observation into) {
        for (int c = 0; c < spec.observation().size(); c++) {
            into.put(c, environment.seen(c));
        }
    }

    private long sum() {
        CRC32 sum = new CRC32();
        for (int c = 0; c < spec.observation().size(); c++) {
            ByteBuffer seen = environment.seen(c).duplicate();
            sum.update(seen.position(0));
        }
        return sum.getValue();
    }

    @Override
    public void describe(int step, Map<String, Object> facts) {
        facts.put("task", task);
        facts.put("seed", seed);
        facts.put("step", step);
        facts.put("reward", reward);
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        out.writeLong(seed);
        byte[] all = played.toByteArray();
        out.writeInt(all.length);
        out.write(all);
        out.writeLong(sum());
    }

    @Override
    public void load(Task next, DataInputStream in) throws IOException {
        long from = in.readLong();
        byte[] all = in.readNBytes(in.readInt());
        long expected = in.readLong();
        begin(next, from);
        int width = discrete ? 1 : spec.action().width();
        DataInputStream past = new DataInputStream(new ByteArrayInputStream(all));
        for (int at = 0; at < all.length; at += width * Integer.BYTES) {
            for (int i = 0; i < width; i++) {
                if (discrete) {
                    environment.choose(past.readInt());
                } else {
                    environment.choose(i, past.readFloat());
                }
            }
            environment.step();
        }
        actions.write(all);
        if (sum() != expected) {
            LOG.warn(
                    "{}: the same seed and actions lead elsewhere than before the interruption, so this run is not the one that was"
                            + " interrupted. It goes on from there",
                    task);
        }
    }
}
