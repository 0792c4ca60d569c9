package org.adapt4j.toolkit.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Random;
import org.adapt4j.api.algorithm.NotFiniteException;
import org.adapt4j.api.algorithm.Tensor;
import org.adapt4j.toolkit.Oracles;
import org.adapt4j.toolkit.network.Initialiser;
import org.adapt4j.toolkit.network.Layout;
import org.adapt4j.toolkit.network.WeightVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("native")
final class AdamTest {

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void equalsTheWorkedNumbersForEveryEpsilon() {
        JsonNode oracle = Oracles.of("adam_x_squared_lr_1e3");

        assertThat(path(0.9, 1.5e-4)).containsExactly(Oracles.floats(oracle.get("eps_1.5e-4")), within(2e-7f));
        assertThat(path(0.9, 1e-5)).containsExactly(Oracles.floats(oracle.get("eps_1e-5")), within(2e-7f));
        assertThat(path(0.9, 1e-8)).containsExactly(Oracles.floats(oracle.get("eps_1e-8")), within(2e-7f));
        assertThat(path(0, 1e-8)).containsExactly(Oracles.floats(oracle.get("eps_1e-8_beta1_0")), within(2e-7f));
    }

    @Test
    void clipsByTheNormOfTheWholeGradient() {
        WeightVector weights = weights(2);
        Adam adam = new Adam(weights, 0, 0.999, 1e-8);

        double norm = adam.step(manager.create(new float[] {3, 4}), 0.1, 0.5);

        assertThat(norm).isCloseTo(5, within(1e-6));
        assertThat(adam.tensors())
                .hasEntrySatisfying(
                        "optimizer/first-moment",
                        moment -> assertThat(moment.floats()).containsExactly(new float[] {0.3f, 0.4f}, within(1e-6f)));
    }

    /** What runs on accelerators, where none is: the engine's operations on the processor. */
    @Test
    void theEnginesOperationsMakeTheSameSteps() {
        WeightVector here = weights(5000);
        WeightVector there = weights(5000);
        Adam inJava = new Adam(here, 0.9, 0.999, 1e-8, Adam.Restraint.NONE, false);
        Adam onDevice = new Adam(there, 0.9, 0.999, 1e-8, Adam.Restraint.NONE, true);
        float[] mask = new float[5000];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = i % 7 == 0 ? 0 : 1;
        }
        inJava.train(mask);
        onDevice.train(mask);
        Random random = new Random(11);

