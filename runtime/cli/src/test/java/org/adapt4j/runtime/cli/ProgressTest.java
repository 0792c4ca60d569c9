package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.CellState;
import org.adapt4j.runtime.run.CellStatus;
import org.adapt4j.runtime.run.JsonLines;
import org.adapt4j.runtime.run.PlannedCell;
import org.adapt4j.runtime.run.RunFolder;
import org.adapt4j.runtime.run.RunPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProgressTest {
    @TempDir
    private Path temporary = Path.of("");

    private final Screen screen = new Screen();
    private final AtomicLong now = new AtomicLong();

    @Test
    void saysForWhatACellKeepsWhoPressedCtrlCWaiting() {
        PlannedCell slow = cell(0);
        PlannedCell fast = cell(1);
        RunFolder run = run(List.of(slow, fast));
        updates(run, slow, 10);
        try (Progress progress = new Progress(screen.console(), run, Map.of(), now::get)) {
            progress.started(slow);
            progress.started(fast);
            now.addAndGet(80_000_000_000L);
            updates(run, slow, 12);
            updates(run, fast, 400);

            progress.stopping();
        }

        assertThat(screen.err())
                .contains("stopping: the cells write a checkpoint and end. Once more stops them now")
                .contains("pretrain reptile paper seed 0 first ends the update that it is at; its updates take about 40"
                        + " s")
                .doesNotContain("seed 1 first ends");
    }

    private RunFolder run(List<PlannedCell> cells) {
        return RunFolder.create(
                temporary,
                new RunPlan(
                        "a",
                        "",
                        Map.of(),
                        JsonNodeFactory.instance.arrayNode(),
                        JsonNodeFactory.instance.arrayNode(),
                        cells,
                        "name = a\n"));
    }

    @Test
    void tellsAFailureThatManyCellsShareOnceWithAdvice() {
        List<PlannedCell> cells = List.of(cell(0), cell(1), cell(2), cell(3));
        RunFolder run = run(cells);
        AtomicLong stopped = new AtomicLong();
        try (Progress progress = new Progress(screen.console(), run, Map.of(), now::get)) {
            progress.stopOnFailure(stopped::incrementAndGet);

            for (PlannedCell cell : cells) {
                progress.ended(new CellStatus(cell, CellState.FAILED, "the disk is on fire", false));
            }
            progress.ended(new CellStatus(cells.get(0), CellState.FAILED, "something else", false));
        }

        assertThat(screen.err().lines().filter(line -> line.contains("the disk is on fire")))
                .singleElement()
                .asString()
                .contains("seed 0");
        assertThat(screen.err())
                .containsPattern("seed 1 .*: as pretrain reptile paper seed 0\n")
                .containsPattern("seed 3 .*: as pretrain reptile paper seed 0\n")
                .containsOnlyOnce("resume with --retry-failed")
                .contains(": something else\n");
        assertThat(stopped).hasValue(1);
    }

    @Test
    void onATerminalEachRunningCellHasALine() {
        PlannedCell first = cell(0);
        PlannedCell second = cell(1);
        RunFolder run = run(List.of(first, second, cell(2)));
        run.cell(first).enter(CellState.INTERRUPTED, null);
        trained(run, first, 500, 1.5);
        Screen terminal = new Screen(true);
        Map<String, Long> expected = Map.of(first.id(), 2000L, second.id(), 2000L, cell(2).id(), 1000L);
        try (Progress progress = new Progress(terminal.console(), run, expected, now::get)) {
            progress.started(first);
            progress.started(second);
            assertThat(progress.text()).isEqualTo("""
                              pretrain reptile paper seed 0: 500 of 2.0 k steps, return 1.500
                              pretrain reptile paper seed 1: begins
                            0/3 cells, 2 running
                            """);
            now.addAndGet(10_000_000_000L);
            trained(run, first, 1000, 7.25);

            assertThat(progress.text()).isEqualTo("""
                              pretrain reptile paper seed 0: 1.0 k of 2.0 k steps, return 7.250, 50 steps/s, 20 s left
                              pretrain reptile paper seed 1: begins
                            0/3 cells, 2 running, 50 steps/s, 80 s left
                            """);
            progress.ended(new CellStatus(first, CellState.DONE, "", false));
            assertThat(progress.text()).contains("1/3 cells, 1 running").doesNotContain("seed 0");
        }
    }

    private static void trained(RunFolder run, PlannedCell cell, long steps, double episodeReturn) {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("environment-steps", steps);
        line.putObject("values").put("episode-return", episodeReturn);
        try (JsonLines metrics = JsonLines.open(run.cell(cell).metrics(), JsonLines.ALL)) {
            metrics.append(line);
        }
    }

    private static void updates(RunFolder run, PlannedCell cell, int updates) {
        try (JsonLines metrics = JsonLines.open(run.cell(cell).metrics(), JsonLines.ALL)) {
            metrics.append(JsonNodeFactory.instance.objectNode().put("updates", updates));
        }
    }

    private static PlannedCell cell(long seed) {
        String resolved = "seed = " + seed + "\n";
        return new PlannedCell(
                CellFolder.idOf(resolved),
                "pretrain",
                "reptile",
                "paper",
                Map.of(),
                seed,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                resolved);
    }
}
