package org.adapt4j.toolkit.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.algorithm.Tensor;
import org.adapt4j.toolkit.Oracles;
import org.junit.jupiter.api.Test;

final class SnapshotAdamTest {
    private static final String X = "policy/x";

    @Test
    void equalsTheWorkedNumbers() {
        SnapshotAdam adam = new SnapshotAdam(1e-3);
        float[] path = new float[4];
        Snapshot x = of(1);
        for (int step = 0; step < 4; step++) {
            path[step] = (float) number(x);
            adam.gather(of(2 * number(x)));
            x = adam.step(x);
        }

        assertThat(path)
                .containsExactly(
                        Oracles.floats(Oracles.of("adam_x_squared_lr_1e3").get("eps_1e-8")), within(2e-7f));
    }

    @Test
    void goesByTheMeanOfWhatWasGathered() {
        SnapshotAdam one = new SnapshotAdam(0.1);
        SnapshotAdam two = new SnapshotAdam(0.1);

        one.gather(of(3));
        two.gather(of(2));
        two.gather(of(4));

        assertThat(number(two.step(of(1)))).isEqualTo(number(one.step(of(1))));
        assertThat(two.step(of(7))).as("nothing was gathered since").isEqualTo(of(7));
    }

    @Test
    void leavesWeightsWithoutAGradientAlone() {
        SnapshotAdam adam = new SnapshotAdam(0.1);
        adam.gather(of(3));

        Snapshot moved = adam.step(Snapshot.of(Map.of(X, tensor(1), "policy/y", tensor(5))));

        assertThat(moved.tensors()).containsEntry("policy/y", tensor(5));
        assertThat(moved.tensors().get(X)).isNotEqualTo(tensor(1));
    }

    @Test
    void goesOnBitForBitAfterLoading() throws IOException {
        SnapshotAdam first = new SnapshotAdam(0.1);
        first.gather(of(3));
        first.step(of(1));
        SnapshotAdam second = new SnapshotAdam(0.1);

        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        first.save(new DataOutputStream(bytes));
        second.load(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        first.gather(of(-1));
        second.gather(of(-1));

        assertThat(second.step(of(1))).isEqualTo(first.step(of(1)));
    }

    private static Snapshot of(double number) {
        return Snapshot.of(Map.of(X, tensor(number)));
    }

    private static Tensor tensor(double number) {
        return Tensor.of(number);
    }

    private static double number(Snapshot snapshot) {
        return snapshot.tensors().values().iterator().next().doubles()[0];
    }
}
