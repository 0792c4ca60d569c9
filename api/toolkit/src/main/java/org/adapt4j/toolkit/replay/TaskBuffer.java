package org.adapt4j.toolkit.replay;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/**
 * The ring of one task. Its rows are moments, numbered from 0 for ever; the newest ones are there.
 *
 * <p>Several slots write into one ring, so successive moments of an episode are not neighbours: each row knows how far away the
 * one before it and the one after it are. A row can be drawn, and only then has a leaf above zero in the tree, if everything
 * that belongs to its transition is there: the frames of its stack, and the moment {@code steps} later or the end of the
 * episode before that. So every draw hits, and P is exact.
 */
final class TaskBuffer {

    /** Errors below this one would make a transition as good as unreachable, and all zeros could not be drawn from. */
    private static final double SMALLEST_PRIORITY = 1e-8;

    private static final long NONE = -1;

    /** What a row is. */
    private static final byte ACTED = 0;

    /** The action ended the episode by the rules. */
    private static final byte TERMINAL = 1;

    /** Nothing was done here: this is where an episode stood that was cut off. */
    private static final byte CUT = 2;

    /** Mark of a row that can be drawn, in what is saved. */
    private static final byte DRAWABLE = 4;

    private final RowLayout layout;
    private final int capacity;
    private final int steps;
    private final boolean limitsEnd;
    private final boolean prioritised;
    private final ByteBuffer zeros;
    private final double[] discounts;
    private final Chunks data;
    private final float[] rewards;
    private final int[] back;
    private final int[] forth;
    private final byte[] kinds;
    private final SumTree tree;
    private final long[] recent;
    private long head;
    private long transitions;
    private long taken;
    private long recentHead;
    private long recentTail;
    private double largest = 1;

    /**
     * An empty ring.
     *
     * @param capacity rows
     * @param steps rewards of a return
     * @param discount of later rewards
     * @param limitsEnd whether nothing is expected after an episode that was cut off
     * @param prioritised whether priorities differ
     * @param window how many of the newest transitions that count in contexts these are drawn from
     * @param zeros at least one observation of each component, and one action
     */
    TaskBuffer(
            RowLayout layout,
            int capacity,
            int steps,
            double discount,
            boolean limitsEnd,
            boolean prioritised,
            int window,
            ByteBuffer zeros) {
        this.layout = layout;
        this.capacity = capacity;
        this.steps = steps;
        this.limitsEnd = limitsEnd;
        this.prioritised = prioritised;
        this.zeros = zeros;
        data = new Chunks(capacity, layout.rowBytes());
        rewards = new float[capacity];
        back = new int[capacity];
        forth = new int[capacity];
        kinds = new byte[capacity];
        tree = new SumTree(capacity);
        recent = new long[window];
        discounts = new double[steps + 1];
        discounts[0] = 1;
        for (int k = 1; k <= steps; k++) {
            discounts[k] = discounts[k - 1] * discount;
        }
    }

    /** Bytes of a full ring. */
    static long bytes(RowLayout layout, int capacity) {
        return (long) capacity * (layout.rowBytes() + Float.BYTES + 2 * Integer.BYTES + Byte.BYTES)
                + SumTree.bytes(capacity);
    }

    // ---- writing

    /** Appends a row in an episode that has just begun. */
    long begin() {
        return append(NONE, false);
    }

    /**
     * Appends a row after another one of the same episode, which may have been written over.
     *
     * @param inContext whether contexts are drawn from the transition that thereby becomes complete
     */
    long follow(long previous, boolean inContext) {
        return append(previous, inContext);
    }

    private long append(long previous, boolean inContext) {
        if (head >= capacity) {
            forget(head - capacity);
        }
        long row = head++;
        int at = place(row);
        kinds[at] = ACTED;
        forth[at] = 0;
        back[at] = previous == NONE ? 0 : Math.toIntExact(row - previous);
        transitions++;
        taken++;
        if (previous >= oldest()) {
            forth[place(previous)] = back[at];
            note(previous, inContext);
            long start = before(row, steps);
            if (start != NONE) {
                offer(start);
            }
        }
        return row;
    }

    /** Takes the newest frame of an observation. @param index which observation of the buffer */
    void observation(long row, int component, ByteBuffer from, int index) {
        int frame = layout.frameBytes(component);
        int end = (index + 1) * layout.spaceBytes(component);
        data.write(place(row), layout.offset(component), from, end - frame, frame);
    }

