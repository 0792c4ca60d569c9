package org.adapt4j.api.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SnapshotTest {

    private static final Snapshot SNAPSHOT = Snapshot.of(Map.of(
            "policy/head/bias", Tensor.of(List.of(2L), new float[] {1, 2}),
            "critic/head/bias", Tensor.of(List.of(1L), new float[] {3}),
            "optimizer/steps", Tensor.of(5.0)));

    @Test
    void findsGroupsByTheFirstPartOfANames() {
        assertThat(SNAPSHOT.groups()).containsExactly("critic", "optimizer", "policy");
    }

    @Test
    void keepsOnlyTheGroupsAskedFor() {
        assertThat(SNAPSHOT.only(Set.of("policy")).tensors()).containsOnlyKeys("policy/head/bias");
    }

    @Test
    void comparesByValue() {
        assertThat(Tensor.of(List.of(2L), new float[] {1, 2})).isEqualTo(Tensor.of(List.of(2L), new float[] {1, 2}));
    }

    @Test
    void givesBackWhatWentIn() {
        assertThat(Tensor.of(List.of(3L), new float[] {1, -2, 0.5f}).floats()).containsExactly(1, -2, 0.5f);
        assertThat(Tensor.of(1e-300, 2).doubles()).containsExactly(1e-300, 2);
    }

    @Test
    void refusesAShapeThatDoesNotFit() {
        assertThatThrownBy(() -> Tensor.of(List.of(3L), new float[] {1, 2}))
                .hasMessageContaining("does not fit 8 bytes");
    }
}
