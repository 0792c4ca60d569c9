package org.adapt4j.runtime.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks whether there is room on a disk before work begins that would fill it. */
@FunctionalInterface
public interface DiskSpace {
    /** Usable bytes on the disk of an existing folder. */
    long usable(Path folder) throws IOException;

    /** The real disks. */
    static DiskSpace ofThisMachine() {
        return folder -> Files.getFileStore(folder).getUsableSpace();
    }

    /** @throws StorageException if fewer than {@code bytes} are free */
    default void demand(Path folder, long bytes) {
        try {
            long free = usable(folder);
            if (free < bytes) {
                throw new StorageException(
                        StorageException.Kind.FULL,
                        folder + ": the disk is too full: " + megabytes(bytes) + " MB are needed, " + megabytes(free)
                                + " MB are free. Free some space and resume the run: nothing that was finished is lost",
                        null);
            }
        } catch (IOException e) {
            throw StorageException.of(folder, e);
        }
    }

    private static long megabytes(long bytes) {
        return bytes / 1_000_000;
    }
}
