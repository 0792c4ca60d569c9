package org.adapt4j.runtime.natives;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of this user's own for what can be made again, such as unpacked libraries: nobody else may put anything into it.
 *
 * <p>It is what the property {@value #PROPERTY} or the environment variable {@value #VARIABLE} names, else {@code adapt4j} in the user's
 * folder for caches. Where that cannot be, it is a folder of a random name, made by this process in the folder for temporary files and
 * gone with it; never one whose name others could have guessed.
 */
public final class OwnFolder {
    /** Names the folder; set once it is chosen, so that the processes of cells use the same one. */
    public static final String PROPERTY = "adapt4j.cache";
    /** Names the folder, for users. */
    public static final String VARIABLE = "ADAPT4J_CACHE";

    private static final Logger LOG = LoggerFactory.getLogger(OwnFolder.class);
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final int OTHERS_WRITE = 002;
    private static final int GROUP_OR_OTHERS_WRITE = 022;
    private static final int STICKY = 01000;
    private static final int ROOT = 0;
    /** Whom root's files outside seem to belong to within a container without privileges. */
    private static final int UNMAPPED = 65534;

    private OwnFolder() {}

    /** Where the user's caches are by convention, whether the folder can be used or not. */
    private static Path usual() {
        String caches = System.getenv("XDG_CACHE_HOME");
        Path folder = caches == null || caches.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(caches);
        return folder.resolve("adapt4j").toAbsolutePath();
    }

    /** Where caches of this process are: as named, or as usual. It may be that it cannot be used. */
    public static Path path() {
        return named().orElseGet(OwnFolder::usual);
    }

    /** The folder that was named, if one was. */
    private static Optional<Path> named() {
        String named = System.getProperty(PROPERTY, System.getenv(VARIABLE));
        return named == null || named.isEmpty()
                ? Optional.empty()
                : Optional.of(Path.of(named).toAbsolutePath());
    }

    /**
     * A folder in it that nobody else can read or write.
     *
     * @throws UnsafeFolderException if the user named a folder that others could write to or this user cannot, or there is none at all
     */
    public static Path of(String name) {
        Optional<Path> named = named();
        Path cache = path();
        String problem = make(cache, name);
        if (problem == null) {
            System.setProperty(PROPERTY, cache.toString());
            return cache.resolve(name);
        }
        if (named.isPresent()) {
            throw new UnsafeFolderException(
                    problem + ". Set " + VARIABLE + " to a folder of your own, or delete it from the environment");
        }
        Path temporary = temporary(problem);
        System.setProperty(PROPERTY, temporary.toString());
        LOG.warn(
                "{}. Until that is mended, native libraries are unpacked anew for each command, now into {}; or set {} to"
                        + " a folder of your own that is kept",
                problem,
                temporary,
                VARIABLE);
        String again = make(temporary, name);
        if (again != null) {
            throw new UnsafeFolderException(again);
        }
        return temporary.resolve(name);
    }

    private static Path temporary(String problem) {
        try {
            Path folder = Files.createTempDirectory("adapt4j-", PRIVATE);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return folder;
        } catch (IOException e) {
            throw new UnsafeFolderException(problem + ", and no folder can be made in "
                    + System.getProperty("java.io.tmpdir") + " (" + e.getMessage() + "). Set " + VARIABLE
                    + " to a folder of your own");
        }
    }

    /** Makes a folder within a folder. @return why it cannot be used, as a sentence without a full stop; null if it can */
    private static @Nullable String make(Path cache, String name) {
        try {
            Files.createDirectories(cache);
            String problem = problem(cache.toRealPath(), OTHERS_WRITE);
            if (problem != null) {
                return problem;
            }
            Path folder = cache.resolve(name);
            try {
                Files.createDirectory(folder, PRIVATE);
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                    return folder + " is not a folder";
                }
            }
            problem = problem(folder.toRealPath(), GROUP_OR_OTHERS_WRITE);
            if (problem == null) {
                // What others could read until now they could not change.
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
            return problem;
        } catch (IOException e) {
            return cache + " cannot be written to (" + reason(e) + ")";
        }
    }

    /** Why others could change what lies in a folder, or this user cannot. @param shut bits that its mode must not have */
    private static @Nullable String problem(Path folder, int shut) throws IOException {
        int own = uid(Path.of("/proc/self"));
        int owner = uid(folder);
        if (owner != own) {
            return folder + " belongs to the user " + Files.getOwner(folder) + ", not to "
                    + Files.getOwner(Path.of("/proc/self"));
        }
        if (!Files.isWritable(folder)) {
            return folder + " cannot be written to";
        }
        if ((mode(folder) & shut) != 0) {
            return folder + " can be written to by others, so what lies in it cannot be trusted; delete it";
        }
        for (Path above = folder.getParent(); above != null; above = above.getParent()) {
            int mode = mode(above);
            if ((mode & OTHERS_WRITE) != 0 && (mode & STICKY) == 0) {
                return folder + " can be replaced by others, because anyone can write to " + above;
            }
            int lord = uid(above);
            if (lord != own && lord != ROOT && lord != UNMAPPED) {
                return folder + " can be replaced by the user " + Files.getOwner(above) + ", to whom " + above
                        + " belongs";
            }
        }
        return null;
    }

    private static int uid(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:uid");
    }

    private static int mode(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:mode");
    }

    private static String reason(IOException problem) {
        return problem instanceof AccessDeniedException denied
                ? "no permission for " + denied.getFile()
                : problem.getClass().getSimpleName() + ": " + problem.getMessage();
    }

    /** Deletes a folder with all that is in it; what cannot be deleted stays. */
    public static void delete(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path inner, @Nullable IOException problem)
                        throws IOException {
                    Files.delete(inner);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (NoSuchFileException gone) {
            // Somebody else was faster.
        } catch (IOException e) {
            LOG.debug("{} stays", folder, e);
        }
    }
}
