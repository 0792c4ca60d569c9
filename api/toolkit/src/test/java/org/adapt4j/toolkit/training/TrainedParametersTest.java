package org.adapt4j.toolkit.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import java.util.Random;
import java.util.Set;
import org.adapt4j.api.algorithm.Parameters;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.toolkit.network.Initialiser;
import org.adapt4j.toolkit.network.Layout;
import org.adapt4j.toolkit.network.WeightVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("native")
final class TrainedParametersTest {

    private final NDManager manager = NDManager.newBaseManager();
    private final WeightVector weights = weights(2);
    private final Adam adam = new Adam(weights, 0.9, 0.999, 1e-8);
    private final TrainedParameters parameters = new TrainedParameters(weights, adam);

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void groupsComeFromTheNames() {
        assertThat(parameters.groups()).containsExactlyInAnyOrder("policy", "critic");
        assertThat(parameters.count()).isEqualTo(5);
    }

    @Test
    void restoresOnlyTheGroupsAskedFor() {
        Snapshot ones = parameters.snapshot();
        weights.write(new float[] {5, 5, 6, 6, 6});

        parameters.restore(ones, Set.of("policy"));

        assertThat(weights.flat().toFloatArray()).containsExactly(1, 1, 6, 6, 6);
    }

    @Test
    void whatDependsOnTheWeightsFollowsThemWhereTheyAreRestoredOnly() {
        WeightVector target = new WeightVector(manager, weights);
        TrainedParameters followed = new TrainedParameters(weights, adam, () -> target.copyFrom(weights));
        Snapshot start = followed.snapshot();
        float[] first = target.flat().toFloatArray();
        weights.write(new float[] {5, 5, 6, 6, 6});

        followed.restore(start, Set.of(Parameters.OPTIMIZER));
        followed.moveTowards(start, 0.5);
        float[] untouched = target.flat().toFloatArray();
        followed.restore(start, Set.of("critic"));

        assertThat(untouched).isEqualTo(first);
        assertThat(target.flat().toFloatArray()).isEqualTo(weights.flat().toFloatArray());
    }

    @Test
    void theOptimiserComesBackOnlyWhereItIsNamed() {
        Snapshot fresh = parameters.snapshot();
        adam.step(manager.create(new float[] {1, 1, 1, 1, 1}), 0.1, 1);
        Snapshot later = parameters.snapshot();

        parameters.restore(fresh);
        Snapshot weightsOnly = parameters.snapshot();
        parameters.restore(fresh, Set.of("policy", "critic", "optimizer"));

        assertThat(weightsOnly.only(Set.of("optimizer"))).isEqualTo(later.only(Set.of("optimizer")));
        assertThat(parameters.snapshot()).isEqualTo(fresh);
    }

    @Test
    void movesAFractionOfTheWay() {
        Snapshot ones = parameters.snapshot();
        weights.write(new float[] {3, 3, 5, 5, 5});

        parameters.moveTowards(ones, 0.25);

        assertThat(weights.flat().toFloatArray()).containsExactly(2.5f, 2.5f, 4, 4, 4);
    }

    @Test
    void movesExactlyAllTheWayOrNowhere() {
        weights.write(new float[] {0.1f, 1e8f, -7, 3, 1e-9f});
        Snapshot target = parameters.snapshot();
        float[] here = {1, 2, 3, 4, 5};
        weights.write(here);

        parameters.moveTowards(target, 0);
        assertThat(weights.flat().toFloatArray()).containsExactly(here);

        parameters.moveTowards(target, 1);
        assertThat(parameters.snapshot()).isEqualTo(target);
    }

    @Test
    void refusesASnapshotOfAnotherNetworkAndChangesNothing() {
        Snapshot before = parameters.snapshot();
        WeightVector other = weights(3);
        Snapshot foreign = new TrainedParameters(other, new Adam(other, 0.9, 0.999, 1e-8)).snapshot();

        assertThatThrownBy(() -> parameters.restore(foreign))
                .hasMessage("tensor policy/a has shape [3] instead of [2]");
        assertThatThrownBy(() -> parameters.restore(before, Set.of("actor"))).hasMessageContaining("no group 'actor'");
        assertThat(parameters.snapshot()).isEqualTo(before);
    }

    private WeightVector weights(int width) {
        Layout layout = new Layout();
        layout.add("policy/a", Initialiser.constant(1), width);
        layout.add("critic/b", Initialiser.constant(1), 3);
        return new WeightVector(manager, layout, new Random(1));
    }
}
