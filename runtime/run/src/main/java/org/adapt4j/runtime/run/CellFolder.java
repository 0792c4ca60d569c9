package org.adapt4j.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder of one cell: where its files lie, what state it is in, and who may work on it. */
public final class CellFolder {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TAIL_LINES = 20;
    private static final int ID_DIGITS = 16;
    private static final String RESULT = "result.json";

    /** The file that holds the configuration of the cell. */
    public static final String RESOLVED = "resolved.conf";

    /** The file in {@link #learned} and {@link #adapted} that holds the weights. */
    public static final String WEIGHTS = "weights.safetensors";

    /** Keeps other processes out of a cell until closed, or until the process ends in whatever way. */
    public interface Lock extends AutoCloseable {
        /** Whether the folder is still the one that was locked: neither deleted nor replaced by another of its name. */
        boolean holds();

        @Override
        void close();
    }

    private final Path path;

    private CellFolder(Path path) {
        this.path = path;
    }

    /** The cell in this folder, which need not exist yet. */
    public static CellFolder at(Path path) {
        return new CellFolder(path);
    }

    /** The name of a cell: the first 16 hexadecimal digits of the SHA-256 of its configuration. */
    public static String idOf(String resolved) {
        return Sha256.of(resolved.getBytes(StandardCharsets.UTF_8)).substring(0, ID_DIGITS);
    }

    public Path path() {
        return path;
    }

    /** What the cell is called: the name of its folder. */
    private String name() {
        return String.valueOf(path.toAbsolutePath().normalize().getFileName());
    }

    /** Whether the folder is there, with the configuration of its cell. */
    public boolean exists() {
        return Files.exists(path.resolve(RESOLVED));
    }

    /** What a pre-training cell learned. */
    public Path learned() {
        return path.resolve("learned");
    }

    /** The policy that an adaptation ended with, where the run keeps it. */
    public Path adapted() {
        return path.resolve("adapted");
    }

    /** Another cell of the same run. */
    public CellFolder sibling(String id) {
        return at(path.resolveSibling(id));
    }

    /** The experiment of the run that the cell belongs to; there is no such file where it belongs to none. */
    public Path experiment() {
        return path.resolveSibling("..").resolve("experiment.conf").normalize();
    }

    /** Standard output and standard error of the cell's process. */
    public Path log() {
        return path.resolve("cell.log");
    }

    /** Training metrics, see {@link JsonLines}. */
    public Path metrics() {
        return path.resolve("metrics.jsonl");
    }

    /** What was measured at the declared steps, see {@link JsonLines}. */
    public Path evaluations() {
        return path.resolve("evaluations.jsonl");
    }

    /** Where it was computed: a line for each of its processes that lived to tell, see {@link Fingerprint} and {@link JsonLines}. */
    public Path environments() {
        return path.resolve("environment.jsonl");
    }

    /** Notes where this process computes; nothing if the process before it did so at the same place. */
    public void note(Fingerprint here) {
        List<Fingerprint> before = fingerprints();
        if (!before.isEmpty() && before.get(before.size() - 1).equals(here)) {
            return;
        }
        try (JsonLines log = JsonLines.open(environments(), JsonLines.ALL)) {
            log.append(here.toJson());
            log.force();
        }
    }

    /** Sums that the processes of a run share; a cell by itself keeps its own. */
    public KnownSums knownSums() {
        Path shared = Files.isRegularFile(experiment())
                ? experiment().resolveSibling(".").normalize()
                : path;
        return KnownSums.ofRun(shared);
    }

    /** Where it was computed, in the order of time. */
    public List<Fingerprint> fingerprints() {
        return JsonLines.read(environments()).stream()
                .map(Fingerprint::fromJson)
                .toList();
    }

    /** What the final policy does, if it was filmed. */
    public Path film() {
        return path.resolve("film.gif");
    }

    /**
     * Reads the configuration.
     *
     * @throws DamagedFileException if it is not the one that gave the folder its name
     */
    public String resolved() {
        Path file = path.resolve(RESOLVED);
        try {
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            if (!idOf(text).equals(name())) {
                throw new DamagedFileException(file + ": was changed after the run was planned: its hash is "
                        + idOf(text) + ", the cell is called " + name()
                        + ". Undo the change, or start a new run from the changed experiment with another --out");
            }
            return text;
        } catch (IOException e) {
            throw StorageException.of(file, e);
        }
    }

