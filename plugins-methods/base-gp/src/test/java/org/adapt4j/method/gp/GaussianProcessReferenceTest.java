package org.adapt4j.method.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.space.Box;
import org.adapt4j.testkit.Fixture;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Means and covariances against a reference ({@code src/test/python/gp_reference.py}), both in 64 bits: with noise of 0.02 the matrix loses two or
 * three digits of sixteen.
 */
final class GaussianProcessReferenceTest {

    private static final Offset<Double> ROUNDING = within(1e-10);
    private static final EnvironmentSpec SPEC = new EnvironmentSpec(
            List.of(new Component("state", Box.vector(2, -9, 9)), new Component("extra", Box.vector(1, -9, 9))),
            Box.vector(2, -1, 1),
            5);

    static Stream<Fixture> cases() {
        return Fixture.of(GaussianProcessReferenceTest.class, "gp-reference.json")
                .cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void believesWhatTheReferenceBelieves(Fixture known) {
        int before = known.integer("before");
        int all = before + known.integer("pairs");
        GaussianProcess process = process(known);
        if (before > 0) {
            GaussianProcess earlier = process(known);
            earlier.update(pairs(known, 0, before), 0);
            process.restore(earlier.snapshot(), process.groups());
        }

        Map<String, Double> report = process.update(pairs(known, before, all), 0);

        int asked = known.integer("asked");
        Map<String, ByteBuffer> at = Map.of(
                "state", column(known.floats("asked-states"), 0, 2 * asked),
                "extra", column(known.floats("asked-extras"), 0, asked));
        assertThat(report)
                .hasEntrySatisfying("loss", loss -> assertThat(loss).isCloseTo(known.number("loss"), ROUNDING));
        assertThat(flat(process.mean(at, asked))).containsExactly(known.doubles("mean"), ROUNDING);
        assertThat(flat(process.covariance(at, asked))).containsExactly(known.doubles("covariance"), ROUNDING);
    }

    private static GaussianProcess process(Fixture known) {
        return new GaussianProcess(
                new GaussianProcessFactory.Settings(
                        known.number("length-scale"),
                        known.number("signal-variance"),
                        known.number("noise-variance"),
                        50),
                SPEC);
    }

    private static double[] flat(double[][] rows) {
        return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    }

    private static ByteBuffer column(float[] values, int from, int to) {
        ByteBuffer column = ByteBuffer.allocateDirect(4 * (to - from)).order(ByteOrder.nativeOrder());
        column.asFloatBuffer().put(values, from, to - from);
        return column;
    }

    private static Batch.Imitation pairs(Fixture known, int from, int to) {
        Map<String, ByteBuffer> columns = Map.of(
                "state", column(known.floats("states"), 2 * from, 2 * to),
                "extra", column(known.floats("extras"), from, to),
                "action", column(known.floats("actions"), 2 * from, 2 * to));
        return new Batch.Imitation() {
            @Override
            public int size() {
                return to - from;
            }

            @Override
            public ByteBuffer column(String name) {
                return Objects.requireNonNull(columns.get(name), name);
            }
        };
    }
}
