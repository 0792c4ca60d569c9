package org.adapt4j.api.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import org.apiguardian.api.API;

/**
 * Reads files that people name, so that reading ends whatever the name leads to: regular files only, up to a size, as UTF-8. A pipe
 * would wait for ever, a device would never end.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class InputFile {

    private InputFile() {}

    /** Why a file cannot be read; the message is {@code file: line: what is wrong and what to do}. */
    public static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        private final int line;
        private final String why;

        /**
         * Refuses a file.
         *
         * @param name of the file
         * @param line first line is 1; 0 if it is about no line
         * @param why what is wrong and what to do
         */
        public Refused(String name, int line, String why) {
            super(name + ": " + (line > 0 ? line + ": " : "") + why);
            this.line = line;
            this.why = why;
        }

        /** The line, from 1; 0 if it is about no line. */
        public int line() {
            return line;
        }

        /** What is wrong and what to do, without the place. */
        public String why() {
            return why;
        }
    }

    /**
     * Demands a regular file, for libraries that open it themselves. Links are followed.
     *
     * @return the file
     */
    public static Path regular(Path file) throws Refused {
        String name = file.toString();
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            if (found.isDirectory()) {
                throw new Refused(name, 0, "is a folder, and a file is needed there");
            }
            if (!found.isRegularFile()) {
                throw new Refused(
                        name,
                        0,
                        "is a pipe, a socket or a device, and a file is needed there; copy the content to one");
            }
            return file;
        } catch (NoSuchFileException e) {
            throw new Refused(name, 0, missing(file));
        } catch (AccessDeniedException e) {
            throw new Refused(name, 0, "cannot be read: permission denied");
        } catch (FileSystemException e) {
            throw new Refused(
                    name,
                    0,
                    "cannot be read: "
                            + (e.getReason() == null ? e : e.getReason().toLowerCase(Locale.ROOT)));
        } catch (Refused e) {
            throw e;
        } catch (IOException e) {
            throw new Refused(name, 0, "cannot be read: " + e);
        }
    }

    /**
     * Reads a whole file.
     *
     * @param most bytes; a longer file is refused
     */
    public static byte[] bytes(Path file, int most) throws Refused {
        regular(file);
        try (InputStream in = Files.newInputStream(file)) {
            return bytes(file.toString(), in, most);
        } catch (AccessDeniedException e) {
            throw new Refused(file.toString(), 0, "cannot be read: permission denied");
        } catch (Refused e) {
            throw e;
        } catch (IOException e) {
            throw new Refused(file.toString(), 0, "cannot be read: " + e);
        }
    }

    /**
     * Reads a whole stream, such as an entry of a jar whose size only its author states.
     *
     * @param name for messages
     * @param most bytes; a longer one is refused
     */
    public static byte[] bytes(String name, InputStream in, int most) throws IOException {
        byte[] read = in.readNBytes(most);
        if (read.length == most && in.read() >= 0) {
            throw new Refused(
                    name,
                    0,
                    String.format(Locale.ROOT, "is too long: at most %,d bytes of such a file are read", most));
        }
        return read;
    }

    /**
     * Reads a whole text file.
     *
     * @param most bytes; a longer file is refused
     */
    public static String text(Path file, int most) throws Refused {
        return utf8(file.toString(), bytes(file, most));
    }

    /**
     * Decodes a text.
     *
     * @param name for messages
     * @throws Refused naming line and place of the first byte that is no UTF-8
     */
    public static String utf8(String name, byte[] bytes) throws Refused {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult outcome = decoder.decode(in, text, true);
        if (!outcome.isError()) {
            return text.flip().toString();
        }
        int at = in.position();
        int line = 1;
        int start = 0;
        for (int i = 0; i < at; i++) {
            if (bytes[i] == '\n') {
                line++;
                start = i + 1;
            }
        }
        throw new Refused(
                name,
                line,
                String.format(
                        Locale.ROOT,
                        "byte %d of this line, 0x%02X, is not UTF-8; save the file as UTF-8",
                        at - start + 1,
                        bytes[at]));
    }

    private static String missing(Path file) {
        if (Files.isSymbolicLink(file)) {
            return "is a link to something that is not there";
        }
        return file.toString().indexOf('\uFFFD') < 0
                ? "there is no such file"
                : "there is no such file; bytes of its name are not UTF-8, so rename it";
    }
}
