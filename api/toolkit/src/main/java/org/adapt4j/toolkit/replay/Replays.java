package org.adapt4j.toolkit.replay;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.ReplayPlan;
import org.adapt4j.api.algorithm.ReplayPlan.Draws;
import org.adapt4j.api.algorithm.ReplayPlan.Priorities;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBuffers;

/**
 * What was experienced so far, in one ring buffer per task, and draws from it: uniform ones, or prioritised ones (Schaul et al.
 * 2016).
 *
 * <p>Each frame of a stack is kept once and stacks are built anew for a draw. Where a time limit cut an episode off, the moment
 * after its last action takes a place of its own, which is never drawn itself. A return sums {@code steps} rewards, or fewer
 * where the episode ends or is cut off before; in the latter case {@code next-} is where it stood then.
 *
 * <p>Draws with priorities are stratified unless the plan says otherwise: of a share of k transitions, the i-th comes from the i-th of k equal parts of the sum
 * of priorities. Only transitions that are complete have a part in this sum, so {@code P} is exact, none is drawn in vain, and
 * the number N of the importance weights {@code (N · P)^−β} counts just these. Both are those of the transition's own task; the
 * largest weight, by which all are divided, is that of the whole batch.
 *
 * <p>One thread at a time. Neither {@link #observe} nor draws allocate, but for a chunk of memory every now and then while the
 * buffers fill.
 */
public final class Replays implements AutoCloseable {

    private static final int FORMAT = 2;
    private static final long SMALL_BLOCK = 1 << 20;
    private static final long LARGE_BLOCK = 64 << 20;
    private static final int NOWHERE = -1;

    private final EnvironmentSpec spec;
    private final ReplayPlan plan;
    private final RowLayout layout;
    private final int capacity;
    private final int contextSize;
    private final int contextWindow;
    private final TaskBuffer[] buffers;
    private final RowBlocks[] blocks;
    private final int[] playing;
    private final long[] last;
    private final boolean[] inContext;
    private final DrawnTransitions batch;
    private final DrawnTransitions batchContext;
    private final DrawnTransitions ownContext;
    private final double[] weights;
    private final boolean stratified;
    private Set<String> previousNames = Set.of();
    private Set<String> currentNames = Set.of();
    private boolean closed;

    /**
     * Empty buffers.
     *
     * @param tasks number of tasks; each gets an equal part of the plan's capacity
     * @param slots number of environments that play
     * @param contextSize transitions of a task's context; 0 for none
     * @param contextWindow how many of a task's newest transitions a context is drawn from
     * @throws IllegalArgumentException as {@link #objection} says
     */
    public Replays(EnvironmentSpec spec, ReplayPlan plan, int tasks, int slots, int contextSize, int contextWindow) {
        this(spec, plan, tasks, slots, contextSize, contextWindow, SMALL_BLOCK, LARGE_BLOCK);
    }

    Replays(
            EnvironmentSpec spec,
            ReplayPlan plan,
            int tasks,
            int slots,
            int contextSize,
            int contextWindow,
            long smallBlock,
            long largeBlock) {
        objection(spec, plan, tasks, slots).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
        if (contextSize < 0 || (contextSize > 0 && contextWindow < 1)) {
            throw new IllegalArgumentException(
                    "a context of " + contextSize + " transitions out of " + contextWindow + " cannot be drawn");
        }
        this.spec = spec;
        this.plan = plan;
        this.contextSize = contextSize;
        this.contextWindow = contextSize == 0 ? 0 : contextWindow;
        layout = new RowLayout(spec);
        capacity = plan.capacity() / tasks;
        int largest = layout.actionBytes();
        for (int c = 0; c < layout.components(); c++) {
            largest = Math.max(largest, layout.spaceBytes(c));
        }
        ByteBuffer zeros = Memory.allocate(largest);
        buffers = new TaskBuffer[tasks];
        blocks = new RowBlocks[tasks];
        for (int task = 0; task < tasks; task++) {
            buffers[task] = new TaskBuffer(
                    layout,
                    capacity,
                    plan.steps(),
                    plan.discount(),
                    plan.limitsEnd(),
                    plan.priorities().isPresent(),
                    this.contextWindow,
                    zeros);
            blocks[task] = new RowBlocks(task, buffers[task], smallBlock, largeBlock);
        }
        playing = new int[slots];
        last = new long[slots];
        Arrays.fill(playing, NOWHERE);
        inContext = new boolean[slots];
        Arrays.fill(inContext, true);
        int together = Math.min(plan.batch(), plan.tasksPerBatch() == 0 ? tasks : plan.tasksPerBatch());
        batchContext = new DrawnTransitions(layout, Math.multiplyExact(together, contextSize), 0, null);
        ownContext = new DrawnTransitions(layout, contextSize, 0, null);
        batch = new DrawnTransitions(
                layout,
                plan.batch(),
                plan.priorities().map(Priorities::exponent).orElse(0.0),
                batchContext);
        weights = new double[plan.batch()];
        stratified = plan.priorities()
                .map(Priorities::draws)
                .filter(Draws.STRATIFIED::equals)
                .isPresent();
    }

