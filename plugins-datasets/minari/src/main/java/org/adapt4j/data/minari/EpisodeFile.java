package org.adapt4j.data.minari;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Link;
import io.jhdf.api.Node;
import io.jhdf.exceptions.HdfException;
import io.jhdf.exceptions.HdfFilterException;
import io.jhdf.exceptions.HdfTypeException;
import io.jhdf.exceptions.UnsupportedHdfException;
import io.jhdf.links.ExternalLink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.settings.InputFile;
import org.adapt4j.api.task.Task;
import org.adapt4j.toolkit.recording.RecordedNumbers;
import org.adapt4j.toolkit.run.Causes;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code main_data.hdf5} of a data set: groups {@code episode_<k>}, taken in the order of k, with data sets of any layout, filter
 * and number type (Minari 0.4 and 0.5).
 */
final class EpisodeFile implements AutoCloseable {

    static final String FILE = "main_data.hdf5";
    static final String METADATA = "metadata.json";

    /** Minari's own have some kilobytes. */
    private static final int MOST_METADATA = 16 << 20;

    /** Our own attribute of an episode: the recording that it is from, counted from 0. */
    static final String RECORDING = "recording";

    private static final String GROUP = "episode_";
    static final String MEND = ". Take the episode out, or record it again";

    /** Links that lead to links; more than this go in a circle. */
    private static final int LINKS = 16;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final Path file;
    private final HdfFile hdf;
    private final List<Group> episodes;
    private final Path data;

    private EpisodeFile(Path data, HdfFile hdf, List<Group> episodes) {
        this.data = data;
        this.file = data.resolve(FILE);
        this.hdf = hdf;
        this.episodes = episodes;
    }

    /**
     * Opens a data set.
     *
     * @param data its folder {@code data}
     * @throws UncheckedIOException if it is damaged or of another kind; says what to do
     */
    static EpisodeFile open(Path data) {
        Path file = data.resolve(FILE);
        checkKind(data);
        try {
            HdfFile hdf = new HdfFile(InputFile.regular(file));
            try {
                return new EpisodeFile(data, hdf, episodes(file, hdf));
            } catch (RuntimeException e) {
                hdf.close();
                throw e;
            }
        } catch (InputFile.Refused e) {
            throw wrong(file, e.why(), e);
        } catch (HdfException e) {
            throw wrong(file, "is not an HDF5 file, or was truncated (" + e.getMessage() + "). Copy it again", e);
        } catch (UncheckedIOException e) {
            throw e;
        } catch (RuntimeException e) {
            // The library reads past the end of what was cut off.
            throw wrong(file, "cannot be read: it is damaged or truncated (" + e + "). Copy it again", e);
        }
    }

    private static List<Group> episodes(Path file, HdfFile hdf) {
        TreeMap<BigInteger, Group> found = new TreeMap<>();
        for (Map.Entry<String, Node> child : hdf.getChildren().entrySet()) {
            String name = child.getKey();
            if (!name.matches(GROUP + "\\d+")) {
                continue;
            }
            if (!(target(file, child.getValue()) instanceof Group group)) {
                throw wrong(file, "/" + name + " is no group. Is it a data set of Minari?", null);
            }
            Group other = found.put(new BigInteger(name.substring(GROUP.length())), group);
            if (other != null) {
                throw wrong(
                        file,
                        "has the episode " + name + " twice, the other time as " + other.getName() + ". Rename one",
                        null);
            }
        }
        return List.copyOf(found.values());
    }

    /** What a link leads to, as in Python; links to other files are not followed, as those may be anything. */
    private static Node target(Path file, Node node) {
        Node at = node;
        for (int links = 0; at instanceof Link link; links++) {
            if (at instanceof ExternalLink) {
                throw wrong(
                        file,
                        at.getPath() + " is a link to another file (" + link.getTargetPath()
                                + "), which is not followed. Copy what it leads to into this one",
                        null);
            }
            if (links == LINKS) {
                throw wrong(file, node.getPath() + " is a link that leads in a circle. Mend the file", null);
            }
            try {
                at = link.getTarget();
            } catch (HdfException | StackOverflowError e) {
                throw wrong(
                        file,
                        node.getPath() + " is a link to " + link.getTargetPath()
                                + ", which is not there. Mend the file",
                        null);
            }
        }
        return at;
    }

    private static void checkKind(Path data) {
        Path file = data.resolve(METADATA);
        metadata(data).ifPresent(metadata -> {
            String kind = metadata.path("data_format").asText("hdf5");
            if (!kind.equals("hdf5")) {
                throw wrong(
                        file,
                        "says that the data are in the format " + kind
                                + "; hdf5 can be read. In Python: DataCollector(..., data_format='hdf5')",
                        null);
            }
        });
    }

