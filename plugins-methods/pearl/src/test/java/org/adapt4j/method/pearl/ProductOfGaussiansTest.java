package org.adapt4j.method.pearl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.adapt4j.toolkit.network.HostArrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Numbers worked out by hand, and properties. */
@Tag("native")
final class ProductOfGaussiansTest {

    private static final Offset<Float> CLOSE = within(1e-5f);

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void free() {
        manager.close();
    }

    @Test
    void agreesWithTheWorkedNumbers() {
        ProductOfGaussians product = product(new float[] {1, 0, 3, -1, -1, 2}, new float[] {1, .5f, .5f, 2, 2, 1});

        assertThat(product.mean().toFloatArray()).containsExactly(new float[] {1.857142857f, 0.428571429f}, CLOSE);
        assertThat(product.variance().toFloatArray()).containsExactly(new float[] {0.285714286f, 0.285714286f}, CLOSE);
        assertThat(product.divergence().getFloat()).isEqualTo(2.3548037848f, CLOSE);
    }

    @Test
    void thePriorIsNoFactor() {
        ProductOfGaussians product = product(new float[] {1, 0, 3, -1, -1, 2}, new float[] {1, .5f, .5f, 2, 2, 1});

        assertThat(product.mean().toFloatArray()[0]).isNotCloseTo(1.444444444f, within(0.1f));
        assertThat(product.variance().toFloatArray()[0]).isNotCloseTo(0.222222222f, within(0.05f));
    }

    @Test
    void theOrderOfTheFactorsDoesNotMatter() {
        ProductOfGaussians one = product(new float[] {1, 0, 3, -1, -1, 2}, new float[] {1, .5f, .5f, 2, 2, 1});
        ProductOfGaussians other = product(new float[] {-1, 2, 1, 0, 3, -1}, new float[] {2, 1, 1, .5f, .5f, 2});

        assertThat(other.mean().toFloatArray()).containsExactly(one.mean().toFloatArray(), CLOSE);
        assertThat(other.variance().toFloatArray())
                .containsExactly(one.variance().toFloatArray(), CLOSE);
    }

    @Test
    void oneFactorIsItsOwnProduct() {
        ProductOfGaussians product = product(new float[] {1.5f, -2}, new float[] {.25f, 3});

        assertThat(product.mean().toFloatArray()).containsExactly(new float[] {1.5f, -2}, CLOSE);
        assertThat(product.variance().toFloatArray()).containsExactly(new float[] {.25f, 3}, CLOSE);
    }

    @Test
    void equalFactorsDivideTheVariance() {
        ProductOfGaussians product = product(
                new float[] {1.5f, -2, 1.5f, -2, 1.5f, -2, 1.5f, -2}, new float[] {.4f, 3, .4f, 3, .4f, 3, .4f, 3});

        assertThat(product.mean().toFloatArray()).containsExactly(new float[] {1.5f, -2}, CLOSE);
        assertThat(product.variance().toFloatArray()).containsExactly(new float[] {.1f, .75f}, CLOSE);
    }

    @Test
    void aFactorWithoutVarianceIsHeldAtTheFloor() {
        ProductOfGaussians product = product(new float[] {1, 2}, new float[] {0, 1e-9f});

        assertThat(product.variance().toFloatArray()).containsExactly(new float[] {1e-7f, 1e-7f}, within(1e-12f));
        assertThat(product.mean().toFloatArray()).containsExactly(new float[] {1, 2}, CLOSE);
        assertThat(product.divergence().getFloat()).isFinite();
    }

    @Test
    void thePriorCostsNothing() {
        ProductOfGaussians product = product(new float[] {0, 0}, new float[] {1, 1});

        assertThat(product.divergence().getFloat()).isEqualTo(0, CLOSE);
    }

    @Test
    void tasksDoNotMix() {
        NDArray means = HostArrays.tensor(manager, new float[] {1, 3, 5, 7}, 2, 2, 1);
        NDArray variances = HostArrays.tensor(manager, new float[] {1, 1, 2, 2}, 2, 2, 1);

        ProductOfGaussians product = ProductOfGaussians.of(means, variances);

        assertThat(product.mean().getShape()).isEqualTo(new Shape(2, 1));
        assertThat(product.mean().toFloatArray()).containsExactly(new float[] {2, 6}, CLOSE);
        assertThat(product.variance().toFloatArray()).containsExactly(new float[] {.5f, 1}, CLOSE);
        assertThat(product.divergence().getFloat())
                .as("added up over coordinates and tasks")
                .isEqualTo((float) (.5 * (4 + .5 - 1 - Math.log(.5)) + .5 * 36), CLOSE);
    }

    @Test
    void drawsHaveMeanAndVarianceOfTheBelief() {
        int draws = 20_000;
        float[] means = new float[draws];
        float[] variances = new float[draws];
        Arrays.fill(means, 3);
        Arrays.fill(variances, 4);
        ProductOfGaussians product = ProductOfGaussians.of(
                HostArrays.tensor(manager, means, draws, 1, 1), HostArrays.tensor(manager, variances, draws, 1, 1));

        NDArray drawn = product.draw(new SplittableRandom(1));

        float mean = drawn.mean().getFloat();
        assertThat(mean).isEqualTo(3, within(0.06f));
        assertThat(drawn.sub(mean).square().mean().getFloat()).isEqualTo(4, within(0.15f));
    }

    private ProductOfGaussians product(float[] means, float[] variances) {
        return ProductOfGaussians.of(
                HostArrays.tensor(manager, means, 1, means.length / 2, 2),
                HostArrays.tensor(manager, variances, 1, means.length / 2, 2));
    }
}
