package org.adapt4j.toolkit.environment;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.random.RandomGenerator;
import org.adapt4j.api.run.Stateful;
import org.adapt4j.api.task.TaskSchedule;

/** A slot's place in a schedule: which of its tasks comes next, and whether a trial begins with it. */
final class TaskPicker implements Stateful {

    private final int slot;
    private final int slots;
    private int task;
    private int episodesLeft;

    TaskPicker(int slot, int slots) {
        this.slot = slot;
        this.slots = slots;
    }

    /** Index of the present task. */
    int task() {
        return task;
    }

    /** Takes the first task of a schedule, with which a trial begins. */
    void first(TaskSchedule schedule, RandomGenerator random) {
        task = slot;
        episodesLeft = 0;
        pick(schedule, random, 0);
    }

    /** Goes on to the task of the next episode; whether a trial begins. */
    boolean next(TaskSchedule schedule, RandomGenerator random) {
        return pick(schedule, random, slots);
    }

    private boolean pick(TaskSchedule schedule, RandomGenerator random, int stride) {
        int size = schedule.tasks().size();
        if (schedule instanceof TaskSchedule.Fixed) {
            task = 0;
            return false;
        }
        if (schedule instanceof TaskSchedule.RoundRobin) {
            task = (int) (((long) task + stride) % size);
            return true;
        }
        boolean begins = episodesLeft == 0;
        if (begins) {
            task = random.nextInt(size);
            episodesLeft = schedule instanceof TaskSchedule.Trials trials ? trials.episodes() : 1;
        }
        episodesLeft--;
        return begins;
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        out.writeInt(task);
        out.writeInt(episodesLeft);
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        task = in.readInt();
        episodesLeft = in.readInt();
    }
}
