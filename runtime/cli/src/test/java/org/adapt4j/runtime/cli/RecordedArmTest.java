package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.adapt4j.api.data.DataSet;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.task.Task;
import org.adapt4j.runtime.experiment.Experiment;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plays of RLBench's expert, with pictures, written for Minari and read again. */
@Tag("protocol")
@Tag("native")
@Timeout(240)
final class RecordedArmTest {

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"joint-position", "ee-pose-planning"})
    void isReadAsItWasPlayedAndTakesLittleRoom(String arm) throws IOException {
        String benchmark = "benchmark { name = rlbench, tasks = [reach_target], action.arm = " + arm
                + ", cameras { front { size = [64, 64], rgb = true, depth = true } } }\n";
        Path played = Files.writeString(
                folder.resolve("played.conf"), benchmark + "data-set { name = rlbench-expert, episodes = 2 }\n");
        Path kept = folder.resolve("kept");
        Screen screen = new Screen();

        int status = screen.run(
                "record",
                played.toString(),
                "deflate=6",
                "split=false",
                "--format",
                "minari",
                "--out",
                kept.toString());

        assertThat(status).as(screen.err()).isZero();
        Path recorded = Files.writeString(
                folder.resolve("recorded.conf"), benchmark + "data-set { name = minari, root = \"" + kept + "\" }\n");
        Experiment.Recorded before = Engine.open(Optional.empty()).dataSet(played);
        DataSet after = Engine.open(Optional.empty()).dataSet(recorded).data();
        Task task = before.benchmark().task("rlbench/reach_target").orElseThrow();
        assertThat(after.count(task)).isEqualTo(2);
        long numbers = 0;
        for (int i = 0; i < 2; i++) {
            Demonstration shown = before.data().demonstration(task, i);
            assertThat(after.demonstration(task, i)).isEqualTo(shown);
            numbers += shown.columns().values().stream()
                    .mapToLong(column -> column.limit())
                    .sum();
        }
        Path file = kept.resolve("rlbench/rlbench/reach_target-v0/data/main_data.hdf5");
        assertThat(Files.size(file)).isLessThan(numbers / 4);
    }
}
