package org.adapt4j.data.minari;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.DatasetCreationOptions;
import io.jhdf.api.WritableGroup;
import io.jhdf.exceptions.HdfException;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.data.DataSetWriter;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.space.Element;
import org.adapt4j.api.space.Space;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.toolkit.recording.EpisodeLog;
import org.adapt4j.toolkit.recording.RecordedNumbers;

/**
 * Writes a folder that Minari's {@code MINARI_DATASETS_PATH} may name: a data set a task, each with {@code data/main_data.hdf5} and {@code
 * data/metadata.json} in the layout of version 0.5.
 *
 * <p>Departures from files that Minari writes: arrays cannot grow, truth values are bytes (both read alike), there are no {@code infos}
 * (its reader does without; jHDF 0.13 breaks files with empty groups), and an episode carries the attribute {@code recording}. Where one recording spans several episodes it is split; what was seen after the last step of such an
 * episode is not known, and the step's own observation stands for it. Until it is closed, new recordings wait in hidden files.
 */
public final class MinariWriter implements DataSetWriter {

    private static final String NAMESPACE = "namespace_metadata.json";

    private final Settings settings;
    private final Names names;
    private final TaskDistribution benchmark;
    private final Path root;
    private final Map<String, Open> open = new TreeMap<>();

    /** A task's data set: recordings it holds, and those that wait to be put into it. */
    private record Open(Task task, String id, Path data, int recordings, boolean isStale, EpisodeLog waiting) {}

    /**
     * How data sets are named and described.
     *
     * @param id pattern of ids
     * @param dataSets ids by the name of a task, over the pattern
     * @param split whether recordings that span several episodes become several
     * @param deflate how much to pack the numbers, 0 to 9
     * @param author for the metadata
     * @param authorEmail for the metadata
     * @param algorithmName for the metadata
     * @param codePermalink for the metadata
     * @param description for the metadata; empty: benchmark and task
     */
    public record Settings(
            String id,
            Map<String, String> dataSets,
            boolean split,
            int deflate,
            List<String> author,
            List<String> authorEmail,
            Optional<String> algorithmName,
            Optional<String> codePermalink,
            Optional<String> description) {

        /** Checks ids and numbers. */
        public Settings {
            dataSets = Map.copyOf(dataSets);
            author = List.copyOf(author);
            authorEmail = List.copyOf(authorEmail);
            Check.between("deflate", deflate, 0, 9);
            var unused = new Names(id, dataSets);
        }
    }

    @Inject
    MinariWriter(Settings settings, TaskDistribution benchmark, Path folder) {
        this.settings = settings;
        this.benchmark = benchmark;
        names = new Names(settings.id(), settings.dataSets());
        root = folder;
    }

    @Override
    public int count(Task task) {
        Open found = open(task);
        return found.recordings() + found.waiting().count();
    }

    private Open open(Task task) {
        return open.computeIfAbsent(task.name(), name -> {
            String id = names.id(task);
            Path data = Names.data(root, id);
            int recordings = 0;
            boolean isStale = false;
            if (Files.exists(data.resolve(EpisodeFile.FILE))) {
                try (EpisodeFile file = EpisodeFile.open(data)) {
                    recordings = recordings(file, data);
                    isStale = EpisodeFile.metadata(data)
                            .map(metadata -> metadata.path("total_episodes").asInt() != file.count())
                            .orElse(true);
                }
            }
            try {
                Files.createDirectories(data);
            } catch (IOException e) {
                throw failed(data, e);
            }
            Path log = data.resolve("." + EpisodeFile.FILE + ".part");
            return new Open(task, id, data, recordings, isStale, EpisodeLog.open(log, recordings));
        });
    }

    private static int recordings(EpisodeFile file, Path data) {
        int most = 0;
        for (int i = 0; i < file.count(); i++) {
            most = Math.max(
                    most,
                    1
                            + file.recording(i)
                                    .orElseThrow(() -> new IllegalArgumentException(
                                            data + ": was written by another program, and what it keeps beside"
                                                    + " the episodes would be lost. Choose another folder")));
        }
        return most;
    }