    /** Writes the configuration if it is not there; nothing if {@code planned} is empty. */
    void restore(String planned) {
        Path file = path.resolve(RESOLVED);
        if (!planned.isEmpty() && !Files.exists(file)) {
            DurableFiles.write(file, planned);
        }
    }

    /** Notes a change of state, on the disk when this returns. */
    public void enter(CellState state, @Nullable String reason) {
        enter(state, reason, ProcessHandle.current().pid());
    }

    void enter(CellState state, @Nullable String reason, long pid) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("state", state.word());
        line.put("at", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        line.put("pid", pid).put("boot", Machine.bootId());
        Machine.startOf(pid).ifPresent(started -> line.put("started", started));
        line.put("reason", reason);
        try (JsonLines log = JsonLines.open(states(), JsonLines.ALL)) {
            log.append(line);
            log.force();
        }
    }

    /** The last change of state. */
    Optional<ObjectNode> lastState() {
        List<ObjectNode> all = JsonLines.read(states());
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** Why the cell is in its state, if it says so. */
    public Optional<String> lastReason() {
        return lastState().map(line -> line.path("reason").asText("")).filter(reason -> !reason.isEmpty());
    }

    /** Seconds that processes have worked on this cell, as far as they lived to tell. */
    public double wallSeconds() {
        double seconds = 0;
        Instant since = null;
        for (ObjectNode line : JsonLines.read(states())) {
            Instant at = Instant.parse(line.path("at").asText());
            boolean starts = line.path("state").asText().equals(CellState.RUNNING.word());
            if (since != null && !starts) {
                seconds += Duration.between(since, at).toMillis() / 1e3;
            }
            since = starts ? at : null;
        }
        return since == null
                ? seconds
                : seconds + Duration.between(since, Instant.now()).toMillis() / 1e3;
    }

    /**
     * Reads the result.
     *
     * @throws DamagedFileException if there is one, but not the one that was written
     */
    public Optional<CellResult> result() {
        if (!Files.exists(resultFile())) {
            return Optional.empty();
        }
        Sums sums = Sums.read(
                path, "delete " + resultFile() + " and resume the run: this cell goes on from its last checkpoint");
        byte[] content = sums.bytes(RESULT);
        if (Files.isRegularFile(environments())) {
            sums.check(String.valueOf(environments().getFileName()));
        }
        try {
            JsonNode node = JSON.readTree(content);
            String cell = node.path("cell").asText(name()); // older versions did not write it
            if (!cell.equals(name())) {
                throw sums.unusable(resultFile() + ": is the result of another cell, " + cell);
            }
            return Optional.of(CellResult.of(node));
        } catch (IOException e) {
            throw sums.unusable(resultFile() + ": is not a result");
        }
    }

    /** Writes the result, and with it the end of the cell. */
    public void end(CellResult result) {
        write(result);
        enter(result.state(), result.reason().isEmpty() ? null : result.reason());
    }

    /**
     * Writes the result, when the logs and the film are complete, with the sums of them all. Whether a cell has ended is said by the
     * result alone; sums without one are of a cell that goes on.
     */
    private void write(CellResult result) {
        forgetResult();
        byte[] content = result.bytes(name());
        Map<String, String> sums = new TreeMap<>();
        for (Path file : List.of(metrics(), evaluations(), environments(), film())) {
            if (Files.isRegularFile(file)) {
                try {
                    sums.put(String.valueOf(file.getFileName()), Sha256.of(file));
                } catch (IOException e) {
                    throw StorageException.of(file, e);
                }
            }
        }
        sums.put(RESULT, Sha256.of(content));
        Sums.write(path, sums);
        DurableFiles.write(resultFile(), content);
    }

    /**
     * Reads a log.
     *
     * @param log {@link #metrics} or {@link #evaluations}
     * @return its lines; of a cell that is done all of them, of others those that are whole
     * @throws DamagedFileException if it does not hold what was written
     */
    public List<ObjectNode> lines(Path log) {
        if (result().filter(CellResult.Done.class::isInstance).isEmpty()) {
            return JsonLines.read(log);
        }
        // First by line, which tells where the damage is.
        List<ObjectNode> lines = JsonLines.readFinished(log);
        sums().check(String.valueOf(log.getFileName()));
        return lines;
    }

    /**
     * Checks the film of a cell that is done.
     *
     * @throws DamagedFileException if it does not hold what was written
     */
    public Path checkedFilm() {
        sums().check(String.valueOf(film().getFileName()));
        return film();
    }

    private Sums sums() {
        return Sums.read(path, "delete the folder " + path + " and resume the run: this cell runs again");
    }

    /** Writes a failure as the result, with the end of the log; what the cell spent, its metrics tell. */
    public void fail(Failure failure) {
        fail(failure, 0, 0);
    }

    /**
     * Writes a failure as the result, with the end of the log.
     *
     * @param environmentSteps taken, as far as who fails knows; never less than the metrics tell
     * @param updates made, likewise
     */
    public void fail(Failure failure, long environmentSteps, long updates) {
        Optional<ObjectNode> last = JsonLines.last(metrics());
        CellResult.Spent spent = new CellResult.Spent(
                wallSeconds(),
                Math.max(environmentSteps, spent(last, "environment-steps")),
                Math.max(updates, spent(last, "updates")));
        end(new CellResult.Failed(failure, spent, logTail()));
    }

    private static long spent(Optional<ObjectNode> line, String field) {
        return line.map(metrics -> metrics.path(field).asLong()).orElse(0L);
    }

    /** Writes that the cell cannot be, for readers of its folder; {@link RunFolder#status} finds out by itself. */
    void rule(String reason) {
        write(new CellResult.NotApplicable(reason));
    }

    /** Takes a failure back, so that the cell goes on from its last checkpoint. */
    void forgetFailure() {
        forgetResult();
        enter(CellState.INTERRUPTED, "taken up again after a failure");
    }

    void forgetResult() {
        try {
            if (Files.deleteIfExists(resultFile())) {
                DurableFiles.forceFolder(path);
            }
        } catch (IOException e) {
            throw StorageException.of(resultFile(), e);
        }
    }

    /** The last lines of the log, without line ends. */
    public List<String> logTail() {
        try (RandomAccessFile in = new RandomAccessFile(log().toFile(), "r")) {
            int span = (int) Math.min(in.length(), 1 << 16);
            byte[] bytes = new byte[span];
            in.seek(in.length() - span);
            in.readFully(bytes);
            List<String> lines =
                    new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return List.copyOf(lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return List.of();
        }
    }

    /**
     * Waits until no other process works on this cell, and keeps others out from then on. Process numbers can deceive; a lock of the
     * operating system ends with its process.
     *
     * @throws StorageException if the other process does not end in time
     */
    public Lock lock(Duration patience) {
        return lock(path.resolve("lock"), patience, "another process works on this cell");
    }

    static Lock lock(Path file, Duration patience, String problem) {
        Instant end = Instant.now().plus(patience);
        DurableFiles.createFolder(DurableFiles.folderOf(file));
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            while (true) {
                if (tryLock(channel)) {
                    return new HeldLock(file, channel, fileKey(file));
                }
                if (Instant.now().isAfter(end)) {
                    channel.close();
                    throw new StorageException(
                            StorageException.Kind.BUSY,
                            DurableFiles.folderOf(file) + ": " + problem + ". Wait for it, or stop it first",
                            null);
                }
                Thread.sleep(50);
            }
        } catch (IOException e) {
            throw StorageException.of(file, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + file, e);
        }
    }

    /** Watches a file that is never replaced, and keeps nobody out. */
    static Lock presence(Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            return new HeldLock(file, channel, fileKey(file));
        } catch (IOException e) {
            throw StorageException.of(file, e);
        }
    }

    /** A lock file is never replaced, and while it is open nobody else gets its number. */
    private record HeldLock(
            Path file, FileChannel channel, @Nullable Object key) implements Lock {
        @Override
        public boolean holds() {
            try {
                return Objects.equals(key, fileKey(file));
            } catch (IOException e) {
                return false;
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
    }

    private static @Nullable Object fileKey(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            if (knowsNoLocks(e)) {
                return true; // leases alone keep others out there
            }
            throw e;
        }
    }

    /** Whether a file system has no locks at all, in the words of the C library. */
    static boolean knowsNoLocks(IOException problem) {
        String words = String.valueOf(problem.getMessage());
        return Stream.of("No locks available", "Operation not supported", "Function not implemented")
                .anyMatch(words::contains);
    }

    private Path resultFile() {
        return path.resolve(RESULT);
    }

    private Path states() {
        return path.resolve("state.jsonl");
    }
}
