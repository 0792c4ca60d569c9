package org.adapt4j.method.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.adapt4j.method.selection.Objective.Stretch;
import org.adapt4j.testkit.Fixture;
import org.adapt4j.toolkit.kernel.Gram;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kernels, posteriors, choices of several rounds and importance weights against a reference ({@code
 * src/test/python/selection_reference.py}), both in 64 bits: the matrices, of conditions up to 10⁴, lose four digits of sixteen.
 */
final class SelectionReferenceTest {

    private static final Offset<Double> ROUNDING = within(1e-9);
    private static final Fixture REFERENCE = Fixture.of(SelectionReferenceTest.class, "selection-reference.json");

    static Stream<Fixture> choosing() {
        return REFERENCE.at("choosing").cases();
    }

    private static double[][] kernel(Fixture known) {
        int points = known.integer("tasks") * known.integer("steps");
        boolean discrete = known.is("discrete");
        double[][] residuals =
                Imitation.residuals(discrete, rows(known, "outputs", points), rows(known, "actions", points));
        double[][] gram = Gram.lossGradient(rows(known, "features", points), residuals, discrete ? 1 : 2, true);
        Gram.normalise(gram);
        return gram;
    }

    @ParameterizedTest
    @MethodSource("choosing")
    void knowsAsMuchAsTheReference(Fixture known) {
        double[][] kernel = kernel(known);
        Posterior prior = Posterior.of(kernel, known.number("noise"));
        int[] seen = known.integers("seen");
        int[] others = known.integers("others");

        Posterior given = prior.given(seen);

        assertThat(flat(kernel)).containsExactly(known.doubles("kernel"), ROUNDING);
        int n = prior.size();
        double[] after = known.doubles("given");
        double[] explained = prior.explained(seen);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                assertThat(given.covariance(i, j)).isCloseTo(after[i * n + j], ROUNDING);
            }
            assertThat(prior.variance(i) - explained[i]).isCloseTo(after[i * n + i], ROUNDING);
        }
        assertThat(prior.information(seen)).isCloseTo(known.number("information"), ROUNDING);
        assertThat(prior.informationAbout(others, seen)).isCloseTo(known.number("mutual"), ROUNDING);
    }

    @ParameterizedTest
    @MethodSource("choosing")
    void choosesAsTheReference(Fixture known) {
        int tasks = known.integer("tasks");
        int steps = known.integer("steps");
        double[] weights = known.doubles("weights");
        List<int[]> points = IntStream.range(0, tasks)
                .mapToObj(task ->
                        IntStream.range(task * steps, (task + 1) * steps).toArray())
                .toList();
        List<List<Stretch>> candidates =
                points.stream().map(own -> List.of(new Stretch(own, 1))).toList();
        List<Stretch> targets = IntStream.range(0, tasks)
                .mapToObj(task -> new Stretch(points.get(task), weights[task]))
                .toList();
        for (Objective objective : Objective.values()) {
            Posterior now = Posterior.of(kernel(known), known.number("noise"));
            for (Fixture round : known.at("rounds").all(objective.name().toLowerCase(Locale.ROOT))) {
                double[] scores = objective.scores(now, candidates, targets);

                int chosen = Choice.of(scores).task();

                assertThat(scores).as("%s, %s", objective, round).containsExactly(round.doubles("scores"), ROUNDING);
                assertThat(chosen).as("%s, %s", objective, round).isEqualTo(round.integer("chosen"));
                now = now.given(points.get(chosen));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void sharesEqualTheReference(ImportanceWeights weights) {
        Fixture known = REFERENCE.at("shares");
        int[] shown = known.integers("shown");

        double[][] shares = weights.shares(rows(known, "logs", shown.length), shown);

        assertThat(flat(shares)).containsExactly(known.doubles(weights.name()), ROUNDING);
    }

    private static double[][] rows(Fixture known, String key, int count) {
        double[] all = known.doubles(key);
        int width = all.length / count;
        double[][] rows = new double[count][];
        for (int row = 0; row < count; row++) {
            rows[row] = Arrays.copyOfRange(all, row * width, (row + 1) * width);
        }
        return rows;
    }

    private static double[] flat(double[][] rows) {
        return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    }
}
