package org.adapt4j.runtime.run;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells that a file could not be read or written, where, and what to do about it. */
public final class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * What stands in the way. {@link #FULL} and {@link #READ_ONLY} pass once there is space, or the folder can be written to: a run that
     * meets them can be resumed. {@link #MISPLACED} is a file where a folder is needed, or the other way round; {@link
     * #BUSY} is a folder that another process works on, {@link #GONE} one that was deleted while this process worked on it.
     */
    public enum Kind {
        FULL,
        READ_ONLY,
        MISSING,
        MISPLACED,
        BUSY,
        GONE,
        OTHER
    }

    private final Kind kind;

    StorageException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Puts the operating system's words into a message for the user. */
    public static StorageException of(Path file, IOException cause) {
        String words = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (words.contains("no space left") || words.contains("quota exceeded")) {
            return full(file, cause);
        }
        if (cause instanceof AccessDeniedException
                || words.contains("permission denied")
                || words.contains("read-only file system")) {
            return readOnly(file, cause);
        }
        if (cause instanceof NoSuchFileException) {
            return new StorageException(Kind.MISSING, file + ": there is no such file or folder", cause);
        }
        if (cause instanceof FileAlreadyExistsException) {
            return new StorageException(
                    Kind.MISPLACED, file + ": is a file, and a folder is needed there. Choose another", cause);
        }
        if (words.contains("is a directory")) {
            return new StorageException(
                    Kind.MISPLACED, file + ": is a folder, and a file is needed there. Choose another", cause);
        }
        return new StorageException(
                Kind.OTHER,
                file + ": " + cause.getClass().getSimpleName() + ": " + String.valueOf(cause.getMessage()),
                cause);
    }

    static StorageException of(Path file, ReadOnlyFileSystemException cause) {
        return readOnly(file, cause);
    }

    static StorageException full(Path file, @Nullable Throwable cause) {
        return new StorageException(
                Kind.FULL,
                file + ": the disk is full. Free some space and resume the run: nothing that was finished is lost",
                cause);
    }

    /** A folder that could be written to when its cell began, and cannot any more. */
    static StorageException unwritable(Path folder, Path log) {
        return new StorageException(
                Kind.READ_ONLY,
                folder + ": a file in this folder cannot be written to any more (" + log
                        + " names it). Make it writable and resume the run: nothing that was finished is lost",
                null);
    }

    /** A folder that was deleted beneath those who worked on it. */
    public static StorageException gone(Path folder) {
        return new StorageException(
                Kind.GONE,
                folder
                        + ": this folder was deleted, or replaced by another, while its cells ran. What they did since"
                        + " is lost: run the experiment again",
                null);
    }

    private static StorageException readOnly(Path file, Throwable cause) {
        return new StorageException(
                Kind.READ_ONLY,
                nearestExisting(file) + ": this folder cannot be written to (needed for " + file.getFileName()
                        + "). Make it writable, or choose another with --out",
                cause);
    }

    private static Path nearestExisting(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        while (folder != null && !Files.isDirectory(folder)) {
            folder = folder.getParent();
        }
        return folder == null ? file : folder;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether it passes, so that what met it can be resumed. */
    public boolean isResumable() {
        return kind == Kind.FULL || kind == Kind.READ_ONLY;
    }
}
