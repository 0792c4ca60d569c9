package org.adapt4j.toolkit.environment;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.Picture;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.toolkit.run.SavableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Slots that step together over some threads. Slots share nothing, so results do not depend on the number of threads.
 *
 * <p>If a slot throws, {@link #receive} (or whatever waits for the step) throws it; after that only {@link #reassign}, {@link #load} and
 * {@link #close} are allowed, since nobody knows in what state the slots are.
 */
public final class SlotBatch implements VectorEnvironment {

    private final EnvironmentSpec spec;
    private final SlotFactory factory;
    private final List<Slot> opened = new ArrayList<>();
    private final Seat[] seats;
    private final Observation view;
    private final Workers workers;

    /** Made once, so that no step allocates. */
    private final IntConsumer step = this::step;

    private TaskSchedule schedule;
    private boolean inFlight;

    /** First observations, or a step's, are waiting to be received. */
    private boolean ready;

    private boolean failed;
    private boolean closed;

    /**
     * Opens an environment whose slots share nothing, on the caller's thread.
     *
     * @param slots makes one, of the random numbers that are its own
     */
    public static SlotBatch of(EnvironmentRequest request, Function<RandomGenerator, Slot> slots) {
        return new SlotBatch(request, 1, (index, random) -> slots.apply(random));
    }

    /**
     * Opens an environment, with the first episode of each slot.
     *
     * @param threads that play slots, the caller's included; not more than there are slots are used
     * @param factory of the slots; closed with the environment, even if opening fails
     */
    public SlotBatch(EnvironmentRequest request, int threads, SlotFactory factory) {
        spec = request.spec();
        schedule = request.schedule();
        this.factory = factory;
        view = Observation.movable(spec.observation());
        int count = request.slots();
        seats = new Seat[count];
        workers = new Workers(Math.min(threads, count), count);
        try {
            for (int i = 0; i < count; i++) {
                SavableRandom random = factory.random(i, request.random());
                Slot slot = factory.create(i, random);
                opened.add(slot);
                seats[i] = new Seat(i, slot, random, spec, count);
            }
            reassign(schedule);
        } catch (RuntimeException | Error e) {
            closeAll(e);
            throw e;
        }
    }

    @Override
    public EnvironmentSpec spec() {
        return spec;
    }

    @Override
    public int slots() {
        return seats.length;
    }

    @Override
    public void reassign(TaskSchedule next) {
        demandOpen();
        finishStep();
        schedule = next;
        start(index -> seats[index].open(next));
        finishStep();
        ready = true;
    }

    @Override
    public void send(ActionBuffers chosen) {
        demandSound();
        if (ready) {
            throw new IllegalStateException("send() must follow receive(): the last outcome was not taken");
        }
        for (int i = 0; i < seats.length; i++) {
            seats[i].action().take(chosen, i);
        }
        ready = true;
        start(step);
    }

    private void step(int index) {
        seats[index].step(schedule);
    }

    private void start(IntConsumer work) {
        inFlight = true;
        workers.start(work);
    }

    private void finishStep() {
        if (inFlight) {
            inFlight = false;
            failed = true;
            workers.finish();
            failed = false;
        }
    }

    private void demandOpen() {
        if (closed) {
            throw new IllegalStateException("the environment is closed");
        }
    }

    private void demandSound() {
        demandOpen();
        if (failed) {
            throw new IllegalStateException("a slot failed before: reassign, load or close the environment");
        }
    }

    @Override
    public void receive(StepBuffers outcome) {
        demandSound();
        if (!ready) {
            throw new IllegalStateException("receive() must follow send()");
        }
        finishStep();
        view.onto(outcome);
        for (Seat seat : seats) {
            seat.write(view, outcome);
        }
        ready = false;
    }

    @Override
    public Map<String, Object> info(int slot) {
        demandSound();
        finishStep();
        Map<String, Object> facts = new LinkedHashMap<>();
        seats[slot].slot().describe(seats[slot].steps(), facts);
        return facts;
    }

    /** Whether the slots know how their tasks are done. */
    public boolean hasExpert() {
        return seats[0].slot() instanceof WithExpert && spec.action() instanceof Box;
    }

    /**
     * Writes what the expert does next in a slot, whose episode it has played from the beginning.
     *
     * @return false if there is none, or it cannot go on
     */
    public boolean show(int slot, ActionBuffers into) {
        demandSound();
        finishStep();
        if (!(seats[slot].slot() instanceof WithExpert expert) || !(spec.action() instanceof Box box)) {
            return false;
        }
        float[] action = new float[box.width()];
        boolean shown = expert.show(action);
        if (shown) {
            into.continuous().put(slot * action.length, action);
        }
        return shown;
    }

    @Override
    public Optional<Picture> picture(int slot) {
        demandSound();
        finishStep();
        return seats[slot].picture();
    }

    @Override
    public Optional<Picture> lastPicture(int slot) {
        demandSound();
        finishStep();
        return seats[slot].lastPicture();
    }

    @Override
    public Map<String, Double> timeShares() {
        demandSound();
        finishStep();
        Map<String, Double> shares = new LinkedHashMap<>();
        for (Seat seat : seats) {
            if (seat.slot() instanceof Timed timed) {
                timed.nanos().forEach((part, nanos) -> shares.merge(part, (double) nanos, Double::sum));
            }
        }
        double sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
        if (sum == 0) {
            return Map.of();
        }
        shares.replaceAll((part, nanos) -> nanos / sum);
        return shares;
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        demandSound();
        finishStep();
        out.writeBoolean(ready);
        for (Seat seat : seats) {
            seat.save(out);
        }
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        demandOpen();
        finishStep();
        failed = true;
        ready = in.readBoolean();
        for (Seat seat : seats) {
            seat.load(schedule, in);
        }
        failed = false;
    }

    /** Frees threads, then slots, then what they share, whatever any of them throws. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        Throwable thrown = closeAll(null);
        if (thrown instanceof Error e) {
            throw e;
        }
        if (thrown instanceof RuntimeException e) {
            throw e;
        }
    }

    /** Returns the first thing thrown, {@code before} if there was something, with the others suppressed. */
    private @Nullable Throwable closeAll(@Nullable Throwable before) {
        List<AutoCloseable> resources = new ArrayList<>(opened);
        resources.add(0, workers);
        resources.add(factory);
        Throwable first = before;
        for (AutoCloseable resource : resources) {
            try {
                resource.close();
            } catch (Exception | Error e) {
                if (first == null) {
                    first = e;
                } else if (first != e) {
                    first.addSuppressed(e);
                }
            }
        }
        return first;
    }
}
