package org.adapt4j.runtime.cell;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.method.Checkpoint;
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.DamagedFileException;
import org.adapt4j.runtime.run.DurableFiles;
import org.adapt4j.runtime.run.Sha256;
import org.adapt4j.runtime.run.StorageException;
import org.adapt4j.runtime.run.Sums;

/** What a learner leaves, on disk: {@code weights.safetensors}, {@code facts.json} and whose they are, with their {@link Sums}. */
public final class LearnedFiles {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FACTS = "facts.json";

    /** Whose it is: copied to another cell, it would be taken for what that one learned. */
    private static final String CELL = "cell.txt";

    private LearnedFiles() {}

    /**
     * Writes it.
     *
     * @throws IllegalArgumentException if nothing was learned: from nothing, an adapter would start from scratch without a word
     */
    static void write(Checkpoint learned, Path folder) {
        if (learned.isNothing()) {
            throw new IllegalArgumentException(
                    "the learner returned no weights, so there is nothing to adapt from. To compare with training from"
                            + " scratch, leave the learner out");
        }
        ByteArrayOutputStream weights = new ByteArrayOutputStream();
        byte[] facts;
        try {
            Safetensors.write(learned.weights(), weights);
            facts = JSON.writeValueAsBytes(new TreeMap<>(learned.facts()));
        } catch (IOException e) {
            throw new UncheckedIOException("what was learned cannot be written as bytes", e);
        }
        DurableFiles.createFolder(folder);
        DurableFiles.write(folder.resolve(FACTS), facts);
        DurableFiles.write(folder.resolve(CellFolder.WEIGHTS), weights.toByteArray());
        byte[] cell = cell(folder).getBytes(StandardCharsets.UTF_8);
        DurableFiles.write(folder.resolve(CELL), cell);
        Sums.write(
                folder,
                Map.of(
                        FACTS,
                        Sha256.of(facts),
                        CellFolder.WEIGHTS,
                        Sha256.of(weights.toByteArray()),
                        CELL,
                        Sha256.of(cell)));
    }

    /** Deletes the weights, if they are there. Facts and sums stay, which still tell whether another cell learned the same. */
    public static void forget(Path folder) {
        try {
            Files.deleteIfExists(folder.resolve(CellFolder.WEIGHTS));
        } catch (IOException e) {
            throw StorageException.of(folder.resolve(CellFolder.WEIGHTS), e);
        }
    }

    /** The cell that a folder of its own lies in: its identity is its name. */
    static String cell(Path folder) {
        Path parent = Objects.requireNonNull(folder.toAbsolutePath().normalize().getParent(), "a folder of a cell");
        return String.valueOf(parent.getFileName());
    }

    /**
     * Reads it back.
     *
     * @param conditioning that its learner trained with: built from the learner's settings, which the cell's configuration keeps
     * @throws DamagedFileException naming the file that is missing or does not hold what was written, or what another cell learned, and
     *     what to do
     */
    static Checkpoint read(Path folder, Conditioning conditioning) {
        Sums sums = Sums.read(
                folder,
                "delete the folder " + folder.getParent()
                        + " of the pre-training and resume the run with --retry-failed: it runs again");
        String cell = new String(sums.bytes(CELL), StandardCharsets.UTF_8);
        if (!cell.equals(cell(folder))) {
            throw sums.unusable(
                    folder + ": what is in it was learned by the cell " + cell + ", not by " + cell(folder));
        }
        byte[] weights = sums.bytes(CellFolder.WEIGHTS);
        byte[] facts = sums.bytes(FACTS);
        try {
            return new Checkpoint(
                    Safetensors.read(folder.resolve(CellFolder.WEIGHTS).toString(), weights),
                    conditioning,
                    JSON.readValue(facts, new TypeReference<Map<String, String>>() {}));
        } catch (IOException e) {
            throw sums.unusable(String.valueOf(e.getMessage()));
        }
    }
}
