package org.adapt4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.algorithm.Tensor;

/**
 * Numbers that a reference program made from a paper's formulas: weights, a batch, and what should come of them. A JSON file of the test's
 * resources; the program lies in {@code src/test/python} of the same module. Lists within lists are read as one list, in order.
 */
public final class Fixture {

    private final String name;
    private final ConfigObject values;

    private Fixture(String name, ConfigObject values) {
        this.name = name;
        this.values = values;
    }

    /**
     * Reads a file.
     *
     * @param test a class of the module whose resources hold it
     * @param file its name, such as {@code ppo-reference.json}
     */
    public static Fixture of(Class<?> test, String file) {
        try (InputStream in = test.getResourceAsStream("/" + file)) {
            assertThat(in).as("resource %s", file).isNotNull();
            return new Fixture(
                    file,
                    ConfigFactory.parseReader(
                                    new InputStreamReader(in, StandardCharsets.UTF_8),
                                    ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON))
                            .root());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All objects of the file, in the order of their names. */
    public Stream<Fixture> cases() {
        return keys().stream().map(this::at);
    }

    /** The object of a key. */
    public Fixture at(String key) {
        return new Fixture(key, (ConfigObject) value(key));
    }

    /** The objects of a list. */
    public List<Fixture> all(String key) {
        List<Fixture> all = new ArrayList<>();
        for (ConfigValue one : (ConfigList) value(key)) {
            all.add(new Fixture(key + " " + all.size(), (ConfigObject) one));
        }
        return all;
    }

    /** All keys, sorted. */
    public Set<String> keys() {
        return new TreeSet<>(values.keySet());
    }

    /** Whether there is such a key. */
    public boolean has(String key) {
        return values.containsKey(key);
    }

    /** Whether the word at a key is true. */
    public boolean is(String key) {
        return (Boolean) value(key).unwrapped();
    }

    /** A text. */
    public String text(String key) {
        return (String) value(key).unwrapped();
    }

    /** A number. */
    public double number(String key) {
        return ((Number) value(key).unwrapped()).doubleValue();
    }

    /** A whole number. */
    public int integer(String key) {
        return ((Number) value(key).unwrapped()).intValue();
    }

    /** All numbers below a key, in order; of words true is 1. */
    public double[] doubles(String key) {
        List<Double> found = new ArrayList<>();
        collect(value(key).unwrapped(), found);
        return found.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The same as 32-bit floats. */
    public float[] floats(String key) {
        double[] numbers = doubles(key);
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return floats;
    }

    /** The same as whole numbers. */
    public int[] integers(String key) {
        double[] numbers = doubles(key);
        int[] integers = new int[numbers.length];
        for (int i = 0; i < integers.length; i++) {
            integers[i] = (int) numbers[i];
        }
        return integers;
    }

    /** Writes all numbers of a key as 32-bit floats to where a column begins. */
    public void floatsInto(ByteBuffer column, String key) {
        column.asFloatBuffer().put(floats(key));
    }

    /** Writes all numbers of a key as 32-bit integers to where a column begins. */
    public void integersInto(ByteBuffer column, String key) {
        column.asIntBuffer().put(integers(key));
    }

    /**
     * Tensors by name, in the shapes of an algorithm's own.
     *
     * @param like what the algorithm has: its names, all of which must be here
     */
    public Snapshot weights(String key, Snapshot like) {
        Fixture tensors = at(key);
        assertThat(tensors.values.keySet())
                .as(key)
                .containsExactlyInAnyOrderElementsOf(like.tensors().keySet());
        Map<String, Tensor> weights = new TreeMap<>();
        like.tensors().forEach((tensor, own) -> weights.put(tensor, Tensor.of(own.shape(), tensors.floats(tensor))));
        return Snapshot.of(weights);
    }

    /** Checks that all tensors of a key are these to within a distance, number by number, and that there are no others. */
    public void assertWeights(String key, Snapshot actual, double distance) {
        weights(key, actual)
                .tensors()
                .forEach((tensor, wanted) -> assertThat(
                                actual.tensors().getOrDefault(tensor, wanted).floats())
                        .as("%s of %s: %s", key, name, tensor)
                        .containsExactly(wanted.floats(), within((float) distance)));
    }

    private ConfigValue value(String key) {
        ConfigValue value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException(name + " has no '" + key + "', only " + values.keySet());
        }
        return value;
    }

    private static void collect(Object value, List<Double> found) {
        if (value instanceof List<?> list) {
            list.forEach(each -> collect(each, found));
        } else if (value instanceof Boolean word) {
            found.add(word ? 1.0 : 0.0);
        } else {
            found.add(((Number) value).doubleValue());
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