        for (int step = 0; step < 20; step++) {
            float[] gradient = new float[5000];
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] = (float) random.nextGaussian();
            }
            double norm = inJava.step(manager.create(gradient), 1e-2, 0.5);
            assertThat(onDevice.step(manager.create(gradient), 1e-2, 0.5)).isCloseTo(norm, within(1e-3));
            if (step == 9) {
                onDevice.take(inJava.tensors());
            }
        }

        assertThat(there.flat().toFloatArray()).containsExactly(here.flat().toFloatArray(), within(2e-5f));
        onDevice.reset();
        assertThat(onDevice.tensors())
                .hasEntrySatisfying(
                        "optimizer/first-moment",
                        moment -> assertThat(moment.floats()).containsOnly(0));
    }

    /** Three steps of the optimiser of C2F-ARM, as its own framework made them; the mutants clip from above only, or decay apart. */
    @Test
    void clipsEntriesFromBothSidesAndDecaysThroughTheMoments() {
        JsonNode oracle = Oracles.file("clipped-adam.json");
        Adam.Restraint restraint = new Adam.Restraint(
                oracle.get("clip_value").asDouble(),
                oracle.get("weight_decay_L2").asDouble());
        for (boolean onDevice : new boolean[] {false, true}) {
            WeightVector weights = weights(4);
            weights.write(Oracles.floats(oracle.get("start")));
            WeightVector target = new WeightVector(manager, weights);
            Adam adam = new Adam(weights, 0.9, 0.999, oracle.get("eps").asDouble(), restraint, onDevice);

            for (JsonNode step : oracle.get("steps")) {
                adam.step(
                        manager.create(Oracles.floats(step.get("raw_grad"))),
                        oracle.get("lr").asDouble());
                target.moveTowards(weights, oracle.get("tau").asDouble());

                assertThat(weights.flat().toFloatArray())
                        .containsExactly(Oracles.floats(step.get("param")), within(1.5e-7f));
                assertThat(target.flat().toFloatArray())
                        .containsExactly(Oracles.floats(step.get("polyak_target")), within(1.5e-7f));
            }
        }
    }

    @Test
    void whatIsNotTrainedDoesNotDecayEither() {
        for (boolean onDevice : new boolean[] {false, true}) {
            WeightVector weights = weights(2);
            weights.write(new float[] {100, 100});
            Adam adam = new Adam(weights, 0.9, 0.999, 1e-8, new Adam.Restraint(0.01, 1e-3), onDevice);
            adam.train(new float[] {0, 1});

            adam.step(manager.create(new float[] {-5, 0}), 0.1);

            assertThat(weights.flat().toFloatArray()[0]).isEqualTo(100);
            assertThat(weights.flat().toFloatArray()[1]).isLessThan(100);
            assertThat(adam.tensors())
                    .hasEntrySatisfying(
                            "optimizer/first-moment",
                            moment ->
                                    assertThat(moment.floats()).containsExactly(new float[] {0, 0.01f}, within(1e-6f)));
        }
    }

    @Test
    void theEnginesOperationsNoticeWhatIsNotFinite() {
        WeightVector weights = weights(3);
        Adam adam = new Adam(weights, 0.9, 0.999, 1e-8, Adam.Restraint.NONE, true);

        assertThatThrownBy(() -> adam.step(manager.create(new float[] {1, Float.NaN, 1}), 0.1))
                .isInstanceOf(NotFiniteException.class);
    }

    @Test
    void aStepWithoutALimitIsOneWithAnInfiniteLimit() {
        WeightVector limited = weights(3);
        WeightVector free = weights(3);
        Adam first = new Adam(limited, 0.9, 0.999, 1e-8);
        Adam second = new Adam(free, 0.9, 0.999, 1e-8);
        first.train(new float[] {1, 0, 1});
        second.train(new float[] {1, 0, 1});

        first.step(manager.create(new float[] {3, -4, 0.1f}), 0.1, Double.POSITIVE_INFINITY);
        second.step(manager.create(new float[] {3, -4, 0.1f}), 0.1);

        assertThat(free.flat().toFloatArray()).isEqualTo(limited.flat().toFloatArray());
        assertThat(second.tensors()).isEqualTo(first.tensors());
    }

    @Test
    void noticesWhatIsNoNumberInTheStepThatMakesIt() {
        Adam adam = new Adam(weights(3), 0.9, 0.999, 1e-8);

        assertThatThrownBy(() -> adam.step(manager.create(new float[] {1, Float.NaN, 1}), 0.1, 1))
                .isInstanceOf(NotFiniteException.class)
                .hasMessage("gradient-norm is NaN");
        assertThatThrownBy(() -> adam.step(manager.create(new float[] {1, 1, Float.POSITIVE_INFINITY}), 0.1))
                .isInstanceOf(NotFiniteException.class)
                .hasMessage("policy/x is NaN");
        assertThatThrownBy(() ->
                        new Adam(weights(3), 0.9, 0.999, 1e-8).step(manager.create(new float[] {1, 1e30f, 1}), 0.1))
                .as("a square that is too large")
                .isInstanceOf(NotFiniteException.class)
                .hasMessageContaining("second moment");
        assertThatThrownBy(() ->
                        new Adam(weights(3), 0.9, 0.999, 1e-320).step(manager.create(new float[] {1, 0, 1}), 0.1, 1))
                .as("nothing divided by nothing")
                .isInstanceOf(NotFiniteException.class)
                .hasMessage("policy/x is NaN");
    }

    @Test
    void noticesItInEveryPartOfALongVector() {
        for (int where : new int[] {0, 2047, 2048, 4095, 4999}) {
            float[] gradient = new float[5_000];
            gradient[where] = Float.NaN;

            assertThatThrownBy(() -> new Adam(weights(5_000), 0.9, 0.999, 1e-8).step(manager.create(gradient), 0.1))
                    .isInstanceOf(NotFiniteException.class);
        }
    }

    @Test
    void leavesWeightsThatAreNotTrainedAndTheirGradientsOut() {
        WeightVector weights = weights(3);
        Adam adam = new Adam(weights, 0.9, 0.999, 1e-8);
        adam.step(manager.create(new float[] {1, 1, 1}), 0.1);
        float before = weights.flat().getFloat(1);
        adam.train(new float[] {1, 0, 1});

        double norm = adam.step(manager.create(new float[] {3, Float.NaN, 4}), 0.1, 1);
        adam.descend(manager.create(new float[] {3, 100, 4}), 0.1);

        assertThat(norm).isCloseTo(5, within(1e-6));
        assertThat(weights.flat().getFloat(1)).isEqualTo(before);
        assertThat(weights.flat().getFloat(0)).isLessThan(before);
    }

    @Test
    void stepsALongVectorLikeAShortOne() {
        int length = 300_001;
        WeightVector few = weights(3);
        WeightVector many = weights(length);
        few.write(new float[] {0.5f, -1, 2});
        many.write(repeated(length, 0.5f, -1, 2));
        Adam first = new Adam(few, 0.9, 0.999, 1e-5);
        Adam second = new Adam(many, 0.9, 0.999, 1e-5);

        for (int step = 1; step <= 3; step++) {
            first.step(manager.create(new float[] {step, -0.1f, 3}), 0.01, Double.POSITIVE_INFINITY);
            second.step(manager.create(repeated(length, step, -0.1f, 3)), 0.01, Double.POSITIVE_INFINITY);
        }

        assertThat(many.flat().toFloatArray())
                .isEqualTo(repeated(length, few.flat().toFloatArray()));
    }

    private static float[] repeated(int length, float... values) {
        float[] all = new float[length];
        for (int i = 0; i < length; i++) {
            all[i] = values[i % values.length];
        }
        return all;
    }

    @Test
    void goesOnBitForBitFromItsTensors() {
        WeightVector one = weights(3);
        WeightVector other = weights(3);
        Adam first = new Adam(one, 0.9, 0.999, 1e-5);
        Adam second = new Adam(other, 0.9, 0.999, 1e-5);
        first.step(manager.create(new float[] {1, -2, 3}), 0.01, 0.5);
        Map<String, Tensor> weightsThen = one.tensors();

        other.take(weightsThen, name -> true);
        second.take(first.tensors());
        first.step(manager.create(new float[] {0.5f, 1, 2}), 0.01, 0.5);
        second.step(manager.create(new float[] {0.5f, 1, 2}), 0.01, 0.5);

        assertThat(other.flat().toFloatArray()).containsExactly(one.flat().toFloatArray());
    }

    @Test
    void forgets() {
        WeightVector weights = weights(2);
        Adam adam = new Adam(weights, 0.9, 0.999, 1e-5);
        adam.step(manager.create(new float[] {1, 1}), 0.01, 0.5);

        adam.reset();

        assertThat(adam.tensors()).isEqualTo(new Adam(weights, 0.9, 0.999, 1e-5).tensors());
    }

    private float[] path(double beta1, double epsilon) {
        WeightVector x = weights(1);
        Adam adam = new Adam(x, beta1, 0.999, epsilon);
        float[] path = new float[4];
        for (int step = 0; step < 4; step++) {
            path[step] = x.flat().getFloat(0);
            try (GradientScope scope = new GradientScope(manager)) {
                scope.add((inside, tracked) -> tracked.of(x).get(0).square().sum());
                adam.step(scope.gradient(x), 1e-3, Double.POSITIVE_INFINITY);
            }
        }
        return path;
    }

    private WeightVector weights(int count) {
        Layout layout = new Layout();
        layout.add("policy/x", Initialiser.constant(1), count);
        return new WeightVector(manager, layout, new Random(1));
    }
}
