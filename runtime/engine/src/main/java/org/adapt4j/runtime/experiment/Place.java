package org.adapt4j.runtime.experiment;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.adapt4j.runtime.run.CellExecutor;
import org.adapt4j.runtime.run.CellLauncher;
import org.adapt4j.runtime.run.CellProcess;
import org.adapt4j.runtime.run.DamagedFileException;
import org.adapt4j.runtime.run.DurableFiles;
import org.adapt4j.runtime.run.ExecutorException;
import org.adapt4j.runtime.run.LocalExecutor;
import org.adapt4j.runtime.run.RunFolder;
import org.adapt4j.runtime.run.StorageException;
import org.adapt4j.runtime.run.SummedText;
import org.adapt4j.runtime.settings.Binder;
import org.adapt4j.runtime.settings.CanonicalText;
import org.adapt4j.runtime.settings.ConfigurationReader;
import org.adapt4j.runtime.settings.KeyHistory;
import org.adapt4j.runtime.settings.Keys;
import org.adapt4j.runtime.settings.Problems;
import org.adapt4j.runtime.settings.Suggestion;

/**
 * Where cells are computed: {@code run.executor}, and the settings of that executor. What this machine gives to cells stands in the section
 * {@code run} itself ({@code slots}, {@code gpus}), those of other executors in a section there of its name. It changes no result, so the
 * plan of a run holds nothing of it.
 */
public final class Place {
    private static final String KEY = "executor";
    private static final String SECTION = "run";
    private static final String FILE = "executor.conf";

    /** What this machine gives to cells. */
    private static final List<String> HERE = Stream.of(LocalExecutor.Settings.class.getRecordComponents())
            .map(component -> Keys.kebab(component.getName()))
            .toList();

    /** Keys of the section {@code run} that are about where cells are computed, but for the sections of executors. */
    static final Set<String> KEYS =
            Stream.concat(Stream.of(KEY), HERE.stream()).collect(Collectors.toUnmodifiableSet());

    private final Opening opening;
    private final ConfigObject chosen;

    /** An executor with its settings. */
    @FunctionalInterface
    private interface Opening {
        CellLauncher open(RunFolder run, CellProcess processes);
    }

    private Place(Opening opening, ConfigObject chosen) {
        this.opening = opening;
        this.chosen = chosen;
    }

    /**
     * The place where a run was last computed, with other settings above it.
     *
     * @param overrides {@code key=value} of the command line, such as {@code run.executor=local}
     * @throws org.adapt4j.runtime.settings.ConfigurationException with all that is wrong
     */
    public static Place last(RunFolder folder, List<String> overrides, Catalogue catalogue) {
        Path file = folder.path().resolve(FILE);
        try {
            return of(file, Files.exists(file) ? verified(file) : "", overrides, catalogue);
        } catch (IOException e) {
            throw StorageException.of(file, e);
        }
    }

    private static String verified(Path file) throws IOException {
        return SummedText.read(file)
                .orElseThrow(
                        () -> new DamagedFileException(
                                file
                                        + ": is not what was written: the file was changed or the disk is failing."
                                        + " Restore it from a copy, or delete it and resume the run with run.executor and its settings"));
    }

    /** Keeps it in the folder of a run, for when that is resumed. */
    public void keepIn(RunFolder folder) {
        DurableFiles.write(
                folder.path().resolve(FILE),
                SummedText.content(CanonicalText.of(ConfigFactory.empty().root().withValue(SECTION, chosen))));
    }

