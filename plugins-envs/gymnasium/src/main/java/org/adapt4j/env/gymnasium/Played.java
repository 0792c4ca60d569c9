package org.adapt4j.env.gymnasium;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.space.Element;
import org.adapt4j.api.space.Space;
import org.adapt4j.api.task.Task;
import org.adapt4j.env.gymnasium.GymnasiumBenchmark.Settings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The environment of one slot in a Python process. Numbers go through a file in memory that both sides map: reward (double) at 0, flags
 * (64 bits) at 8, the action from 16 on, then the components of the observation. One thread at a time.
 */
final class Played {

    private static final Logger LOG = LoggerFactory.getLogger(Played.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int REWARD = 0;
    private static final int FLAGS = 8;
    private static final int ACTION = 16;
    private static final int ALIGNMENT = 64;

    private final Python python;
    private final Settings settings;
    private final EnvironmentSpec spec;
    private final int slot;
    private final byte[] step;
    private final List<ByteBuffer> components = new ArrayList<>();
    private ByteBuffer memory = ByteBuffer.allocate(ACTION).order(ByteOrder.nativeOrder());
    private String playing = "";

    /** Of a slot, with the spaces that were foreseen. */
    Played(Python python, Settings settings, EnvironmentSpec spec, int slot) {
        this.python = python;
        this.settings = settings;
        this.spec = spec;
        this.slot = slot;
        step = ByteBuffer.allocate(1 + Integer.BYTES)
                .order(ByteOrder.nativeOrder())
                .put((byte) 's')
                .putInt(slot)
                .array();
    }

    /** Makes an environment in the place of any that was there, and says what it is like. */
    static Description describe(Python python, Settings settings, Task task, int slot) {
        ObjectNode order = Environments.order(task).put("slot", slot);
        ArrayNode modules = order.putArray("modules");
        settings.modules().forEach(modules::add);
        try {
            return Description.of(python.ask(order, task.name()), settings.maxEpisodeSteps());
        } catch (IllegalArgumentException e) {
            throw new GymnasiumException("environment " + task.name() + ": " + e.getMessage(), e);
        }
    }

    /** Makes the environment of a task if it is not the present one. Its spaces must be those that were foreseen. */
    void meet(Task task) {
        if (task.name().equals(playing)) {
            return;
        }
        playing = "";
        EnvironmentSpec found = describe(python, settings, task, slot).spec();
        if (!found.observation().equals(spec.observation())
                || !found.action().equals(spec.action())
                || found.maxEpisodeSteps() > spec.maxEpisodeSteps()) {
            throw new GymnasiumException("environment " + task.name() + " is like " + found
                    + ", not like the other tasks: " + spec + ". Tasks of one experiment share their spaces");
        }
        map(task);
        playing = task.name();
    }

    private void map(Task task) {
        int size = aligned(ACTION + spec.action().bytes());
        ObjectNode order = JSON.createObjectNode().put("slot", slot);
        ArrayNode offsets = order.putArray("offsets");
        for (Component component : spec.observation()) {
            offsets.add(size);
            size = aligned(size + component.space().bytes());
        }
        Path file = null;
        try {
            Path folder = Path.of("/dev/shm");
            file = Files.isWritable(folder)
                    ? Files.createTempFile(folder, "adapt4j-", ".gymnasium")
                    : Files.createTempFile("adapt4j-", ".gymnasium");
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, size);
                memory = mapped.order(ByteOrder.nativeOrder());
            }
            python.ask(order.put("map", file.toString()).put("size", size), task.name());
        } catch (IOException e) {
            throw new GymnasiumException("memory to share with Python: " + e.getMessage(), e);
        } finally {
            delete(file);
        }
        components.clear();
        for (int c = 0; c < offsets.size(); c++) {
            int bytes = spec.observation().get(c).space().bytes();
            components.add(memory.slice(offsets.get(c).asInt(), bytes).order(ByteOrder.nativeOrder()));
        }
    }

    private static int aligned(int size) {
        return Math.multiplyExact((size + ALIGNMENT - 1) / ALIGNMENT, ALIGNMENT);
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.debug("{} stays behind: {}", file, e.getMessage());
        }
    }

    /** Begins an episode. */
    void reset(long seed) {
        ByteBuffer order = ByteBuffer.allocate(1 + Integer.BYTES + Long.BYTES).order(ByteOrder.nativeOrder());
        order.put((byte) 'r').putInt(slot).putLong(seed);
        python.order(order.array(), "reset", playing);
        check();
    }

    /** A number of the next action. */
    void choose(int index, float value) {
        memory.putFloat(ACTION + index * Float.BYTES, value);
    }

    /** The next action. */
    void choose(int choice) {
        memory.putInt(ACTION, choice);
    }

    /** Acts. @return the reward */
    double step() {
        python.order(step, "step", playing);
        check();
        double reward = memory.getDouble(REWARD);
        if (!Double.isFinite(reward)) {
            throw new GymnasiumException("environment " + playing + " gives " + reward + " as a reward");
        }
        return reward;
    }

    boolean isTerminated() {
        return (memory.getLong(FLAGS) & 1) != 0;
    }

    boolean isTruncated() {
        return (memory.getLong(FLAGS) & 2) != 0;
    }

    /** A component of what is seen, from index 0; live. */
    ByteBuffer seen(int component) {
        return components.get(component);
    }

    /** Nothing read is believed: numbers that are none, and choices that there are not. */
    private void check() {
        for (int c = 0; c < components.size(); c++) {
            Component component = spec.observation().get(c);
            Space space = component.space();
            ByteBuffer values = components.get(c);
            if (space.element() == Element.FLOAT32) {
                for (int at = 0; at < values.capacity(); at += Float.BYTES) {
                    if (!Float.isFinite(values.getFloat(at))) {
                        throw new GymnasiumException("environment " + playing + ": number " + at / Float.BYTES + " of '"
                                + component.name() + "' is " + values.getFloat(at));
                    }
                }
            } else if (space instanceof Discrete discrete
                    && (values.getInt(0) < 0 || values.getInt(0) >= discrete.size())) {
                throw new GymnasiumException("environment " + playing + ": '" + component.name() + "' is "
                        + values.getInt(0) + ", which is none of " + discrete.size() + " choices");
            }
        }
    }
}