    @Override
    public void add(Demonstration episode) {
        Open task = open(episode.task());
        try {
            RecordedNumbers.check(episode, benchmark.spec(TaskSet.of(episode.task())));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "a recording of " + episode.task().name() + " does not fit " + benchmark.title() + ": "
                            + e.getMessage(),
                    e);
        }
        task.waiting().add(episode);
    }

    @Override
    public void close() {
        for (Open task : open.values()) {
            if (task.waiting().count() > 0 || task.isStale()) {
                write(task);
            }
            task.waiting().delete();
        }
        open.clear();
    }

    /** An episode to write: a stretch of a recording. */
    private record Piece(int recording, Demonstration from, int first, int steps) {}

    private void write(Open task) {
        EnvironmentSpec spec = benchmark.spec(TaskSet.of(task.task()));
        List<Piece> pieces = new ArrayList<>();
        Path file = task.data().resolve(EpisodeFile.FILE);
        if (Files.exists(file)) {
            try (EpisodeFile before = EpisodeFile.open(task.data())) {
                for (int i = 0; i < before.count(); i++) {
                    Demonstration episode = before.episode(task.task(), spec, i);
                    pieces.add(new Piece(before.recording(i).orElseThrow(), episode, 0, episode.steps()));
                }
            }
        }
        for (int i = 0; i < task.waiting().count(); i++) {
            split(task.recordings() + i, task.waiting().episode(i), pieces);
        }
        Path temporary = task.data().resolve("." + EpisodeFile.FILE + ".tmp");
        long steps = 0;
        try {
            Files.deleteIfExists(temporary); // which may be a link to elsewhere
            try (WritableHdfFile hdf = HdfFile.write(temporary)) {
                for (int i = 0; i < pieces.size(); i++) {
                    episode(hdf, spec, pieces.get(i), i);
                    steps += pieces.get(i).steps();
                }
            }
            finish(temporary, file);
            byte[] metadata = Metadata.of(
                    task.id(),
                    spec,
                    settings,
                    settings.description()
                            .orElse(benchmark.title() + ", " + task.task().name() + ", recorded with Adapt4J"),
                    pieces.size(),
                    steps,
                    Files.size(file));
            replace(task.data().resolve(EpisodeFile.METADATA), metadata);
            namespaces(task.id());
        } catch (IOException e) {
            throw failed(file, e);
        } catch (HdfException e) {
            throw failed(file, new IOException(e));
        }
    }

    /** Episodes of Minari end with their last step. A recording that is not over at its end counts as cut off there. */
    private void split(int recording, Demonstration from, List<Piece> pieces) {
        int first = 0;
        for (int t = 0; t < from.steps(); t++) {
            boolean ends = settings.split()
                    && (isSet(from, Demonstration.TERMINATED, t) || isSet(from, Demonstration.TRUNCATED, t));
            if (ends || t == from.steps() - 1) {
                pieces.add(new Piece(recording, from, first, t + 1 - first));
                first = t + 1;
            }
        }
    }

    private void episode(WritableHdfFile hdf, EnvironmentSpec spec, Piece piece, int number) {
        Demonstration from = piece.from();
        WritableGroup group = hdf.putGroup("episode_" + number);
        group.putAttribute("id", (long) number);
        group.putAttribute("total_steps", (long) piece.steps());
        group.putAttribute(EpisodeFile.RECORDING, (long) piece.recording());
        // The row after an end within a recording is another episode's.
        boolean isLast = piece.first() + piece.steps() == from.steps();
        WritableGroup parts = spec.observation().size() == 1 ? group : group.putGroup("observations");
        for (Component component : spec.observation()) {
            Object seen = rows(from, component.name(), component.space(), piece, isLast ? 1 : 0);
            put(parts, parts == group ? "observations" : component.name(), seen, component.space());
        }
        put(group, "actions", rows(from, "action", spec.action(), piece, -1), spec.action());
        double[] rewards = new double[piece.steps()];
        byte[] terminated = new byte[piece.steps()];
        byte[] truncated = new byte[piece.steps()];
        ByteBuffer earned = column(from, "reward");
        for (int t = 0; t < piece.steps(); t++) {
            rewards[t] = earned.getFloat((piece.first() + t) * Float.BYTES);
            terminated[t] = (byte) (isSet(from, Demonstration.TERMINATED, piece.first() + t) ? 1 : 0);
            truncated[t] = (byte) (isSet(from, Demonstration.TRUNCATED, piece.first() + t) ? 1 : 0);
        }
        int end = piece.steps() - 1;
        if (terminated[end] == 0) {
            truncated[end] = 1;
        }
        group.putDataset("rewards", rewards);
        group.putDataset("terminations", terminated);
        group.putDataset("truncations", truncated);
        statistics(group, rewards);
    }

    private static void statistics(WritableGroup group, double[] rewards) {
        double sum = 0;
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double reward : rewards) {
            sum += reward;
            least = Math.min(least, reward);
            most = Math.max(most, reward);
        }
        double squares = 0;
        for (double reward : rewards) {
            squares += (reward - sum / rewards.length) * (reward - sum / rewards.length);
        }
        group.putAttribute("rewards_sum", sum);
        group.putAttribute("rewards_mean", sum / rewards.length);
        group.putAttribute("rewards_std", Math.sqrt(squares / rewards.length));
        group.putAttribute("rewards_max", most);
        group.putAttribute("rewards_min", least);
    }

    private void put(WritableGroup group, String name, Object rows, Space space) {
        DatasetCreationOptions.Builder options = DatasetCreationOptions.builder();
        if (space.element() == Element.UINT8) {
            options.unsigned();
        }
        if (settings.deflate() > 0) {
            options.chunkDimensions(dimensions(rows)).shuffle().deflate(settings.deflate());
        }
        group.putDataset(name, rows, options.build());
    }

    private static int[] dimensions(Object array) {
        List<Integer> sizes = new ArrayList<>();
        for (Object part = array; part.getClass().isArray(); part = Array.get(part, 0)) {
            sizes.add(Array.getLength(part));
        }
        return sizes.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * Rows as nested arrays of the space's shape.
     *
     * @param seenAfter 1 with the observation after the last step, 0 with the last step's own instead, -1 for one row a step
     */
    private static Object rows(Demonstration from, String name, Space space, Piece piece, int seenAfter) {
        ByteBuffer column = column(from, name);
        int rows = piece.steps() + (seenAfter < 0 ? 0 : 1);
        int[] sizes = space instanceof Box box
                ? box.shape().stream().mapToInt(Integer::intValue).toArray()
                : new int[0];
        int[] shape = new int[sizes.length + 1];
        shape[0] = rows;
        System.arraycopy(sizes, 0, shape, 1, sizes.length);
        Class<?> type = space instanceof Discrete
                ? long.class
                : switch (space.element()) {
                    case UINT8 -> byte.class;
                    case INT32 -> int.class;
                    case FLOAT32 -> float.class;
                };
        Object array = Array.newInstance(type, shape);
        for (int row = 0; row < rows; row++) {
            boolean isKnown = row < piece.steps() || seenAfter == 1;
            int at = piece.first() + (isKnown ? row : row - 1);
            if (sizes.length == 0) {
                Array.setLong(array, row, column.getInt(at * Integer.BYTES));
            } else {
                fill(
                        Array.get(array, row),
                        column.slice(at * space.bytes(), space.bytes()).order(ByteOrder.nativeOrder()));
            }
        }
        return array;
    }

    private static void fill(Object array, ByteBuffer from) {
        if (array instanceof float[] floats) {
            for (int i = 0; i < floats.length; i++) {
                floats[i] = from.getFloat();
            }
        } else if (array instanceof byte[] bytes) {
            from.get(bytes);
        } else if (array instanceof int[] ints) {
            for (int i = 0; i < ints.length; i++) {
                ints[i] = from.getInt();
            }
        } else {
            for (int i = 0; i < Array.getLength(array); i++) {
                fill(Array.get(array, i), from);
            }
        }
    }

    private static ByteBuffer column(Demonstration from, String name) {
        ByteBuffer column = from.columns().get(name);
        if (column == null) {
            throw new IllegalArgumentException(
                    "a recording of " + from.task().name() + " has no column '" + name + "'");
        }
        return column.duplicate().order(ByteOrder.nativeOrder());
    }

    private static boolean isSet(Demonstration from, String name, int step) {
        ByteBuffer flags = from.columns().get(name);
        return flags != null && flags.get(step) != 0;
    }

    // --- files ------------------------------------------------------------------------------------------------------

    /** Every folder above a data set is a namespace, which Minari knows by this file. */
    private void namespaces(String id) throws IOException {
        for (int slash = id.indexOf('/'); slash >= 0; slash = id.indexOf('/', slash + 1)) {
            Path file = root.resolve(id.substring(0, slash)).resolve(NAMESPACE);
            if (!Files.exists(file)) {
                Files.writeString(file, "{}");
            }
        }
    }

    private static void replace(Path file, byte[] content) throws IOException {
        Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
        Files.deleteIfExists(temporary); // which may be a link to elsewhere
        Files.write(temporary, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        finish(temporary, file);
    }

    /** Gives a whole file its name, durably. */
    private static void finish(Path temporary, Path file) throws IOException {
        force(temporary);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(file.resolveSibling("."));
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static UncheckedIOException failed(Path file, IOException problem) {
        return new UncheckedIOException(file + ": cannot be written: " + problem, problem);
    }
}
