package org.adapt4j.runtime.spark;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The worker's end of a cell: what it fetches from the driver, and brings back to it.
 *
 * <p>Logs come back as they grow. Checkpoints come back whole, and only together with logs that reach at least as far, as if the process had died
 * at that moment; so what the driver has is at any time what a cell can be resumed from.
 */
final class CellShuttle {
    private static final String CHECKPOINT = "checkpoint";
    private static final String STATE = "state.bin";
    private static final String STATES = "state.jsonl";
    private static final String RESULT = "result.json";

    /** The way to the driver. */
    @FunctionalInterface
    interface Driver {
        /** Asks, and waits for the answer, see {@link Words}. @throws Exception if there is none */
        byte[] ask(byte[] message) throws Exception;
    }

    private final String cell;
    private final Path root;
    private final Driver driver;
    private final Path folder;
    private long token;
    private int verdict = Words.END;
    /** What the driver has of each log. */
    private final Map<String, Long> appended = new HashMap<>();
    /** What the driver has of other files: which they were. */
    private final Map<String, String> brought = new HashMap<>();

    /** @param root a folder like that of a run: that of the run itself, if it is shared */
    CellShuttle(String cell, Path root, Driver driver) {
        this.driver = driver;
        this.cell = cell;
        this.root = root;
        this.folder = root.resolve("cells").resolve(cell);
    }

    /** The folder of the cell here. */
    Path folder() {
        return folder;
    }

    /** What is wished of the cell, as far as the driver has said. */
    int verdict() {
        return verdict;
    }

    /** Tells the driver that this task has the cell; returns what it says of its files. */
    DataInputStream take() throws Exception {
        DataInputStream in = Words.read(driver.ask(Words.of(Words.TAKE, out -> out.writeUTF(cell))));
        verdict = in.readByte();
        token = verdict == Words.GO ? in.readLong() : 0;
        return in;
    }

    /** Asks what is wished of the cell now. */
    int beat() throws Exception {
        verdict = tell(Words.BEAT, out -> {}).readByte();
        return verdict;
    }

    /** Sends a message about the cell. */
    private DataInputStream tell(int kind, Words.Content content) throws Exception {
        return Words.read(driver.ask(Words.of(kind, out -> {
            out.writeUTF(cell);
            out.writeLong(token);
            content.writeTo(out);
        })));
    }

    /** Fetches what the cell needs. @param order of {@link #take} */
    void fetch(DataInputStream order) throws Exception {
        int files = order.readInt();
        for (int i = 0; i < files; i++) {
            String name = order.readUTF();
            long size = order.readLong();
            Path file = root.resolve(name);
            Files.createDirectories(file.getParent());
            try (OutputStream out = Files.newOutputStream(file)) {
                for (long at = 0; at < size; ) {
                    long from = at;
                    DataInputStream in = tell(Words.READ, to -> {
                        to.writeUTF(name);
                        to.writeLong(from);
                    });
                    if (in.readByte() != Words.GO) {
                        throw new IOException("the driver has taken the cell back");
                    }
                    byte[] piece = Words.piece(in);
                    if (piece.length == 0) {
                        break; // a log that was cut since
                    }
                    out.write(piece);
                    at += piece.length;
                }
            }
        }
        for (Path file : files(folder)) {
            String name = folder.relativize(file).toString();
            if (isLog(name)) {
                appended.put(name, Files.size(file));
            } else {
                brought.put(name, identity(file));
            }
        }
    }

    /** Brings back what is new. @param last whether the process has ended, so that all is as it stays */
    void bringBack(boolean last) throws Exception {
        Path still = root.resolve("still");
        Set<String> checkpoint = snapshot(still);
        List<String> keep = new ArrayList<>();
        for (String name : checkpoint) {
            put(CHECKPOINT + "/" + name, still.resolve(name), keep);
        }
        List<Path> rest = new ArrayList<>();
        for (Path file : files(folder)) {
            String name = folder.relativize(file).toString();
            if (isLog(name)) {
                if (!name.equals(STATES)) {
                    append(name, file, Files.size(file));
                }
            } else if (last && !name.startsWith(CHECKPOINT + "/")) {
                rest.add(file);
            }
        }
        for (Path file : rest) {
            put(folder.relativize(file).toString(), file, keep);
        }
        if (!keep.isEmpty() || last) {
            granted(tell(Words.KEEP, out -> {
                out.writeInt(keep.size());
                for (String name : keep) {
                    out.writeUTF(name);
                }
                out.writeInt(checkpoint.size());
                for (String name : checkpoint) {
                    out.writeUTF(name);
                }
            }));
        }
        bringStates(last);
    }

