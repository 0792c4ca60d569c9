package org.adapt4j.runtime.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the files of a folder held when they were finished: the file {@value #FILE}, a SHA-256 and a name a line, sorted by name. It is in
 * the format of sha256sum, so that {@code sha256sum -c SHA256SUMS} checks a folder too.
 */
public final class Sums {
    /** Name of the file. */
    public static final String FILE = "SHA256SUMS";

    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  ([^\n]+)");

    private final Path folder;
    private final String remedy;
    private final Map<String, String> sums;

    private Sums(Path folder, String remedy, Map<String, String> sums) {
        this.folder = folder;
        this.remedy = remedy;
        this.sums = sums;
    }

    /**
     * Notes sums, in place of those noted before.
     *
     * @param sums by name of the file, without folder
     */
    public static void write(Path folder, Map<String, String> sums) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(sums)
                .forEach((name, sum) ->
                        text.append(sum).append("  ").append(name).append('\n'));
        DurableFiles.write(folder.resolve(FILE), text.toString());
    }

    /**
     * Reads the sums of a folder.
     *
     * @param remedy what to do if something is damaged, in the imperative and without a full stop
     * @throws DamagedFileException if there are none, or they are not as they were written
     */
    public static Sums read(Path folder, String remedy) {
        Path file = folder.resolve(FILE);
        try {
            SortedMap<String, String> sums = new TreeMap<>();
            StringBuilder again = new StringBuilder();
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            for (String line : text.split("\n")) {
                Matcher parts = LINE.matcher(line);
                if (!parts.matches()) {
                    throw damaged(file, "does not list check sums", remedy);
                }
                sums.put(parts.group(2), parts.group(1));
                again.append(line).append('\n');
            }
            if (!again.toString().equals(text)) {
                throw damaged(file, "does not list check sums", remedy);
            }
            return new Sums(folder, remedy, sums);
        } catch (NoSuchFileException e) {
            throw damaged(file, "is missing, so nothing here can be checked", remedy);
        } catch (IOException e) {
            throw StorageException.of(file, e);
        }
    }

    /**
     * Reads a whole file.
     *
     * @throws DamagedFileException if it does not hold what it held
     */
    public byte[] bytes(String name) {
        Path file = folder.resolve(name);
        try {
            byte[] bytes = Files.readAllBytes(file);
            compare(name, Sha256.of(bytes));
            return bytes;
        } catch (NoSuchFileException e) {
            throw damaged(file, "is missing", remedy);
        } catch (IOException e) {
            throw StorageException.of(file, e);
        }
    }

    /**
     * Checks a file without keeping what it holds.
     *
     * @throws DamagedFileException if it does not hold what it held
     */
    public void check(String name) {
        Path file = folder.resolve(name);
        try {
            compare(name, Sha256.of(file));
        } catch (NoSuchFileException e) {
            throw damaged(file, "is missing", remedy);
        } catch (IOException e) {
            throw StorageException.of(file, e);
        }
    }

    /** Tells that what was written cannot be used. @param what a sentence that names the file, without a full stop */
    public DamagedFileException unusable(String what) {
        return new DamagedFileException(what + ". To go on, " + remedy);
    }

    private void compare(String name, String sum) {
        String expected = sums.get(name);
        if (expected == null) {
            throw damaged(folder.resolve(FILE), "does not list " + name, remedy);
        }
        if (!expected.equals(sum)) {
            throw damaged(folder.resolve(name), "does not agree with its check sum in " + FILE, remedy);
        }
    }

    private static DamagedFileException damaged(Path file, String how, String remedy) {
        return new DamagedFileException(file + ": " + how
                + ": the file was changed or the disk is failing. Restore it from a copy, or " + remedy);
    }
}
