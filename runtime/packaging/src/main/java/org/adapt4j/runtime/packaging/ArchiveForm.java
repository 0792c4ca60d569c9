package org.adapt4j.runtime.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.adapt4j.runtime.run.StorageException;

/**
 * Whether an archive is the very one that its files make. A ZIP archive says most things twice, and has fields and gaps that no reader looks
 * at; a bit that flipped there is noticed too.
 */
final class ArchiveForm {
    private ArchiveForm() {}

    /** What is other than it was written, in a sentence; empty if nothing is. @param scratch name for a copy, which is removed again */
    static Optional<String> flaw(Path archive, PackageFile unpacked, Path scratch) {
        StableZip.write(scratch, unpacked.entries());
        try {
            long place = Files.mismatch(archive, scratch);
            Files.delete(scratch);
            return place < 0 ? Optional.empty() : Optional.of("byte " + place + " is not what its files make it");
        } catch (IOException e) {
            throw StorageException.of(archive, e);
        }
    }
}
