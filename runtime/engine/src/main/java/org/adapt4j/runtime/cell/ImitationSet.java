package org.adapt4j.runtime.cell;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;

/**
 * Demonstrations, and draws of pairs from those in focus, of some tasks or a single one: in an order drawn anew for each pass over
 * all of them.
 */
final class ImitationSet {

    /** Parts such as thirds must come to wholes. */
    private static final double ROUNDING = 1e-9;

    private final Map<String, Integer> rowBytes = new LinkedHashMap<>();
    private final Map<String, ByteBuffer> columns = new LinkedHashMap<>();
    private final int pairsPerDraw;
    private final RandomStream random;
    private final List<Demonstration> demonstrations = new ArrayList<>();

    private List<String> focus = List.of();
    private int onlyEpisode = -1;
    private int[] order = new int[0];
    private int[] firstPair = new int[0];
    private int[] inFocus = new int[0];
    private long orderSeed;
    private int position;
    private double cutShort;
    private int passes;
    private boolean isStale = true;

    /**
     * An empty set.
     *
     * @param random one number for each pass
     */
    ImitationSet(EnvironmentSpec spec, int pairsPerDraw, RandomStream random) {
        this.pairsPerDraw = pairsPerDraw;
        this.random = random;
        for (Component component : spec.observation()) {
            rowBytes.put(component.name(), component.space().bytes());
        }
        rowBytes.put("action", spec.action().bytes());
        rowBytes.forEach((name, bytes) -> columns.put(
                name, ByteBuffer.allocateDirect(bytes * pairsPerDraw).order(ByteOrder.nativeOrder())));
    }

    /** Number of demonstrations. */
    int size() {
        return demonstrations.size();
    }

    /** Whether it was said what to draw from. */
    boolean isFocused() {
        return onlyEpisode >= 0 || !focus.isEmpty();
    }

    void add(Demonstration demonstration) {
        rowBytes.forEach((name, bytes) -> {
            ByteBuffer column = demonstration.columns().get(name);
            if (column == null || column.limit() < demonstration.steps() * bytes) {
                throw new IllegalArgumentException("a demonstration of "
                        + demonstration.task().name() + " has "
                        + (column == null ? "no column '" + name + "'" : "too short a column '" + name + "'")
                        + ": it does not fit the benchmark");
            }
        });
        demonstrations.add(demonstration);
        restart();
    }

    void focus(TaskSet tasks) {
        focus = tasks.tasks().stream().map(Task::name).toList();
        onlyEpisode = -1;
        restart();
    }

    void focus(Demonstration episode) {
        for (int i = 0; i < demonstrations.size(); i++) {
            if (demonstrations.get(i) == episode) {
                onlyEpisode = i;
                restart();
                return;
            }
        }
        throw new IllegalArgumentException(
                "an episode of " + episode.task().name() + " is to be learned from that was never taken in");
    }

    private void restart() {
        if (!isStale && position < order.length) {
            cutShort += (double) position / order.length;
        }
        isStale = true;
    }

    /** Passes that were completed since the last question; those that were cut short count with the part that was drawn. */
    int takePasses() {
        int parts = (int) (cutShort + ROUNDING);
        int whole = passes + parts;
        cutShort -= parts;
        passes = 0;
        return whole;
    }

    /** The next pairs; fewer at the end of a pass. */
    Batch.Imitation draw() {
        if (isStale || position == order.length) {
            orderSeed = random.nextLong();
            position = 0;
            shuffle();
        }
        int count = Math.min(pairsPerDraw, order.length - position);
        for (int i = 0; i < count; i++) {
            int pair = order[position + i];
            int which = episodeOf(pair);
            Demonstration demonstration = demonstrations.get(inFocus[which]);
            int step = pair - firstPair[which];
            int row = i;
            rowBytes.forEach((name, bytes) ->
                    column(columns, name).put(row * bytes, column(demonstration.columns(), name), step * bytes, bytes));
        }
        position += count;
        if (position == order.length) {
            passes++;
        }
        return new Drawn(count);
    }

