package org.adapt4j.api.data;

import org.adapt4j.api.task.Task;
import org.apiguardian.api.API;

/**
 * Keeps recorded episodes in a folder, in a format that others read.
 *
 * <p>An episode that was added is durable when {@link #add} returns: whatever ends the process, a writer that is opened on the same
 * folder later counts it, so that a stopped recording goes on. The format's own files are complete when {@link #close} returns.
 * Implementations ask for their settings, the benchmark, and the folder as {@link java.nio.file.Path}. One writer per folder, used
 * from one thread.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface DataSetWriter extends AutoCloseable {

    /** Number of episodes of a task that are there already. */
    int count(Task task);

    /**
     * Appends an episode to those of its task.
     *
     * @throws IllegalArgumentException if the format cannot hold it; says why, and what to do
     * @throws java.io.UncheckedIOException if it cannot be written; says which file, and what to do
     */
    void add(Demonstration episode);

    /** Finishes the files. A second call does nothing. */
    @Override
    void close();
}
