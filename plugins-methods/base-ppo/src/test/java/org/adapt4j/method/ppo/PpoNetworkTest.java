package org.adapt4j.method.ppo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.junit.jupiter.api.Test;

/** Parameter counts of the sources' networks. */
final class PpoNetworkTest {

    private static final EnvironmentSpec PROCGEN =
            new EnvironmentSpec(List.of(new Component("rgb", Box.image(64, 64, 3))), new Discrete(15), 1000);

    @Test
    void theUpstreamNetworkHas626256Parameters() {
        assertThat(count("reference", Conditioning.none())).isEqualTo(626_256);
    }

    @Test
    void theStudysNetworkHas664400Parameters() {
        assertThat(count("paper", Conditioning.none())).isEqualTo(664_400);
        assertThat(count("mandi-2022", Conditioning.none())).isEqualTo(664_400);
    }

    @Test
    void theStudysMemoryNetworkHas1047888Parameters() {
        assertThat(count("paper", new Conditioning.Memory(128, 2))).isEqualTo(1_047_888);
    }

    @Test
    void theSmallNetworkHas156000Parameters() {
        assertThat(new PpoNetwork(TestSettings.of(""), PROCGEN, Conditioning.none())
                        .layout()
                        .count())
                .isEqualTo(156_000);
    }

    @Test
    void aNarrowImpalaHas291120Parameters() {
        String narrow = "network { encoder = impala, channels = [8, 16, 16] }";

        // Convolutions 24,608: sequences of 2,560, 10,448 and 11,600; linear 1,024 -> 256; heads 3,855 and 257.
        assertThat(new PpoNetwork(TestSettings.of(narrow), PROCGEN, Conditioning.none())
                        .layout()
                        .count())
                .isEqualTo(24_608 + 262_400 + 3_855 + 257);
    }

    @Test
    void theGroupsArePartsOfTheNetwork() {
        PpoNetwork network = new PpoNetwork(TestSettings.preset("paper"), PROCGEN, new Conditioning.Memory(128, 2));

        assertThat(network.isRecurrent()).isTrue();
        assertThat(network.vectorWidth()).isEqualTo(17);
        assertThat(network.stateSize()).isEqualTo(2 * 2 * 128);
    }

    private static long count(String preset, Conditioning conditioning) {
        return new PpoNetwork(TestSettings.preset(preset), PROCGEN, conditioning)
                .layout()
                .count();
    }
}
