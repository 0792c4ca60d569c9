package org.adapt4j.method.rainbow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Random;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.space.Element;
import org.adapt4j.toolkit.network.HostArrays;
import org.adapt4j.toolkit.network.WeightVector;
import org.adapt4j.toolkit.value.CategoricalValues;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts and numbers worked out by hand. */
final class RainbowNetworkTest {

    static EnvironmentSpec atari(int actions) {
        Component screen = new Component("screen", new Box(Element.UINT8, List.of(4, 84, 84), 0, 255), 4);
        return new EnvironmentSpec(List.of(screen), new Discrete(actions), 27_000);
    }

    @ParameterizedTest
    @CsvSource({"6, 256, 828842, 441669", "18, 256, 1143410, 598953", "18, 512, 2230386, 1142441"})
    void hasTheParametersOfItsSource(int actions, int units, int all, int means) {
        RainbowNetwork network = network(actions, "network.stream-units = " + units);

        assertThat(network.layout().count()).isEqualTo(all);
        assertThat(all - noisy(actions, units)).isEqualTo(means);
    }

    /** Scales of the noise: as many as the four layers have weights. */
    private static int noisy(int actions, int units) {
        return 2 * 577 * units + (units + 1) * 51 * (1 + actions);
    }

    @Test
    void theCanonicalNetworkHas512UnitsOn3136Features() {
        RainbowNetwork network = network(6, "network { encoder = canonical, stream-units = 512 }");

        int convolutions = 32 * 257 + 64 * 513 + 64 * 577;
        assertThat(network.layout().count()).isEqualTo(convolutions + 2 * (2 * 3137 * 512 + 513 * 51 * 7));
    }

    @Test
    @Tag("native")
    void theGroupsArePartsOfTheNetwork() {
        try (NDManager manager = NDManager.newBaseManager()) {
            WeightVector weights = new WeightVector(manager, network(3, "").layout(), new Random(1));

            assertThat(weights.tensors().keySet())
                    .hasSize(4 + 4 * 4)
                    .contains("encoder/convolution-1/weight", "value/hidden/bias", "advantage/output/weight")
                    .contains("noise/value-hidden/weight", "noise/advantage-output/bias")
                    .allMatch(name -> name.matches("(encoder|value|advantage|noise)/.*"));
        }
    }

    @Test
    @Tag("native")
    void joinsTheStreamsLikeTheWorkedNumbers() {
        CategoricalValues values = new CategoricalValues(3, -1, 1);
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray value = HostArrays.tensor(manager, new float[] {0.1f, -0.2f, 0.3f}, 1, 3);
            NDArray advantage = HostArrays.tensor(manager, new float[] {1, 0, -1, 0, 0.5f, 0, -0.5f, 1, 0.5f}, 1, 9);

            float[] probabilities =
                    RainbowNetwork.duel(value, advantage, 3).softmax(2).toFloatArray();

            double[] q = {values.mean(probabilities, 0), values.mean(probabilities, 3), values.mean(probabilities, 6)};
            assertThat(q).containsExactly(new double[] {-0.539497, 0.196829, 0.453487}, within(1e-5));
        }
    }

    private static RainbowNetwork network(int actions, String settings) {
        return new RainbowNetwork(TestSettings.of(settings).network(), atari(actions), Conditioning.none());
    }
}
