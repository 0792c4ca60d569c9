package org.adapt4j.runtime.cell;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.adapt4j.runtime.run.DurableFiles;
import org.adapt4j.runtime.run.StorageException;
import org.adapt4j.toolkit.replay.BlockStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The resume state of a cell on disk: the newest one, and the one before it in case the newest is damaged.
 *
 * <p>Layout, big-endian: magic and version, length of the rest but its sum, the CRC-32C of that rest, the cell, the payload. A state that was
 * copied from another cell is no state of this one.
 */
final class StateFile {

    private static final Logger LOG = LoggerFactory.getLogger(StateFile.class);
    private static final long MAGIC = 0x4134_4A53_5441_5402L; // "A4JSTAT", version 2

    private final Path folder;
    private final String cell;
    private final Path newest;
    private final Path previous;

    /** In a folder within that of the cell. */
    StateFile(Path folder) {
        this.folder = folder;
        cell = LearnedFiles.cell(folder);
        newest = folder.resolve("state.bin");
        previous = folder.resolve("state.previous.bin");
    }

    /** Where the states and their blocks lie. */
    Path folder() {
        return folder;
    }

    /** Writes a state durably; the one before stays until the next call. @throws StorageException if the disk is full or the folder read-only */
    void write(byte[] payload) {
        try {
            DurableFiles.createFolder(folder);
            ByteArrayOutputStream own = new ByteArrayOutputStream(payload.length + 64);
            try (DataOutputStream out = new DataOutputStream(own)) {
                out.writeUTF(cell);
                out.write(payload);
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(own.size() + 32);
            try (DataOutputStream out = new DataOutputStream(bytes)) {
                out.writeLong(MAGIC);
                out.writeInt(own.size());
                out.writeLong(checksum(own.toByteArray()));
                own.writeTo(out);
            }
            if (Files.exists(newest)) {
                Files.move(newest, previous, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            DurableFiles.write(newest, bytes.toByteArray());
        } catch (IOException e) {
            throw StorageException.of(newest, e);
        }
    }

    /** Where a part of the state that is too large to write anew each time keeps its blocks, in files beside this one. */
    BlockStore blocks(String prefix) {
        return new BlockStore() {

            @Override
            public void write(String name, Content content) {
                DurableFiles.write(file(name), content::writeTo);
            }

            @Override
            public InputStream read(String name) throws IOException {
                return new BufferedInputStream(Files.newInputStream(file(name)));
            }

            @Override
            public void delete(String name) throws IOException {
                Files.deleteIfExists(file(name));
            }

            @Override
            public Set<String> names() throws IOException {
                if (!Files.exists(folder)) {
                    return Set.of();
                }
                try (Stream<Path> files = Files.list(folder)) {
                    return files.map(file -> file.getFileName().toString())
                            .filter(name -> name.startsWith(prefix + "-") && name.endsWith(".bin"))
                            .map(name -> name.substring(prefix.length() + 1, name.length() - 4))
                            .collect(Collectors.toSet());
                }
            }

            private Path file(String name) {
                return folder.resolve(prefix + "-" + name + ".bin");
            }
        };
    }

    /**
     * Reads the newest sound state of this cell; empty if none was written. A damaged one is deleted, lest the next to be written put it in the place
     * of the sound one before it.
     *
     * @throws IllegalStateException if there are states but all are damaged, or of other cells
     */
    Optional<byte[]> read() {
        if (!Files.exists(newest) && !Files.exists(previous)) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(newest));
        } catch (IOException first) {
            LOG.warn("{}; trying the checkpoint before it", first.getMessage());
            try {
                byte[] sound = read(previous);
                Files.deleteIfExists(newest);
                return Optional.of(sound);
            } catch (IOException second) {
                throw new IllegalStateException(
                        first.getMessage() + ", and " + second.getMessage() + ". Delete the folder " + folder
                                + " to start this cell anew",
                        first);
            }
        }
    }

    private byte[] read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException("there is no checkpoint " + file);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
            if (in.available() < 20 || in.readLong() != MAGIC) {
                throw new IOException("the checkpoint " + file + " is damaged: it does not begin as one");
            }
            int length = in.readInt();
            long checksum = in.readLong();
            if (length != in.available()) {
                throw new IOException("the checkpoint " + file + " is damaged: it should hold " + length
                        + " bytes but holds " + in.available());
            }
            byte[] payload = in.readAllBytes();
            if (checksum(payload) != checksum) {
                throw new IOException("the checkpoint " + file + " is damaged: its checksum does not fit");
            }
            return own(file, payload);
        }
    }

    private byte[] own(Path file, byte[] content) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
            String owner = in.readUTF();
            if (!owner.equals(cell)) {
                throw new IOException("the checkpoint " + file + " is of the cell " + owner + ", not of " + cell);
            }
            return in.readAllBytes();
        }
    }

    private static long checksum(byte[] payload) {
        CRC32C crc = new CRC32C();
        crc.update(payload);
        return crc.getValue();
    }
}
