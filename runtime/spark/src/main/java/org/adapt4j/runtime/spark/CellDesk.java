package org.adapt4j.runtime.spark;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.CellState;
import org.adapt4j.runtime.run.DurableFiles;

/**
 * The driver's end of all cells: says what is wished of each, hands out its files and keeps what comes back. Spark calls it on one thread.
 *
 * <p>Whoever takes a cell gets a number, and an earlier one counts no more: an executor that was given up and lives on changes nothing.
 */
final class CellDesk {
    private static final List<String> OF_THE_RUN = List.of("experiment.conf", "SHA256SUMS", "code.jsonl");
    private static final String CHECKPOINT = "checkpoint";
    private static final String RESULT = "result.json";

    /** Why a cell is taken again, if nobody says so: Spark gives the tasks of a lost machine to another by itself. */
    private static final String LOST = "its executor was lost";

    private final Path run;
    private final boolean shared;
    private final Map<String, Optional<String>> learned;
    private final Map<String, Wanted> wanted = new ConcurrentHashMap<>();
    private final AtomicLong tokens = new AtomicLong();

    /** A cell that somebody waits for. */
    private static final class Wanted {
        private volatile long token;
        private volatile int wish = Words.GO;
        private volatile String why = LOST;
    }

    /**
     * @param run folder of the run
     * @param shared whether the workers see it
     * @param learned cells that others start from, by those
     */
    CellDesk(Path run, boolean shared, Map<String, Optional<String>> learned) {
        this.run = run.toAbsolutePath().normalize();
        this.shared = shared;
        this.learned = Map.copyOf(learned);
        deleteAside();
    }

    /** From now on a task may take the cell. */
    void want(String cell) {
        wanted.put(cell, new Wanted());
    }

    /** Whether a task has taken it. */
    boolean isTaken(String cell) {
        Wanted own = wanted.get(cell);
        return own != null && own.token > 0;
    }

    /** Wishes something of a cell, which hears of it within a second or two. @param wish {@link Words#STOP} or {@link Words#END} */
    void wish(String cell, int wish) {
        Wanted own = wanted.get(cell);
        if (own != null) {
            own.wish = Math.max(own.wish, wish);
        }
    }

    /** What was wished of a cell last. */
    int wish(String cell) {
        Wanted own = wanted.get(cell);
        return own == null ? Words.END : own.wish;
    }

    /** Says why the cell will be taken again. */
    void because(String cell, String why) {
        Wanted own = wanted.get(cell);
        if (own != null) {
            own.why = why;
        }
    }

    /** No task has the cell any more. */
    void forget(String cell) {
        wanted.remove(cell);
    }

    /** Deletes what came back in part only. */
    void deleteAside() {
        try {
            delete(run.resolve(".spark"));
        } catch (IOException e) {
            run.resolve(".spark").toFile().deleteOnExit(); // nobody reads it
        }
    }

