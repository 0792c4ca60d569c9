package org.adapt4j.toolkit.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.adapt4j.toolkit.network.PlainConvolutions.Stage;
import org.adapt4j.toolkit.training.GradientScope;
import org.adapt4j.toolkit.training.GradientScope.Found;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Shapes and counts of the networks of DQN and of data-efficient Rainbow. */
final class PlainConvolutionsTest {

    private static final ImageShape ATARI = new ImageShape(84, 84, 4, true);

    @Test
    void theDataEfficientOnesHave54496Parameters() {
        Layout layout = new Layout();

        PlainConvolutions.DATA_EFFICIENT.join(layout, "encoder", ATARI, Initialisation.uniform());

        assertThat(layout.count()).isEqualTo(54_496);
        assertThat(PlainConvolutions.DATA_EFFICIENT.features(ATARI)).isEqualTo(576);
    }

    @Test
    void theCanonicalOnesGive3136Features() {
        Layout layout = new Layout();

        PlainConvolutions.CANONICAL.join(layout, "encoder", ATARI, Initialisation.uniform());

        assertThat(layout.count()).isEqualTo(32 * (4 * 64 + 1) + 64 * (32 * 16 + 1) + 64 * (64 * 9 + 1));
        assertThat(PlainConvolutions.CANONICAL.features(ATARI)).isEqualTo(3136);
    }

    @Test
    void saysWhatImagesItNeeds() {
        assertThatThrownBy(() -> PlainConvolutions.DATA_EFFICIENT.features(new ImageShape(24, 84, 4, true)))
                .hasMessage("the convolutions need images of at least 25×25 but they are 24×84");
        assertThatThrownBy(() -> PlainConvolutions.CANONICAL.features(new ImageShape(84, 35, 3, false)))
                .hasMessage("the convolutions need images of at least 36×36 but they are 84×35");
        assertThat(PlainConvolutions.DATA_EFFICIENT.features(new ImageShape(25, 25, 1, true)))
                .isEqualTo(64);
    }

    @Test
    @Tag("native")
    void framesAndPicturesOfTheSameBytesGiveTheSameFeatures() {
        Random random = new Random(1);
        PlainConvolutions convolutions = new PlainConvolutions(List.of(new Stage(3, 5, 5), new Stage(2, 2, 1)));
        byte[] frames = new byte[2 * 3 * 17 * 12];
        random.nextBytes(frames);
        ByteBuffer first = HostArrays.allocate(frames.length);
        ByteBuffer last = HostArrays.allocate(frames.length);
        for (int n = 0; n < 2; n++) {
            for (int c = 0; c < 3; c++) {
                for (int at = 0; at < 17 * 12; at++) {
                    byte value = frames[(n * 3 + c) * 17 * 12 + at];
                    first.put((n * 3 + c) * 17 * 12 + at, value);
                    last.put((n * 17 * 12 + at) * 3 + c, value);
                }
            }
        }
        try (NDManager manager = NDManager.newBaseManager()) {
            Layout layout = new Layout();
            ImageShape stack = new ImageShape(17, 12, 3, true);
            Layer stacked = convolutions.join(layout, "a", stack, Initialisation.uniform());
            WeightVector weights = new WeightVector(manager, layout, random);
            Layer picture =
                    convolutions.join(new Layout(), "a", new ImageShape(17, 12, 3, false), Initialisation.uniform());

            NDArray one = stacked.apply(weights.constants(), HostArrays.floats(manager, first, 2, 3, 17, 12));
            NDArray other = picture.apply(weights.constants(), HostArrays.floats(manager, last, 2, 17, 12, 3));

            assertThat(one.getShape().getShape()).containsExactly(2, convolutions.features(stack));
            assertThat(one.toFloatArray()).containsExactly(other.toFloatArray(), within(1e-6f));
            assertThat(one.toFloatArray()[0]).isCloseTo(byHand(weights, frames), within(1e-5f));
            // Where they learn, frames are copied so that their channels come last.
            assertThat(gradient(manager, weights, stacked, first, 2, 3, 17, 12))
                    .containsExactly(gradient(manager, weights, picture, last, 2, 17, 12, 3), within(1e-5f));
        }
    }

    private static float[] gradient(
            NDManager manager, WeightVector weights, Layer layer, ByteBuffer images, long... shape) {
        try (GradientScope scope = new GradientScope(manager)) {
            float[] features = scope.addFinding((inputs, tracked) -> {
                NDArray y = layer.apply(tracked.of(weights), HostArrays.floats(inputs, images, shape));
                return new Found<>(y.square().sum(), y.toFloatArray());
            });
            assertThat(features)
                    .containsExactly(
                            layer.apply(weights.constants(), HostArrays.floats(manager, images, shape))
                                    .toFloatArray(),
                            within(1e-5f));
            return scope.gradient(weights).toFloatArray();
        }
    }

    /** The first feature of the first image, by sums. */
    private static float byHand(WeightVector weights, byte[] frames) {
        float[] w = weights.flat().toFloatArray();
        int second = 3 * 75 + 3;
        double sum = w[second + 2 * 12];
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < 2; y++) {
                for (int x = 0; x < 2; x++) {
                    double inner = w[225 + c];
                    for (int i = 0; i < 75; i++) {
                        int pixel = (i / 25) * 17 * 12 + (5 * y + i / 5 % 5) * 12 + 5 * x + i % 5;
                        inner += w[75 * c + i] * (frames[pixel] & 0xff) / 255;
                    }
                    sum += w[second + 4 * c + 2 * y + x] * Math.max(0, inner);
                }
            }
        }
        return (float) Math.max(0, sum);
    }
}
