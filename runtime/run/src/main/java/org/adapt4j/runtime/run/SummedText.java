package org.adapt4j.runtime.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The text of a small file that vouches for itself: its first line is the SHA-256 of all that follows. */
public final class SummedText {

    private SummedText() {}

    /** The content of a file with this text. */
    public static String content(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8)) + "\n" + text;
    }

    /** The text of a file; empty if it is not what was written, bytes that are no UTF-8 included. */
    public static Optional<String> read(Path file) throws IOException {
        String content = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        String text = content.substring(content.indexOf('\n') + 1);
        return content.equals(content(text)) ? Optional.of(text) : Optional.empty();
    }
}
