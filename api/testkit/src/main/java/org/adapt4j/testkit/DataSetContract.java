package org.adapt4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.data.DataSet;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.toolkit.recording.RecordedNumbers;
import org.junit.jupiter.api.Test;

/**
 * What every data set owes the methods that learn from it. Extend it, and name a data set with at least one episode, and its benchmark.
 * At most three episodes of each task are looked at.
 */
public abstract class DataSetContract {

    private static final int LOOKED_AT = 3;

    /** A data set under test; each call makes one of its own. */
    protected abstract DataSet dataSet() throws IOException;

    /** What its episodes are of. */
    protected abstract TaskDistribution benchmark();

    @Test
    void saysWhatItIs() throws IOException {
        assertThat(dataSet().title()).isNotBlank().doesNotContain("\n");
    }

    @Test
    void hasEpisodes() throws IOException {
        DataSet data = dataSet();

        assertThat(tasks()).as("a task with episodes").anyMatch(task -> data.count(task) > 0);
        assertThat(tasks())
                .allSatisfy(task -> assertThat(data.count(task))
                        .as("episodes of %s", task.name())
                        .isNotNegative());
    }

    @Test
    void knowsNothingOfTasksThatAreNotItsBenchmarks() throws IOException {
        assertThat(dataSet().count(new Task("no-such-benchmark", "no/such/task", Map.of())))
                .isZero();
    }

    @Test
    void everyEpisodeFitsItsBenchmark() throws IOException {
        DataSet data = dataSet();

        for (Task task : tasks()) {
            for (int index = 0; index < lookedAt(data, task); index++) {
                Demonstration episode = data.demonstration(task, index);

                String which = "episode " + index + " of " + task.name();
                assertThat(episode.task().name()).as("%s: its task", which).isEqualTo(task.name());
                assertThatCode(() -> RecordedNumbers.check(episode, benchmark().spec(TaskSet.of(task))))
                        .as(which)
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void theSameIndexGivesTheSameEpisode() throws IOException {
        DataSet data = dataSet();
        DataSet another = dataSet();

        for (Task task : tasks()) {
            List<Demonstration> first = episodes(data, task);

            assertSame(first, episodes(data, task), "asked again");
            assertSame(first, episodes(another, task), "asked of another data set with the same settings");
        }
    }

    @Test
    void refusesIndexesWithoutAnEpisode() throws IOException {
        DataSet data = dataSet();

        for (Task task : tasks()) {
            for (int index : new int[] {-1, data.count(task)}) {
                assertThatThrownBy(() -> data.demonstration(task, index))
                        .as("episode %s of %s, which has %s", index, task.name(), data.count(task))
                        .isInstanceOf(IndexOutOfBoundsException.class);
            }
        }
    }

    @Test
    void givesTheSameToSeveralThreads() throws IOException, InterruptedException, ExecutionException {
        DataSet data = dataSet();
        Map<Task, List<Demonstration>> alone = all(dataSet());
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Map<Task, List<Demonstration>>> one = () -> all(data);

            for (Future<Map<Task, List<Demonstration>>> asked : threads.invokeAll(List.of(one, one, one, one))) {
                Map<Task, List<Demonstration>> got = asked.get();
                alone.forEach((task, episodes) ->
                        assertSame(episodes, got.getOrDefault(task, List.of()), "asked by several threads"));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Task> tasks() {
        Map<String, Task> tasks = new TreeMap<>();
        for (Split split : Split.values()) {
            benchmark().tasks(split).tasks().forEach(task -> tasks.putIfAbsent(task.name(), task));
        }
        return List.copyOf(tasks.values());
    }

    private Map<Task, List<Demonstration>> all(DataSet data) {
        Map<Task, List<Demonstration>> all =
                new TreeMap<>((one, other) -> one.name().compareTo(other.name()));
        tasks().forEach(task -> all.put(task, episodes(data, task)));
        return all;
    }

    private static int lookedAt(DataSet data, Task task) {
        return Math.min(LOOKED_AT, data.count(task));
    }

    private static List<Demonstration> episodes(DataSet data, Task task) {
        List<Demonstration> episodes = new ArrayList<>();
        for (int index = 0; index < lookedAt(data, task); index++) {
            episodes.add(data.demonstration(task, index));
        }
        return episodes;
    }

    private void assertSame(List<Demonstration> first, List<Demonstration> again, String when) {
        assertThat(again).as("number of episodes, %s", when).hasSameSizeAs(first);
        for (int index = 0; index < first.size(); index++) {
            Demonstration one = first.get(index);
            Demonstration other = again.get(index);
            String which = "episode " + index + " of " + one.task().name() + ", " + when;
            Set<String> names = new TreeSet<>(one.columns().keySet());
            assertThat(new TreeSet<>(other.columns().keySet()))
                    .as("columns of %s", which)
                    .isEqualTo(names);
            assertThat(other.steps()).as("steps of %s", which).isEqualTo(one.steps());
            for (String name : names) {
                ByteBuffer wanted = whole(one, name);
                ByteBuffer got = whole(other, name);
                int at = wanted.mismatch(got);
                if (at >= 0) {
                    int rows = one.steps() + (rowsBeyondSteps(name) ? 1 : 0);
                    int width = Math.max(1, wanted.limit() / rows);
                    throw new AssertionError("column '" + name + "' of " + which + ": row " + at / width
                            + " (from 0) is the first that differs, from byte " + at % width + " of its " + width + ": "
                            + value(got, at) + " instead of " + value(wanted, at) + ".\n" + Same.OTHER_CHANCE + ".");
                }
            }
        }
    }

    /** Observations have a row more than there are steps. */
    private boolean rowsBeyondSteps(String column) {
        return benchmark().spec(TaskSet.of(tasks().get(0))).observation().stream()
                .anyMatch(component -> component.name().equals(column));
    }

    /** The byte there, and the number of single precision that it belongs to, which most columns hold. */
    private static String value(ByteBuffer column, int at) {
        int start = at / Float.BYTES * Float.BYTES;
        String value = at < column.limit() ? "byte " + (column.get(at) & 0xFF) : "no byte";
        return start + Float.BYTES <= column.limit()
                ? value + " (as a float "
                        + column.order(ByteOrder.nativeOrder()).getFloat(start) + ")"
                : value;
    }

    private static ByteBuffer whole(Demonstration episode, String name) {
        ByteBuffer column = episode.columns().get(name);
        return column == null ? ByteBuffer.allocate(0) : column.duplicate().rewind();
    }
}
