package org.adapt4j.runtime.report.claim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.adapt4j.runtime.report.folder.RunFolderException;
import org.adapt4j.runtime.report.judge.Finding;
import org.adapt4j.runtime.run.DamagedFileException;
import org.adapt4j.runtime.run.JsonLines;

/**
 * The verdicts that a run was given, in {@code judged.jsonl} of its folder: who looks again with more seeds has looked before, and pays for it.
 * Provisional verdicts are none.
 */
public final class Journal {
    private static final String FILE = "judged.jsonl";

    private final Path file;
    private final List<Entry> entries;

    /** A verdict of before. @param each seeds of each number; empty in a journal that tells the fewest only */
    private record Entry(String claim, String preset, String digest, int seeds, List<Integer> each, String outcome) {

        /** With how many seeds a number was judged that has more now; 0 if none has. */
        int fewerThan(List<Integer> now) {
            if (each.size() != now.size()) {
                return now.stream().allMatch(count -> seeds < count) && !now.isEmpty() ? seeds : 0;
            }
            return IntStream.range(0, now.size())
                    .filter(i -> each.get(i) < now.get(i))
                    .map(each::get)
                    .max()
                    .orElse(0);
        }
    }

    private Journal(Path file, List<Entry> entries) {
        this.file = file;
        this.entries = entries;
    }

    /** Of a run that nobody judged. */
    public static Journal empty() {
        return new Journal(Path.of(FILE), List.of());
    }

    /**
     * Reads the journal of a run folder.
     *
     * @throws RunFolderException if it was changed since
     */
    public static Journal of(Path run) {
        Path file = run.resolve(FILE);
        List<Entry> entries = new ArrayList<>();
        try {
            if (Files.exists(file)) {
                for (ObjectNode line : JsonLines.read(file)) {
                    entries.add(new Entry(
                            line.path("claim").asText(),
                            line.path("preset").asText(),
                            line.path("digest").asText(),
                            line.path("seeds").asInt(),
                            StreamSupport.stream(line.path("each").spliterator(), false)
                                    .map(JsonNode::asInt)
                                    .toList(),
                            line.path("outcome").asText()));
                }
            }
        } catch (DamagedFileException e) {
            throw new RunFolderException(String.valueOf(e.getMessage()), e);
        }
        return new Journal(file, entries);
    }

    /**
     * With how many fewer seeds some number of the same claim was judged last; 0 if none was.
     *
     * @param now seeds of each number
     */
    int lookedAt(String claim, String preset, String digest, List<Integer> now) {
        return entries.stream()
                .filter(entry -> entry.claim().equals(claim)
                        && entry.preset().equals(preset)
                        && entry.digest().equals(digest))
                .mapToInt(entry -> entry.fewerThan(now))
                .max()
                .orElse(0);
    }

    /** Whether a claim of that name was judged in other words. */
    boolean wasChanged(String claim, String preset, String digest) {
        return entries.stream()
                .anyMatch(entry -> entry.claim().equals(claim)
                        && entry.preset().equals(preset)
                        && !entry.digest().equals(digest));
    }

    /** Notes the verdicts that are final and not noted yet. */
    public void note(List<Verdict> verdicts) {
        List<ObjectNode> lines = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            line(verdict).ifPresent(lines::add);
        }
        if (lines.isEmpty()) {
            return;
        }
        try (JsonLines log = JsonLines.open(file, JsonLines.ALL)) {
            lines.forEach(log::append);
        }
    }

    private Optional<ObjectNode> line(Verdict verdict) {
        if (verdict.ruling().isProvisional() || !verdict.ruling().isJudged()) {
            return Optional.empty();
        }
        String outcome = verdict.ruling().outcome().label();
        Entry entry = new Entry(
                verdict.claim(),
                verdict.preset(),
                verdict.digest(),
                verdict.ruling().seeds(),
                verdict.ruling().findings().stream().map(Finding::seeds).toList(),
                outcome);
        if (entries.contains(entry)) {
            return Optional.empty();
        }
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        line.put("claim", entry.claim()).put("preset", entry.preset()).put("digest", entry.digest());
        line.put("seeds", entry.seeds());
        entry.each().forEach(line.putArray("each")::add);
        line.put("alpha", verdict.ruling().alpha()).put("outcome", outcome);
        if (wasChanged(entry.claim(), entry.preset(), entry.digest())) {
            line.put("changed-after-a-look", true);
        }
        return Optional.of(line);
    }
}
