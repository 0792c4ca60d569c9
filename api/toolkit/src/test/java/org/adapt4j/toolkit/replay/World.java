package org.adapt4j.toolkit.replay;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.ReplayPlan;
import org.adapt4j.api.algorithm.ReplayPlan.Priorities;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.space.Element;

/**
 * Play of several slots that remembers everything in plain lists, with whole stacks, and so knows what a replay must answer.
 * Every moment bears a number of its own as its observation {@code number}.
 */
final class World {

    static final int PIXELS = 6;

    /** How an episode goes on after an action. */
    enum Fate {
        GOES_ON,
        ENDS,
        IS_CUT
    }

    /** A moment of an episode. */
    static final class Moment {
        final int number;
        final int task;
        final List<Moment> episode;
        final int index;
        int action;
        float reward;
        boolean ended;
        /** Nothing was done here. */
        boolean end;

        Moment(int number, int task, List<Moment> episode) {
            this.number = number;
            this.task = task;
            this.episode = episode;
            index = episode.size();
            episode.add(this);
        }
    }

    final EnvironmentSpec spec;
    final int stack;
    final int slots;
    /** Per task, all rows that were ever written. */
    final List<List<Moment>> rows = new ArrayList<>();

    private final Map<Integer, Moment> byNumber = new HashMap<>();
    private final StepBlock block;
    private final ActionBlock acts;
    private final Moment[] now;
    private int moments;
    private int step;

    World(int stack, int slots, int tasks) {
        this.stack = stack;
        this.slots = slots;
        spec = new EnvironmentSpec(
                List.of(
                        new Component("frames", new Box(Element.UINT8, List.of(stack, 2, 3), 0, 255), stack),
                        new Component("number", Box.vector(1, 0, 1e6))),
                new Discrete(1000),
                50);
        block = StepBlock.allocate(spec, slots, 2);
        acts = ActionBlock.allocate(spec.action(), List.of(), slots, 1);
        now = new Moment[slots];
        for (int task = 0; task < tasks; task++) {
            rows.add(new ArrayList<>());
        }
    }

    static ReplayPlan plan(int capacity, int batch, int steps, double discount, boolean prioritised) {
        return new ReplayPlan(
                capacity,
                batch,
                0,
                1,
                true,
                steps,
                discount,
                1,
                prioritised ? Optional.of(new Priorities(0.5, 0.4, 1)) : Optional.empty());
    }

    /** Starts an episode in every slot; what ran is lost. */
    void begin(int... tasks) {
        for (int slot = 0; slot < slots; slot++) {
            if (now[slot] != null && now[slot].index > 0) {
                Moment last = now[slot].episode.get(now[slot].index - 1);
                last.end = true;
                last.episode.remove(now[slot]);
            }
            now[slot] = new Moment(++moments, tasks[slot % tasks.length], new ArrayList<>());
            show(block.step(step % 2), slot, (byte) (Flag.FIRST.mask() | Flag.NEW_TRIAL.mask()));
        }
    }

    /** Plays a step in all slots. @param next tasks that follow where an episode ends */
    void step(Replays replays, Fate[] fates, float[] rewards, int[] next) {
        StepBuffers before = block.step(step % 2);
        StepBuffers outcome = block.step((step + 1) % 2);
        for (int slot = 0; slot < slots; slot++) {
            Moment moment = now[slot];
            moment.action = (7 * moment.number) % 1000;
            moment.reward = rewards[slot];
            acts.step(0).discrete().put(slot, moment.action);
            rows.get(moment.task).add(moment);
            byNumber.put(moment.number, moment);
            Moment after = new Moment(++moments, moment.task, moment.episode);
            byte flags = 0;
            if (fates[slot] == Fate.GOES_ON) {
                now[slot] = after;
            } else {
                if (fates[slot] == Fate.ENDS) {
                    moment.ended = true;
                    moment.episode.remove(after);
                    flags = Flag.TERMINATED.mask();
                } else {
                    after.end = true;
                    rows.get(moment.task).add(after);
                    write(outcome.lastObservation(0), outcome.lastObservation(1), slot, after);
                    flags = Flag.TRUNCATED.mask();
                }
                now[slot] = new Moment(++moments, next[slot], new ArrayList<>());
                flags |= Flag.FIRST.mask();
            }
            show(outcome, slot, flags);
            outcome.rewards().put(slot, moment.reward);
        }
        replays.observe(before, acts.step(0), outcome);
        step++;
    }

    /** The task that a slot plays. */
    int task(int slot) {
        return now[slot].task;
    }