    /** Answers a message. */
    byte[] answer(byte[] message) {
        DataInputStream in = Words.read(message);
        try {
            int kind = in.readByte();
            String cell = in.readUTF();
            Wanted own = wanted.get(cell);
            if (kind == Words.TAKE) {
                return own == null || own.wish != Words.GO ? Words.of(Words.END) : take(cell, own);
            }
            if (own == null || in.readLong() != own.token) {
                return Words.of(Words.END);
            }
            switch (kind) {
                case Words.READ -> {
                    byte[] piece = piece(readable(cell, in.readUTF()), in.readLong());
                    return Words.of(Words.GO, out -> {
                        out.writeInt(piece.length);
                        out.write(piece);
                    });
                }
                case Words.BEAT -> {
                    return Words.of(own.wish);
                }
                case Words.APPEND -> write(within(folder(cell), in.readUTF()), in.readLong(), Words.piece(in));
                case Words.PUT -> write(within(aside(cell), in.readUTF()), in.readLong(), Words.piece(in));
                case Words.KEEP -> keep(cell, names(in), new HashSet<>(names(in)));
                default -> throw new IOException("no message " + kind);
            }
            return Words.of(Words.GO);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] take(String cell, Wanted own) throws IOException {
        if (own.token > 0) {
            CellFolder.at(folder(cell)).enter(CellState.INTERRUPTED, own.why + ". It goes on from its last checkpoint");
            own.why = LOST;
        }
        own.token = tokens.incrementAndGet();
        delete(aside(cell));
        List<Path> files = new ArrayList<>();
        if (!shared) {
            for (String name : OF_THE_RUN) {
                if (Files.isRegularFile(run.resolve(name))) {
                    files.add(run.resolve(name));
                }
            }
            files.addAll(CellShuttle.files(folder(cell)));
            Optional<String> before = learned.getOrDefault(cell, Optional.empty());
            if (before.isPresent()) {
                files.add(folder(before.get()).resolve(CellFolder.RESOLVED));
                files.addAll(
                        CellShuttle.files(CellFolder.at(folder(before.get())).learned()));
            }
        }
        return Words.of(Words.GO, out -> {
            out.writeLong(own.token);
            out.writeInt(files.size());
            for (Path file : files) {
                out.writeUTF(run.relativize(file).toString());
                out.writeLong(Files.size(file));
            }
        });
    }

    private Path folder(String cell) {
        return run.resolve("cells").resolve(cell);
    }

    private Path aside(String cell) {
        return run.resolve(".spark").resolve(cell);
    }

    private static Path within(Path folder, String name) throws IOException {
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder) || file.equals(folder) || CellShuttle.isPassing(name)) {
            throw new IOException("no file that a cell brings back: " + name);
        }
        return file;
    }

    private Path readable(String cell, String name) throws IOException {
        Path file = run.resolve(name).normalize();
        Optional<Path> before = learned.getOrDefault(cell, Optional.empty()).map(this::folder);
        if (OF_THE_RUN.contains(name)
                || file.startsWith(folder(cell))
                || before.isPresent() && file.startsWith(before.get())) {
            return file;
        }
        throw new IOException("no file that the cell " + cell + " needs: " + name);
    }

    private static byte[] piece(Path file, long from) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer piece = ByteBuffer.allocate((int) Math.max(0, Math.min(Words.PIECE, in.size() - from)));
            while (piece.hasRemaining() && in.read(piece, from + piece.position()) >= 0) {
                continue;
            }
            byte[] read = new byte[piece.position()];
            piece.flip().get(read);
            return read;
        }
    }

    /** Writes from a place on; what was beyond it is cut off. */
    private static void write(Path file, long from, byte[] piece) throws IOException {
        DurableFiles.createFolder(file.resolveSibling(".").normalize());
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            out.truncate(from);
            ByteBuffer rest = ByteBuffer.wrap(piece);
            while (rest.hasRemaining()) {
                out.write(rest, from + rest.position());
            }
        }
    }

    private static List<String> names(DataInputStream in) throws IOException {
        List<String> names = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            names.add(in.readUTF());
        }
        return names;
    }

    /** Puts files where they belong, so that at any moment there is a checkpoint to go on from, and a result only with all that it sums up. */
    private void keep(String cell, List<String> names, Set<String> checkpoint) throws IOException {
        Path folder = folder(cell);
        List<String> inOrder =
                names.stream().sorted(Comparator.comparingInt(CellDesk::rank)).toList();
        if (!inOrder.isEmpty()) {
            for (Path log : CellShuttle.files(folder)) {
                if (CellShuttle.isLog(folder.relativize(log).toString())) {
                    DurableFiles.force(log); // a checkpoint is worth nothing without the lines that led to it
                }
            }
        }
        for (String name : inOrder) {
            DurableFiles.adopt(within(aside(cell), name), within(folder, name));
        }
        Path states = folder.resolve(CHECKPOINT);
        if (!checkpoint.isEmpty()) {
            for (Path file : CellShuttle.files(states)) {
                if (!checkpoint.contains(states.relativize(file).toString())) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static int rank(String name) {
        return switch (name) {
            case CHECKPOINT + "/state.previous.bin" -> 1;
            case CHECKPOINT + "/state.bin" -> 2;
            case RESULT -> 4;
            default -> name.startsWith(CHECKPOINT + "/") ? 0 : 3;
        };
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }
}