    /** At the end, and no further than the result has come: who reads that a cell is done finds its result, as where it was written. */
    private void bringStates(boolean last) throws Exception {
        Path states = folder.resolve(STATES);
        long size = Files.exists(states) ? Files.size(states) : 0;
        if (size > 0 && (last || Files.notExists(folder.resolve(RESULT)))) {
            append(STATES, states, size);
        }
    }

    /** Links the files of the newest checkpoint as they are at one moment, while the cell goes on writing others. */
    private Set<String> snapshot(Path still) throws IOException {
        Path live = folder.resolve(CHECKPOINT);
        Files.createDirectories(still);
        while (true) {
            for (Path old : files(still)) {
                Files.delete(old);
            }
            String before = identity(live.resolve(STATE));
            Set<String> names = new HashSet<>();
            for (Path file : files(live)) {
                String name = String.valueOf(file.getFileName());
                try {
                    Files.createLink(still.resolve(name), file);
                    names.add(name);
                } catch (NoSuchFileException e) {
                    continue; // no longer needed by the newest
                }
            }
            if (before.equals(identity(live.resolve(STATE)))) {
                return names;
            }
        }
    }

    private void append(String name, Path file, long size) throws Exception {
        long at = Math.min(
                size, appended.getOrDefault(name, 0L)); // a cell that resumes cuts its logs, and writes the same again
        if (size == appended.getOrDefault(name, -1L)) {
            return;
        }
        send(Words.APPEND, name, file, at, size);
        appended.put(name, size);
    }

    private void put(String name, Path file, List<String> keep) throws Exception {
        String now = identity(file);
        if (now.equals(brought.get(name))) {
            return;
        }
        send(Words.PUT, name, file, 0, Files.size(file));
        brought.put(name, now);
        keep.add(name);
    }

    /** Sends a file piece by piece, at least one. @param kind what is done with each */
    private void send(int kind, String name, Path file, long first, long size) throws Exception {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            long at = first;
            do {
                byte[] piece = piece(in, at, size);
                long from = at;
                granted(tell(kind, out -> {
                    out.writeUTF(name);
                    out.writeLong(from);
                    out.writeInt(piece.length);
                    out.write(piece);
                }));
                at += piece.length;
            } while (at < size);
        }
    }

    private static byte[] piece(FileChannel in, long at, long size) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(Words.PIECE, size - at));
        while (piece.hasRemaining() && in.read(piece, at + piece.position()) >= 0) {
            continue;
        }
        byte[] read = new byte[piece.position()];
        piece.flip().get(read);
        if (read.length == 0 && size > at) {
            throw new IOException("a file was cut while it was brought back");
        }
        return read;
    }

    private static void granted(DataInputStream answer) throws IOException {
        if (answer.readByte() != Words.GO) {
            throw new IOException("the driver has given the cell to another worker");
        }
    }

    /** What only ever grows while the process lives. */
    static boolean isLog(String name) {
        return !name.contains("/") && (name.endsWith(".jsonl") || name.equals("cell.log"));
    }

    /** What belongs to one machine, or is not whole. */
    static boolean isPassing(String name) {
        return name.equals("lock") || name.startsWith("lease-") || name.startsWith("clock-") || name.endsWith(".part");
    }

    /** Which file it is; another after every change, as files are replaced whole. */
    private static String identity(Path file) throws IOException {
        try {
            BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
            return facts.fileKey() + " " + facts.size() + " " + facts.lastModifiedTime();
        } catch (NoSuchFileException e) {
            return "none";
        }
    }

    /** All files in a folder and below that are worth a journey, by name. */
    static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        Map<String, Path> found = new TreeMap<>();
        List<Path> folders = new ArrayList<>(List.of(folder));
        for (int i = 0; i < folders.size(); i++) {
            try (Stream<Path> entries = Files.list(folders.get(i))) {
                for (Path entry : entries.toList()) {
                    if (Files.isDirectory(entry)) {
                        folders.add(entry);
                    } else if (!isPassing(String.valueOf(entry.getFileName()))) {
                        found.put(folder.relativize(entry).toString(), entry);
                    }
                }
            }
        }
        return List.copyOf(found.values());
    }
}
