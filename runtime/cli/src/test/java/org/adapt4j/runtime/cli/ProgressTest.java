package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.adapt4j.runtime.run.CellFolder;
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
        RunFolder run = RunFolder.create(
                temporary,
                new RunPlan(
                        "a",
                        "",
                        Map.of(),
                        JsonNodeFactory.instance.arrayNode(),
                        JsonNodeFactory.instance.arrayNode(),
                        List.of(slow, fast),
                        "name = a\n"));
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
