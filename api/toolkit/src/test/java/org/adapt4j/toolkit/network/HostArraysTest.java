package org.adapt4j.toolkit.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("native")
final class HostArraysTest {

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void copiesArraysIntoNewTensors() {
        float[] values = {1, 2, 3, 4, 5, 6};

        NDArray tensor = HostArrays.tensor(manager, values, 2, 3);
        values[0] = 9;

        assertThat(tensor.getShape()).isEqualTo(new Shape(2, 3));
        assertThat(tensor.toFloatArray()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(HostArrays.tensor(manager, new long[] {7, -8}, 2).toLongArray())
                .containsExactly(7, -8);
        assertThat(HostArrays.tensor(manager, new float[] {5}).getFloat()).isEqualTo(5);
    }

    @Test
    void writesInPlaceSoThatViewsSeeIt() {
        NDArray tensor = HostArrays.tensor(manager, new float[] {1, 2, 3}, 3);
        NDArray view = tensor.get(new NDIndex("1:"));

        HostArrays.write(tensor, new float[] {4, 5, 6});

        assertThat(view.toFloatArray()).containsExactly(5, 6);
    }

    @Test
    void writesCopiesBackToo() {
        NDArray tensor = HostArrays.tensor(manager, new float[4], 2, 2);
        NDArray view = tensor.get(new NDIndex("1"));
        ByteBuffer copy = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
        copy.asFloatBuffer().put(new float[] {1, 2, 3, 4});

        HostArrays.written(copy, tensor);

        assertThat(view.toFloatArray()).containsExactly(3, 4);
        NDArray scalar = HostArrays.tensor(manager, new float[] {5});
        HostArrays.written(copy.slice(0, 4).order(ByteOrder.nativeOrder()), scalar);
        assertThat(scalar.getFloat()).isEqualTo(1);
    }

    @Test
    void refusesAnArrayOfAnotherLength() {
        assertThatThrownBy(() -> HostArrays.tensor(manager, new float[] {1, 2}, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("8 bytes for a tensor of 12");
    }

    @Test
    void hasTensorsOfNothing() {
        assertThat(HostArrays.tensor(manager, new float[0], 0, 4).isEmpty()).isTrue();
    }
}
