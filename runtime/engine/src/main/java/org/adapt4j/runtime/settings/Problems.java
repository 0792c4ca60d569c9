package org.adapt4j.runtime.settings;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collects what is wrong, and what deserves a warning, until all has been looked at. */
public final class Problems {

    /** More would not be read; the count goes on. */
    private static final int KEPT = 1_000;

    private final Set<Problem> found = new LinkedHashSet<>();
    private final Set<Problem> warnings = new LinkedHashSet<>();
    private final Set<String> leftOut = new HashSet<>();
    private final Map<String, List<Outline.Entry>> places = new HashMap<>();
    private int dropped;

    /** Adds a problem at the place where a value was written. */
    public void add(ConfigOrigin origin, String path, String message) {
        add(Origins.problem(origin, path, message));
    }

    /** Says nothing more of a key, and of what stands below it: enough was said. */
    void leaveOut(String path) {
        leftOut.add(path);
    }

    private boolean isLeftOut(String path) {
        return leftOut.stream().anyMatch(key -> path.equals(key) || path.startsWith(key + "."));
    }

    /** Adds a problem. */
    public void add(Problem problem) {
        if (isLeftOut(problem.path())) {
            return;
        }
        if (found.size() < KEPT) {
            found.add(problem);
        } else if (!found.contains(problem)) {
            dropped++;
        }
    }

    /** Adds what the library refuses, at its place. */
    public void add(ConfigException refusal) {
        add(Origins.problem(refusal));
    }

    /** Adds problems. */
    public void addAll(Collection<Problem> problems) {
        problems.forEach(this::add);
    }

    /** Adds something that works today and should be changed. */
    public void warn(ConfigOrigin origin, String path, String message) {
        warnings.add(Origins.problem(origin, path, message));
    }

    /** How many problems there are. */
    public int count() {
        return found.size() + dropped;
    }

    /** The problems by file and line; the same one is named once. */
    public List<Problem> found() {
        return sorted(found.stream().map(this::located).toList());
    }

    /** Notes where keys were written. */
    void place(List<Outline.Entry> entries) {
        entries.forEach(entry -> places.computeIfAbsent(entry.file() + "\0" + entry.line(), any -> new ArrayList<>())
                .add(entry));
    }

    /** With the column of its key. A key of a method is written below the method, and is told as the cell has it. */
    private Problem located(Problem problem) {
        List<Outline.Entry> line = places.getOrDefault(problem.file() + "\0" + problem.line(), List.of());
        return line.stream()
                .filter(entry -> isPart(entry.path(), problem.path()) || isPart(problem.path(), entry.path()))
                .max(Comparator.comparingInt(entry -> entry.path().length()))
                .or(() -> line.size() == 1 ? Optional.of(line.get(0)) : Optional.empty())
                .map(entry -> problem.at(entry.column()))
                .orElse(problem);
    }

    private static boolean isPart(String path, String last) {
        return !last.isEmpty() && (path.equals(last) || path.endsWith("." + last));
    }

    /** The warnings by file and line. */
    public List<Problem> warnings() {
        return sorted(warnings);
    }

    /**
     * Returns if nothing is wrong.
     *
     * @throws ConfigurationException with all problems so far
     */
    public void throwIfAny() {
        throwIfMoreThan(0);
    }

    /**
     * Returns if nothing was added to so many problems: what follows can be judged in spite of them.
     *
     * @throws ConfigurationException with all problems so far
     */
    public void throwIfMoreThan(int before) {
        if (count() > before) {
            throw new ConfigurationException(found());
        }
    }

    /**
     * Returns if all of the texts could be read, even if keys in them are wrong.
     *
     * @throws ConfigurationException with all problems so far, if one is about no key
     */
    public void throwIfUnreadable() {
        if (found.stream().anyMatch(problem -> problem.path().isEmpty())) {
            throwIfAny();
        }
    }

    /** All problems so far, met because of something else. @param cause what came before */
    public ConfigurationException asException(Throwable cause) {
        ConfigurationException exception = new ConfigurationException(found());
        exception.initCause(cause);
        return exception;
    }

    private static List<Problem> sorted(Collection<Problem> problems) {
        return problems.stream()
                .sorted(Comparator.comparing(Problem::file)
                        .thenComparingInt(Problem::line)
                        .thenComparing(Problem::path))
                .toList();
    }
}
