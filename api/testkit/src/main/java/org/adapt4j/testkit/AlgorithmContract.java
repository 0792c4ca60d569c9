package org.adapt4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.algorithm.Diet;
import org.adapt4j.api.algorithm.GradientDescent;
import org.adapt4j.api.algorithm.Parameters;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.algorithm.Tensor;
import org.junit.jupiter.api.Test;

/**
 * What every algorithm owes the methods that use it, on policy, off policy and offline. Extend it and name a factory with small
 * networks, and off policy with a small replay; each check makes algorithms of its own on a toy and feeds them as an agent would:
 * offline with pairs of what was seen and uniform actions.
 */
public abstract class AlgorithmContract extends PolicyContract {

    private static final String NOT_ASKED = "Nothing may change but what was asked for: see the contract of Parameters";

    private static final String NOT_RESTORED =
            "restore() brings back every number of the groups it is told, whatever else is computed from them";

    @Test
    void saysWhatItIs() {
        AlgorithmFactory<?> factory = factory();

        assertThat(factory().diet()).as("another factory of the same settings").isEqualTo(factory.diet());
        assertThat(factory.objection(subject(1).request())).isEmpty();
    }

    @Test
    void sameSeedGivesTheSameWeights() {
        try (AlgorithmSubject one = subject(1);
                AlgorithmSubject other = subject(1)) {
            one.update(3);
            other.update(3);

            Same.weights(other.snapshot(), one.snapshot(), "after 3 updates twice with one seed", Same.OTHER_CHANCE);
        }
    }

    @Test
    void anotherSeedGivesOtherWeights() {
        try (AlgorithmSubject one = subject(1);
                AlgorithmSubject other = subject(2)) {
            assertThat(other.snapshot().equals(one.snapshot()))
                    .as("seeds 1 and 2 give the same weights, bit for bit: the initialisation ignores request.random()")
                    .isFalse();
        }
    }

    @Test
    void anUpdateChangesWeightsAndSaysWhatHappened() {
        try (AlgorithmSubject subject = subject(1)) {
            Snapshot before = subject.snapshot();

            Map<String, Double> logged = subject.update(1);

            assertThat(subject.snapshot().equals(before))
                    .as("an update leaves all weights as they were")
                    .isFalse();
            assertThat(logged).isNotEmpty().allSatisfy((name, value) -> {
                assertThat(name).matches("[a-z0-9]+(-[a-z0-9]+)*");
                assertThat(value).isFinite();
            });
        }
    }

    /** The last rollout of a phase is as long as its budget allows. */
    @Test
    void learnsFromShortRolloutsToo() {
        assumeTrue(factory().diet() instanceof Diet.OnPolicy);
        try (AlgorithmSubject subject = subject(1)) {
            int whole = factory().diet().steps();
            for (int steps : new int[] {whole, 1, 3, whole}) {
                Snapshot before = subject.snapshot();

                Map<String, Double> logged = subject.update(steps, 0.5);

                assertThat(logged)
                        .allSatisfy((name, value) -> assertThat(value)
                                .as("%s after a rollout of %s", name, steps)
                                .isFinite());
                assertThat(subject.snapshot().equals(before))
                        .as("an update with a rollout of %s leaves all weights as they were", steps)
                        .isFalse();
                subject.snapshot()
                        .tensors()
                        .forEach((name, tensor) -> assertThat(Arrays.stream(tensor.doubles()))
                                .as(name)
                                .allMatch(Double::isFinite));
            }
        }
    }

    @Test
    void savedStateContinuesBitForBit() throws IOException {
        try (AlgorithmSubject left = subject(1);
                AlgorithmSubject restored = subject(1)) {
            left.update(2);
            byte[] saved = left.save();
            left.update(2);

            restored.load(saved);
            restored.update(2);

            Same.weights(
                    restored.snapshot(), left.snapshot(), "2 updates after saving and loading it", Same.NOT_LOADED);
        }
    }

    @Test
    void movesTowardsATargetByTheFractionAskedFor() {
        try (AlgorithmSubject subject = subject(1)) {
            Snapshot target = subject.snapshot();
            subject.update(2);
            Snapshot start = subject.snapshot();
            Parameters weights = subject.algorithm.parameters();

            weights.moveTowards(target, 0);
            Same.weights(weightsOf(subject), weightsOf(start, weights), "after moveTowards(…, 0)", NOT_ASKED);

            weights.moveTowards(target, 0.5);
            assertBetween(weightsOf(start, weights), weightsOf(target, weights), weightsOf(subject));

            weights.restore(start);
            weights.moveTowards(target, 1);
            assertThat(weightsOf(subject).tensors().keySet())
                    .isEqualTo(weightsOf(target, weights).tensors().keySet());
            weightsOf(target, weights)
                    .tensors()
                    .forEach((name, tensor) ->
                            assertThat(valuesOf(subject, name)).containsExactly(tensor.doubles(), within(1e-6)));
        }
    }

