package org.adapt4j.method.c2farm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Numbers that the pieces of the authors' code gave, each run by itself. */
final class Original {

    private Original() {}

    /** A file of the test's resources. */
    static JsonNode file(String name) {
        try (InputStream in = Original.class.getResourceAsStream("/" + name)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All numbers of nested lists, in order; of words true is 1. */
    static double[] numbers(JsonNode nested) {
        List<Double> found = new ArrayList<>();
        collect(nested, found);
        return found.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The same as 32-bit floats. */
    static float[] floats(JsonNode nested) {
        double[] numbers = numbers(nested);
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return floats;
    }

    /** The same as integers. */
    static int[] integers(JsonNode nested) {
        double[] numbers = numbers(nested);
        int[] integers = new int[numbers.length];
        for (int i = 0; i < integers.length; i++) {
            integers[i] = (int) numbers[i];
        }
        return integers;
    }

    private static void collect(JsonNode node, List<Double> found) {
        if (node.isNumber() || node.isBoolean()) {
            found.add(node.isBoolean() ? (node.asBoolean() ? 1.0 : 0.0) : node.asDouble());
        } else {
            node.forEach(child -> collect(child, found));
        }
    }
}