    /** Plays steps of random fate in all slots. */
    void play(Replays replays, int steps, SplittableRandom random) {
        Fate[] fates = new Fate[slots];
        float[] rewards = new float[slots];
        int[] next = new int[slots];
        for (int t = 0; t < steps; t++) {
            for (int slot = 0; slot < slots; slot++) {
                int dice = random.nextInt(14);
                fates[slot] = dice == 0 ? Fate.ENDS : dice == 1 ? Fate.IS_CUT : Fate.GOES_ON;
                rewards[slot] = random.nextInt(9) - 4;
                next[slot] = random.nextInt(rows.size());
            }
            step(replays, fates, rewards, next);
        }
    }

    private void show(StepBuffers to, int slot, byte flags) {
        write(to.observation(0), to.observation(1), slot, now[slot]);
        to.flags().put(slot, flags);
        to.tasks().put(slot, now[slot].task);
        to.rewards().put(slot, 0);
    }

    private void write(ByteBuffer frames, ByteBuffer number, int at, Moment moment) {
        for (int k = 0; k < stack; k++) {
            int from = moment.index - (stack - 1 - k);
            for (int pixel = 0; pixel < PIXELS; pixel++) {
                frames.put((at * stack + k) * PIXELS + pixel, from < 0 ? 0 : pixel(moment.episode.get(from), pixel));
            }
        }
        number.putFloat(at * Float.BYTES, moment.number);
    }

    private static byte pixel(Moment moment, int pixel) {
        return (byte) (1 + (moment.number * 31 + pixel * 7) % 255);
    }

    /** Numbers of the moments of a task that can be drawn from a ring of the newest rows. */
    Set<Integer> drawable(int task, int capacity, int steps) {
        List<Moment> all = rows.get(task);
        List<Moment> there = all.subList(Math.max(0, all.size() - capacity), all.size());
        Set<Moment> alive = new LinkedHashSet<>(there);
        Set<Integer> numbers = new LinkedHashSet<>();
        for (Moment moment : there) {
            boolean whole = !moment.end;
            for (int k = 1; k < stack && moment.index - k >= 0; k++) {
                whole &= alive.contains(moment.episode.get(moment.index - k));
            }
            boolean complete = false;
            for (int k = 1; k <= steps; k++) {
                int at = moment.index + k - 1;
                complete |= at < moment.episode.size() && moment.episode.get(at).ended;
                complete |= at + 1 < moment.episode.size()
                        && alive.contains(moment.episode.get(at + 1))
                        && (moment.episode.get(at + 1).end || k == steps);
            }
            if (whole && complete) {
                numbers.add(moment.number);
            }
        }
        return numbers;
    }

    private Moment find(int task, int number) {
        Moment moment = byNumber.get(number);
        if (moment == null || moment.task != task) {
            throw new AssertionError("task " + task + " never had moment " + number);
        }
        return moment;
    }

    /** The number of a drawn moment. */
    static int number(Batch.Transitions batch, int index) {
        return (int) batch.column("number").getFloat(index * Float.BYTES);
    }

    /** Says what is wrong with a drawn transition; empty if nothing is. */
    String fault(Batch.Transitions batch, int index, int task, int steps, double discount) {
        Moment moment = find(task, number(batch, index));
        double sum = 0;
        double factor = 1;
        Moment at = moment;
        for (int k = 0; k < steps && !at.end; k++) {
            sum += factor * at.reward;
            factor *= discount;
            if (at.ended) {
                factor = 0;
                break;
            }
            at = at.episode.get(at.index + 1);
        }
        ByteBuffer frames = ByteBuffer.allocate(2 * stack * PIXELS);
        ByteBuffer numbers = ByteBuffer.allocate(8).order(batch.column("number").order());
        write(frames, numbers, 0, moment);
        if (factor > 0) {
            write(frames, numbers, 1, at);
        }
        StringBuilder faults = new StringBuilder();
        for (int i = 0; i < stack * PIXELS; i++) {
            int place = index * stack * PIXELS + i;
            note(faults, "frames", frames.get(i), batch.column("frames").get(place));
            note(
                    faults,
                    "next-frames",
                    frames.get(stack * PIXELS + i),
                    batch.column("next-frames").get(place));
        }
        note(
                faults,
                "next-number",
                numbers.getFloat(4),
                batch.column("next-number").getFloat(4 * index));
        note(faults, "action", moment.action, batch.column("action").getInt(4 * index));
        note(
                faults,
                "next-action",
                factor > 0 && !at.end ? at.action : 0,
                batch.column("next-action").getInt(4 * index));
        note(faults, "reward", moment.reward, batch.column("reward").getFloat(4 * index));
        note(faults, "return", (float) sum, batch.column("return").getFloat(4 * index));
        note(faults, "discount", (float) factor, batch.column("discount").getFloat(4 * index));
        return faults.toString();
    }

    private static void note(StringBuilder faults, String what, double expected, double actual) {
        if (Math.abs(expected - actual) > 1e-5) {
            faults.append(what)
                    .append(": ")
                    .append(actual)
                    .append(" instead of ")
                    .append(expected)
                    .append("; ");
        }
    }
}