    private static Place of(Path file, String text, List<String> overrides, Catalogue catalogue) {
        Problems problems = new Problems();
        ConfigurationReader reader = new ConfigurationReader(List.of(), problems);
        Config given = reader.commandLine(overrides);
        problems.throwIfAny();
        for (Map.Entry<String, ConfigValue> section : given.root().entrySet()) {
            if (!section.getKey().equals(SECTION) || !(section.getValue() instanceof ConfigObject)) {
                problems.add(
                        section.getValue().origin(),
                        section.getKey(),
                        "cannot be set any more: a run goes on as it was planned, and only run.executor, "
                                + HERE.stream().map(key -> SECTION + "." + key).collect(Collectors.joining(", "))
                                + " and the section of the executor's name may be others");
            }
        }
        problems.throwIfAny();
        Config all = reader.resolve(given.withFallback(reader.text(file.toString(), text))
                .withFallback(ConfigFactory.parseMap(Map.of(SECTION + "." + KEY, LocalExecutor.NAME))));
        problems.throwIfAny();
        ConfigObject run = all.getObject(SECTION);
        without(run, catalogue.executors()).forEach((key, value) -> {
            if (given.hasPath(SECTION + "." + key)) {
                problems.add(
                        value.origin(), SECTION + "." + key, "cannot be set any more: a run goes on as it was planned");
            }
        });
        Optional<Place> place = of(run, catalogue.executors(), problems);
        problems.throwIfAny();
        return place.orElseThrow();
    }

    /** The place that the section {@code run} names; empty if it is none, which is then reported. */
    static Optional<Place> of(ConfigObject run, Executors executors, Problems problems) {
        ConfigValue written = run.get(KEY);
        String path = SECTION + "." + KEY;
        if (written == null || written.valueType() != ConfigValueType.STRING) {
            if (written != null) {
                problems.add(written.origin(), path, "must be the name of an executor, such as " + LocalExecutor.NAME);
            }
            return Optional.empty();
        }
        String name = (String) written.unwrapped();
        Optional<CellExecutor<?>> found;
        try {
            found = executors.find(name);
        } catch (ExecutorException e) {
            problems.add(written.origin(), path, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
        if (found.isEmpty()) {
            problems.add(
                    written.origin(), path, "no executor '" + name + "'" + Suggestion.tail(name, executors.names()));
            return Optional.empty();
        }
        return bind(found.get(), run, problems);
    }

    private static <S extends Record> Optional<Place> bind(
            CellExecutor<S> executor, ConfigObject run, Problems problems) {
        boolean here = executor.name().equals(LocalExecutor.NAME);
        ConfigValue own = here ? only(run, HERE) : run.get(executor.name());
        String path = here ? SECTION : SECTION + "." + executor.name();
        if (own != null && !(own instanceof ConfigObject)) {
            problems.add(own.origin(), path, "must be a section");
            return Optional.empty();
        }
        int before = problems.count();
        ConfigurationReader reader = new ConfigurationReader(List.of(), problems);
        URL defaults = executor.getClass().getResource(executor.name() + ".conf");
        ConfigObject section = own instanceof ConfigObject written
                ? written
                : ConfigFactory.empty().root().withOrigin(run.origin());
        if (defaults != null) {
            section = reader.resolve(section.toConfig().withFallback(reader.defaults(executor.name(), defaults)))
                    .root();
        }
        if (problems.count() > before) {
            return Optional.empty();
        }
        ConfigObject chosen = (here ? section : section.atKey(executor.name()).root())
                .withValue(KEY, ConfigValueFactory.fromAnyRef(executor.name()));
        return new Binder(problems)
                .bind(executor.settings(), section, path, KeyHistory.NONE)
                .map(bound ->
                        new Place((folder, processes) -> executor.open(folder, bound.settings(), processes), chosen));
    }

    private static ConfigObject only(ConfigObject section, List<String> keys) {
        ConfigObject rest = section;
        for (String key : section.keySet()) {
            rest = keys.contains(key) ? rest : rest.withoutKey(key);
        }
        return rest;
    }

    /** What of the section {@code run} is about no executor. */
    static ConfigObject without(ConfigObject run, Executors executors) {
        TreeSet<String> names = new TreeSet<>(executors.names());
        if (run.get(KEY) != null) {
            names.add(String.valueOf(run.get(KEY).unwrapped()));
        }
        names.remove(LocalExecutor.NAME);
        names.addAll(KEYS);
        ConfigObject rest = run;
        for (String name : names) {
            rest = rest.withoutKey(name);
        }
        return rest;
    }

    /** Whether cells are processes of this machine. */
    public boolean isHere() {
        return chosen.toConfig().getString(KEY).equals(LocalExecutor.NAME);
    }

    /** Gets ready to compute cells. @throws ExecutorException if the executor lacks what it needs */
    public CellLauncher open(RunFolder run, CellProcess processes) {
        return opening.open(run, processes);
    }
}
