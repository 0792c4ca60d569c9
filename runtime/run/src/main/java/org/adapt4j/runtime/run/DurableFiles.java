package org.adapt4j.runtime.run;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes files that are there whole or not at all, whenever the process or the machine dies.
 *
 * <p>The bytes go to a temporary name in the same folder, are forced to the disk, and take the final name in one atomic move, after which
 * the folder is forced too. A reader never meets half a file, and a former file of that name stays until the new one is safe. One writer
 * per file at a time.
 */
public final class DurableFiles {
    private static final String TEMPORARY = ".part";

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private DurableFiles() {}

    /** Replaces {@code file}; missing parent folders are made. @throws StorageException if the disk is full or the folder read-only */
    public static void write(Path file, byte[] content) {
        write(file, out -> out.write(content));
    }

    /** Replaces {@code file} by this text in UTF-8. */
    public static void write(Path file, String content) {
        write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Replaces {@code file} by what {@code content} writes; if that throws, the former file stays untouched. */
    public static void write(Path file, Content content) {
        write(file, content, true);
    }

    /**
     * Replaces {@code file} without waiting for the disk, for many files that can be made again: a reader never meets half of one, but
     * the machine's death may take it back.
     */
    public static void replace(Path file, byte[] content) {
        replace(file, out -> out.write(content));
    }

    /** The same of what {@code content} writes. */
    public static void replace(Path file, Content content) {
        write(file, content, false);
    }

    private static void write(Path file, Content content, boolean forced) {
        Path temporary = file.resolveSibling(file.getFileName() + TEMPORARY);
        try {
            createFolder(folderOf(file));
            // What a killed writer left, or a link that would lead elsewhere.
            Files.deleteIfExists(temporary);
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
                content.writeTo(out);
                out.flush();
                if (forced) {
                    channel.force(true);
                }
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            if (forced) {
                forceFolder(folderOf(file));
            }
        } catch (IOException e) {
            discard(temporary);
            throw StorageException.of(file, e);
        } catch (ReadOnlyFileSystemException e) {
            throw StorageException.of(file, e);
        } catch (RuntimeException e) {
            discard(temporary);
            throw e;
        }
    }

    /** Forces a file to the disk that others may still add to. @throws StorageException if that fails */
    public static void force(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        } catch (IOException e) {
            throw StorageException.of(file, e);
        }
    }

    /** Replaces {@code file} by one that is complete already, in a folder of the same file system. @throws StorageException if that fails */
    public static void adopt(Path complete, Path file) {
        force(complete);
        createFolder(folderOf(file));
        try {
            Files.move(complete, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceFolder(folderOf(file));
        } catch (IOException e) {
            throw StorageException.of(file, e);
        }
    }

    /** Makes a folder and its parents, each entered durably in the one above. */
    public static void createFolder(Path folder) {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.toAbsolutePath().getParent();
        try {
            if (parent != null) {
                createFolder(parent);
            }
            Files.createDirectories(folder);
            if (parent != null) {
                forceFolder(parent);
            }
        } catch (IOException e) {
            throw StorageException.of(folder, e);
        } catch (ReadOnlyFileSystemException e) {
            throw StorageException.of(folder, e);
        }
    }

    /** Forces the entries of a folder to the disk: a file made, moved or deleted in it stays so. */
    static void forceFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static Path folderOf(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IllegalArgumentException(file + " is not a file in a folder");
        }
        return folder;
    }

    /** Removes a temporary file; what it failed to become is reported by the caller, so a failure here says nothing new. */
    private static void discard(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            temporary.toFile().deleteOnExit();
        }
    }
}
