package org.adapt4j.runtime.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.adapt4j.runtime.run.StorageException;

/** A package that was unpacked. */
final class PackageFile {
    static final String SIGNATURE = "signature.ed25519";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path bag;

    private PackageFile(Path bag) {
        this.bag = bag;
    }

    /** Unpacks an archive into a folder that is empty or not there. @throws PackageException if the archive is refused */
    static PackageFile unpack(Path archive, Path target) {
        return new PackageFile(Unpacking.unpack(archive, target, Unpacking.Limits.USUAL));
    }

    /** One that lies in a folder, where {@link #unpack} put it. @throws PackageException if there is none */
    static PackageFile unpacked(Path target) {
        try (Stream<Path> files = Files.list(target)) {
            return new PackageFile(files.filter(Files::isDirectory)
                    .findFirst()
                    .orElseThrow(() -> new PackageException(target + ": holds no package"))
                    .toAbsolutePath()
                    .normalize());
        } catch (IOException e) {
            throw StorageException.of(target, e);
        }
    }

    Path bag() {
        return bag;
    }

    Path payload() {
        return bag.resolve("data");
    }

    Path run() {
        return payload().resolve("run");
    }

    /** A JSON file of the payload. @throws PackageException if it is not there or none */
    JsonNode json(String name) {
        Path file = payload().resolve(name);
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new PackageException(
                    name + ": is missing from the package, or is no JSON (" + e.getMessage() + ")", e);
        }
    }

    byte[] signed() {
        try {
            return Files.readAllBytes(bag.resolve(Bag.TAG_MANIFEST));
        } catch (IOException e) {
            throw new PackageException(Bag.TAG_MANIFEST + ": is missing, so this is no package", e);
        }
    }

    Optional<String> signature() {
        Path file = bag.resolve(SIGNATURE);
        try {
            return Files.isRegularFile(file)
                    ? Optional.of(new String(Files.readAllBytes(file), StandardCharsets.US_ASCII))
                    : Optional.empty();
        } catch (IOException e) {
            throw StorageException.of(file, e);
        }
    }

    /** All its files, by name below the folder that it was unpacked into. */
    SortedMap<String, Content> entries() {
        SortedMap<String, Content> entries = new TreeMap<>();
        Path root = bag.resolveSibling(".").normalize();
        try (Stream<Path> files = Files.walk(bag)) {
            files.filter(Files::isRegularFile)
                    .forEach(path -> entries.put(root.relativize(path).toString(), Content.of(path)));
            return entries;
        } catch (IOException e) {
            throw StorageException.of(bag, e);
        }
    }

    /**
     * Signs an archive: puts the signature of its tag manifest, and so of everything, into it.
     *
     * @param key private key in PEM
     * @throws PackageException if the archive is no package that is whole
     */
    static void sign(Path archive, Path key) {
        try (Scratch scratch = Scratch.make()) {
            PackageFile file = unpack(archive, scratch.path().resolve("package"));
            Verification.demandWhole(file);
            SortedMap<String, Content> entries = file.entries();
            entries.put(file.bag.getFileName() + "/" + SIGNATURE, Content.of(Signature.sign(file.signed(), key)));
            StableZip.write(archive, entries);
        }
    }
}