    private static ByteBuffer column(Map<String, ByteBuffer> columns, String name) {
        return Objects.requireNonNull(columns.get(name), name);
    }

    private int episodeOf(int pair) {
        int low = 0;
        int high = firstPair.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (firstPair[middle] <= pair) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private void shuffle() {
        inFocus = new int[demonstrations.size()];
        int episodes = 0;
        for (int i = 0; i < demonstrations.size(); i++) {
            if (onlyEpisode < 0 ? focus.contains(demonstrations.get(i).task().name()) : onlyEpisode == i) {
                inFocus[episodes++] = i;
            }
        }
        if (episodes == 0) {
            throw new IllegalStateException("there is no demonstration of "
                    + (focus.size() == 1 ? focus.get(0) : "any of " + focus.size() + " tasks")
                    + " to learn from: give the phase a budget of demonstrations, and a data set that has some");
        }
        firstPair = new int[episodes];
        int pairs = 0;
        for (int i = 0; i < episodes; i++) {
            firstPair[i] = pairs;
            pairs += demonstrations.get(inFocus[i]).steps();
        }
        order = new int[pairs];
        SplittableRandom shuffler = new SplittableRandom(orderSeed);
        for (int i = 0; i < pairs; i++) {
            int j = shuffler.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        isStale = false;
    }

    /** Writes the state between two updates, and the demonstrations from index {@code known} on. */
    void save(DataOutputStream out, int known) throws IOException {
        out.writeInt(demonstrations.size() - known);
        for (Demonstration demonstration : demonstrations.subList(known, demonstrations.size())) {
            out.writeUTF(demonstration.task().benchmark());
            out.writeUTF(demonstration.task().name());
            out.writeInt(demonstration.steps());
            out.writeDouble(demonstration.episodeReturn());
            for (String name : rowBytes.keySet()) {
                byte[] bytes = new byte[column(demonstration.columns(), name).limit()];
                column(demonstration.columns(), name).get(0, bytes);
                out.writeInt(bytes.length);
                out.write(bytes);
            }
        }
        out.writeInt(focus.size());
        for (String name : focus) {
            out.writeUTF(name);
        }
        out.writeInt(onlyEpisode);
        out.writeBoolean(isStale);
        out.writeLong(orderSeed);
        out.writeInt(position);
        out.writeDouble(cutShort);
    }

    void load(DataInputStream in, int known) throws IOException {
        if (known != demonstrations.size()) {
            throw new IOException("before its loop the method took in " + demonstrations.size()
                    + " demonstrations, but " + known + " in the run that was interrupted");
        }
        for (int left = in.readInt(); left > 0; left--) {
            Task task = new Task(in.readUTF(), in.readUTF(), Map.of());
            int steps = in.readInt();
            double episodeReturn = in.readDouble();
            Map<String, ByteBuffer> read = new TreeMap<>();
            for (String name : rowBytes.keySet()) {
                read.put(name, ByteBuffer.wrap(in.readNBytes(in.readInt())).order(ByteOrder.nativeOrder()));
            }
            demonstrations.add(new Demonstration(task, steps, read, episodeReturn));
        }
        List<String> names = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            names.add(in.readUTF());
        }
        focus = List.copyOf(names);
        onlyEpisode = in.readInt();
        boolean stale = in.readBoolean();
        orderSeed = in.readLong();
        position = in.readInt();
        cutShort = in.readDouble();
        if (!stale) {
            shuffle();
        }
        isStale = stale;
    }

    /** The rows of the last draw. */
    private final class Drawn implements Batch.Imitation {

        private final int size;

        Drawn(int size) {
            this.size = size;
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public ByteBuffer column(String name) {
            Integer bytes = rowBytes.get(name);
            if (bytes == null) {
                throw new IllegalArgumentException("no column '" + name + "', only " + rowBytes.keySet());
            }
            return ImitationSet.column(columns, name).slice(0, size * bytes).order(ByteOrder.nativeOrder());
        }
    }
}