    /** Takes what was done, and what it earned. @param index which action of the buffer */
    void action(long row, ByteBuffer from, int index, float reward) {
        int bytes = layout.actionBytes();
        data.write(place(row), layout.actionOffset(), from, index * bytes, bytes);
        rewards[place(row)] = reward;
    }

    /** Says that the action of the newest row of an episode ended it by the rules. @param inContext as above */
    void terminate(long row, boolean inContext) {
        kinds[place(row)] = TERMINAL;
        note(row, inContext);
        offer(row);
        offerBefore(row);
    }

    /** Says that an episode was left at its newest row, without an action. */
    void cut(long row) {
        if (row < oldest()) {
            return;
        }
        kinds[place(row)] = CUT;
        transitions--;
        taken--;
        offerBefore(row);
    }

    /** The rows before the last of an episode now have all the successors they will ever have. */
    private void offerBefore(long last) {
        long row = last;
        for (int k = 1; k < steps; k++) {
            row = before(row, 1);
            if (row == NONE) {
                return;
            }
            offer(row);
        }
    }

    private void offer(long row) {
        int at = place(row);
        if (tree.get(at) == 0 && isWhole(row)) {
            tree.set(at, prioritised ? largest : 1);
        }
    }

    private void note(long row, boolean inContext) {
        if (inContext && recent.length > 0) {
            recent[(int) (recentHead++ % recent.length)] = row;
        }
    }

    /** Makes way: neither the oldest row can be drawn any more, nor those whose stacks reach back to it. */
    private void forget(long oldest) {
        long row = oldest;
        int at = place(row);
        transitions -= kinds[at] == CUT ? 0 : 1;
        tree.set(at, 0);
        for (int k = 1; k < layout.deepestStack() && forth[at] != 0; k++) {
            row += forth[at];
            at = place(row);
            tree.set(at, 0);
        }
    }

    // ---- drawing

    /** Number of the oldest row that is there. */
    long oldest() {
        return Math.max(0, head - capacity);
    }

    private int place(long row) {
        return (int) (row % capacity);
    }

    /** Transitions that are there, whether they can be drawn or not. */
    long size() {
        return transitions;
    }

    /** Transitions that were ever taken in. */
    long taken() {
        return taken;
    }

    /** Number of rows that can be drawn. */
    int drawable() {
        return tree.used();
    }

    /** Sum of the priorities. */
    double total() {
        return tree.total();
    }

    /** The row in whose part of {@code [0, total)} a value lies. */
    long find(double value) {
        long newest = head - 1;
        return newest - (newest - tree.find(value)) % capacity;
    }

    /** What a row is drawn in proportion to. */
    double priority(long row) {
        return tree.get(place(row));
    }

    /** Changes the priority of a row, unless it has been written over since it was drawn. */
    void prioritise(long row, double priority) {
        if (row >= oldest() && tree.get(place(row)) > 0) {
            double kept = Math.max(SMALLEST_PRIORITY, priority);
            largest = Math.max(largest, kept);
            tree.set(place(row), kept);
        }
    }

    /** Whether there is a transition that counts in contexts. */
    boolean hasRecent() {
        recentTail = Math.max(recentTail, recentHead - recent.length);
        while (recentTail < recentHead && !isWhole(recent[(int) (recentTail % recent.length)])) {
            recentTail++;
        }
        return recentTail < recentHead;
    }

    /** Draws one of the newest transitions that count in contexts, each equally likely; −1 if there is none. */
    long drawRecent(RandomGenerator random) {
        if (!hasRecent()) {
            return NONE;
        }
        long row;
        do {
            long drawn = recentTail + random.nextInt((int) (recentHead - recentTail));
            row = recent[(int) (drawn % recent.length)];
        } while (!isWhole(row));
        return row;
    }

    /** Writes a transition into a batch. @param most rewards that are summed, at most */
    void write(long row, int most, DrawnTransitions batch, int index) {
        double sum = 0;
        int count = 0;
        long at = row;
        boolean ended;
        do {
            sum += discounts[count++] * rewards[place(at)];
            ended = kinds[place(at)] == TERMINAL;
            at += forth[place(at)];
        } while (!ended && count < most && kinds[place(at)] != CUT);
        ended |= limitsEnd && kinds[place(at)] == CUT;
        for (int c = 0; c < layout.components(); c++) {
            stack(row, c, batch.now(c), index);
            if (ended) {
                int bytes = layout.spaceBytes(c);
                batch.next(c).put(index * bytes, zeros, 0, bytes);
            } else {
                stack(at, c, batch.next(c), index);
            }
        }
        int actionBytes = layout.actionBytes();
        data.read(place(row), layout.actionOffset(), batch.action(), index * actionBytes, actionBytes);
        if (ended || kinds[place(at)] == CUT) {
            batch.nextAction().put(index * actionBytes, zeros, 0, actionBytes);
        } else {
            data.read(place(at), layout.actionOffset(), batch.nextAction(), index * actionBytes, actionBytes);
        }
        batch.earned(index, (float) sum, ended ? 0 : (float) discounts[count], rewards[place(row)]);
    }

