package org.adapt4j.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a run comes from, which nobody can find out later: {@value #FILE} in its folder, a line that closes with its check sum, and the experiment's texts as somebody wrote them
 * below {@value #SOURCE}.
 *
 * @param file of the experiment, as it was named
 * @param overrides given on the command line
 * @param commit of the git repository that the file lies in; empty outside one, or without git
 * @param dirty files of that repository that differ from the commit, as git lists them
 * @param sources SHA-256 of each text below {@value #SOURCE}, by name
 * @param inputs SHA-256 of each file outside the jars that the experiment names, by its path: data sets, cartridges, models; as accepted last
 * @param accepted changes of inputs that somebody accepted since, a line each, in the order of time
 */
public record Origin(
        String file,
        List<String> overrides,
        Optional<String> commit,
        List<String> dirty,
        SortedMap<String, String> sources,
        SortedMap<String, String> inputs,
        List<String> accepted) {
    private static final String FILE = "origin.jsonl";
    private static final String SOURCE = "source";
    private static final int MOST_DIRTY = 100;
    private static final int SHOWN_DIGITS = 16;
    private static final long GIT_SECONDS = 20;

    /** Copies the collections. */
    public Origin {
        overrides = List.copyOf(overrides);
        dirty = List.copyOf(dirty);
        sources = new TreeMap<>(sources);
        inputs = new TreeMap<>(inputs);
        accepted = List.copyOf(accepted);
    }

    /** Looks at the repository of an experiment. @param inputs files and folders that it names */
    public static Origin of(Path experiment, List<String> overrides, List<Path> inputs) {
        Path folder = DurableFiles.folderOf(experiment);
        Optional<String> commit = git(folder, "rev-parse", "HEAD").map(String::strip);
        List<String> dirty = commit.flatMap(head -> git(folder, "status", "--porcelain"))
                .map(lines -> lines.lines().limit(MOST_DIRTY).toList())
                .orElse(List.of());
        SortedMap<String, String> sums = new TreeMap<>();
        for (Path input : inputs) {
            sums.put(input.toString(), sum(input));
        }
        return new Origin(experiment.toString(), overrides, commit, dirty, new TreeMap<>(), sums, List.of());
    }

    private static Optional<String> git(Path folder, String... arguments) {
        List<String> command = Stream.concat(Stream.of("git", "-C", folder.toString()), Stream.of(arguments))
                .toList();
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            try {
                // Reading waits for its end, which this brings about if it does not come by itself.
                process.onExit().orTimeout(GIT_SECONDS, TimeUnit.SECONDS).exceptionally(late -> {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    return process.destroyForcibly();
                });
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return process.waitFor() == 0 ? Optional.of(output) : Optional.empty();
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Of a file its own; of a folder that of a list of all files in it with their sums. @throws StorageException if it cannot be read */
    public static String sum(Path input) {
        try {
            if (Files.isRegularFile(input)) {
                return Sha256.of(input);
            }
            StringBuilder list = new StringBuilder();
            try (Stream<Path> files = Files.walk(input)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    list.append(Sha256.of(file))
                            .append("  ")
                            .append(input.relativize(file))
                            .append('\n');
                }
            }
            return Sha256.of(list.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw StorageException.of(input, e);
        }
    }

    /**
     * Notes it in a run that begins; one that was begun before keeps its own.
     *
     * @param sources texts of the experiment and of what it includes, by name relative to the experiment's folder
     */
    public void keepIn(Path run, SortedMap<String, String> sources) {
        if (Files.exists(run.resolve(FILE))) {
            return;
        }
        sources.forEach((name, text) -> DurableFiles.write(run.resolve(SOURCE).resolve(name), text));
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("file", file);
        overrides.forEach(json.putArray("overrides")::add);
        json.put("commit", commit.orElse(null));
        dirty.forEach(json.putArray("dirty")::add);
        ObjectNode texts = json.putObject("sources");
        sources.forEach((name, text) -> texts.put(name, Sha256.of(text.getBytes(StandardCharsets.UTF_8))));
        ObjectNode sums = json.putObject("inputs");
        inputs.forEach(sums::put);
        try (JsonLines log = JsonLines.open(run.resolve(FILE), 0)) {
            log.append(json);
            log.force();
        }
    }

    /**
     * What was noted in a run; empty if nothing was, or the machine died meanwhile.
     *
     * @throws DamagedFileException if it, or a text of the experiment, is not what was written
     */
    public static Optional<Origin> read(Path run) {
        Path file = run.resolve(FILE);
        List<ObjectNode> lines;
        try {
            lines = JsonLines.read(file);
        } catch (DamagedFileException e) {
            throw damaged(file);
        }
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode json = lines.get(0);
        SortedMap<String, String> inputs = sums(json.path("inputs"));
        List<String> accepted = new ArrayList<>();
        for (ObjectNode line : lines.subList(1, lines.size())) {
            sums(line.path("accepted")).forEach((input, now) -> {
                accepted.add(line.path("at").asText() + ": " + input + ": " + shown(inputs.getOrDefault(input, ""))
                        + " became " + shown(now));
                inputs.put(input, now);
            });
        }
        Origin origin = new Origin(
                json.path("file").asText(),
                texts(json.path("overrides")),
                json.hasNonNull("commit") ? Optional.of(json.path("commit").asText()) : Optional.empty(),
                texts(json.path("dirty")),
                sums(json.path("sources")),
                inputs,
                accepted);
        origin.sources().forEach((name, sum) -> {
            Path text = run.resolve(SOURCE).resolve(name);
            if (!Files.isRegularFile(text) || !sum(text).equals(sum)) {
                throw damaged(text);
            }
        });
        return Optional.of(origin);
    }

    private static DamagedFileException damaged(Path file) {
        return new DamagedFileException(file + ": is not what was written: the file was changed or the disk is failing."
                + " Restore it from a copy, or delete " + FILE
                + ": the run is whole without it, but no longer says where"
                + " it comes from");
    }

    private static SortedMap<String, String> sums(JsonNode object) {
        SortedMap<String, String> sums = new TreeMap<>();
        object.propertyStream()
                .forEach(entry -> sums.put(entry.getKey(), entry.getValue().asText()));
        return sums;
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).toList();
    }

    private static String shown(String sum) {
        return sum.isEmpty() ? "what is gone" : "sha256 " + sum.substring(0, Math.min(SHOWN_DIGITS, sum.length()));
    }

    /**
     * Compares what a run reads with what it read when it began, or when a change was accepted last.
     *
     * @throws ChangedCodeException if some of it is gone or another
     */
    public static void demandUnchanged(Path run) {
        SortedMap<String, String> changed = read(run).map(Origin::changed).orElse(new TreeMap<>());
        if (!changed.isEmpty()) {
            throw new ChangedCodeException(run + ": reads other data than when it began:\n"
                    + changed.entrySet().stream()
                            .map(input -> "  " + input.getKey() + ": "
                                    + (input.getValue().isEmpty() ? "is gone" : "has changed")
                                    + " since the run began\n")
                            .collect(Collectors.joining())
                    + "Put back what was there, or go on with what is there now: adapt4j resume --accept-changed-code "
                    + run);
        }
    }

    /** Notes that a run goes on with the inputs that are there now. */
    public static void accept(Path run) {
        SortedMap<String, String> changed = read(run).map(Origin::changed).orElse(new TreeMap<>());
        if (changed.isEmpty()) {
            return;
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        ObjectNode accepted = json.putObject("accepted");
        changed.forEach(accepted::put);
        try (JsonLines log = JsonLines.open(run.resolve(FILE), JsonLines.ALL)) {
            log.append(json);
            log.force();
        }
    }

    /** Sums that inputs have now, of those that are not as noted; empty for one that is gone. */
    private SortedMap<String, String> changed() {
        SortedMap<String, String> changed = new TreeMap<>();
        inputs.forEach((input, before) -> {
            String now = Files.exists(Path.of(input)) ? sum(Path.of(input)) : "";
            if (!now.equals(before)) {
                changed.put(input, now);
            }
        });
        return changed;
    }
}
