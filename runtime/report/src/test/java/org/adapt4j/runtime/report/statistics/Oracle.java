package org.adapt4j.runtime.report.statistics;

import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.adapt4j.runtime.report.judge.Grid;
import org.assertj.core.data.Offset;

/** Figures worked out elsewhere, read from the test resources. */
final class Oracle {
    static final Offset<Double> EXACT = within(1e-12);

    private Oracle() {}

    static JsonNode read(String name) {
        try (InputStream in = Objects.requireNonNull(Oracle.class.getResourceAsStream(name), name)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static double[] row(JsonNode array) {
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).asDouble();
        }
        return values;
    }

    static Grid scores(JsonNode rows) {
        double[][] values = new double[rows.size()][];
        for (int i = 0; i < values.length; i++) {
            values[i] = row(rows.get(i));
        }
        return Grid.of(values);
    }

    static Grid named(String name) {
        return scores(read("metrics.json").get("metrics").get(name).get("scores"));
    }
}
