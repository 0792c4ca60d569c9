package org.adapt4j.runtime.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.data.DataSet;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.toolkit.recording.RecordedNumbers;
import org.jspecify.annotations.Nullable;

/**
 * Holds every episode that a data set hands out beside what its benchmark shows and takes, so that whatever plug-in read it, nothing
 * is learned from numbers that cannot be.
 *
 * @param data whose episodes
 * @param benchmark what they are of
 */
record CheckedDataSet(DataSet data, TaskDistribution benchmark) implements DataSet {

    /** The one that an experiment names. */
    static CheckedDataSet of(Components.Component data, Catalogue catalogue, TaskDistribution benchmark) {
        return new CheckedDataSet(
                (DataSet) data.build(catalogue, Map.of(TaskDistribution.class, benchmark)), benchmark);
    }

    @Override
    public String title() {
        return data.title();
    }

    @Override
    public int count(Task task) {
        int count = data.count(task);
        if (count < 0) {
            throw refused(task.name() + " is said to have " + count + " episodes", null);
        }
        return count;
    }

    @Override
    public Demonstration demonstration(Task task, int index) {
        Demonstration episode = data.demonstration(task, index);
        String which = "episode " + index + " of " + task.name() + ": ";
        if (!episode.task().name().equals(task.name())) {
            throw refused(which + "is of " + episode.task().name(), null);
        }
        try {
            RecordedNumbers.check(episode, benchmark.spec(TaskSet.of(task)));
        } catch (IllegalArgumentException e) {
            throw refused(which + e.getMessage(), e);
        }
        return episode;
    }

    private UncheckedIOException refused(String what, @Nullable Exception cause) {
        String message = data.title() + ": " + what + ". Take the episode out, or record it again";
        return new UncheckedIOException(message, new IOException(message, cause));
    }

    @Override
    public Optional<byte[]> policy(Task task) {
        return data.policy(task);
    }
}
