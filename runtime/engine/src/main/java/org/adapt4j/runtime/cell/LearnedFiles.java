package org.adapt4j.runtime.cell;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.method.Checkpoint;
import org.adapt4j.runtime.run.DurableFiles;

/** What a learner leaves, on disk: {@code weights.safetensors} and {@code facts.json}. */
final class LearnedFiles {

    private static final ObjectMapper JSON = new ObjectMapper();

    private LearnedFiles() {}

    static void write(Checkpoint learned, Path folder) {
        DurableFiles.createFolder(folder);
        DurableFiles.write(
                folder.resolve("facts.json"), out -> out.write(JSON.writeValueAsBytes(new TreeMap<>(learned.facts()))));
        DurableFiles.write(folder.resolve("weights.safetensors"), out -> Safetensors.write(learned.weights(), out));
    }

    /**
     * Reads it back.
     *
     * @param conditioning that its learner trained with: built from the learner's settings, which the cell's configuration keeps
     * @throws IllegalStateException saying which file is missing or damaged, and what to do
     */
    static Checkpoint read(Path folder, Conditioning conditioning) {
        try {
            Map<String, String> facts = JSON.readValue(
                    Files.readAllBytes(folder.resolve("facts.json")), new TypeReference<Map<String, String>>() {});
            return new Checkpoint(Safetensors.read(folder.resolve("weights.safetensors")), conditioning, facts);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "cannot read what pre-training left in " + folder + ": " + e.getMessage()
                            + ". Delete the pre-training cell's folder " + folder.getParent() + " to run it again",
                    e);
        }
    }
}
