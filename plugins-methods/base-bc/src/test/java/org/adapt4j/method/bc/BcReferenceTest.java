package org.adapt4j.method.bc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.stream.Stream;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.space.Space;
import org.adapt4j.testkit.Fixture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Gradients, steps of descent and of Adam, and Fisher's diagonal against a reference in 64 bits ({@code src/test/python/bc_reference.py}).
 *
 * <p>Losses and gradients are sums of numbers of size 1 or a few, in 32 bits right to 10⁻⁵; squares of gradients of up to 10 are so to 10⁻⁴.
 */
@Tag("native")
final class BcReferenceTest {

    private static final double ROUNDING = 1e-5;

    static Stream<Fixture> cases() {
        return Fixture.of(BcReferenceTest.class, "bc-reference.json").cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void plainDescentEqualsTheReference(Fixture known) {
        try (BcAlgorithm algorithm = algorithm(known)) {
            Fixture first = known.all("batches").get(0);
            Pairs pairs = pairs(known, first);
            known.assertWeights("fisher", algorithm.fisherDiagonal(pairs.columns(), pairs.size()), 10 * ROUNDING);
            algorithm.descendBy(known.number("descent"));

            Map<String, Double> report = algorithm.update(pairs, 0);

            assertThat(report)
                    .hasEntrySatisfying(
                            "loss", loss -> assertThat(loss).isCloseTo(known.number("loss"), within(ROUNDING)));
            known.assertWeights("gradient", algorithm.gradient(), ROUNDING);
            known.assertWeights("descended", weights(algorithm), ROUNDING);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void updatesEqualTheReference(Fixture known) {
        try (BcAlgorithm algorithm = algorithm(known)) {
            for (Fixture batch : known.all("batches")) {
                Map<String, Double> report = algorithm.update(pairs(known, batch), batch.number("progress"));

                Fixture expected = batch.at("report");
                assertThat(report).containsOnlyKeys(expected.keys());
                report.forEach(
                        (name, value) -> assertThat(value).as(name).isCloseTo(expected.number(name), within(ROUNDING)));
            }

            known.assertWeights("after", weights(algorithm), ROUNDING);
        }
    }

    private static BcAlgorithm algorithm(Fixture known) {
        int actions = known.integer("actions");
        double[] box = known.doubles("box");
        Space action = known.text("kind").equals("choices")
                ? new Discrete(actions)
                : known.is("bounded")
                        ? Box.vector(actions, box[0], box[1])
                        : Box.vector(actions, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        BcAlgorithm algorithm = Pairs.algorithm(known.text("settings"), Pairs.spec(known.integer("seen"), action));
        algorithm.parameters().restore(known.weights("weights", weights(algorithm)));
        return algorithm;
    }

    private static Snapshot weights(BcAlgorithm algorithm) {
        return algorithm.parameters().snapshot(algorithm.parameters().groups());
    }

    private static Pairs pairs(Fixture known, Fixture batch) {
        ByteBuffer action = column(4 * batch.doubles("actions").length);
        if (known.text("kind").equals("choices")) {
            batch.integersInto(action, "actions");
        } else {
            batch.floatsInto(action, "actions");
        }
        ByteBuffer state = column(4 * batch.doubles("seen").length);
        batch.floatsInto(state, "seen");
        return new Pairs(known.integer("size"), Map.of("state", state, "action", action));
    }

    private static ByteBuffer column(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }
}