    @Test
    void aSnapshotIsAValue() {
        try (AlgorithmSubject subject = subject(1)) {
            Snapshot snapshot = subject.snapshot();
            Map<String, double[]> copy = new HashMap<>();
            snapshot.tensors().forEach((name, tensor) -> copy.put(name, tensor.doubles()));

            subject.update(2);

            snapshot.tensors()
                    .forEach((name, tensor) -> assertThat(tensor.doubles()).isEqualTo(copy.get(name)));
        }
    }

    @Test
    void theOptimizersMemoryComesBackOnlyWhereItIsNamed() {
        try (AlgorithmSubject subject = subject(1)) {
            subject.update(1);
            Snapshot early = subject.snapshot();
            subject.update(2);
            Snapshot late = subject.snapshot();
            Parameters weights = subject.algorithm.parameters();
            Set<String> optimizer = Set.of(Parameters.OPTIMIZER);

            weights.restore(early);
            Same.weights(weightsOf(subject), weightsOf(early, weights), "after restore(snapshot)", NOT_RESTORED);
            Same.weights(
                    subject.snapshot().only(optimizer),
                    late.only(optimizer),
                    "the optimiser's after restore(snapshot), which does not name it",
                    NOT_ASKED);

            weights.restore(early, optimizer);
            Same.weights(subject.snapshot(), early, "after restore(snapshot, optimizer)", NOT_RESTORED);
        }
    }

    @Test
    void aResetOptimizerKeepsTheWeights() {
        try (AlgorithmSubject subject = subject(1)) {
            subject.update(2);
            Snapshot before = weightsOf(subject);

            subject.algorithm.parameters().resetOptimizer();

            Same.weights(weightsOf(subject), before, "after resetOptimizer()", NOT_ASKED);
        }
    }

    @Test
    void restoresNamedGroupsOnly() {
        try (AlgorithmSubject subject = subject(1)) {
            Parameters weights = subject.algorithm.parameters();
            Snapshot start = subject.snapshot();
            subject.update(2);
            Snapshot trained = subject.snapshot();
            String first = weights.groups().iterator().next();
            Set<String> others = new TreeSet<>(weights.groups());
            others.remove(first);

            weights.restore(start, Set.of(first));

            String asked = "after restore(snapshot, {" + first + "})";
            Same.weights(subject.snapshot().only(Set.of(first)), start.only(Set.of(first)), asked, NOT_RESTORED);
            Same.weights(subject.snapshot().only(others), trained.only(others), asked, NOT_ASKED);
        }
    }

