package org.adapt4j.runtime.report.folder;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.adapt4j.runtime.run.JsonLines;
import org.adapt4j.runtime.run.Sha256;
import org.adapt4j.runtime.run.StorageException;

/**
 * The package that a run was packed into last.
 *
 * @param link to it, or to how it is used, from the folder of the report
 * @param words that link
 * @param note further words
 */
public record Packed(String link, String words, String note) {
    private static final String FILE = "packages.jsonl";

    /** For a page that is itself in a package. */
    public static final Packed HERE =
            new Packed("../../REPRODUCE.md", "how to verify it and to run it again", "this page is part of a package");

    /** Notes in a run's folder what it was packed into. */
    public static void note(Path run, Path archive) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put(
                "file",
                run.toAbsolutePath()
                        .normalize()
                        .relativize(archive.toAbsolutePath().normalize())
                        .toString());
        try (JsonLines log = JsonLines.open(run.resolve(FILE), JsonLines.ALL)) {
            log.append(line.put("sha256", Sha256.of(archive)));
            log.force();
        } catch (IOException e) {
            throw StorageException.of(archive, e);
        }
    }

    /** What was noted last; empty if nothing was. @throws org.adapt4j.runtime.run.DamagedFileException if it was changed since */
    static Optional<Packed> of(Path run) {
        List<ObjectNode> lines = JsonLines.read(run.resolve(FILE));
        return lines.isEmpty() ? Optional.empty() : Optional.of(of(lines.get(lines.size() - 1)));
    }

    private static Packed of(ObjectNode line) {
        Path file = Path.of(line.path("file").asText());
        return new Packed(
                Path.of("..").resolve(file).toString(),
                String.valueOf(file.getFileName()),
                "sha256 " + line.path("sha256").asText());
    }
}
