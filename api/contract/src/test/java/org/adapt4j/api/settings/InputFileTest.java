package org.adapt4j.api.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InputFileTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void readsAFileThroughALink() throws IOException {
        Path file = Files.writeString(folder.resolve("a.conf"), "ü\n");
        Path link = Files.createSymbolicLink(folder.resolve("b.conf"), file);

        assertThat(InputFile.text(link, 3)).isEqualTo("ü\n");
        assertThat(InputFile.bytes(file, 3)).hasSize(3);
        assertThat(InputFile.regular(file)).isEqualTo(file);
    }

    @Test
    void saysWhyAFileCannotBeRead() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Files.createSymbolicLink(folder.resolve("lost"), Path.of("nowhere"));
        Files.writeString(folder.resolve("long"), "12345");

        assertThat(refusal("none")).isEqualTo("there is no such file");
        assertThat(refusal("a\uFFFD"))
                .isEqualTo("there is no such file; bytes of its name are not UTF-8, so rename it");
        assertThat(refusal("lost")).isEqualTo("is a link to something that is not there");
        assertThat(refusal("")).isEqualTo("is a folder, and a file is needed there");
        assertThat(refusal("pipe"))
                .isEqualTo("is a pipe, a socket or a device, and a file is needed there; copy the content to one");
        assertThat(refusal("long")).isEqualTo("is too long: at most 4 bytes of such a file are read");
    }

    @Test
    void saysWhichByteIsNoUtf8() {
        byte[] text = "one\ntwo \u00fc\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> InputFile.utf8("a.txt", text))
                .isInstanceOf(InputFile.Refused.class)
                .hasMessage("a.txt: 2: byte 5 of this line, 0xFC, is not UTF-8; save the file as UTF-8");
        assertThatThrownBy(() -> InputFile.utf8("a.txt", new byte[] {'a', (byte) 0xE2, (byte) 0x82}))
                .hasMessage("a.txt: 1: byte 2 of this line, 0xE2, is not UTF-8; save the file as UTF-8");
    }

    @Test
    void readsAStreamOfExactlyTheMost() throws IOException {
        assertThat(InputFile.bytes("entry", new ByteArrayInputStream(new byte[4]), 4))
                .hasSize(4);
    }

    private String refusal(String name) {
        Path file = folder.resolve(name);
        try {
            InputFile.bytes(file, 4);
            return "";
        } catch (InputFile.Refused e) {
            assertThat(e).hasMessage(file + ": " + e.why());
            return e.why();
        }
    }
}
