package org.adapt4j.runtime.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * An append-only log of JSON objects, one a line, each closed by a check sum, so that a log survives whatever kills its writer.
 *
 * <p>A line ends with the field {@code "crc"}: eight lower-case hexadecimal digits, the CRC-32C of the digits of the line before it
 * (eight zeros for the first) and of its own bytes before {@code ,"crc"}. So a line that was changed, doubled, moved, put in or taken out
 * does not agree with its check sum or leaves the next one that does not; only lines missing at the end leave no trace in the log
 * itself, and whoever needs to know keeps their number, or the sum of the file. A last line without its line feed was torn by the end of
 * its writer: readers skip it, {@link #open} cuts it. Any other line that does not agree is damage and named with file and line. One writer
 * at a time, used from one thread.
 */
public final class JsonLines implements AutoCloseable {
    /** Keeps every line there is. */
    public static final long ALL = Long.MAX_VALUE;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] FIELD = ",\"crc\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGITS = 8;
    /** Bytes of {@code ,"crc":"01234567"}} at the end of each line. */
    private static final int SUFFIX = FIELD.length + DIGITS + 2;
    /** What stands for the check sum of the line before the first. */
    private static final String START = "0".repeat(DIGITS);

    private final Path file;
    private final FileChannel channel;
    private long lines;
    private long end;
    private String last;

    private JsonLines(Path file, FileChannel channel, Kept kept) {
        this.file = file;
        this.channel = channel;
        lines = kept.lines;
        end = kept.bytes;
        last = kept.last;
    }

    /**
     * Opens a log for appending and cuts everything after its first {@code keepLines} lines, and a torn last line.
     *
     * @param keepLines number of lines that a checkpoint has seen, or {@link #ALL}
     * @throws DamagedFileException if one of the lines to keep is damaged, or there are fewer than {@code keepLines}
     */
    public static JsonLines open(Path file, long keepLines) {
        try {
            DurableFiles.createFolder(DurableFiles.folderOf(file));
            boolean fresh = !Files.exists(file);
            Kept kept = fresh ? new Kept(0, 0, START) : keep(file, keepLines);
            if (keepLines != ALL && kept.lines < keepLines) {
                throw new DamagedFileException(
                        file + ": " + keepLines + " lines were written before the checkpoint, but only "
                                + kept.lines
                                + " are left. The checkpoint and this log do not belong together: delete the folder of"
                                + " this cell to run it again");
            }
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.size() > kept.bytes) {
                channel.truncate(kept.bytes);
                channel.force(true);
            }
            channel.position(kept.bytes);
            if (fresh) {
                DurableFiles.forceFolder(DurableFiles.folderOf(file));
            }
            return new JsonLines(file, channel, kept);
        } catch (IOException e) {
            throw StorageException.of(file, e);
        }
    }

    /** Appends one line in a single write; on failure the log is cut back to the line before. The object must hold a field, and none named crc. */
    public void append(ObjectNode line) {
        if (line.isEmpty() || line.has("crc")) {
            throw new IllegalArgumentException("A line of a log holds at least one field, and none named crc: " + line);
        }
        byte[] body = bytes(line);
        int length = body.length - 1;
        ByteBuffer out = ByteBuffer.allocate(length + SUFFIX + 1);
        out.put(body, 0, length);
        String sum = sum(last, body, length);
        out.put(FIELD).put(sum.getBytes(StandardCharsets.US_ASCII));
        out.put((byte) '"').put((byte) '}').put((byte) '\n').flip();
        try {
            long size = out.remaining();
            while (out.hasRemaining()) {
                channel.write(out);
            }
            end += size;
            lines++;
            last = sum;
        } catch (IOException e) {
            StorageException problem = StorageException.of(file, e);
            try {
                channel.truncate(end).position(end);
            } catch (IOException again) {
                problem.addSuppressed(again);
            }
            throw problem;
        }
    }

    /** Number of lines in the log. */
    public long lines() {
        return lines;
    }

    /** @throws DamagedFileException if the file is not there any more, or holds something else than was written */
    public void demandThere() {
        try {
            if (Files.exists(file) && Files.size(file) == end) {
                return;
            }
        } catch (IOException e) {
            throw StorageException.of(file, e);
        }
        throw new DamagedFileException(
                file + ": was deleted or changed while the cell wrote to it, so what it logged is"
                        + " incomplete. Delete the folder of this cell and resume the run to start it anew");
    }

    /** Forces all appended lines to the disk. */
    public void force() {
        try {
            channel.force(false);
        } catch (IOException e) {
            throw StorageException.of(file, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw StorageException.of(file, e);
        }
    }

    /**
     * Reads every whole line, without its check sum. A file that does not exist holds none.
     *
     * @throws DamagedFileException naming the first line that does not agree with its check sum
     */
    public static List<ObjectNode> read(Path file) {
        return read(file, false);
    }

    /**
     * Reads every line of a log whose writer came to its end: even the last line must be whole.
     *
     * @throws DamagedFileException naming the first line that does not agree with its check sum, or a torn last one
     */
    public static List<ObjectNode> readFinished(Path file) {
        return read(file, true);
    }

    private static List<ObjectNode> read(Path file, boolean finished) {
        List<ObjectNode> found = new ArrayList<>();
        try {
            if (!Files.exists(file)) {
                return found;
            }
            byte[] all = Files.readAllBytes(file);
            int start = 0;
            String before = START;
            for (int i = 0; i < all.length; i++) {
                if (all[i] == '\n') {
                    found.add(checked(file, found.size() + 1L, before, all, start, i));
                    before = digits(all, i);
                    start = i + 1;
                }
            }
            if (finished ? start < all.length : isUnfed(before, all, start, all.length)) {
                throw damaged(file, found.size() + 1L);
            }
            return found;
        } catch (IOException e) {
            throw StorageException.of(file, e);
        }
    }

    /** The last whole line that agrees with its check sum, found from the end of the file without reading it all; for display only. */
    public static Optional<ObjectNode> last(Path file) {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            int span = (int) Math.min(in.length(), 1 << 16);
            byte[] tail = new byte[span];
            in.seek(in.length() - span);
            in.readFully(tail);
            int newline = lastNewline(tail, span);
            while (newline > 0) {
                int before = lastNewline(tail, newline);
                boolean first = before < 0 && span == in.length();
                try {
                    return Optional.of(
                            checked(file, 0, first ? START : digits(tail, before), tail, before + 1, newline));
                } catch (DamagedFileException e) {
                    newline = before;
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The lines to keep. @param last check sum of the last of them */
    private record Kept(long lines, long bytes, String last) {}

    private static Kept keep(Path file, long keepLines) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            byte[] all = new byte[Math.toIntExact(in.size())];
            ByteBuffer into = ByteBuffer.wrap(all);
            while (into.hasRemaining() && in.read(into) >= 0) {
                continue;
            }
            long lines = 0;
            int start = 0;
            String last = START;
            for (int i = 0; i < into.position() && lines < keepLines; i++) {
                if (all[i] == '\n') {
                    lines++;
                    var unused = checked(file, lines, last, all, start, i);
                    last = digits(all, i);
                    start = i + 1;
                }
            }
            if (lines < keepLines && isUnfed(last, all, start, into.position())) {
                throw damaged(file, lines + 1);
            }
            return new Kept(lines, start, last);
        }
    }

    private static int lastNewline(byte[] bytes, int before) {
        int i = before - 1;
        while (i >= 0 && bytes[i] != '\n') {
            i--;
        }
        return i;
    }

    private static ObjectNode checked(Path file, long number, String before, byte[] all, int from, int to) {
        int body = to - from - SUFFIX;
        if (body > 0) {
            byte[] line = new byte[body + 1];
            System.arraycopy(all, from, line, 0, body);
            line[body] = '}';
            String expected = new String(FIELD, StandardCharsets.US_ASCII) + sum(before, line, body) + "\"}";
            if (expected.equals(new String(all, from + body, SUFFIX, StandardCharsets.ISO_8859_1))) {
                try {
                    JsonNode node = JSON.readTree(line);
                    if (node instanceof ObjectNode object) {
                        return object;
                    }
                } catch (IOException e) {
                    throw damaged(file, number);
                }
            }
        }
        throw damaged(file, number);
    }

    /** Whether what looks like a torn last line is a whole one whose line feed was changed. */
    private static boolean isUnfed(String before, byte[] all, int from, int to) {
        int body = to - 1 - from - SUFFIX;
        return body > 0 && digits(all, to - 1).equals(sum(before, Arrays.copyOfRange(all, from, from + body), body));
    }

    /** The check sum of a line that ends just before this place; empty if no line fits there. */
    private static String digits(byte[] all, int end) {
        int from = end - 2 - DIGITS;
        return from < 0 ? "" : new String(all, from, DIGITS, StandardCharsets.ISO_8859_1);
    }

    private static DamagedFileException damaged(Path file, long number) {
        return new DamagedFileException(file + ": " + number
                + ": this line does not agree with its check sum, or with the line before it: the file was changed or the"
                + " disk is failing. Restore the file from a copy, or delete the folder of this cell to run it again");
    }

    private static byte[] bytes(ObjectNode line) {
        try {
            return JSON.writeValueAsBytes(line);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + line, e);
        }
    }

    private static String sum(String before, byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(before.getBytes(StandardCharsets.ISO_8859_1));
        crc.update(bytes, 0, length);
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
