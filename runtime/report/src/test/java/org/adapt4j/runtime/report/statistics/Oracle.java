package org.adapt4j.runtime.report.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import org.adapt4j.runtime.report.judge.Interval;
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

    static Scores scores(JsonNode rows) {
        double[][] values = new double[rows.size()][];
        for (int i = 0; i < values.length; i++) {
            values[i] = row(rows.get(i));
        }
        return Scores.of(values);
    }

    static Scores named(String name) {
        return scores(read("metrics.json").get("metrics").get(name).get("scores"));
    }

    static Optional<Aggregate> aggregate(String key) {
        return switch (key) {
            case "iqm" -> Optional.of(Aggregate.IQM);
            case "mean" -> Optional.of(Aggregate.MEAN);
            case "median" -> Optional.of(Aggregate.MEDIAN);
            case "optimality_gap" -> Optional.of(Aggregate.OPTIMALITY_GAP);
            default -> Optional.empty();
        };
    }

    static void assertInterval(Interval actual, JsonNode expected) {
        assertThat(actual.low()).isCloseTo(expected.get(0).asDouble(), EXACT);
        assertThat(actual.high()).isCloseTo(expected.get(1).asDouble(), EXACT);
    }
}