    /** Why a plan cannot be with so many tasks and slots, in a sentence that says what to change; empty if it can. */
    public static Optional<String> objection(EnvironmentSpec spec, ReplayPlan plan, int tasks, int slots) {
        int share = plan.capacity() / tasks;
        // Slots write in turns, and both an episode's last moment and the one before it may take a place in one step.
        long needed = 2L * slots * (new RowLayout(spec).deepestStack() + plan.steps());
        if (share < plan.start()) {
            return Optional.of(
                    "the replay's capacity of " + plan.capacity() + " leaves each of " + tasks + " tasks " + share
                            + " transitions, but " + plan.start()
                            + " must be there before the first draw: raise capacity or lower start");
        }
        if (share < needed) {
            return Optional.of("the replay's capacity of " + plan.capacity() + " leaves each of " + tasks + " tasks "
                    + share
                    + " transitions, but " + slots + " slots with returns of " + plan.steps() + " steps need " + needed
                    + " before one is complete: raise capacity or use fewer slots");
        }
        return Optional.empty();
    }

    /** Bytes of memory that full buffers take, nearly all of it outside of Java's heap. */
    public static long bytes(EnvironmentSpec spec, ReplayPlan plan, int tasks) {
        return tasks * TaskBuffer.bytes(new RowLayout(spec), plan.capacity() / tasks);
    }

    /**
     * Takes in one step of all slots. Called once per step, in the order of play.
     *
     * @param before what was seen; its task column says whose experience this is
     * @param acted what was done then
     * @param outcome what came of it: rewards, ends of episodes, and where an episode stood that was cut off
     * @throws IllegalStateException if a slot is in the middle of an episode whose beginning was never taken in
     */
    public void observe(StepBuffers before, ActionBuffers acted, StepBuffers outcome) {
        checkOpen();
        for (int slot = 0; slot < playing.length; slot++) {
            int task = before.tasks().get(slot);
            if (before.is(Flag.FIRST, slot)) {
                abandon(slot);
            } else if (playing[slot] != task) {
                throw new IllegalStateException("slot " + slot + " is in the middle of an episode of task " + task
                        + " whose beginning the replay has not seen");
            }
            TaskBuffer buffer = buffer(task);
            long row = playing[slot] == NOWHERE ? buffer.begin() : buffer.follow(last[slot], inContext[slot]);
            for (int c = 0; c < layout.components(); c++) {
                buffer.observation(row, c, before.observation(c), slot);
            }
            buffer.action(row, acted.bytes(), slot, outcome.rewards().get(slot));
            playing[slot] = task;
            last[slot] = row;
            if (outcome.is(Flag.TERMINATED, slot)) {
                buffer.terminate(row, inContext[slot]);
                playing[slot] = NOWHERE;
            } else if (outcome.is(Flag.TRUNCATED, slot)) {
                long end = buffer.follow(row, inContext[slot]);
                for (int c = 0; c < layout.components(); c++) {
                    buffer.observation(end, c, outcome.lastObservation(c), slot);
                }
                buffer.cut(end);
                playing[slot] = NOWHERE;
            }
        }
    }

