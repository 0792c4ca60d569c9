package org.adapt4j.toolkit.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.util.List;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.space.Element;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class ObservationReaderTest {

    private static final EnvironmentSpec MIXED = spec(
            new Component("kind", new Discrete(3)),
            new Component("screen", new Box(Element.UINT8, List.of(2, 3, 4), 0, 255), 2),
            new Component("speed", Box.vector(2, -1, 1)));

    private static EnvironmentSpec spec(Component... components) {
        return new EnvironmentSpec(List.of(components), new Discrete(2), 10);
    }

    @Test
    void stacksAreChannelsFirstAndPicturesChannelsLast() {
        EnvironmentSpec picture = spec(new Component("rgb", Box.image(3, 4, 2)));

        assertThat(new ObservationReader(MIXED, true).image()).contains(new ImageShape(3, 4, 2, true));
        assertThat(new ObservationReader(picture, true).image()).contains(new ImageShape(3, 4, 2, false));
        assertThat(new ObservationReader(picture, false).image()).isEmpty();
        assertThat(new ObservationReader(picture, false).vectorWidth()).isEqualTo(24);
    }

    @Test
    void allButTheImageIsOneVector() {
        ObservationReader reader = new ObservationReader(MIXED, true);
        ByteBuffer[] observations = {HostArrays.allocate(8), HostArrays.allocate(48), HostArrays.allocate(16)};
        observations[0].putInt(0, 2).putInt(4, 0);
        for (int i = 0; i < 4; i++) {
            observations[2].putFloat(4 * i, i / 4f);
        }

        assertThat(reader.vectorWidth()).isEqualTo(5);
        assertThat(reader.vectors(observations, 2)).containsExactly(0, 0, 1, 0, 0.25f, 1, 0, 0, 0.5f, 0.75f);
    }

    @Test
    void bytesOfAVectorAreDividedBy255() {
        ObservationReader reader = new ObservationReader(spec(new Component("rgb", Box.image(1, 1, 3))), false);
        ByteBuffer[] observations = {HostArrays.allocate(3)};
        observations[0].put(0, (byte) 255).put(1, (byte) 51);

        assertThat(reader.vectors(observations, 1)).containsExactly(1, 0.2f, 0);
    }

    @Test
    @Tag("native")
    void imagesKeepTheOrderOfTheirBytes() {
        ByteBuffer[] observations = {HostArrays.allocate(4), HostArrays.allocate(24), HostArrays.allocate(8)};
        for (int i = 0; i < 24; i++) {
            observations[1].put(i, (byte) (10 * i));
        }
        try (NDManager manager = NDManager.newBaseManager()) {
            var images = new ObservationReader(MIXED, true).images(manager, observations, 1);

            assertThat(images.getShape().getShape()).containsExactly(1, 2, 3, 4);
            assertThat(images.toFloatArray()[23]).isEqualTo(230);
        }
    }

    @Test
    void convolutionsNeedOneImage() {
        assertThatThrownBy(() -> new ObservationReader(spec(new Component("speed", Box.vector(2, -1, 1))), true))
                .hasMessage(
                        "convolutions need one image of bytes but the observation has 0; set network.encoder = mlp");
    }
}
