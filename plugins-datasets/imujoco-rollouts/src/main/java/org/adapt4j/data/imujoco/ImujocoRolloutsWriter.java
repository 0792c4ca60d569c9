package org.adapt4j.data.imujoco;

import jakarta.inject.Inject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.data.DataSetWriter;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.toolkit.recording.EpisodeLog;
import org.adapt4j.toolkit.recording.RecordedNumbers;

/**
 * Writes files as iMuJoCo's authors have them: float32, deflated, columns observation, action, reward, end; beside them our own array
 * {@code truncated}, which programs that ask for {@code data} do not see. Until it is closed, new trajectories wait in hidden files
 * {@code .sac-….part}. The same trajectories give the same bytes.
 */
public final class ImujocoRolloutsWriter implements DataSetWriter {

    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final Settings settings;
    private final TaskDistribution benchmark;
    private final Path folder;
    private final Map<String, Open> open = new TreeMap<>();

    /** A task's file, what it holds, and what waits to be put into it. */
    private record Open(Task task, Layout layout, Path file, Optional<Rollouts> finished, EpisodeLog waiting) {
        int count() {
            return finished.map(Rollouts::count).orElse(0) + waiting.count();
        }
    }

    /**
     * How recordings are cut when they are read again.
     *
     * @param cut {@code FIXED_1000} takes recordings of 1000 steps only
     */
    public record Settings(Cut cut) {}

    @Inject
    ImujocoRolloutsWriter(Settings settings, TaskDistribution benchmark, Path folder) {
        this.settings = settings;
        this.benchmark = benchmark;
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw failed(folder, e);
        }
    }

    @Override
    public int count(Task task) {
        return open(task).count();
    }

    private Open open(Task task) {
        return open.computeIfAbsent(task.name(), name -> {
            Layout layout = Layout.of(benchmark, task);
            Path file = folder.resolve(Layout.file(task));
            Optional<Rollouts> finished = Files.exists(file)
                    ? Optional.of(Rollouts.read(Npz.of(file), layout, settings.cut()))
                    : Optional.empty();
            if (settings.cut() == Cut.FIXED_1000 && finished.map(Rollouts::rows).orElse(0) % Layout.trajectory() != 0) {
                throw new IllegalArgumentException(file + " holds episodes of other lengths than " + Layout.trajectory()
                        + " rows. Go on with cut=by-done, or record into another folder");
            }
            Path part = folder.resolve("." + file.getFileName() + ".part");
            int known = finished.map(Rollouts::count).orElse(0);
            return new Open(task, layout, file, finished, EpisodeLog.open(part, known));
        });
    }

    @Override
    public void add(Demonstration episode) {
        if (settings.cut() == Cut.FIXED_1000 && episode.steps() != Layout.trajectory()) {
            throw new IllegalArgumentException(
                    "a trajectory of " + episode.steps() + " steps does not fit files that are cut every "
                            + Layout.trajectory() + " rows. Record with --steps " + Layout.trajectory()
                            + ", or write whole episodes with cut=by-done");
        }
        Open task = open(episode.task());
        try {
            RecordedNumbers.check(episode, benchmark.spec(TaskSet.of(episode.task())));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "a trajectory of " + episode.task().name() + " does not fit " + benchmark.title() + ": "
                            + e.getMessage(),
                    e);
        }
        task.waiting().add(episode);
    }

    @Override
    public void close() {
        for (Open task : open.values()) {
            if (task.waiting().count() > 0) {
                write(task);
            }
            task.waiting().delete();
        }
        open.clear();
    }

    private void write(Open task) {
        Layout layout = task.layout();
        int rows = task.finished().map(Rollouts::rows).orElse(0);
        for (int i = 0; i < task.waiting().count(); i++) {
            rows = Math.addExact(rows, task.waiting().episode(i).steps());
        }
        ByteBuffer data = ByteBuffer.allocate(Math.multiplyExact(rows, layout.columns() * Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer cutOff = ByteBuffer.allocate(rows);
        var numbers = data.asFloatBuffer();
        task.finished().ifPresent(finished -> finished.copyTo(numbers, cutOff));
        for (int i = 0; i < task.waiting().count(); i++) {
            append(task.waiting().episode(i), layout, numbers, cutOff);
        }
        Path temporary = folder.resolve("." + task.file().getFileName() + ".tmp");
        try (FileChannel channel = fresh(temporary)) {
            ZipOutputStream zip =
                    new ZipOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16));
            entry(zip, Layout.DATA, new Npy("<f4", false, List.of(rows, layout.columns())), data.array());
            entry(zip, Layout.TRUNCATED, new Npy("|b1", false, List.of(rows)), cutOff.array());
            zip.finish();
            zip.flush();
            channel.force(true);
            Files.move(temporary, task.file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failed(task.file(), e);
        }
        try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
            entries.force(true);
        } catch (IOException e) {
            throw failed(folder, e);
        }
    }

    /** A new file; what had its name may be a link to elsewhere. */
    private static FileChannel fresh(Path file) throws IOException {
        Files.deleteIfExists(file);
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** Rows of a trajectory. With {@link Cut#BY_DONE} one that is not over counts as cut off where it stops. */
    private void append(Demonstration episode, Layout layout, FloatBuffer numbers, ByteBuffer cutOff) {
        var seen = floats(episode, layout.observation());
        var actions = floats(episode, "action");
        var rewards = floats(episode, "reward");
        for (int i = 0; i < episode.steps(); i++) {
            boolean isLast = i == episode.steps() - 1;
            boolean terminated = flag(episode, Demonstration.TERMINATED, i);
            boolean truncated = flag(episode, Demonstration.TRUNCATED, i);
            truncated |= isLast && !terminated && settings.cut() == Cut.BY_DONE;
            for (int k = 0; k < layout.observations(); k++) {
                numbers.put(seen.get(i * layout.observations() + k));
            }
            for (int k = 0; k < layout.actions(); k++) {
                numbers.put(actions.get(i * layout.actions() + k));
            }
            numbers.put(rewards.get(i));
            numbers.put(terminated || truncated ? 1 : 0);
            cutOff.put((byte) (truncated ? 1 : 0));
        }
    }

    private static FloatBuffer floats(Demonstration episode, String name) {
        ByteBuffer column = episode.columns().get(name);
        if (column == null) {
            throw new IllegalArgumentException(
                    "a recorded episode of " + episode.task().name() + " has no column '" + name + "'");
        }
        return column.duplicate().order(ByteOrder.nativeOrder()).rewind().asFloatBuffer();
    }

    private static boolean flag(Demonstration episode, String name, int step) {
        ByteBuffer flags = episode.columns().get(name);
        return flags != null && flags.get(step) != 0;
    }

    private static void entry(ZipOutputStream zip, String name, Npy header, byte[] numbers) throws IOException {
        ZipEntry entry = new ZipEntry(name + ".npy");
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
        OutputStream out = zip;
        out.write(header.header());
        out.write(numbers);
        zip.closeEntry();
    }

    private static UncheckedIOException failed(Path file, IOException problem) {
        return new UncheckedIOException(file + ": cannot be written: " + problem, problem);
    }
}
