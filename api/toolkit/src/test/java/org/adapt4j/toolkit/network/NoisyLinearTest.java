package org.adapt4j.toolkit.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.adapt4j.api.algorithm.Weights;
import org.adapt4j.toolkit.Oracles;
import org.adapt4j.toolkit.training.GradientScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers worked out by hand. */
@Tag("native")
final class NoisyLinearTest {

    private final NDManager manager = NDManager.newBaseManager();
    private final Layout layout = new Layout();
    private final NoisePlan plan = new NoisePlan();
    private final NoisyLinear layer = new NoisyLinear(layout, plan, "value/output", "noise/value-output", 2, 3, 0.1);
    private final WeightVector weights = new WeightVector(manager, layout, new Random(1));
    private final Noise noise = new Noise(manager, plan);
    private final JsonNode oracle = Oracles.of("noisy_linear");

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void givesTheWorkedOutputs() {
        setUp();

        NDArray noisy = layer.apply(weights.constants(), noise, x());
        NDArray mean = layer.apply(weights.constants(), null, x());

        assertThat(noisy.toFloatArray()).containsExactly(Oracles.floats(oracle.get("y_train")), within(1e-6f));
        assertThat(mean.toFloatArray()).containsExactly(Oracles.floats(oracle.get("y_eval")), within(1e-6f));
    }

    @Test
    void drawnWeightsGiveTheSame() {
        setUp();

        NoisyLinear.Drawn drawn = layer.draw(manager, weights.constants(), noise);

        for (NoisyLinear.Drawn either : List.of(drawn, drawn.constant())) {
            assertThat(NoisyLinear.apply(either, x()).toFloatArray())
                    .containsExactly(Oracles.floats(oracle.get("y_train")), within(1e-6f));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theGradientIsThatOfTheNoisyWeights(boolean drawn) {
        setUp();

        float[] gradient;
        try (GradientScope scope = new GradientScope(manager)) {
            scope.add((inputs, tracked) -> {
                Weights leaves = tracked.of(weights);
                NDArray x = HostArrays.tensor(inputs, new float[] {1, 2}, 1, 2);
                return drawn
                        ? NoisyLinear.apply(layer.draw(inputs, leaves, noise), x)
                                .sum()
                        : layer.apply(leaves, noise, x).sum();
            });
            gradient = scope.gradient(weights).toFloatArray();
        }

        JsonNode weightNoise = oracle.get("weight_eps");
        float[] biasNoise = Oracles.floats(oracle.get("bias_eps"));
        float[] x = {1, 2};
        for (int out = 0; out < 3; out++) {
            for (int in = 0; in < 2; in++) {
                double noiseHere = weightNoise.get(out).get(in).asDouble();
                assertThat(gradient[2 * out + in]).isCloseTo(x[in], within(1e-6f));
                assertThat(gradient[9 + 2 * out + in]).isCloseTo((float) (x[in] * noiseHere), within(1e-6f));
            }
            assertThat(gradient[6 + out]).isCloseTo(1, within(1e-6f));
            assertThat(gradient[15 + out]).isCloseTo(biasNoise[out], within(1e-6f));
        }
    }

    @Test
    void startsWithTheScalesOfThePaper() {
        Layout wide = new Layout();
        new NoisyLinear(wide, new NoisePlan(), "a", "b", 576, 256, 0.1);
        new NoisyLinear(wide, new NoisePlan(), "c", "d", 576, 256, 0.5);

        float[] all = wide.initial(new Random(1));

        int means = 577 * 256;
        assertThat(all[means]).isCloseTo(0.0041667f, within(1e-7f));
        assertThat(all[2 * means - 1]).isCloseTo(0.1f / 16, within(1e-7f));
        assertThat(all[3 * means]).isCloseTo(0.0208333f, within(1e-7f));
        for (int i = 0; i < means; i++) {
            assertThat(Math.abs(all[i])).isLessThanOrEqualTo(1 / 24f);
        }
    }

    @Test
    void withoutScalesThereIsNoChance() {
        float[] all = weights.flat().toFloatArray();
        Arrays.fill(all, 9, 18, 0);
        weights.write(all);
        noise.redraw(new Random(3));

        NDArray noisy = layer.apply(weights.constants(), noise, x());

        assertThat(noisy.toFloatArray())
                .containsExactly(layer.apply(weights.constants(), null, x()).toFloatArray());
    }

    @Test
    void aDrawIsTheSignedRootOfGaussians() {
        Random random = new Random(4);
        Noise large = new Noise(manager, bigPlan());
        large.redraw(random);

        float[] values = large.part(0).toFloatArray();

        double mean = 0;
        double square = 0;
        for (float value : values) {
            mean += value / values.length;
            square += value * value / values.length;
        }
        // E √|x| sign(x) = 0 and E |x| = √(2/π) for a standard normal x.
        assertThat(mean).isCloseTo(0, within(0.02));
        assertThat(square).isCloseTo(Math.sqrt(2 / Math.PI), within(0.02));
        assertThat(Noise.shaped(-4)).isEqualTo(-2);
        assertThat(Noise.shaped(0.25)).isEqualTo(0.5f);
    }

    private static NoisePlan bigPlan() {
        NoisePlan big = new NoisePlan();
        big.add(20_000);
        return big;
    }

    @Test
    void aSavedDrawComesBack() throws IOException {
        noise.redraw(new Random(5));
        float[] drawn = layer.apply(weights.constants(), noise, x()).toFloatArray();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        noise.save(new DataOutputStream(bytes));
        noise.redraw(new Random(6));
        float[] other = layer.apply(weights.constants(), noise, x()).toFloatArray();

        noise.load(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

        assertThat(other).isNotEqualTo(drawn);
        assertThat(layer.apply(weights.constants(), noise, x()).toFloatArray()).isEqualTo(drawn);
    }

    private void setUp() {
        float[] means = new float[18];
        for (int out = 0; out < 3; out++) {
            System.arraycopy(Oracles.floats(oracle.get("weight_mu").get(out)), 0, means, 2 * out, 2);
        }
        System.arraycopy(Oracles.floats(oracle.get("bias_mu")), 0, means, 6, 3);
        System.arraycopy(weights.flat().toFloatArray(), 9, means, 9, 9);
        weights.write(means);
        float[] shaped = new float[5];
        for (int i = 0; i < 2; i++) {
            shaped[i] = Noise.shaped(oracle.get("eps_in").get(i).asDouble());
        }
        for (int i = 0; i < 3; i++) {
            shaped[2 + i] = Noise.shaped(oracle.get("eps_out").get(i).asDouble());
        }
        noise.set(shaped);
    }

    private NDArray x() {
        return HostArrays.tensor(manager, Oracles.floats(oracle.get("x")), 1, 2);
    }
}
