package org.adapt4j.data.minari;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
import org.adapt4j.api.space.Element;
import org.adapt4j.api.space.Space;
import org.adapt4j.api.task.Task;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code main_data.hdf5} of a data set: groups {@code episode_<k>}, taken in the order of k, with data sets of any layout, filter
 * and number type (Minari 0.4 and 0.5; specification, section 4.1).
 */
final class EpisodeFile implements AutoCloseable {

    static final String FILE = "main_data.hdf5";
    static final String METADATA = "metadata.json";

    /** Our own attribute of an episode: the recording that it is from, counted from 0. */
    static final String RECORDING = "recording";

    private static final String GROUP = "episode_";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final Path file;
    private final HdfFile hdf;
    private final List<Group> episodes;

    private EpisodeFile(Path file, HdfFile hdf, List<Group> episodes) {
        this.file = file;
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
            HdfFile hdf = new HdfFile(file);
            try {
                TreeMap<Integer, Group> found = new TreeMap<>();
                for (Map.Entry<String, Node> child : hdf.getChildren().entrySet()) {
                    if (child.getValue() instanceof Group group
                            && child.getKey().matches(GROUP + "\\d{1,9}")) {
                        found.put(Integer.parseInt(child.getKey().substring(GROUP.length())), group);
                    }
                }
                return new EpisodeFile(file, hdf, List.copyOf(found.values()));
            } catch (RuntimeException e) {
                hdf.close();
                throw e;
            }
        } catch (HdfException e) {
            throw wrong(file, "is not an HDF5 file, or was truncated (" + e.getMessage() + "). Copy it again", e);
        } catch (RuntimeException e) {
            // The library reads past the end of what was cut off.
            throw wrong(file, "cannot be read: it is damaged or truncated (" + e + "). Copy it again", e);
        }
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
            return Optional.of(JSON.readTree(Files.readAllBytes(file)));
        } catch (JsonProcessingException e) {
            throw wrong(file, "is not JSON: line " + e.getLocation().getLineNr() + ". Copy it again", e);
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
            Dataset rewards = dataset(group, "rewards");
            int steps = rewards.getDimensions()[0];
            Map<String, ByteBuffer> columns = new HashMap<>();
            Node observations = child(group, "observations");
            for (Component component : spec.observation()) {
                Dataset seen = observations instanceof Group parts
                        ? dataset(parts, component.name())
                        : only(spec, dataset(group, "observations"));
                columns.put(component.name(), numbers(seen, component.space(), steps + 1, task));
            }
            columns.put("action", numbers(dataset(group, "actions"), spec.action(), steps, task));
            double sum = 0;
            Object earned = rewards.getDataFlat();
            ByteBuffer reward = ByteBuffer.allocate(steps * Float.BYTES).order(ByteOrder.nativeOrder());
            for (int i = 0; i < steps; i++) {
                double one = ((Number) Array.get(earned, i)).doubleValue();
                checkFinite(rewards, one, i, 0);
                reward.putFloat(i * Float.BYTES, (float) one);
                sum += one;
            }
            columns.put("reward", reward);
            columns.put(Demonstration.TERMINATED, flags(dataset(group, "terminations"), steps));
            columns.put(Demonstration.TRUNCATED, flags(dataset(group, "truncations"), steps));
            return new Demonstration(task, steps, columns, sum);
        } catch (UncheckedIOException e) {
            throw e;
        } catch (RuntimeException e) {
            throw wrong(file, group.getName() + " cannot be read: " + e + ". Copy the file again", e);
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
        return node;
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

    /** Rows of a space, in its own kind of numbers. */
    private ByteBuffer numbers(Dataset from, Space space, int rows, Task task) {
        int[] shape = from.getDimensions();
        int width = 1;
        for (int i = 1; i < shape.length; i++) {
            width *= shape[i];
        }
        if (shape.length == 0 || shape[0] != rows || width != space.width()) {
            throw wrong(
                    file,
                    from.getPath() + " has the shape " + List.of(boxed(shape)) + ", but " + task.name() + " needs "
                            + rows + " rows of " + space.width() + " numbers. Is it a data set of another task?",
                    null);
        }
        Object flat = from.getDataFlat();
        ByteBuffer bytes = ByteBuffer.allocate(rows * space.bytes()).order(ByteOrder.nativeOrder());
        for (int i = 0; i < rows * width; i++) {
            double number = flat instanceof float[] floats ? floats[i] : ((Number) Array.get(flat, i)).doubleValue();
            checkFinite(from, number, i / width, i % width);
            if (space.element() == Element.FLOAT32) {
                bytes.putFloat((float) number);
            } else if (space.element() == Element.INT32) {
                bytes.putInt((int) number);
            } else {
                bytes.put((byte) number);
            }
        }
        return bytes.flip();
    }

    private static Integer[] boxed(int[] numbers) {
        Integer[] boxed = new Integer[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            boxed[i] = numbers[i];
        }
        return boxed;
    }

    private void checkFinite(Dataset from, double number, int row, int column) {
        if (!Float.isFinite((float) number)) {
            throw wrong(
                    file,
                    from.getPath() + ": row " + row + ", column " + column + " (both from 0) is " + number
                            + ". Take the episode out, or record it again",
                    null);
        }
    }

    /** Python's truth values are an enumeration in HDF5; other writers use whole numbers. */
    private ByteBuffer flags(Dataset from, int steps) {
        Object flat = from.getDataFlat();
        if (Array.getLength(flat) != steps) {
            throw wrong(
                    file, from.getPath() + " has " + Array.getLength(flat) + " entries for " + steps + " steps", null);
        }
        ByteBuffer flags = ByteBuffer.allocate(steps);
        for (int i = 0; i < steps; i++) {
            Object flag = Array.get(flat, i);
            boolean isSet =
                    flag instanceof Number number ? number.intValue() != 0 : Boolean.parseBoolean(flag.toString());
            flags.put(i, (byte) (isSet ? 1 : 0));
        }
        return flags;
    }

    private static UncheckedIOException wrong(Path file, String what, @Nullable Exception cause) {
        String message = file + ": " + what;
        return new UncheckedIOException(message, new IOException(message, cause));
    }

    @Override
    public void close() {
        hdf.close();
    }
}
