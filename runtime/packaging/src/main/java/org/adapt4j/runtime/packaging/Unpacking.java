package org.adapt4j.runtime.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.adapt4j.runtime.run.StorageException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Unpacks a stranger's archive: nothing lands outside the target, no links, no name twice (nor twice but for upper and lower case), no more
 * files and bytes than the limits say, whatever the archive itself says of its sizes.
 */
final class Unpacking {
    /** Names that every file system takes as they are. */
    private static final Pattern NAME =
            Pattern.compile("[^\\\\:*?\"<>|\\x00-\\x1F\\x7F/](?:[^\\\\:*?\"<>|\\x00-\\x1F\\x7F]*)");

    private static final int LONGEST_NAME = 1000;

    /**
     * What is the most that an archive may hold.
     *
     * @param files number of entries
     * @param bytes when unpacked, all together; never more than {@value #RATIO} times the archive, as only bombs have
     */
    record Limits(int files, long bytes) {
        private static final int RATIO = 100;
        private static final long SMALL = 1 << 20;

        long bytesOf(long archive) {
            return Math.min(bytes, Math.max(SMALL, RATIO * archive));
        }

        /** 200,000 files and 50 GB. */
        static final Limits USUAL = new Limits(200_000, 50_000_000_000L);
    }

    private final Path archive;
    private final Path target;
    private final Limits limits;
    private final Set<String> names = new HashSet<>();
    private long most;
    private long bytes;

    private Unpacking(Path archive, Path target, Limits limits) {
        this.archive = archive;
        this.target = target;
        this.limits = limits;
    }

    /**
     * Unpacks.
     *
     * @param target a folder that is empty or not there
     * @return the one folder at the top of the archive, below the target
     * @throws PackageException if the archive is refused; what was unpacked until then stays in the target
     */
    static Path unpack(Path archive, Path target, Limits limits) {
        if (!Files.isRegularFile(archive)) {
            throw new PackageException(archive + ": there is no such file");
        }
        return new Unpacking(archive, target.toAbsolutePath().normalize(), limits).unpack();
    }

    private Path unpack() {
        try {
            demandEmpty();
            most = limits.bytesOf(Files.size(archive));
            try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
                List<ZipArchiveEntry> entries = Collections.list(zip.getEntriesInPhysicalOrder());
                if (entries.size() > limits.files()) {
                    throw refused("it holds " + entries.size() + " files, more than " + limits.files());
                }
                for (ZipArchiveEntry entry : entries) {
                    unpack(zip, entry);
                }
            }
            return top();
        } catch (IOException | IllegalArgumentException e) {
            if (e instanceof IOException cause && !(e instanceof java.util.zip.ZipException) && isOfDisk(cause)) {
                throw StorageException.of(target, cause);
            }
            throw new PackageException(
                    archive + ": is not a readable ZIP archive (" + e.getMessage()
                            + "); it may be cut short, so copy it again",
                    e);
        }
    }

    private static boolean isOfDisk(IOException e) {
        return e instanceof java.nio.file.FileSystemException;
    }

    private void demandEmpty() throws IOException {
        Files.createDirectories(target);
        try (Stream<Path> files = Files.list(target)) {
            if (files.findAny().isPresent()) {
                throw new PackageException(target + ": is not empty; choose another folder to unpack into");
            }
        }
    }

    private void unpack(ZipFile zip, ZipArchiveEntry entry) throws IOException {
        String name = entry.getName();
        demandSafe(entry, name);
        Path file = target.resolve(name).normalize();
        if (!file.startsWith(target)) {
            throw refused("it would write outside of the folder: " + name);
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Path folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        try (InputStream in = zip.getInputStream(entry);
                OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes += read;
                if (bytes > most) {
                    throw refused("it unpacks to more than " + most + " bytes");
                }
                out.write(buffer, 0, read);
            }
        }
    }

    private void demandSafe(ZipArchiveEntry entry, String name) {
        // The library reads a backslash as a slash where the entry says that it is from Windows.
        boolean asWritten = Arrays.equals(entry.getRawName(), name.getBytes(StandardCharsets.UTF_8));
        if (!asWritten
                || name.length() > LONGEST_NAME
                || name.startsWith("/")
                || !NAME.matcher(name).matches()
                || Stream.of(name.split("/", -1))
                        .limit(name.chars().filter(c -> c == '/').count())
                        .anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."))
                || name.endsWith("/..")
                || name.equals("..")) {
            throw refused("it has a file of the name '" + shown(name) + "', which no package has");
        }
        if (entry.isUnixSymlink()) {
            throw refused("it holds a link: " + name);
        }
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            throw refused("it is encrypted: " + name);
        }
        String same = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        if (!names.add(same.toLowerCase(Locale.ROOT))) {
            throw refused("it holds " + name + " twice");
        }
    }

    private static String shown(String name) {
        String cut = name.length() > 80 ? name.substring(0, 80) + "…" : name;
        return cut.replaceAll("[\\p{Cntrl}]", "?");
    }

    private Path top() throws IOException {
        try (Stream<Path> files = Files.list(target)) {
            List<Path> all = files.toList();
            if (all.size() != 1 || !Files.isDirectory(all.get(0))) {
                throw refused("it does not hold one folder at its top, so it is no package of a run");
            }
            return all.get(0);
        }
    }

    private PackageException refused(String why) {
        return new PackageException(archive + ": is refused: " + why);
    }
}
