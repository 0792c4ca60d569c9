package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.adapt4j.runtime.run.CellState;
import org.adapt4j.runtime.run.CellStatus;
import org.adapt4j.runtime.run.JsonLines;
import org.adapt4j.runtime.run.PlannedCell;
import org.adapt4j.runtime.run.RunFolder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The study's four methods on C2F-ARM, through the command line: pictures with depth, poses, demonstrations in replays and beliefs. */
@Tag("protocol")
@Tag("native")
@Timeout(600)
final class VoxelReachTest {

    @TempDir
    private Path temporary = Path.of("");

    @Test
    void allMethodsLearnFromWhatTheyAreShown() throws IOException {
        Path experiment = temporary.resolve("voxel-reach.conf");
        try (InputStream conf = VoxelReachTest.class.getResourceAsStream("voxel-reach.conf")) {
            assertThat(conf).isNotNull();
            Files.write(experiment, conf.readAllBytes());
        }
        Path out = temporary.resolve("run");

        assertThat(new Screen().run("run", experiment.toString(), "--out", out.toString()))
                .isZero();

        RunFolder run = RunFolder.open(out);
        assertThat(run.status()).extracting(CellStatus::state).containsOnly(CellState.DONE);
        List<Long> shown = new ArrayList<>();
        for (PlannedCell cell : run.plan().cells()) {
            List<ObjectNode> evaluations = JsonLines.read(run.cell(cell).evaluations());
            long demonstrations = evaluations
                    .get(evaluations.size() - 1)
                    .path("demonstrations")
                    .asLong();
            if (cell.kind().equals("pretrain")) {
                assertThat(demonstrations).isEqualTo(6);
            } else {
                shown.add(demonstrations);
            }
        }
        assertThat(shown).hasSize(8).containsOnly(0L, 1L);
    }
}