    /**
     * Says of the episode that a slot begins, or plays, whether contexts are drawn from what it brings from now on. They are, unless
     * this says otherwise; demonstrations always are.
     */
    public void countInContext(int slot, boolean counts) {
        inContext[slot] = counts;
    }

    /** Whether contexts are drawn from what a slot's episode brings. */
    public boolean countsInContext(int slot) {
        return inContext[slot];
    }

    /**
     * Says that the running episodes break off because something else is played from now on. What was seen last of each is where
     * it counts as cut off; the action taken there is lost.
     */
    public void abandon() {
        checkOpen();
        for (int slot = 0; slot < playing.length; slot++) {
            abandon(slot);
        }
    }

    private void abandon(int slot) {
        if (playing[slot] != NOWHERE) {
            buffers[playing[slot]].cut(last[slot]);
            playing[slot] = NOWHERE;
        }
    }

    /**
     * Takes in an expert's episode, or several where the demonstration's flags say so. Without flags one shorter than the longest
     * possible has ended by the rules; others were cut off. A step that was cut off before the last is left out: what came after it
     * is not known.
     */
    public void add(Demonstration demonstration, int task) {
        checkOpen();
        ShownEpisodes.add(demonstration, layout, spec.maxEpisodeSteps(), buffer(task));
    }

    /** Whether a task has had the {@link ReplayPlan#start transitions} it must have, and one of them, with a context if there are any, can be drawn. */
    public boolean isReady(int task) {
        TaskBuffer buffer = buffer(task);
        return buffer.taken() >= plan.start() && buffer.drawable() > 0 && (contextSize == 0 || hasContext(task));
    }

    /** Whether a context of a task can be drawn. */
    public boolean hasContext(int task) {
        return buffer(task).hasRecent();
    }

    /** Transitions that a task has now. */
    public long size(int task) {
        return buffer(task).size();
    }

    /**
     * Draws a batch, in equal shares of {@code batch / tasks.length} and in the order of {@code tasks}, with a context for each
     * task. A context is drawn with replacement, so that it has its full size even if there are fewer transitions.
     *
     * @param tasks all of them {@link #isReady ready}; no more than the plan says
     * @param weightExponent β of the importance weights
     * @return memory of this object, written over by the next draw
     */
    public Batch.Transitions draw(int[] tasks, double weightExponent, RandomGenerator random) {
        checkOpen();
        int share = tasks.length == 0 ? 0 : plan.batch() / tasks.length;
        if (share == 0 || tasks.length * contextSize > batchContext.most()) {
            throw new IllegalArgumentException(
                    "a batch of " + plan.batch() + " cannot be drawn from " + tasks.length + " tasks with this plan");
        }
        for (int task : tasks) {
            if (!isReady(task)) {
                throw new IllegalStateException(
                        "task " + task + " has " + size(task) + " transitions, too few to draw from");
            }
        }
        batch.begin(share * tasks.length, tasks.length);
        double heaviest = 0;
        for (int block = 0; block < tasks.length; block++) {
            TaskBuffer buffer = buffers[tasks[block]];
            for (int i = 0; i < share; i++) {
                int index = block * share + i;
                double part = stratified ? (i + random.nextDouble()) / share : random.nextDouble();
                long row = buffer.find(part * buffer.total());
                batch.take(index, buffer, row, plan.steps());
                double priority = buffer.priority(row);
                double weighed = stratified ? buffer.drawable() * (priority / buffer.total()) : priority;
                weights[index] = Math.pow(weighed, -weightExponent);
                heaviest = Math.max(heaviest, weights[index]);
            }
        }
        if (plan.priorities().isPresent()) {
            for (int i = 0; i < batch.size(); i++) {
                batch.weights().put(i, (float) (weights[i] / heaviest));
            }
        }
        batchContext.begin(tasks.length * contextSize, tasks.length);
        for (int block = 0; block < tasks.length && contextSize > 0; block++) {
            drawContext(buffers[tasks[block]], batchContext, block * contextSize, random);
        }
        return batch;
    }

