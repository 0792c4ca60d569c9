package org.adapt4j.runtime.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.adapt4j.api.data.DataSet;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.testkit.toy.ReachBenchmark;
import org.adapt4j.testkit.toy.ReachExpert;
import org.junit.jupiter.api.Test;

/** Any plug-in's data set is held beside its benchmark. */
final class CheckedDataSetTest {

    private final ReachBenchmark benchmark = new ReachBenchmark(new ReachBenchmark.Settings(2, 10));
    private final DataSet honest = new ReachExpert(new ReachExpert.Settings(3), benchmark);
    private final Task task = benchmark.tasks(Split.TRAIN).get(0);

    @Test
    void handsOutWhatFits() {
        CheckedDataSet checked = new CheckedDataSet(honest, benchmark);

        assertThat(checked.count(task)).isEqualTo(3);
        assertThat(checked.demonstration(task, 2).episodeReturn())
                .isEqualTo(honest.demonstration(task, 2).episodeReturn());
        assertThat(checked.title()).isEqualTo("toy reach expert");
    }

    @Test
    void saysWhichEpisodeDoesNotFit() {
        expect(
                with("action", 7.5f),
                "episode 1 of " + task.name() + ": 'action', row 0, column 0 (both from 0) is 7.5, but numbers lie in"
                        + " [-1, 1] here");
        expect(
                episode -> new Demonstration(task, 0, episode.columns(), 0),
                "episode 1 of " + task.name() + ": it has 0 steps, but an episode has at least one");
        expect(
                episode -> new Demonstration(
                        benchmark.tasks(Split.TEST).get(1),
                        episode.steps(),
                        episode.columns(),
                        episode.episodeReturn()),
                "episode 1 of " + task.name() + ": is of "
                        + benchmark.tasks(Split.TEST).get(1).name());
    }

    private UnaryOperator<Demonstration> with(String column, float first) {
        return episode -> {
            ByteBuffer old = Objects.requireNonNull(episode.columns().get(column));
            ByteBuffer changed = ByteBuffer.allocate(old.limit()).order(ByteOrder.nativeOrder());
            changed.put(0, old, 0, old.limit()).putFloat(0, first);
            Map<String, ByteBuffer> columns = new HashMap<>(episode.columns());
            columns.put(column, changed);
            return new Demonstration(task, episode.steps(), columns, episode.episodeReturn());
        };
    }

    private void expect(UnaryOperator<Demonstration> change, String message) {
        CheckedDataSet checked = new CheckedDataSet(new Changed(honest, change), benchmark);

        assertThatThrownBy(() -> checked.demonstration(task, 1))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("toy reach expert: " + message + ". Take the episode out, or record it again");
        assertThatThrownBy(() -> checked.count(new Task("toy", "negative", Map.of())))
                .hasMessageContaining("negative is said to have -1 episodes");
    }

    private record Changed(DataSet honest, UnaryOperator<Demonstration> change) implements DataSet {
        @Override
        public String title() {
            return honest.title();
        }

        @Override
        public int count(Task task) {
            return task.name().equals("negative") ? -1 : honest.count(task);
        }

        @Override
        public Demonstration demonstration(Task task, int index) {
            return change.apply(honest.demonstration(task, index));
        }
    }
}
