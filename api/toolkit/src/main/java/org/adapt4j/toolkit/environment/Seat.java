package org.adapt4j.toolkit.environment;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.Picture;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.toolkit.run.SavableRandom;

/** A slot in a batch: its action, its place in the schedule, and what came of its last step. */
final class Seat {

    private static final byte FIRST = Flag.FIRST.mask();
    private static final byte NEW_TRIAL = Flag.NEW_TRIAL.mask();
    private static final byte ENDS = (byte) (Flag.TERMINATED.mask() | Flag.TRUNCATED.mask());

    private final int index;
    private final Slot slot;
    private final SavableRandom random;
    private final EnvironmentSpec spec;
    private final Action action;
    private final Observation last;
    private final TaskPicker picker;
    private int steps;
    private float reward;
    private byte flags;
    private boolean filmed;
    private Optional<Picture> lastPicture = Optional.empty();

    Seat(int index, Slot slot, SavableRandom random, EnvironmentSpec spec, int slots) {
        this.index = index;
        this.slot = slot;
        this.random = random;
        this.spec = spec;
        action = new Action(spec.action());
        last = Observation.own(spec.observation());
        picker = new TaskPicker(index, slots);
    }

    Slot slot() {
        return slot;
    }

    Action action() {
        return action;
    }

    /** What the slot shows now, and, by having been asked for, will show where the episode ends. */
    Optional<Picture> picture() {
        filmed = true;
        return slot.picture();
    }

    /** What it showed where the last step ended an episode that is filmed. */
    Optional<Picture> lastPicture() {
        return lastPicture;
    }

    /** Steps of the running episode. */
    int steps() {
        return steps;
    }

    /** Starts on a schedule. */
    void open(TaskSchedule schedule) {
        slot.abandon();
        forgetPictures();
        picker.first(schedule, random);
        begin(schedule);
        reward = 0;
        flags = (byte) (FIRST | NEW_TRIAL);
    }

    private void forgetPictures() {
        filmed = false;
        lastPicture = Optional.empty();
    }

    private void begin(TaskSchedule schedule) {
        slot.begin(schedule.tasks().get(picker.task()));
        steps = 0;
    }

    /** Does the action, and begins the next episode if it ended this one. */
    void step(TaskSchedule schedule) {
        lastPicture = Optional.empty();
        reward = (float) slot.step(action);
        flags = 0;
        steps++;
        Ending how = slot.ending();
        if (how != Ending.NONE || steps >= spec.maxEpisodeSteps()) {
            end(how, schedule);
        }
    }

    private void end(Ending how, TaskSchedule schedule) {
        slot.write(last);
        if (filmed) {
            lastPicture = slot.picture();
            filmed = false;
        }
        Flag end = how == Ending.TERMINATED ? Flag.TERMINATED : Flag.TRUNCATED;
        flags = (byte) (end.mask() | FIRST);
        if (how != Ending.NONE && slot instanceof WithLives lives && lives.goesOn()) {
            steps = 0;
            return;
        }
        if (picker.next(schedule, random)) {
            flags |= NEW_TRIAL;
        }
        begin(schedule);
    }

    private boolean ended() {
        return (flags & ENDS) != 0;
    }

    void write(Observation view, StepBuffers outcome) {
        view.row(index);
        slot.write(view);
        if (ended()) {
            last.copyToLast(outcome, index);
        }
        outcome.rewards().put(index, reward);
        outcome.flags().put(index, flags);
        outcome.tasks().put(index, picker.task());
    }

    void save(DataOutputStream out) throws IOException {
        random.save(out);
        picker.save(out);
        out.writeInt(steps);
        out.writeFloat(reward);
        out.writeByte(flags);
        if (ended()) {
            for (int c = 0; c < spec.observation().size(); c++) {
                ByteBuffer column = last.column(c);
                for (int i = 0; i < column.limit(); i++) {
                    out.writeByte(column.get(i));
                }
            }
        }
        slot.save(out);
    }

    void load(TaskSchedule schedule, DataInputStream in) throws IOException {
        forgetPictures();
        random.load(in);
        picker.load(in);
        steps = in.readInt();
        reward = in.readFloat();
        flags = in.readByte();
        if (ended()) {
            for (int c = 0; c < spec.observation().size(); c++) {
                ByteBuffer column = last.column(c);
                for (int i = 0; i < column.limit(); i++) {
                    column.put(i, in.readByte());
                }
            }
        }
        slot.load(schedule.tasks().get(picker.task()), in);
    }
}
