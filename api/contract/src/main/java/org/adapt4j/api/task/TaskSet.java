package org.adapt4j.api.task;

import java.util.List;
import java.util.random.RandomGenerator;
import org.apiguardian.api.API;

/**
 * Tasks in a fixed order; the position of a task is the index that environments write into their task column.
 *
 * @param tasks at least one task. The list is kept, not copied, so that a benchmark with millions of tasks can pass a
 *     list that makes them on demand; it must never change
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record TaskSet(List<Task> tasks) {

    /** Checks that there is a task. */
    public TaskSet {
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("tasks: needs at least one task");
        }
    }

    /** A set of the given tasks. */
    public static TaskSet of(Task... tasks) {
        return new TaskSet(List.of(tasks));
    }

    /** Number of tasks. */
    public int size() {
        return tasks.size();
    }

    /** The task at an index. */
    public Task get(int index) {
        return tasks.get(index);
    }

    /** Draws a task, each equally likely. */
    public Task sample(RandomGenerator random) {
        return tasks.get(random.nextInt(tasks.size()));
    }

    /** The first {@code count} tasks, or all if there are fewer. */
    public TaskSet first(int count) {
        return count >= tasks.size() ? this : new TaskSet(tasks.subList(0, count));
    }
}
