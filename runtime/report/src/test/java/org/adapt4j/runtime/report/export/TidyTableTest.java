package org.adapt4j.runtime.report.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.adapt4j.runtime.report.SyntheticRun;
import org.adapt4j.runtime.report.folder.Cell;
import org.adapt4j.runtime.report.folder.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TidyTableTest {
    @TempDir
    private Path folder;

    @Test
    void holdsARowForEachEpisode() {
        RunFolder run = RunFolder.read(SyntheticRun.small(folder).root());
        int episodes = run.cells().stream()
                .filter(Cell::isDone)
                .flatMap(cell -> cell.evaluations().stream())
                .mapToInt(Cell.Evaluation::episodes)
                .sum();

        TidyTable table = TidyTable.of(run);
        List<String> lines = table.csv().lines().toList();

        assertThat(lines).hasSize(1 + episodes);
        assertThat(lines.get(0))
                .startsWith("cell,kind,method,preset,seed,axis.")
                .endsWith(",normalised,action_loss");
        assertThat(table.json()).hasSize(episodes);
        assertThat(table.json().get(0).properties()).hasSameSizeAs(table.columns());
    }
}
