package org.adapt4j.api.task;

import org.apiguardian.api.API;

/**
 * Which task each slot of a batched environment plays next. Data and not a callback, so that native code can carry it
 * out.
 *
 * <p>A <em>trial</em> is a run of episodes on one task over which memory may be kept (Duan et al. 2016, RL²). Its first
 * observation carries the flag {@code NEW_TRIAL}.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public sealed interface TaskSchedule {

    /** The tasks that may be played; the task column holds indices into this set. */
    TaskSet tasks();

    /**
     * One task for ever: a single trial without end.
     *
     * @param task the task
     */
    record Fixed(Task task) implements TaskSchedule {
        @Override
        public TaskSet tasks() {
            return TaskSet.of(task);
        }
    }

    /**
     * Each slot draws a task at random for each episode; an episode is a trial.
     *
     * @param tasks drawn from uniformly
     */
    record EachEpisode(TaskSet tasks) implements TaskSchedule {}

    /**
     * Each slot draws a task at random and plays it for some episodes.
     *
     * @param tasks drawn from uniformly
     * @param episodes of a trial, at least 1
     */
    record Trials(TaskSet tasks, int episodes) implements TaskSchedule {
        /** Checks the number of episodes. */
        public Trials {
            if (episodes < 1) {
                throw new IllegalArgumentException("episodes: must be at least 1 but is " + episodes);
            }
        }
    }

    /**
     * Slot {@code i} starts with task {@code i mod size} and goes on by the number of slots; an episode is a trial.
     *
     * @param tasks played in order
     */
    record RoundRobin(TaskSet tasks) implements TaskSchedule {}

    /** Returns {@link Fixed}. */
    static TaskSchedule fixed(Task task) {
        return new Fixed(task);
    }

    /** Returns {@link EachEpisode}. */
    static TaskSchedule eachEpisode(TaskSet tasks) {
        return new EachEpisode(tasks);
    }

    /** Returns {@link Trials}. */
    static TaskSchedule trials(TaskSet tasks, int episodes) {
        return new Trials(tasks, episodes);
    }

    /** Returns {@link RoundRobin}. */
    static TaskSchedule roundRobin(TaskSet tasks) {
        return new RoundRobin(tasks);
    }
}
