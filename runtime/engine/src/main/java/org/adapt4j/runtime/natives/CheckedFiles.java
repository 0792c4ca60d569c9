package org.adapt4j.runtime.natives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which files of a folder were found good and when, noted within it, so that processes that follow each other need not read them all again. It
 * holds for an hour, and until one of them is written to; what a disk that fails makes of them by itself is found out after that hour.
 */
final class CheckedFiles {
    private static final String NAME = ".checked";
    private static final Duration HOLDS = Duration.ofHours(1);

    private final Path notes;

    private CheckedFiles(Path notes) {
        this.notes = notes;
    }

    /** Those of a folder. */
    static CheckedFiles in(Path folder) {
        return new CheckedFiles(folder.resolve(NAME));
    }

    /** Whether these files, and no others, were found good not long ago, and are still as they were. */
    boolean hold(List<Path> files) {
        try {
            Instant noted = Files.getLastModifiedTime(notes).toInstant();
            Duration age = Duration.between(noted, Instant.now());
            return !age.isNegative()
                    && age.compareTo(HOLDS) < 0
                    && Files.readString(notes).equals(facts(files));
        } catch (IOException e) {
            return false; // nothing was noted, or a file is gone
        }
    }

    /** Notes that these files are good. Where that cannot be kept, they are read again. */
    void note(List<Path> files) {
        Path own = notes.resolveSibling(NAME + "." + ProcessHandle.current().pid());
        try {
            Files.writeString(own, facts(files));
            Files.move(own, notes, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            own.toFile().deleteOnExit();
        }
    }

    /** A file cannot be written to, or be put in place of another, without one of these becoming another. */
    private String facts(List<Path> files) throws IOException {
        StringBuilder facts = new StringBuilder();
        for (Path file : files.stream().sorted().toList()) {
            Map<String, Object> own =
                    Files.readAttributes(file, "unix:ino,size,mode,lastModifiedTime,ctime", LinkOption.NOFOLLOW_LINKS);
            facts.append(notes.resolveSibling(".").relativize(file)).append(' ');
            facts.append(own.entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(fact -> String.valueOf(fact.getValue()))
                            .collect(Collectors.joining(" ")))
                    .append('\n');
        }
        return facts.toString();
    }
}
