package org.adapt4j.api.benchmark;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.apiguardian.api.API;

/**
 * A benchmark: a family of tasks, some to learn from and some held out, with environments to play them.
 *
 * <p>Behaviour of a task never changes under the same name. Calls may come from several threads.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface TaskDistribution {

    /** One line for results: game, mode and whatever else tells results apart, such as {@code procgen coinrun easy}. */
    String title();

    /** Which implementation plays the tasks, such as {@code coinrun-java}; named in every result. */
    String backEnd();

    /** The tasks of a split; always the same, in the same order. */
    TaskSet tasks(Split split);

    /** The task of a name, whether or not it belongs to a split; empty if there can be no such task. */
    Optional<Task> task(String name);

    /** What the given tasks have in common; actions are padded only if the tasks differ in them. */
    EnvironmentSpec spec(TaskSet tasks);

    /**
     * Opens an environment. The caller closes it.
     *
     * @throws UnplayableTaskException if this machine lacks something that a task needs
     */
    VectorEnvironment open(EnvironmentRequest request);

    /** A return on the scale 0 (a trivial policy) to 1 (a good one), not clipped; constants belong to the benchmark. */
    double normalise(Task task, double episodeReturn);

    /** Whether an episode of this return solved the task. */
    boolean solved(Task task, double episodeReturn);

    /**
     * What the observation tells of the task: those components that are the same in every observation of every episode of it, and differ
     * between tasks. Lets a method see a state as if another task had been set. Empty where the task must be found out.
     *
     * @return by name, one value of the component's space each, native byte order; not to be changed
     */
    default Map<String, ByteBuffer> taskObservation(Task task) {
        return Map.of();
    }

    /** The name of a task that somebody may have meant who wrote the name of none. */
    default Optional<String> nearestName(String name) {
        return Optional.empty();
    }

    /** What others have measured by learning these very tasks, under settings that results can be compared by; empty if nothing is known. */
    default List<PublishedReturns> published() {
        return List.of();
    }

    /** What this machine has and lacks for the benchmark's tasks, for people; looks at files and libraries, opens no environment. */
    default List<Finding> inspect() {
        return List.of();
    }
}
