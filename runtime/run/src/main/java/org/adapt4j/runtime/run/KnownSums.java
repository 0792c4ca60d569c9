package org.adapt4j.runtime.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sums of large files, kept in a file of the run so that each process of it need not read them again. A file is read again as soon as it
 * is another, lies elsewhere, or was written to since: see {@link #seen}. Several processes may write; the last one's notes stay, and what
 * another noted in between is only found out again.
 */
public final class KnownSums {
    /** In the folder of a run. Whoever has another folder like it may copy it there. */
    public static final String FILE = "natives.json";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Map<String, String> sums = new TreeMap<>();

    private KnownSums(Path file) {
        this.file = file;
    }

    /** Those that the processes of a run share. @param run its folder, or that of a cell by itself */
    static KnownSums ofRun(Path run) {
        return in(run.resolve(FILE));
    }

    /** Those kept in a file, which need not exist; one that cannot be read counts as empty. */
    public static KnownSums in(Path file) {
        KnownSums known = new KnownSums(file);
        try {
            if (Files.isRegularFile(file)) {
                JSON.readTree(SummedText.read(file).orElse("{}"))
                        .propertyStream()
                        .forEach(note ->
                                known.sums.put(note.getKey(), note.getValue().asText()));
            }
        } catch (IOException e) {
            known.sums.clear();
        }
        return known;
    }

    /** The SHA-256 of a file. @throws StorageException if it cannot be read */
    public String of(Path path) {
        try {
            String seen = seen(path);
            String sum = sums.get(seen);
            if (sum == null) {
                sum = Sha256.of(path);
                sums.put(seen, sum);
                keep();
            }
            return sum;
        } catch (IOException e) {
            throw StorageException.of(path, e);
        }
    }

    /** These notes are only to spare time: where they cannot be kept, the file is read again. */
    private void keep() {
        ObjectNode notes = JsonNodeFactory.instance.objectNode();
        sums.forEach(notes::put);
        Path own = file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid());
        try {
            Files.writeString(own, SummedText.content(notes + "\n"));
            Files.move(own, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            own.toFile().deleteOnExit();
        }
    }

    /** Tells a file from what it was before: it cannot be written to without its time of change becoming another. */
    static String seen(Path file) throws IOException {
        Map<String, Object> facts = Files.readAttributes(file, "unix:ino,size,lastModifiedTime,ctime");
        return file.toRealPath() + " " + facts.get("ino") + " " + facts.get("size") + " "
                + facts.get("lastModifiedTime") + " " + facts.get("ctime");
    }
}
