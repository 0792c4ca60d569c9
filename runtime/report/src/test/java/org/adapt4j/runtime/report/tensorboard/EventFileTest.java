package org.adapt4j.runtime.report.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.adapt4j.runtime.report.SyntheticRun;
import org.adapt4j.runtime.report.SyntheticRun.Size;
import org.adapt4j.runtime.report.folder.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventFileTest {
    @TempDir
    private Path temporary;

    /** Payloads, each checked against both of its checksums. */
    private static List<byte[]> records(byte[] file) {
        List<byte[]> payloads = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            byte[] length = new byte[8];
            in.get(length);
            assertThat(in.getInt()).isEqualTo(EventFile.masked(length));
            byte[] payload = new byte
                    [(int) ByteBuffer.wrap(length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong()];
            in.get(payload);
            assertThat(in.getInt()).isEqualTo(EventFile.masked(payload));
            payloads.add(payload);
        }
        return payloads;
    }

    @Test
    void writesTheBytesOfTheFormat() {
        EventFile file = new EventFile(1.5);
        file.scalar(2.5, 300, "loss", 0.25);

        List<byte[]> records = records(file.toBytes());

        ByteBuffer first = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        first.put((byte) 0x09).putDouble(1.5).put((byte) 0x1a).put((byte) 13);
        first.put("brain.Event:2".getBytes(StandardCharsets.UTF_8));
        assertThat(records.get(0)).isEqualTo(first.array());
        ByteBuffer second = ByteBuffer.allocate(27).order(ByteOrder.LITTLE_ENDIAN);
        second.put((byte) 0x09).putDouble(2.5);
        second.put((byte) 0x10).put((byte) 0xac).put((byte) 0x02);
        second.put((byte) 0x2a).put((byte) 13).put((byte) 0x0a).put((byte) 11);
        second.put((byte) 0x0a).put((byte) 4).put("loss".getBytes(StandardCharsets.UTF_8));
        second.put((byte) 0x15).putFloat(0.25f);
        assertThat(records.get(1)).isEqualTo(Arrays.copyOf(second.array(), second.position()));
    }

    @Test
    void masksTheChecksumOfTheStandardExample() {
        // CRC-32C of "123456789" is e3069283; turned right by 15 and shifted by a282ead8.
        int expected = Integer.rotateRight(0xe3069283, 15) + 0xa282ead8;

        assertThat(EventFile.masked("123456789".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(expected);
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
                .allSatisfy(bytes -> assertThat(records(bytes)).hasSizeGreaterThan(40));
    }
}
