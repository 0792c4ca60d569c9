package org.adapt4j.data.minari;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.data.DataSet;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;

/**
 * Episodes of Minari's data sets (Farama Foundation, versions 0.4 and 0.5 of its HDF5 files), one data set a task: by a pattern, or by
 * name for those that Minari has ready.
 */
public final class MinariDataSet implements DataSet {

    private static final String ROOT = "MINARI_DATASETS_PATH";
    private static final int DEPTH = 8;
    private static final int LISTED = 3;

    private final Path root;
    private final Names names;
    private final TaskDistribution benchmark;
    private final Map<String, Integer> counts = new HashMap<>();

    @Inject
    MinariDataSet(Settings settings, TaskDistribution benchmark) {
        this.benchmark = benchmark;
        names = settings.names();
        root = settings.root().orElseGet(MinariDataSet::ofThisMachine);
        Task first = benchmark.tasks(Split.TRAIN).get(0);
        boolean none = Stream.of(Split.TRAIN, Split.TEST)
                .flatMap(split -> benchmark.tasks(split).tasks().stream())
                .noneMatch(task -> Files.exists(file(task)));
        if (none) {
            throw new IllegalArgumentException("root: " + root + " has no data set of " + benchmark.title()
                    + ": none such as "
                    + names.id(first) + there() + ". Name them under data-sets, or record some with: adapt4j record RUN"
                    + " --format minari");
        }
    }

    /**
     * Where the data sets are, and which a task has.
     *
     * @param root Minari's folder; empty: this machine's
     * @param id pattern of ids
     * @param dataSets ids by the name of a task, over the pattern
     */
    public record Settings(Optional<Path> root, String id, Map<String, String> dataSets) {

        /** Checks that the folder is there and the ids are Minari's. */
        public Settings {
            dataSets = Map.copyOf(dataSets);
            root.ifPresent(path -> Check.that(
                    Files.isDirectory(path), "root", "must be a folder, but there is no " + path.toAbsolutePath()));
            var unused = new Names(id, dataSets);
        }

        Names names() {
            return new Names(id, dataSets);
        }
    }

    private static Path ofThisMachine() {
        String chosen = System.getenv(ROOT);
        return chosen == null || chosen.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".minari", "datasets")
                : Path.of(chosen);
    }

    private String there() {
        if (!Files.isDirectory(root)) {
            return "; there is no such folder";
        }
        try (Stream<Path> all = Files.walk(root, DEPTH)) {
            List<String> found = all.filter(path -> path.endsWith(Path.of("data", EpisodeFile.FILE)))
                    .map(path ->
                            root.relativize(path.resolve("../..").normalize()).toString())
                    .sorted()
                    .toList();
            return found.isEmpty()
                    ? "; it has none at all"
                    : "; it has " + String.join(", ", found.subList(0, Math.min(LISTED, found.size())))
                            + (found.size() > LISTED ? ", …" : "");
        } catch (IOException e) {
            throw new UncheckedIOException(root + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private Path data(Task task) {
        return Names.data(root, names.id(task));
    }

    private Path file(Task task) {
        return data(task).resolve(EpisodeFile.FILE);
    }

    @Override
    public String title() {
        return "minari, " + root + ", " + names.pattern()
                + (names.exceptions().isEmpty()
                        ? ""
                        : " and " + names.exceptions().values());
    }

    @Override
    public synchronized int count(Task task) {
        return counts.computeIfAbsent(task.name(), name -> {
            if (!Files.exists(file(task))) {
                return 0;
            }
            try (EpisodeFile file = EpisodeFile.open(data(task))) {
                return file.count();
            }
        });
    }

    @Override
    public Demonstration demonstration(Task task, int index) {
        int count = count(task);
        if (index < 0 || index >= count) {
            throw new IndexOutOfBoundsException(
                    file(task) + " has " + count + " episodes of " + task.name() + ", so there is no number " + index
                            + " (from 0). Ask for fewer shots, or record more with: adapt4j record");
        }
        try (EpisodeFile file = EpisodeFile.open(data(task))) {
            return file.episode(task, benchmark.spec(TaskSet.of(task)), index);
        }
    }

    /** The file {@code policies/hopper-base.safetensors} in the root, as {@code adapt4j record} writes it; Minari keeps none. */
    @Override
    public Optional<byte[]> policy(Task task) {
        Path file = root.resolve("policies").resolve(task.name().replace('/', '-') + ".safetensors");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
