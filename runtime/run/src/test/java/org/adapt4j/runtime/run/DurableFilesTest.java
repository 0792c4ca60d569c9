package org.adapt4j.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DurableFilesTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void replacesAFileAndLeavesNothingElse() throws IOException {
        Path file = folder.resolve("deep/er/result.json");
        DurableFiles.write(file, "one");

        DurableFiles.write(file, "two");

        assertThat(Files.readString(file)).isEqualTo("two");
        assertThat(DurableFiles.folderOf(file)).isDirectoryNotContaining(p -> !p.equals(file));
    }

    @Test
    void keepsTheFormerFileWhenTheDiskFillsUpMidway() throws IOException {
        Path file = folder.resolve("result.json");
        DurableFiles.write(file, "whole");

        assertThatThrownBy(() -> DurableFiles.write(file, out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(StorageException.class)
                .hasMessage(file
                        + ": the disk is full. Free some space and resume the run: nothing that was finished is lost");
        assertThat(Files.readString(file)).isEqualTo("whole");
        assertThat(folder).isDirectoryNotContaining(p -> !p.equals(file));
    }

    @Test
    void doesNotFollowALinkOfTheTemporaryName() throws IOException {
        Path elsewhere = Files.writeString(folder.resolve("mine"), "mine");
        Path file = folder.resolve("state.bin");
        Files.createSymbolicLink(folder.resolve("state.bin.part"), elsewhere);

        DurableFiles.write(file, "state");

        assertThat(Files.readString(file)).isEqualTo("state");
        assertThat(file).isRegularFile();
        assertThat(Files.readString(elsewhere)).isEqualTo("mine");
    }

    @Test
    void saysWhichFolderCannotBeWrittenTo() {
        Path file = folder.resolve("cells/ab/result.json");

        StorageException denied = StorageException.of(file, new AccessDeniedException(file.toString()));
        StorageException mounted =
                StorageException.of(file, new FileSystemException(file.toString(), null, "Read-only file system"));

        assertThat(denied.kind()).isEqualTo(StorageException.Kind.READ_ONLY);
        assertThat(denied)
                .hasMessage(folder
                        + ": this folder cannot be written to (needed for result.json). Make it writable, or"
                        + " choose another with --out");
        assertThat(mounted.kind()).isEqualTo(StorageException.Kind.READ_ONLY);
    }

    @Test
    void saysWhatIsInTheWay() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> DurableFiles.write(file.resolve("in/it"), "text"))
                .hasMessage(file + ": is a file, and a folder is needed there. Choose another");
        assertThatThrownBy(() -> DurableFiles.write(Files.createDirectory(folder.resolve("folder")), "text"))
                .hasMessage(folder.resolve("folder") + ": is a folder, and a file is needed there. Choose another");
    }
}