    private void stack(long newest, int component, ByteBuffer to, int index) {
        int frame = layout.frameBytes(component);
        int at = (index + 1) * layout.spaceBytes(component);
        long row = newest;
        for (int k = layout.stack(component); k > 0; k--) {
            at -= frame;
            if (row == NONE) {
                to.put(at, zeros, 0, frame);
            } else {
                data.read(place(row), layout.offset(component), to, at, frame);
                row = before(row, 1);
            }
        }
    }

    /** The row some steps before in the same episode; −1 if the episode had not begun or the row is written over. */
    private long before(long row, int count) {
        long at = row;
        for (int k = 0; k < count; k++) {
            int distance = back[place(at)];
            if (distance == 0 || at - distance < oldest()) {
                return NONE;
            }
            at -= distance;
        }
        return at;
    }

    /** Whether a row is there with all frames of its stacks. */
    private boolean isWhole(long row) {
        if (row < oldest()) {
            return false;
        }
        long at = row;
        for (int k = 1; k < layout.deepestStack(); k++) {
            int distance = back[place(at)];
            if (distance == 0) {
                return true;
            }
            at -= distance;
            if (at < oldest()) {
                return false;
            }
        }
        return true;
    }

    // ---- keeping

    /** Number of the row that comes next. */
    long head() {
        return head;
    }

    /** Bytes of what never changes about a row, as {@link #export} writes it. */
    int exportedBytes() {
        return Integer.BYTES + Float.BYTES + layout.rowBytes();
    }

    /** Writes what never changes about a row. @param to big-endian, at least {@link #exportedBytes} long */
    void export(long row, ByteBuffer to) {
        to.putInt(0, back[place(row)]);
        to.putFloat(Integer.BYTES, rewards[place(row)]);
        data.read(place(row), 0, to, Integer.BYTES + Float.BYTES, layout.rowBytes());
    }

    /** Takes back what {@link #export} wrote; after {@link #load}. */
    void restore(long row, ByteBuffer from) {
        back[place(row)] = from.getInt(0);
        rewards[place(row)] = from.getFloat(Integer.BYTES);
        data.write(place(row), 0, from, Integer.BYTES + Float.BYTES, layout.rowBytes());
    }

    /** Lets go of the rows. */
    void free() {
        data.free();
    }

    /** Finds out anew which row follows which; after all rows are restored. */
    void link() {
        for (long row = oldest(); row < head; row++) {
            int distance = back[place(row)];
            if (distance != 0 && row - distance >= oldest()) {
                forth[place(row - distance)] = distance;
            }
        }
    }

    /** Writes everything but the rows. */
    void save(DataOutputStream out) throws IOException {
        out.writeLong(head);
        out.writeLong(transitions);
        out.writeLong(taken);
        out.writeDouble(largest);
        for (long row = oldest(); row < head; row++) {
            boolean drawable = tree.get(place(row)) > 0;
            out.writeByte(kinds[place(row)] | (drawable ? DRAWABLE : 0));
            if (drawable && prioritised) {
                out.writeDouble(tree.get(place(row)));
            }
        }
        out.writeLong(recentHead);
        for (long i = Math.max(0, recentHead - recent.length); i < recentHead; i++) {
            out.writeLong(recent[(int) (i % recent.length)]);
        }
    }

    /** Takes over what {@link #save} wrote, into an empty ring. */
    void load(DataInputStream in) throws IOException {
        head = in.readLong();
        transitions = in.readLong();
        taken = in.readLong();
        largest = in.readDouble();
        for (long row = oldest(); row < head; row++) {
            byte mark = in.readByte();
            kinds[place(row)] = (byte) (mark & ~DRAWABLE);
            if ((mark & DRAWABLE) != 0) {
                tree.set(place(row), prioritised ? in.readDouble() : 1);
            }
        }
        recentHead = in.readLong();
        for (long i = Math.max(0, recentHead - recent.length); i < recentHead; i++) {
            recent[(int) (i % recent.length)] = in.readLong();
        }
    }
}
