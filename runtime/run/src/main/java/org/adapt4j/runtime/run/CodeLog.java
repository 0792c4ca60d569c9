package org.adapt4j.runtime.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The code that a run is made by: {@value #FILE} in its folder. The first line pins what it began with; each further one is a change that
 * somebody accepted, or the same code at another place.
 */
public final class CodeLog {
    private static final String FILE = "code.jsonl";

    /**
     * From when on what code ran.
     *
     * @param at when
     * @param code all of it
     * @param plugins versions by id
     * @param difference from the one before; empty for the first
     */
    public record Entry(String at, Code code, Map<String, String> plugins, String difference) {}

    private final Path run;

    private CodeLog(Path run) {
        this.run = run;
    }

    /** That of a run. */
    public static CodeLog of(Path run) {
        return new CodeLog(run);
    }

    private Path file() {
        return run.resolve(FILE);
    }

    private List<ObjectNode> lines() {
        try {
            return JsonLines.read(file());
        } catch (DamagedFileException e) {
            throw new DamagedFileException(file() + ": is not what was written: the file was changed or the disk is"
                    + " failing. Restore it from a copy, or delete it and resume the run with --accept-changed-code");
        }
    }

    /** What was noted last; empty if nothing was. @throws DamagedFileException if that is not what was written */
    public Optional<Code> last() {
        List<ObjectNode> lines = lines();
        return lines.isEmpty() ? Optional.empty() : Optional.of(Code.fromJson(lines.get(lines.size() - 1)));
    }

    /**
     * Pins the code of a run that begins, or compares that of one that goes on.
     *
     * @param now what would run
     * @param plugins versions of all plug-ins by id
     * @param begins whether no cell of the run was ever started
     * @param accept whether a change is welcome, and to be noted
     * @throws ChangedCodeException if it is not the code that the run is made by
     */
    public void pin(Code now, Map<String, String> plugins, boolean begins, boolean accept) {
        Optional<Code> before = last();
        if (before.isPresent() && before.get().equals(now)) {
            return;
        }
        boolean same = before.map(now::isSame).orElse(false);
        if (!same && !begins && !accept) {
            throw new ChangedCodeException(before.map(code -> run + ": was made by other code:\n" + code.difference(now)
                                    + code.pluginsLeftOut(now))
                            .orElse(run + ": has lost " + FILE + ", which says what code it was made by.")
                    + "\nGo on with the code that it was made by, or accept the change, which the report will"
                    + " show: adapt4j resume --accept-changed-code " + run);
        }
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        line.put(
                "difference",
                same ? "" : before.map(code -> code.difference(now)).orElse(""));
        ObjectNode ids = line.putObject("plug-ins");
        new TreeMap<>(plugins).forEach(ids::put);
        line.setAll(now.toJson());
        try (JsonLines log = JsonLines.open(file(), JsonLines.ALL)) {
            log.append(line);
            log.force();
        }
    }

    /**
     * Compares the code of a cell's process, before it does anything.
     *
     * @param plugins the user's folder of plug-ins
     * @throws ChangedCodeException if it is not the code that the run is made by
     */
    public void demandSame(Optional<Path> plugins) {
        Optional<Code> pinned = last();
        if (pinned.isEmpty()) {
            return;
        }
        // Where the jars lie elsewhere than where they were pinned, only the first process of the folder reads them.
        Code now = Code.ofThisProcess(plugins, pinned, KnownSums.ofRun(run));
        if (!pinned.get().isSame(now)) {
            throw new ChangedCodeException("the code has changed since this run was begun or resumed:\n"
                    + pinned.get().difference(now)
                    + "\nStop the run, and see what resuming it says: adapt4j resume " + run);
        }
    }

    /** All code that ran, in the order of time; the same code at another place is no entry of its own. */
    public List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (ObjectNode line : lines()) {
            String difference = line.path("difference").asText();
            if (entries.isEmpty() || !difference.isEmpty()) {
                Map<String, String> plugins = new TreeMap<>();
                line.path("plug-ins")
                        .propertyStream()
                        .forEach(id -> plugins.put(id.getKey(), id.getValue().asText()));
                entries.add(new Entry(line.path("at").asText(), Code.fromJson(line), plugins, difference));
            }
        }
        return entries;
    }
}
