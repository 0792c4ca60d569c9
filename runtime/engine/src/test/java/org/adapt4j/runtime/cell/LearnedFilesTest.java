package org.adapt4j.runtime.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.algorithm.Tensor;
import org.adapt4j.api.method.Checkpoint;
import org.adapt4j.runtime.run.DamagedFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LearnedFilesTest {

    private static final Checkpoint LEARNED = new Checkpoint(
            Snapshot.of(Map.of(
                    "policy/a", Tensor.of(List.of(2L, 1L), new float[] {1.5f, -2}),
                    "optimizer/steps", Tensor.of(3.0))),
            Conditioning.none(),
            Map.of("episodes", "2"));

    @TempDir
    Path folder;

    @Test
    void readsBackWhatItWrote() {
        LearnedFiles.write(LEARNED, folder);

        assertThat(LearnedFiles.read(folder, Conditioning.none())).isEqualTo(LEARNED);
    }

    @Test
    void writesTheSafetensorsLayout() throws IOException {
        LearnedFiles.write(LEARNED, folder);

        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("weights.safetensors")))
                .order(ByteOrder.LITTLE_ENDIAN);
        int header = (int) file.getLong(0);
        String text = new String(file.array(), 8, header, StandardCharsets.UTF_8);
        assertThat(header % 8).isZero();
        assertThat(text)
                .startsWith("{\"optimizer/steps\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}")
                .contains("\"policy/a\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[8,16]}");
        assertThat(file.limit()).isEqualTo(8 + header + 16);
        assertThat(file.getFloat(8 + header + 8)).isEqualTo(1.5f);
    }

    @Test
    void noticesEveryBitThatChangedAndSaysWhatToDo() throws IOException {
        LearnedFiles.write(LEARNED, folder);

        for (String name : List.of("weights.safetensors", "facts.json", "cell.txt", "SHA256SUMS")) {
            Path file = folder.resolve(name);
            byte[] sound = Files.readAllBytes(file);
            for (int bit = 0; bit < 8 * sound.length; bit++) {
                byte[] changed = sound.clone();
                changed[bit / 8] ^= (byte) (1 << (bit % 8));
                Files.write(file, changed);
                assertThatThrownBy(() -> LearnedFiles.read(folder, Conditioning.none()))
                        .as("%s: bit %d", name, bit)
                        .isInstanceOf(DamagedFileException.class)
                        .hasMessageStartingWith(folder.toString())
                        .hasMessageContaining("delete the folder " + folder.getParent()
                                + " of the pre-training and resume the run with --retry-failed");
            }
            Files.write(file, sound);
        }
    }

    @Test
    void refusesWhatIsMissing() throws IOException {
        for (String name : List.of("weights.safetensors", "facts.json", "cell.txt", "SHA256SUMS")) {
            LearnedFiles.write(LEARNED, folder);
            Files.delete(folder.resolve(name));

            assertThatThrownBy(() -> LearnedFiles.read(folder, Conditioning.none()))
                    .isInstanceOf(DamagedFileException.class)
                    .hasMessageStartingWith(folder.resolve(name) + ": is missing");
        }
    }

    @Test
    void whatAnotherCellLearnedIsNoticed() throws IOException {
        Path own = Files.createDirectories(folder.resolve("0123/learned"));
        Path other = Files.createDirectories(folder.resolve("4567/learned"));
        LearnedFiles.write(LEARNED, other);
        for (String name : List.of("weights.safetensors", "facts.json", "cell.txt", "SHA256SUMS")) {
            Files.copy(other.resolve(name), own.resolve(name));
        }

        assertThatThrownBy(() -> LearnedFiles.read(own, Conditioning.none()))
                .isInstanceOf(DamagedFileException.class)
                .hasMessageStartingWith(
                        own + ": what is in it was learned by the cell 4567, not by 0123. To go on, delete");
    }

    @Test
    void takesNothingForNothingLearned() {
        assertThatThrownBy(() -> LearnedFiles.write(Checkpoint.nothing(), folder))
                .hasMessageStartingWith("the learner returned no weights");
    }
}