    @Test
    void trainsNamedGroupsOnly() {
        try (AlgorithmSubject subject = subject(1)) {
            Parameters weights = subject.algorithm.parameters();
            subject.update(1);
            Snapshot start = subject.snapshot();

            for (String group : weights.groups()) {
                weights.train(Set.of(group));
                subject.update(1);
            }
            weights.train(Set.of());
            Snapshot trained = subject.snapshot();
            subject.update(1);

            Same.weights(
                    weightsOf(subject), weightsOf(trained, weights), "updated after train({}), no group", NOT_ASKED);
            String first = weights.groups().iterator().next();
            weights.restore(start);
            weights.train(Set.of(first));
            subject.update(1);
            Set<String> others = new TreeSet<>(weights.groups());
            others.remove(first);
            Same.weights(
                    subject.snapshot().only(others),
                    start.only(others),
                    "updated after train({" + first + "})",
                    NOT_ASKED);
            assertThat(subject.snapshot().only(Set.of(first)).equals(start.only(Set.of(first))))
                    .as("an update after train({%s}) leaves that group as it was", first)
                    .isFalse();
            assertThatThrownBy(() -> weights.train(Set.of("no-such-group")))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void descendsPlainlyBesideItsOptimizerWhereItCan() {
        assumeTrue(factory().abilities().contains(GradientDescent.class));
        try (AlgorithmSubject subject = subject(1)) {
            GradientDescent descent =
                    subject.algorithm.ability(GradientDescent.class).orElseThrow();
            subject.update(1);
            Snapshot start = subject.snapshot();
            Set<String> optimizer = Set.of(Parameters.OPTIMIZER);

            descent.descendBy(0);
            subject.update(1);
            Same.weights(subject.snapshot(), start, "after descendBy(0), which only looks", NOT_ASKED);

            descent.descendBy(0.5);
            subject.update(1);
            Snapshot gradient = descent.gradient();
            assertThat(gradient.tensors().keySet())
                    .isEqualTo(weightsOf(subject).tensors().keySet());
            Same.weights(
                    subject.snapshot().only(optimizer),
                    start.only(optimizer),
                    "the optimiser's after descendBy",
                    NOT_ASKED);
            assertThat(weightsOf(subject).equals(weightsOf(start, subject.algorithm.parameters())))
                    .as("descendBy(0.5) leaves all weights as they were")
                    .isFalse();
            gradient.tensors().forEach((name, slope) -> {
                double[] expected =
                        Objects.requireNonNull(start.tensors().get(name)).doubles();
                for (int i = 0; i < expected.length; i++) {
                    expected[i] -= 0.5 * slope.doubles()[i];
                }
                assertThat(valuesOf(subject, name)).containsExactly(expected, within(1e-6));
            });
        }
    }

    @Test
    void doesNotDescendWhereItDoesNotTrain() {
        assumeTrue(factory().abilities().contains(GradientDescent.class));
        try (AlgorithmSubject subject = subject(1)) {
            Snapshot start = subject.snapshot();
            subject.algorithm.parameters().train(Set.of());

            GradientDescent descent =
                    subject.algorithm.ability(GradientDescent.class).orElseThrow();
            descent.descendBy(1);
            subject.update(1);

            Same.weights(subject.snapshot(), start, "after descendBy(1) while no group trains", NOT_ASKED);
            assertThat(descent.gradient().tensors().values())
                    .allMatch(slope -> Arrays.stream(slope.doubles()).allMatch(number -> number == 0));
        }
    }

    @Test
    void refusesAForeignSnapshotAndChangesNothing() {
        try (AlgorithmSubject subject = subject(1)) {
            Parameters weights = subject.algorithm.parameters();
            Snapshot start = subject.snapshot();
            subject.update(1);
            Snapshot before = subject.snapshot();
            String last = weightsOf(start, weights).tensors().lastKey();
            Map<String, Tensor> wrong = new HashMap<>(start.tensors());
            wrong.put(last, Tensor.of(List.of(1L, 1L, 1L, 1L, 1L), new float[] {7}));
            Map<String, Tensor> incomplete = new HashMap<>(start.tensors());
            incomplete.remove(last);
            Map<String, Tensor> tooMany = new HashMap<>(start.tensors());
            tooMany.put(last + "-of-another-layer", Tensor.of(List.of(1L), new float[] {7}));

            assertThatThrownBy(() -> weights.restore(Snapshot.of(wrong))).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> weights.restore(Snapshot.of(incomplete)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> weights.restore(Snapshot.of(tooMany)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> weights.restore(start, Set.of("no-such-group")))
                    .isInstanceOf(IllegalArgumentException.class);
            Same.weights(subject.snapshot(), before, "after refused snapshots", NOT_ASKED);
        }
    }

    @Test
    void countsItsNumbers() {
        try (AlgorithmSubject subject = subject(1)) {
            Parameters weights = subject.algorithm.parameters();
            Snapshot own = weightsOf(subject);

            assertThat(own.groups()).isEqualTo(weights.groups()).doesNotContain(Parameters.OPTIMIZER);
            assertThat(weights.count())
                    .isPositive()
                    .isLessThanOrEqualTo(own.tensors().values().stream()
                            .mapToLong(tensor -> tensor.doubles().length)
                            .sum());
        }
    }

    @Test
    void mayBeClosedTwice() {
        AlgorithmSubject subject = subject(1);

        subject.close();
        subject.close();
    }

    private static Snapshot weightsOf(AlgorithmSubject subject) {
        return weightsOf(subject.snapshot(), subject.algorithm.parameters());
    }

    private static Snapshot weightsOf(Snapshot snapshot, Parameters parameters) {
        return snapshot.only(parameters.groups());
    }

    private static double[] valuesOf(AlgorithmSubject subject, String name) {
        Tensor tensor = subject.snapshot().tensors().get(name);
        return tensor == null ? new double[0] : tensor.doubles();
    }

    private static void assertBetween(Snapshot one, Snapshot other, Snapshot middle) {
        one.tensors().forEach((name, tensor) -> {
            Tensor second = other.tensors().get(name);
            Tensor between = middle.tensors().get(name);
            assertThat(second).isNotNull();
            assertThat(between).isNotNull();
            if (second != null && between != null) {
                double[] expected = tensor.doubles();
                double[] ends = second.doubles();
                for (int i = 0; i < expected.length; i++) {
                    expected[i] = (expected[i] + ends[i]) / 2;
                }
                assertThat(between.doubles()).containsExactly(expected, within(1e-6));
            }
        });
    }
}
