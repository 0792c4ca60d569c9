package org.adapt4j.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JsonLinesTest {
    @TempDir
    private Path folder = Path.of("");

    private Path file = Path.of("");

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("metrics.jsonl");
    }

    @Test
    void readsBackWhatWasAppended() throws IOException {
        write(3);

        List<ObjectNode> read = JsonLines.read(file);

        assertThat(read).containsExactly(line(0), line(1), line(2));
        assertThat(Files.readAllLines(file)).first().isEqualTo("{\"step\":0,\"name\":\"ä\",\"crc\":\"29f6f3b1\"}");
    }

    @Test
    void cutsATornLastLineAndGoesOn() throws IOException {
        write(3);
        Files.writeString(file, "{\"step\":3,\"na", StandardOpenOption.APPEND);

        try (JsonLines log = JsonLines.open(file, JsonLines.ALL)) {
            log.append(line(9));
            assertThat(log.lines()).isEqualTo(4);
        }

        assertThat(JsonLines.read(file)).containsExactly(line(0), line(1), line(2), line(9));
    }

    @Test
    void acceptsNoTornLineOfAWriterThatCameToItsEnd() throws IOException {
        write(3);
        assertThat(JsonLines.readFinished(file)).hasSize(3);
        Files.writeString(file, "{\"step\":3,\"na", StandardOpenOption.APPEND);

        assertThat(JsonLines.read(file)).hasSize(3);
        assertThatThrownBy(() -> JsonLines.readFinished(file))
                .isInstanceOf(DamagedFileException.class)
                .hasMessageStartingWith(file + ": 4: ");
    }

    @Test
    void cutsWhatTheCheckpointHasNotSeen() throws IOException {
        write(5);
        Files.writeString(file, "rubbish\n", StandardOpenOption.APPEND);

        try (JsonLines log = JsonLines.open(file, 2)) {
            assertThat(log.lines()).isEqualTo(2);
        }

        assertThat(JsonLines.read(file)).containsExactly(line(0), line(1));
    }

    @Test
    void namesFileAndLineOfDamage() throws IOException {
        write(4);
        Files.writeString(file, Files.readString(file).replace("\"step\":2", "\"step\":7"));

        assertThatThrownBy(() -> JsonLines.read(file))
                .isInstanceOf(DamagedFileException.class)
                .hasMessageStartingWith(file + ": 3: this line does not agree with its check sum");
        assertThatThrownBy(() -> JsonLines.open(file, JsonLines.ALL))
                .isInstanceOf(DamagedFileException.class)
                .hasMessageStartingWith(file + ": 3: ");
    }

    @Test
    void noticesLinesThatWereDoubledMovedPutInOrTakenOut() throws IOException {
        write(4);
        List<String> lines = Files.readAllLines(file);
        Map<List<Integer>, Integer> orders = Map.of(
                List.of(0, 1, 1, 2, 3), 3,
                List.of(0, 2, 3), 2,
                List.of(1, 2, 3), 1,
                List.of(0, 2, 1, 3), 2,
                List.of(0, 1, 2, 3, 3), 5,
                List.of(0, 1, 2, 0, 3), 4);

        orders.forEach((order, first) -> {
            String text = order.stream().map(i -> lines.get(i) + "\n").collect(Collectors.joining());
            DurableFiles.replace(file, text.getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> JsonLines.read(file))
                    .as("lines %s", order)
                    .isInstanceOf(DamagedFileException.class)
                    .hasMessageStartingWith(file + ": " + first
                            + ": this line does not agree with its check sum, or with" + " the line before it");
        });
    }

    @Test
    void noticesEveryBitThatChanged() throws IOException {
        write(3);
        byte[] sound = Files.readAllBytes(file);

        for (int bit = 0; bit < 8 * sound.length; bit++) {
            byte[] changed = sound.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            Files.write(file, changed);
            assertThatThrownBy(() -> JsonLines.read(file))
                    .as("bit %d", bit)
                    .isInstanceOf(DamagedFileException.class)
                    .hasMessageStartingWith(file + ": ");
        }
    }

    @Test
    void goesOnFromTheLineBefore() {
        write(2);
        try (JsonLines log = JsonLines.open(file, 1)) {
            log.append(line(7));
        }

        assertThat(JsonLines.readFinished(file)).containsExactly(line(0), line(7));
        assertThat(JsonLines.last(file)).contains(line(7));
    }

    @Test
    void refusesALogShorterThanItsCheckpoint() {
        write(2);

        assertThatThrownBy(() -> JsonLines.open(file, 3))
                .isInstanceOf(DamagedFileException.class)
                .hasMessageContaining("3 lines were written before the checkpoint, but only 2 are left");
    }

    @Test
    void saysThatTheDiskIsFull() {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full));

        try (JsonLines log = JsonLines.open(full, JsonLines.ALL)) {
            assertThatThrownBy(() -> log.append(line(0)))
                    .isInstanceOf(StorageException.class)
                    .hasMessageStartingWith("/dev/full: the disk is full. Free some space and resume the run");
        }
    }

    @Test
    void findsTheLastLineOfALongLog() throws IOException {
        write(3_000);
        Files.writeString(file, "{\"torn", StandardOpenOption.APPEND);

        assertThat(JsonLines.last(file)).contains(line(2_999));
        assertThat(JsonLines.last(folder.resolve("missing.jsonl"))).isEmpty();
    }

    private void write(int count) {
        try (JsonLines log = JsonLines.open(file, 0)) {
            for (int i = 0; i < count; i++) {
                log.append(line(i));
            }
            log.force();
        }
    }

    private static ObjectNode line(int step) {
        return JsonNodeFactory.instance.objectNode().put("step", step).put("name", "ä");
    }
}
