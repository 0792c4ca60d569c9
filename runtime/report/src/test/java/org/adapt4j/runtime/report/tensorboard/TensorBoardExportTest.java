package org.adapt4j.runtime.report.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.adapt4j.runtime.report.SyntheticRun;
import org.adapt4j.runtime.report.SyntheticRun.Size;
import org.adapt4j.runtime.report.folder.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TensorBoardExportTest {
    @TempDir
    private Path temporary;

    /** Number of records, by their lengths alone. */
    private static int records(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int count = 0;
        for (; in.hasRemaining(); count++) {
            in.position(in.position() + 16 + (int) in.getLong(in.position()));
        }
        return count;
    }

    @Test
    void everyCellThatLoggedGetsAFile() {
        SyntheticRun run = SyntheticRun.of(temporary.resolve("run"), new Size(List.of("paper"), List.of(100), 1, 1, 3));

        Map<String, byte[]> files = TensorBoardExport.of(RunFolder.read(run.root()));

        assertThat(files).hasSize(7);
        assertThat(files.keySet())
                .allMatch(
                        name -> name.matches(
                                "(pretrain|adapt)/[a-z0-9/-]+-paper-100(-coinrun/10000)?-seed0/events\\.out\\.tfevents\\.1795226400\\.adapt4j\\.[0-9a-f]{16}"));
        assertThat(files.values())
                .allSatisfy(bytes -> assertThat(records(bytes)).isGreaterThan(40));
    }
}
