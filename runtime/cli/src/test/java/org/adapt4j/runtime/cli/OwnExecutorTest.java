package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.adapt4j.runtime.run.PlannedCell;
import org.adapt4j.runtime.run.RunFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where cells are computed is chosen by the experiment, and is no part of what the run is. */
@Tag("protocol")
@Tag("native")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
final class OwnExecutorTest {
    @TempDir
    private Path temporary = Path.of("");

    private Path experiment = Path.of("");
    private Path run = Path.of("");
    private Path book = Path.of("");

    @BeforeEach
    void writeTheExperiment() throws IOException {
        run = temporary.resolve("run");
        book = temporary.resolve("book");
        experiment = temporary.resolve("toy.conf");
        try (InputStream conf = OwnExecutorTest.class.getResourceAsStream("toy.conf")) {
            assertThat(conf).isNotNull();
            Files.writeString(
                    experiment,
                    new String(conf.readAllBytes())
                            .replace("20000", "200")
                            .replace("run {", "run { executor = handing-on, handing-on { book = " + book + " }, "));
        }
    }

    @Test
    void computesCellsByTheExecutorThatTheExperimentNames() throws IOException {
        Screen screen = new Screen();
        assertThat(screen.run("run", experiment.toString(), "--out", run.toString()))
                .as(screen.err())
                .isZero();

        List<String> cells = RunFolder.open(run).plan().cells().stream()
                .map(PlannedCell::id)
                .map(id -> id + " 1")
                .toList();
        assertThat(Files.readAllLines(book))
                .hasSize(cells.size() + 1)
                .containsAll(cells)
                .endsWith("closed");
        assertThat(run.resolve("experiment.conf")).content().doesNotContain("handing-on", "executor");

        // The same run goes on elsewhere, and where it was begun if nobody says otherwise.
        Screen local = new Screen();
        assertThat(local.run("run", experiment.toString(), "run.executor=local", "--out", run.toString()))
                .as(local.err())
                .isZero();
        assertThat(Files.readAllLines(book)).hasSize(cells.size() + 1);
        Screen back = new Screen();
        assertThat(back.run("resume", run.toString(), "run.executor=handing-on", "run.handing-on.book=" + book))
                .as(back.err())
                .isZero();
        Screen again = new Screen();
        assertThat(again.run("resume", run.toString())).as(again.err()).isZero();
        assertThat(Files.readAllLines(book)).hasSize(cells.size() + 3).endsWith("closed", "closed", "closed");
    }

    @Test
    void refusesWhatCannotBeBeforeAnythingRuns() {
        Screen misspelt = new Screen();
        assertThat(misspelt.run("validate", experiment.toString(), "run.executor=handin-on"))
                .isEqualTo(2);
        assertThat(misspelt.err())
                .contains("command line: run.executor: no executor 'handin-on'; did you mean 'handing-on'?"
                        + " (known: handing-on, jobs, local, spark)");
        Screen wrong = new Screen();
        assertThat(wrong.run("validate", experiment.toString(), "run.handing-on.at-once=0", "run.handing-on.x=1"))
                .isEqualTo(2);
        assertThat(wrong.err())
                .contains(
                        "run.handing-on.x: is not a setting of run.handing-on (known: at-once, book)",
                        "run.handing-on.at-once: must be positive but is 0");
        Screen jobs = new Screen();
        assertThat(jobs.run("run", experiment.toString(), "run.executor=jobs", "--out", run.toString()))
                .isEqualTo(2);
        assertThat(jobs.err()).contains("adapt4j submit FILE.conf --to slurm");
        Screen late = new Screen();
        assertThat(late.run("resume", run.toString(), "run.heap=7")).isEqualTo(2);
        assertThat(late.err()).contains("run.heap: cannot be set any more: a run goes on as it was planned");
    }
}
