package org.adapt4j.data.imujoco;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.data.DataSet;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;

/**
 * Trajectories of iMuJoCo's experts, in the files of its authors ({@code sac-hopper-massinc_300_torsogeom.npz}) or the small set that
 * comes with Adapt4J (Patacchiola et al. 2023, appendix A).
 *
 * <p>Files lack what was seen after the last row of a trajectory: that row's observation stands for it too. Where a file does not tell
 * a time limit from a fall, an episode of the greatest length counts as cut off.
 */
public final class ImujocoRollouts implements DataSet {

    private static final String SHIPPED = "rollouts/";
    private static final int LISTED = 3;

    private final Settings settings;
    private final TaskDistribution benchmark;
    private final Optional<Path> folder;
    private final Map<String, SoftReference<Rollouts>> read = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();

    @Inject
    ImujocoRollouts(Settings settings, TaskDistribution benchmark) {
        this.settings = settings;
        this.benchmark = benchmark;
        folder = settings.folder().map(ImujocoRollouts::withFiles);
        Layout.of(benchmark, benchmark.tasks(Split.TRAIN).get(0));
        boolean none = Stream.of(Split.TRAIN, Split.TEST)
                .flatMap(split -> benchmark.tasks(split).tasks().stream())
                .noneMatch(task -> file(task).isPresent());
        if (none) {
            throw new IllegalArgumentException(
                    "folder: " + where() + " has no rollouts of " + benchmark.title() + ": no file such as "
                            + Layout.file(benchmark.tasks(Split.TRAIN).get(0)) + there()
                            + ". Record some with: adapt4j record RUN --format imujoco-rollouts");
        }
    }

    /**
     * Which files, and how they are cut.
     *
     * @param folder with the files, or with the authors' folder {@code dataset}; empty: the small set that comes with Adapt4J
     * @param cut where a trajectory ends
     */
    public record Settings(Optional<Path> folder, Cut cut) {

        /** Checks that the folder is there. */
        public Settings {
            folder.ifPresent(path -> Check.that(
                    Files.isDirectory(path), "folder", "must be a folder, but there is no " + path.toAbsolutePath()));
        }
    }

    /** The authors' archive unpacks into a folder of its own. */
    private static Path withFiles(Path folder) {
        Path inner = folder.resolve("dataset");
        return Files.isDirectory(inner) && files(folder).isEmpty() ? inner : folder;
    }

    private static List<String> files(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> String.valueOf(path.getFileName()))
                    .filter(name -> name.endsWith(".npz"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private String where() {
        return folder.map(Path::toString).orElse("the small set that comes with Adapt4J");
    }

    private String there() {
        List<String> found = folder.map(ImujocoRollouts::files).orElse(List.of());
        return folder.isEmpty()
                ? ""
                : found.isEmpty()
                        ? "; it has no .npz file at all"
                        : "; it has " + String.join(", ", found.subList(0, Math.min(LISTED, found.size())))
                                + (found.size() > LISTED ? ", …" : "");
    }

    private Optional<Npz> file(Task task) {
        List<String> names = new ArrayList<>(List.of(Layout.file(task)));
        if (task.name().endsWith("/base")) {
            names.add(names.get(0).replace(".npz", "-base.npz"));
        }
        for (String name : names) {
            if (folder.isPresent()) {
                Path file = folder.get().resolve(name);
                if (Files.isRegularFile(file)) {
                    return Optional.of(Npz.of(file));
                }
            } else {
                URL resource = ImujocoRollouts.class.getResource(SHIPPED + name);
                if (resource != null) {
                    return Optional.of(Npz.of(resource));
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public String title() {
        return "imujoco-rollouts, " + where() + ", cut "
                + settings.cut().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public synchronized int count(Task task) {
        return counts.computeIfAbsent(
                task.name(), name -> file(task).map(found -> count(found, task)).orElse(0));
    }

    private int count(Npz file, Task task) {
        if (settings.cut() == Cut.BY_DONE) {
            return rollouts(file, task).count();
        }
        int rows = Rollouts.rows(file, Layout.of(benchmark, task));
        if (rows < Layout.trajectory()) {
            String message = file.name() + ": has " + rows + " rows, fewer than the " + Layout.trajectory()
                    + " of one trajectory. Record with --steps " + Layout.trajectory()
                    + ", or set data-set.cut = by-done";
            throw new UncheckedIOException(message, new IOException(message));
        }
        return Rollouts.count(rows, Cut.FIXED_1000);
    }

    @Override
    public synchronized Demonstration demonstration(Task task, int index) {
        int count = count(task);
        if (index < 0 || index >= count) {
            throw new IndexOutOfBoundsException(
                    where() + " has " + count + " trajectories of " + task.name() + ", so there is no number " + index
                            + " (from 0). Ask for fewer shots, or record more with: adapt4j record");
        }
        return rollouts(file(task).orElseThrow(), task).demonstration(task, index);
    }

    /** The file {@code policies/hopper-base.safetensors} beside the rollouts, as {@code adapt4j record} writes it. */
    @Override
    public Optional<byte[]> policy(Task task) {
        String name = "policies/" + task.name().replace('/', '-') + ".safetensors";
        Optional<Path> file = folder.map(path -> path.resolve(name)).filter(Files::isRegularFile);
        URL resource = folder.isPresent() ? null : ImujocoRollouts.class.getResource(SHIPPED + name);
        if (file.isEmpty() && resource == null) {
            return Optional.empty();
        }
        try (InputStream in = file.isPresent()
                ? Files.newInputStream(file.get())
                : Objects.requireNonNull(resource).openStream()) {
            return Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(where() + ": " + name + " cannot be read: " + e.getMessage(), e);
        }
    }

    private Rollouts rollouts(Npz file, Task task) {
        SoftReference<Rollouts> kept = read.get(task.name());
        Rollouts rollouts = kept == null ? null : kept.get();
        if (rollouts == null) {
            rollouts = Rollouts.read(file, Layout.of(benchmark, task), settings.cut());
            read.put(task.name(), new SoftReference<>(rollouts));
        }
        return rollouts;
    }
}
