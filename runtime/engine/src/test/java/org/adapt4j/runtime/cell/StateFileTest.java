package org.adapt4j.runtime.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StateFileTest {

    @TempDir
    Path folder;

    @Test
    void isEmptyBeforeTheFirstCheckpoint() {
        assertThat(new StateFile(folder.resolve("checkpoint")).read()).isEmpty();
    }

    @Test
    void readsTheNewestState() {
        StateFile file = new StateFile(folder);
        file.write(new byte[] {1});
        file.write(new byte[] {2, 3});

        assertThat(new StateFile(folder).read()).hasValue(new byte[] {2, 3});
    }

    @Test
    void fallsBackToTheStateBeforeADamagedOne() throws IOException {
        StateFile file = new StateFile(folder);
        file.write(new byte[] {1});
        file.write(new byte[] {2, 3});
        flipLastByte(folder.resolve("state.bin"));

        assertThat(file.read()).hasValue(new byte[] {1});
    }

    @Test
    void keepsTheSoundStateUntilTheNextIsWhole() throws IOException {
        StateFile file = new StateFile(folder);
        file.write(new byte[] {1});
        file.write(new byte[] {2, 3});
        flipLastByte(folder.resolve("state.bin"));
        file.read();
        file.write(new byte[] {4});

        // What a kill in the middle of that write would have left.
        Files.delete(folder.resolve("state.bin"));

        assertThat(file.read()).hasValue(new byte[] {1});
    }

    @Test
    void fallsBackToTheStateBeforeATornOne() throws IOException {
        StateFile file = new StateFile(folder);
        file.write(new byte[] {1});
        file.write(new byte[] {2, 3});
        Path newest = folder.resolve("state.bin");
        byte[] bytes = Files.readAllBytes(newest);
        Files.write(newest, Arrays.copyOf(bytes, bytes.length - 1));

        assertThat(file.read()).hasValue(new byte[] {1});
    }

    @Test
    void fallsBackWhenAKillCameBetweenTheTwoMoves() throws IOException {
        StateFile file = new StateFile(folder);
        file.write(new byte[] {1});
        Files.move(folder.resolve("state.bin"), folder.resolve("state.previous.bin"));

        assertThat(file.read()).hasValue(new byte[] {1});
    }

    @Test
    void saysWhatToDoWhenAllStatesAreDamaged() throws IOException {
        StateFile file = new StateFile(folder);
        file.write(new byte[] {1});
        flipLastByte(folder.resolve("state.bin"));

        assertThatThrownBy(file::read)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("state.bin is damaged: its checksum does not fit")
                .hasMessageContaining("Delete the folder");
    }

    @Test
    void noticesEveryBitThatChanged() throws IOException {
        new StateFile(folder).write(new byte[] {4, 5, 6});
        Path newest = folder.resolve("state.bin");
        byte[] sound = Files.readAllBytes(newest);

        for (int bit = 0; bit < 8 * sound.length; bit++) {
            byte[] changed = sound.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            Files.write(newest, changed);
            assertThatThrownBy(() -> new StateFile(folder).read())
                    .as("bit %d", bit)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("state.bin is damaged");
        }
    }

    @Test
    void aStateOfAnotherCellIsNone() throws IOException {
        StateFile own = new StateFile(Files.createDirectories(folder.resolve("0123/checkpoint")));
        StateFile other = new StateFile(Files.createDirectories(folder.resolve("4567/checkpoint")));
        own.write(new byte[] {1});
        own.write(new byte[] {2});
        other.write(new byte[] {3});

        Files.copy(
                other.folder().resolve("state.bin"),
                own.folder().resolve("state.bin"),
                StandardCopyOption.REPLACE_EXISTING);
        assertThat(own.read()).as("the one before it").hasValue(new byte[] {1});

        Files.copy(other.folder().resolve("state.bin"), own.folder().resolve("state.bin"));
        Files.delete(own.folder().resolve("state.previous.bin"));
        assertThatThrownBy(own::read)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("state.bin is of the cell 4567, not of 0123")
                .hasMessageContaining("Delete the folder");
    }

    private static void flipLastByte(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
    }
}
