package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.CellState;
import org.adapt4j.runtime.run.Failure;
import org.adapt4j.runtime.run.PlannedCell;
import org.adapt4j.runtime.run.RunFolder;
import org.adapt4j.runtime.run.RunPlan;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogsTest {
    @TempDir
    private Path temporary = Path.of("");

    private final Screen screen = new Screen();
    private CellFolder cell = CellFolder.at(Path.of(""));

    @BeforeEach
    void planACell() {
        String resolved = "seed = 0\n";
        PlannedCell planned = new PlannedCell(
                CellFolder.idOf(resolved),
                "pretrain",
                "reptile",
                "paper",
                Map.of(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                resolved);
        RunFolder run = RunFolder.create(
                temporary.resolve("run"),
                new RunPlan(
                        "a",
                        "",
                        Map.of(),
                        JsonNodeFactory.instance.arrayNode(),
                        JsonNodeFactory.instance.arrayNode(),
                        List.of(planned),
                        "name = a\n"));
        cell = run.cell(planned);
    }

    @Test
    void printsTheLogOfACell() throws IOException {
        Files.writeString(cell.log(), "first\nsecond \u001b[2J\nthird\n");

        assertThat(screen.run("logs", cell.path().toString(), "--lines", "2")).isZero();

        assertThat(screen.out()).isEqualTo("second \\u001b[2J\nthird\n");
    }

    @Test
    void findsACellByTheFirstDigitsOfItsName() throws IOException {
        Files.writeString(cell.log(), "first\n");
        String begins = cell.path().toString();

        assertThat(screen.run("logs", begins.substring(0, begins.length() - 9))).isZero();
        assertThat(screen.out()).isEqualTo("first\n");
        assertThat(screen.run("logs", begins.substring(0, begins.length() - 16) + "x"))
                .isEqualTo(Exit.USAGE);
        assertThat(screen.run("logs", "no/such/folder")).isEqualTo(Exit.USAGE);
        assertThat(screen.err()).contains("is no folder of a cell, such as RUN/cells/0123456789abcdef");
    }

    @Test
    void saysWhereThereIsNoLogYet() {
        assertThat(screen.run("logs", cell.path().toString())).isEqualTo(Exit.USAGE);
        assertThat(screen.err()).contains("no process has worked on this cell yet");
    }

    @Test
    void followsUntilTheCellIsOver() throws Exception {
        cell.enter(CellState.RUNNING, null);
        Files.writeString(cell.log(), "first\nsec");
        CompletableFuture<Integer> following = CompletableFuture.supplyAsync(
                () -> screen.run("logs", cell.path().toString(), "--follow", "--every", "5"));
        await("first\n");

        Files.writeString(cell.log(), "ond\nthird\n", StandardOpenOption.APPEND);
        await("first\nsecond\nthird\n");
        assertThat(following).isNotDone();
        cell.fail(new Failure(Failure.Kind.EXCEPTION, "made of cheese"));

        assertThat(following.get(10, TimeUnit.MINUTES)).isZero();
        assertThat(screen.out()).isEqualTo("first\nsecond\nthird\n");
    }

    private void await(String text) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
        while (!screen.out().equals(text) && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        assertThat(screen.out()).isEqualTo(text);
    }
}
