package org.adapt4j.api.benchmark;

import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.api.task.TaskSchedule;
import org.apiguardian.api.API;

/**
 * What environment is wanted.
 *
 * @param spec from {@link TaskDistribution#spec}, for a set that holds the schedule's tasks
 * @param schedule what to play
 * @param slots how many copies, at least 1
 * @param random decides which tasks come and what happens in them, as far as the task leaves that open
 * @param purpose what it is opened for
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record EnvironmentRequest(
        EnvironmentSpec spec, TaskSchedule schedule, int slots, RandomStream random, Purpose purpose) {

    /** What an environment is opened for. Only aids to training, such as clipped rewards, may depend on it. */
    public enum Purpose {
        /** Experience to learn from. */
        TRAINING,
        /** Results, traces and films: the task as it is. */
        MEASURING
    }
}
