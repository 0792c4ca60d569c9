package org.adapt4j.toolkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Numbers worked out by hand. */
public final class Oracles {

    private Oracles() {}

    public static JsonNode of(String name) {
        return file("oracles.json").get(name);
    }

    /** A file of numbers, whole. */
    public static JsonNode file(String name) {
        try (InputStream in = Oracles.class.getResourceAsStream("/" + name)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static float[] floats(JsonNode list) {
        float[] values = new float[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) list.get(i).asDouble();
        }
        return values;
    }
}
