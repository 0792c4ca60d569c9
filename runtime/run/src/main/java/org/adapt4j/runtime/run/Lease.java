package org.adapt4j.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The right to run a cell, among any number of workers on any number of machines that see its folder.
 *
 * <p>A lease is a file {@code lease-N.json}, and the one with the highest number counts. Taking a cell is making the next number, which the
 * file system lets one of several do; that is all it must be able to do, so no locks are needed, which network file systems lack or get
 * wrong. The holder writes to its file again and again. Whether it still does is judged by the file system's own clock, against a file that
 * the judge has just made there, so no machine's clock matters; where the holder's process can be looked for, that decides instead. A
 * holder that was stopped for so long that others may have given it up must win the next number itself before it goes on.
 */
public final class Lease implements AutoCloseable {
    /** How often a holder shows that it lives. */
    static final Duration BEAT = Duration.ofSeconds(10);

    /** After so long a silence a holder counts as dead. Network file systems may show a change a minute late. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Pattern NAME = Pattern.compile("lease-(\\d{1,9})\\.json");
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Who holds a cell.
     *
     * @param worker who
     * @param alive whether it still shows that it lives
     */
    record Holder(Worker worker, boolean alive) {}

    private final Path folder;
    private final Worker worker;
    private final Duration patience;
    private int number;
    private long beats;
    private long lastBeat = System.nanoTime();
    private boolean closed;

    private Lease(Path folder, Worker worker, Duration patience, int number) {
        this.folder = folder;
        this.worker = worker;
        this.patience = patience;
        this.number = number;
    }

    /** Takes a cell that nobody alive holds; empty if somebody does, or was faster. @throws StorageException if its folder cannot be written to */
    public static Optional<Lease> take(CellFolder cell, Worker worker) {
        return take(cell.path(), worker, PATIENCE);
    }

    static Optional<Lease> take(Path folder, Worker worker, Duration patience) {
        OptionalInt last = highest(folder);
        if (last.isPresent()
                && holder(file(folder, last.getAsInt()), patience)
                        .filter(Holder::alive)
                        .isPresent()) {
            return Optional.empty();
        }
        // The number after the one that was judged: had somebody taken the cell since, it would be his.
        Lease lease = new Lease(folder, worker, patience, last.orElse(0) + 1);
        try {
            return lease.make() ? Optional.of(lease) : Optional.empty();
        } catch (IOException e) {
            throw StorageException.of(file(folder, lease.number), e);
        }
    }

    /** Who holds a cell; empty if nobody ever took it, or whoever did gave it back. */
    static Optional<Holder> holder(CellFolder cell) {
        OptionalInt last = highest(cell.path());
        return last.isEmpty() ? Optional.empty() : holder(file(cell.path(), last.getAsInt()), PATIENCE);
    }

    private static Optional<Holder> holder(Path file, Duration patience) {
        JsonNode said = read(file);
        if (said.path("released").asBoolean()) {
            return Optional.empty();
        }
        Worker worker = Worker.fromJson(said);
        boolean alive = worker.isNear() ? worker.lives() : silence(file).compareTo(patience) < 0;
        return Optional.of(new Holder(worker, alive));
    }

    /** A file that is being written may be read half: then its holder is alive, and only its name is unknown. */
    private static JsonNode read(Path file) {
        try {
            JsonNode read = JSON.readTree(Files.readAllBytes(file));
            return read == null ? MissingNode.getInstance() : read;
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** How long ago a file was written to, by the clock of the file system. */
    private static Duration silence(Path file) {
        try {
            Instant written = Files.getLastModifiedTime(file).toInstant();
            return Duration.between(written, now(file));
        } catch (NoSuchFileException e) {
            return Duration.ZERO; // somebody takes the cell at this moment
        } catch (IOException e) {
            throw StorageException.of(file, e);
        }
    }

    private static Instant now(Path file) throws IOException {
        Path probe = file.resolveSibling("clock-" + UUID.randomUUID());
        try {
            Files.write(probe, new byte[] {1}, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try {
                return Files.getLastModifiedTime(probe).toInstant();
            } finally {
                Files.deleteIfExists(probe);
            }
        } catch (IOException e) {
            return Instant.now(); // who may only read takes the clock at hand
        }
    }

    private static OptionalInt highest(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> NAME.matcher(String.valueOf(file.getFileName())))
                    .filter(Matcher::matches)
                    .mapToInt(name -> Integer.parseInt(name.group(1)))
                    .max();
        } catch (NoSuchFileException e) {
            return OptionalInt.empty();
        } catch (IOException e) {
            throw StorageException.of(folder, e);
        }
    }

    private static Path file(Path folder, int number) {
        return folder.resolve("lease-" + number + ".json");
    }

    /**
     * Makes the file of the number, and then deletes those before it, which nobody holds any more.
     *
     * @return whether it is this worker's: not if somebody was faster, even by several numbers
     */
    private boolean make() throws IOException {
        try {
            write(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            return false;
        }
        if (highest(folder).orElse(number) > number) {
            Files.deleteIfExists(file(folder, number));
            return false;
        }
        for (int before = number - 1; before > 0 && Files.deleteIfExists(file(folder, before)); before--) {
            continue;
        }
        return true;
    }

    private void write(OpenOption... how) throws IOException {
        String text =
                worker.toJson().put("beats", ++beats).put("released", closed).toString() + "\n";
        Files.write(file(folder, number), text.getBytes(StandardCharsets.UTF_8), how);
        lastBeat = System.nanoTime();
    }

    /**
     * Shows that the holder lives.
     *
     * @return whether it still holds the cell; if not, its process must be stopped at once
     */
    public synchronized boolean beat() {
        if (closed) {
            return true;
        }
        if (highest(folder).orElse(number) > number) {
            return false;
        }
        try {
            if (System.nanoTime() - lastBeat > patience.toNanos() / 2) {
                number++;
                return make();
            }
            write(StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
            return true;
        } catch (IOException e) {
            return true; // the disk is full, or the folder was deleted: the cell itself will say so
        }
    }

    /** Gives the cell back, whatever became of it. */
    @Override
    public synchronized void close() {
        if (closed || highest(folder).orElse(number) > number) {
            return;
        }
        closed = true;
        try {
            write(StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            lastBeat = 0; // it lapses by itself
        }
    }
}
