package org.adapt4j.runtime.report.folder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * An append-only log of JSON lines, each guarded by the CRC-32C of its bytes before {@code ,"crc"}.
 *
 * <p>The last line of a log that is still being written may be torn; it is left out. Any other line that does not
 * check is damage, and is named.
 */
final class JsonLines {
    private static final byte[] MARK = ",\"crc\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonLines() {}

    /** A line that is not what was written. */
    static final class Damage extends Exception {
        private static final long serialVersionUID = 1L;

        Damage(String message) {
            super(message);
        }
    }

    /**
     * Reads a log; a file that does not exist is an empty log.
     *
     * @param shownAs how the file is called in a message
     * @param finished whether its writer has ended, so that even the last line must be whole
     */
    static List<JsonNode> read(Path file, String shownAs, boolean finished) throws Damage {
        if (!Files.exists(file)) {
            return List.of();
        }
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new Damage(shownAs + ": cannot be read (" + e.getMessage() + ")");
        }
        List<JsonNode> lines = new ArrayList<>();
        int start = 0;
        for (int number = 1; start < bytes.length; number++) {
            int end = start;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            boolean last = end >= bytes.length - 1;
            boolean torn = end == bytes.length;
            try {
                if (torn) {
                    throw new Damage("the line has no end");
                }
                lines.add(parse(bytes, start, end));
            } catch (Damage damage) {
                if (finished || !last) {
                    throw new Damage(shownAs + ": line " + number + ": " + damage.getMessage());
                }
            }
            start = end + 1;
        }
        return lines;
    }

    private static JsonNode parse(byte[] bytes, int start, int end) throws Damage {
        int mark = end - MARK.length - 10;
        if (mark <= start || !matches(bytes, mark) || bytes[end - 2] != '"' || bytes[end - 1] != '}') {
            throw new Damage("the line does not end with its checksum");
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes, start, mark - start);
        String expected = HexFormat.of().toHexDigits((int) crc.getValue());
        String written = new String(bytes, mark + MARK.length, 8, StandardCharsets.US_ASCII);
        if (!expected.equals(written)) {
            throw new Damage("the checksum is " + written + " but the line gives " + expected);
        }
        try {
            return JSON.readTree(bytes, start, end - start);
        } catch (JsonProcessingException e) {
            throw new Damage("not JSON (" + e.getOriginalMessage() + ")");
        } catch (IOException e) {
            throw new Damage("cannot be read (" + e.getMessage() + ")");
        }
    }

    private static boolean matches(byte[] bytes, int at) {
        for (int i = 0; i < MARK.length; i++) {
            if (bytes[at + i] != MARK[i]) {
                return false;
            }
        }
        return true;
    }
}