    /**
     * Draws a context of a single task, for acting.
     *
     * @return memory of this object, written over by the next call; of size 0 while the task has no transition
     */
    public Batch.Transitions context(int task, RandomGenerator random) {
        checkOpen();
        ownContext.begin(contextSize, 1);
        if (contextSize > 0 && !drawContext(buffer(task), ownContext, 0, random)) {
            ownContext.begin(0, 1);
        }
        return ownContext;
    }

    private boolean drawContext(TaskBuffer buffer, DrawnTransitions into, int from, RandomGenerator random) {
        for (int i = 0; i < contextSize; i++) {
            long row = buffer.drawRecent(random);
            if (row < 0) {
                return false;
            }
            into.take(from + i, buffer, row, 1);
        }
        return true;
    }

    /**
     * Writes everything that later draws depend on: new rows into blocks once there are enough, the rest into the stream. Blocks that
     * are needed
     * neither by this save nor by the two before it are deleted, so that the newest two states on a disk can be read at any
     * moment, also if the process dies right now.
     */
    public void save(DataOutputStream out, BlockStore store) throws IOException {
        checkOpen();
        Set<String> names = new TreeSet<>();
        for (RowBlocks rows : blocks) {
            rows.write(store);
            rows.addNames(names);
        }
        writeFingerprint(out);
        for (int slot = 0; slot < playing.length; slot++) {
            out.writeInt(playing[slot]);
            out.writeLong(last[slot]);
            out.writeBoolean(inContext[slot]);
        }
        for (int task = 0; task < buffers.length; task++) {
            buffers[task].save(out);
            blocks[task].save(out);
        }
        out.writeInt(currentNames.size());
        for (String name : currentNames) {
            out.writeUTF(name);
        }
        for (String name : store.names()) {
            if (!names.contains(name) && !currentNames.contains(name) && !previousNames.contains(name)) {
                store.delete(name);
            }
        }
        previousNames = currentNames;
        currentNames = names;
    }

    /**
     * Takes over what an object saved that was made with the same arguments; this one must be new.
     *
     * @throws IOException if a block is missing or damaged; says which one, and what to do
     */
    public void load(DataInputStream in, BlockStore store) throws IOException {
        checkOpen();
        for (TaskBuffer buffer : buffers) {
            if (buffer.head() > 0) {
                throw new IllegalStateException("a replay that has rows cannot take over others");
            }
        }
        readFingerprint(in);
        for (int slot = 0; slot < playing.length; slot++) {
            playing[slot] = in.readInt();
            last[slot] = in.readLong();
            inContext[slot] = in.readBoolean();
        }
        Set<String> names = new TreeSet<>();
        for (int task = 0; task < buffers.length; task++) {
            buffers[task].load(in);
            blocks[task].load(in, store);
            blocks[task].addNames(names);
            buffers[task].link();
        }
        Set<String> before = new TreeSet<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            before.add(in.readUTF());
        }
        previousNames = before;
        currentNames = names;
    }

    private int[] fingerprint() {
        return new int[] {
            FORMAT,
            ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 1 : 0,
            buffers.length,
            playing.length,
            capacity,
            layout.rowBytes(),
            layout.deepestStack(),
            plan.steps(),
            plan.priorities().isPresent() ? 1 : 0,
            contextWindow
        };
    }

    private void writeFingerprint(DataOutputStream out) throws IOException {
        for (int number : fingerprint()) {
            out.writeInt(number);
        }
    }

    private void readFingerprint(DataInputStream in) throws IOException {
        for (int number : fingerprint()) {
            int saved = in.readInt();
            if (saved != number) {
                throw new IOException("the saved replay belongs to other settings (" + saved + " where these have "
                        + number + "): delete the folder of this cell to start it anew");
            }
        }
    }

    private TaskBuffer buffer(int task) {
        if (task < 0 || task >= buffers.length) {
            throw new IllegalArgumentException("no task " + task + ", only " + buffers.length);
        }
        return buffers[task];
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("this replay is closed");
        }
    }

    /** Lets go of the memory; a second call does nothing. */
    @Override
    public void close() {
        closed = true;
        for (TaskBuffer buffer : buffers) {
            buffer.free();
        }
    }
}
