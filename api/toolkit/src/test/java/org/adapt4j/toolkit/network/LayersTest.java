package org.adapt4j.toolkit.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class LayersTest {

    private static final ImageShape PICTURE = new ImageShape(64, 64, 3, false);

    private static final Initialisation START = Initialisation.uniform();

    private static final List<Integer> SEQUENCES = List.of(16, 32, 32);

    @Test
    void impalaHasTheParametersOfItsSource() {
        Layout layout = new Layout();

        Layers.impala(layout, "encoder", PICTURE, SEQUENCES, 256, true, START);

        assertThat(layout.count()).isEqualTo(622_144);
    }

    @Test
    void impalaWithLinearHeadsHasTheParametersOfItsSource() {
        Layout layout = new Layout();

        Layers.impala(layout, "encoder", PICTURE, SEQUENCES, 256, true, START);
        Layers.linear(layout, "policy/logits", 256, 15, START);
        Layers.linear(layout, "critic/value", 256, 1, START);

        assertThat(layout.count()).isEqualTo(626_256);
    }

    @Test
    void impalaTakesItsChannelsFromTheList() {
        Layout layout = new Layout();

        Layers.impala(layout, "encoder", PICTURE, List.of(8, 16), 100, true, START);

        // A sequence is one convolution in and four within: 224 + 4·584 and 1,168 + 4·2,320; then 16·16·16 inputs.
        assertThat(layout.count()).isEqualTo(2_560 + 10_448 + (4_096 + 1) * 100);
    }

    @Test
    void impalaWithTheStudysHeadsHasTheParametersOfItsSource() {
        Layout layout = new Layout();

        Layers.impala(layout, "encoder", PICTURE, SEQUENCES, 256, false, START);
        for (String head : List.of("policy", "critic")) {
            Layers.hidden(layout, head, 256, List.of(64, 64), Layers.tanh(), START);
            Layers.linear(layout, head + "/output", 64, head.equals("policy") ? 15 : 1, START);
        }

        assertThat(layout.count()).isEqualTo(664_400);
    }

    @Test
    void theStudysMemoryHasTheParametersOfItsSource() {
        Layout layout = new Layout();

        new Lstm(layout, "memory", 256, 128, 2);

        assertThat(layout.count()).isEqualTo(329_728);
    }

    @Test
    void smallRefusesTinyImages() {
        assertThatThrownBy(() -> Layers.small(new Layout(), "encoder", new ImageShape(20, 64, 3, false), 256, START))
                .hasMessageContaining("at least 36×36 but they are 20×64");
    }

    @Test
    void orthogonalRowsAreOrthonormalTimesTheGain() {
        float[] values = new float[3 * 8];

        Initialiser.orthogonal(2).fill(values, new long[] {3, 2, 2, 2}, new Random(1));

        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double product = 0;
                for (int k = 0; k < 8; k++) {
                    product += values[8 * i + k] * values[8 * j + k];
                }
                assertThat(product).isCloseTo(i == j ? 4 : 0, within(1e-5));
            }
        }
    }

    @Test
    @Tag("native")
    void networksTurnImagesIntoFeatures() {
        Layout layout = new Layout();
        Layer impala = Layers.impala(layout, "impala", PICTURE, SEQUENCES, 256, true, START);
        Layer small = Layers.small(layout, "small", PICTURE, 128, START);
        try (NDManager manager = NDManager.newBaseManager();
                WeightVector weights = new WeightVector(manager, layout, new Random(1))) {

            NDArray a = impala.apply(weights.constants(), images(manager, 2));
            NDArray b = small.apply(weights.constants(), images(manager, 2));

            assertThat(a.getShape()).isEqualTo(new Shape(2, 256));
            assertThat(b.getShape()).isEqualTo(new Shape(2, 128));
            assertThat(a.sum().getFloat()).isPositive();
        }
    }

    @Test
    @Tag("native")
    void convolutionEqualsOneWrittenOut() {
        Layout layout = new Layout();
        Layer convolution = Layers.convolutionOfBytes(layout, "c", new ImageShape(2, 2, 2, false), 1, 2, 1, 0, START);
        try (NDManager manager = NDManager.newBaseManager();
                WeightVector weights = new WeightVector(manager, layout, new Random(1))) {
            weights.write(new float[] {1, 2, 3, 4, 10, 20, 30, 40, 0.5f});
            ByteBuffer bytes = ByteBuffer.allocateDirect(8);
            for (int i = 0; i < 8; i++) {
                bytes.put(i, (byte) (250 - i));
            }

            NDArray y = convolution.apply(weights.constants(), HostArrays.floats(manager, bytes, 1, 2, 2, 2));

            // Pixels (channel 0, channel 1) in row order: (250, 249), (248, 247), (246, 245), (244, 243).
            double expected = (250 + 2 * 248 + 3 * 246 + 4 * 244 + 2490 + 20 * 247 + 30 * 245 + 40 * 243) / 255.0 + 0.5;
            assertThat(y.toFloatArray()).containsExactly(new float[] {(float) expected}, within(1e-4f));
        }
    }

    private static NDArray images(NDManager manager, int count) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(count * 64 * 64 * 3);
        for (int i = 0; i < bytes.capacity(); i++) {
            bytes.put(i, (byte) (i * 31));
        }
        return HostArrays.floats(manager, bytes, count, 64, 64, 3);
    }
}
