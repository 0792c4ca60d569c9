package org.adapt4j.method.sac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Device;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.space.Box;
import org.adapt4j.testkit.Fixture;
import org.adapt4j.testkit.ReferenceDefaults;
import org.adapt4j.testkit.fake.MeanReward;
import org.adapt4j.testkit.fake.WrittenDraws;
import org.adapt4j.testkit.fake.WrittenTransitions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Several updates of critics, policy, temperature and targets against a reference in 64 bits ({@code src/test/python/sac_reference.py}), with
 * all noise written down. The targets' averages show in what the critics of later updates are led to.
 *
 * <p>Weights may differ by 2·10⁻⁵ after three or four steps of 2 to 4·10⁻³ each, and what is reported by as much: gradients are right to some
 * 10⁻⁷ of their size, and Adam, whose epsilon is 10⁻⁸, passes on what is lost where a gradient is near 0.
 */
@Tag("native")
final class SacReferenceTest {

    private static final double ROUNDING = 2e-5;

    static Stream<Fixture> cases() {
        return Fixture.of(SacReferenceTest.class, "sac-reference.json").cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void updatesEqualTheReference(Fixture known) {
        double[] box = known.doubles("box");
        EnvironmentSpec spec = new EnvironmentSpec(
                List.of(new Component("state", Box.vector(known.integer("seen"), -9, 9))),
                Box.vector(known.integer("actions"), box[0], box[1]),
                1000);
        int size = known.integer("size");
        int tasks = known.integer("tasks");
        int context = known.integer("context");
        WrittenDraws random = WrittenDraws.root().with("updates", known.doubles("draws"));
        SacSettings settings = ReferenceDefaults.of(SacPlugin.class, "algorithms.sac")
                .settings(SacSettings.class, known.text("settings"));
        Conditioning conditioning = context == 0
                ? Conditioning.none()
                : new Conditioning.Context(new MeanReward(1), context, context, false);
        try (SacAlgorithm algorithm = (SacAlgorithm)
                new Sac(settings).create(new AlgorithmRequest(spec, conditioning, 1, Device.CPU, random))) {
            algorithm.parameters().restore(known.weights("weights", weights(algorithm)));

            for (Fixture update : known.all("batches")) {
                WrittenTransitions recent = new WrittenTransitions(spec, tasks * context, tasks, null);
                if (context > 0) {
                    update.floatsInto(recent.column("reward"), "context");
                }
                WrittenTransitions batch = new WrittenTransitions(spec, size, tasks, recent);
                update.floatsInto(batch.column("state"), "seen");
                update.floatsInto(batch.column("next-state"), "next");
                for (String column : List.of("action", "return", "discount")) {
                    update.floatsInto(batch.column(column), column);
                }
                batch.weights().put(0, update.floats("weights"));

                Map<String, Double> report = algorithm.update(batch, 0);

                Fixture expected = update.at("report");
                assertThat(report).containsOnlyKeys(expected.keys());
                report.forEach((name, value) -> assertThat(value)
                        .as("%s of %s", name, update)
                        .isCloseTo(expected.number(name), within(ROUNDING)));
                assertThat(batch.errors()).containsExactly(update.floats("errors"), within((float) ROUNDING));
            }

            known.assertWeights("after", weights(algorithm), ROUNDING);
            assertThat(random.isUsedUp()).as("all noise was drawn").isTrue();
        }
    }

    private static Snapshot weights(SacAlgorithm algorithm) {
        return algorithm.parameters().snapshot(algorithm.parameters().groups());
    }
}