    /** What {@code metadata.json} holds; empty where there is none, as before version 0.5. */
    static Optional<JsonNode> metadata(Path data) {
        Path file = data.resolve(METADATA);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode metadata = JSON.readTree(InputFile.bytes(file, MOST_METADATA));
            if (!metadata.isObject()) {
                throw wrong(file, "holds no JSON object. Copy it again", null);
            }
            return Optional.of(metadata);
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? e.getOriginalMessage()
                    : "line " + e.getLocation().getLineNr();
            throw wrong(file, "is not JSON: " + where + ". Copy it again", e);
        } catch (InputFile.Refused e) {
            throw wrong(file, e.why(), e);
        } catch (IOException e) {
            throw wrong(file, "cannot be read: " + e.getMessage(), e);
        }
    }

    /** Number of episodes. */
    int count() {
        return episodes.size();
    }

    /** Which recording an episode is from, if this program wrote it. */
    Optional<Integer> recording(int index) {
        Attribute attribute = episodes.get(index).getAttributes().get(RECORDING);
        return attribute != null && attribute.getData() instanceof Number number
                ? Optional.of(number.intValue())
                : Optional.empty();
    }

    /** Reads an episode. */
    Demonstration episode(Task task, EnvironmentSpec spec, int index) {
        Group group = episodes.get(index);
        try {
            ArrayReader reader = reader(task);
            Dataset rewards = dataset(group, "rewards");
            int steps = steps(group, rewards);
            Map<String, ByteBuffer> columns = new HashMap<>();
            Node observations = child(group, "observations");
            JsonNode shown = space("observation_space");
            for (Component component : spec.observation()) {
                Dataset seen = observations instanceof Group parts
                        ? dataset(parts, component.name())
                        : only(spec, dataset(group, "observations"));
                JsonNode said = shown.path("type").asText().equals("Dict")
                        ? shown.path("subspaces").path(component.name())
                        : shown;
                columns.put(component.name(), reader.numbers(seen, component.space(), said, steps + 1));
            }
            Dataset acted = dataset(group, "actions");
            columns.put("action", reader.numbers(acted, spec.action(), space("action_space"), steps));
            columns.put("reward", reader.numbers(rewards, RecordedNumbers.reward(), MissingNode.getInstance(), steps));
            double sum = 0;
            Object earned = rewards.getDataFlat();
            for (int i = 0; i < steps; i++) {
                sum += ((Number) Array.get(earned, i)).doubleValue();
            }
            for (String ending : List.of(Demonstration.TERMINATED, Demonstration.TRUNCATED)) {
                ByteBuffer flags = reader.flags(dataset(group, ending.replace("ed", "ions")), steps);
                if (recording(index).isEmpty()) {
                    checkEnd(group, ending, flags);
                }
                columns.put(ending, flags);
            }
            return new Demonstration(task, steps, columns, sum);
        } catch (UncheckedIOException e) {
            throw e;
        } catch (RuntimeException e) {
            Throwable root = Causes.root(e);
            boolean isUnknown = root instanceof UnsupportedHdfException
                    || root instanceof HdfTypeException
                    || root instanceof HdfFilterException;
            throw wrong(
                    file,
                    group.getPath() + " cannot be read: " + root.getMessage()
                            + (isUnknown
                                    ? ". Save it as plain arrays, as Minari does"
                                    : ". Copy the file again, or save it as plain arrays"),
                    e);
        }
    }

    private ArrayReader reader(Task task) {
        boolean isJpeg = metadata(data)
                .map(metadata -> metadata.path("jpeg_encoding").asBoolean())
                .orElse(false);
        return new ArrayReader(file, task.name(), isJpeg);
    }

    private int steps(Group group, Dataset rewards) {
        int[] shape = rewards.getDimensions();
        if (shape.length == 0) {
            throw wrong(file, rewards.getPath() + " is a single number, but needs one a step" + MEND, null);
        }
        if (shape[0] == 0) {
            throw wrong(
                    file,
                    group.getPath() + " has no step. Take it out, in Python: del f['" + group.getName() + "']",
                    null);
        }
        Attribute said = group.getAttributes().get("total_steps");
        if (said != null && said.getData() instanceof Number number && number.longValue() != shape[0]) {
            throw wrong(
                    file,
                    group.getPath() + " is said to have " + number + " steps, but has " + shape[0] + " rewards" + MEND,
                    null);
        }
        return shape[0];
    }

    /** Episodes of Minari end with their last step; only what this program recorded may span several. */
    private void checkEnd(Group group, String ending, ByteBuffer flags) {
        int last = flags.limit() - 1;
        for (int step = 0; step < last; step++) {
            if (flags.get(step) != 0) {
                throw wrong(
                        file,
                        group.getPath() + " is " + ending + " at row " + step + " (from 0), but goes on until row "
                                + last + ". Cut it there into two episodes",
                        null);
            }
        }
    }

    private Dataset only(EnvironmentSpec spec, Dataset observations) {
        if (spec.observation().size() > 1) {
            throw wrong(
                    file,
                    observations.getPath() + " is one array, but the benchmark shows "
                            + spec.observation().stream().map(Component::name).toList()
                            + ". Is it a data set of another task?",
                    null);
        }
        return observations;
    }

    private Node child(Group group, String name) {
        Node node = group.getChildren().get(name);
        if (node == null) {
            throw wrong(
                    file,
                    group.getPath() + " has no '" + name + "', only "
                            + group.getChildren().keySet() + ". Is it a data set of Minari?",
                    null);
        }
        return target(file, node);
    }

    private Dataset dataset(Group group, String name) {
        if (child(group, name) instanceof Dataset dataset) {
            return dataset;
        }
        throw wrong(
                file,
                group.getPath() + name + " is no array, but the benchmark shows one. Is it a data set of another task?",
                null);
    }

    /** A space as the data set tells it, in its metadata or, before version 0.5, in the HDF5 file; missing if it does not. */
    private JsonNode space(String key) {
        JsonNode said = metadata(data).map(metadata -> metadata.path(key)).orElse(MissingNode.getInstance());
        Attribute old = hdf.getAttributes().get(key);
        if (said.isMissingNode() && old != null && old.getData() instanceof String text) {
            return json(file, key, text);
        }
        return said.isTextual() ? json(data.resolve(METADATA), key, said.asText()) : said;
    }

    private static JsonNode json(Path file, String key, String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw wrong(file, "its " + key + " is not JSON. Copy it again", e);
        }
    }

    static UncheckedIOException wrong(Path file, String what, @Nullable Throwable cause) {
        String message = file + ": " + what;
        return new UncheckedIOException(message, new IOException(message, cause));
    }

    @Override
    public void close() {
        hdf.close();
    }
}
