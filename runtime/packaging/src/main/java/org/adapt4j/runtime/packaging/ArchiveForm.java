package org.adapt4j.runtime.packaging;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Whether an archive has the form that {@link StableZip} gives it. A ZIP archive says most things twice, before each file and in its
 * directory, and has fields that no reader looks at; this looks at them, so that a bit that flipped there is noticed too.
 */
final class ArchiveForm {
    private static final int VERSION = 20;

    private ArchiveForm() {}

    /** What is other than it was written, in a sentence; empty if nothing is. */
    static Optional<String> flaw(Path archive) {
        try (ZipFile zip = ZipFile.builder().setPath(archive).get();
                ZipInputStream stream = new ZipInputStream(new BufferedInputStream(Files.newInputStream(archive)))) {
            List<ZipArchiveEntry> directory = Collections.list(zip.getEntries());
            for (ZipArchiveEntry listed : directory) {
                ZipEntry found = stream.getNextEntry();
                if (found == null || !found.getName().equals(listed.getName())) {
                    return Optional.of(listed.getName() + " is listed where "
                            + (found == null ? "nothing" : found.getName()) + " lies");
                }
                InputStream in = stream;
                long size = in.transferTo(OutputStream.nullOutputStream());
                stream.closeEntry();
                if (size != listed.getSize()
                        || found.getCrc() != listed.getCrc()
                        || found.getCompressedSize() != listed.getCompressedSize()) {
                    return Optional.of(listed.getName() + " is listed with another size or sum than it has");
                }
                if (!found.getTimeLocal().equals(StableZip.TIME)
                        || !listed.getTimeLocal().equals(StableZip.TIME)
                        || found.getMethod() != ZipEntry.DEFLATED
                        || listed.getMethod() != ZipEntry.DEFLATED) {
                    return Optional.of(listed.getName() + " has another time or method than in any package");
                }
                if (hasExtras(listed) || found.getExtra() != null) {
                    return Optional.of(listed.getName() + " is listed with attributes that no package has");
                }
            }
            return stream.getNextEntry() == null ? Optional.empty() : Optional.of("a file follows that is not listed");
        } catch (IOException | IllegalArgumentException e) {
            return Optional.of("it does not read from front to back: " + e.getMessage());
        }
    }

    private static boolean hasExtras(ZipArchiveEntry listed) {
        String comment = listed.getComment();
        return listed.getVersionRequired() != VERSION
                || listed.getVersionMadeBy() != VERSION
                || listed.getPlatform() != ZipArchiveEntry.PLATFORM_FAT
                || listed.getInternalAttributes() != 0
                || listed.getExternalAttributes() != 0
                || listed.getDiskNumberStart() != 0
                || listed.getCentralDirectoryExtra().length > 0
                || (comment != null && !comment.isEmpty());
    }
}
