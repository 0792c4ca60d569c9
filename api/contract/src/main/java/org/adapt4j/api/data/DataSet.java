package org.adapt4j.api.data;

import java.util.Optional;
import org.adapt4j.api.task.Task;
import org.apiguardian.api.API;

/**
 * Episodes of experts on tasks of a benchmark: what a method can ask for as demonstrations, and what is held back to measure it by.
 * Recorded, or played by an expert at the moment it is asked, from a seed that the index decides.
 *
 * <p>The same index always gives the same episode. Calls may come from several threads. Whatever is handed out is held beside the
 * benchmark's specification, number by number, before anything is learned from it; a reader that narrows numbers must check them before,
 * and can name the file.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface DataSet {

    /** One line for results: what it is, and what tells versions apart. */
    String title();

    /** Number of episodes on a task; 0 if it has none. */
    int count(Task task);

    /**
     * An episode.
     *
     * @param index from 0 to {@code count(task) - 1}
     * @throws IndexOutOfBoundsException if there is no such episode
     * @throws java.io.UncheckedIOException if it cannot be read; says which file, and what to do
     */
    Demonstration demonstration(Task task, int index);

    /**
     * Weights of the policy that shows a task, where they were kept.
     *
     * @return a file of safetensors, names and shapes as in a snapshot of the algorithm that learned them
     * @throws java.io.UncheckedIOException if it cannot be read; says which file, and what to do
     */
    default Optional<byte[]> policy(Task task) {
        return Optional.empty();
    }
}
