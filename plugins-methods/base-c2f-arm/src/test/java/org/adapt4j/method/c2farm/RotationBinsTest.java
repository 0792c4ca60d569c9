package org.adapt4j.method.c2farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** Against the authors' functions over SciPy. */
final class RotationBinsTest {

    private static final JsonNode ORIGINAL = Original.file("rotation.json");

    @Test
    void binsQuaternionsAndTurnsBinsIntoQuaternions() {
        for (JsonNode known : ORIGINAL.get("quat_to_bins")) {
            int[] bins = new int[3];
            RotationBins.of(Original.numbers(known.get("quat_xyzw_in")), 0, bins, 0);

            if (!known.get("gimbal").asBoolean()) {
                assertThat(bins).as("%s", known).containsExactly(Original.integers(known.get("bins")));
            }
            assertSameRotation(bins, known.get("back_quat_xyzw"));
        }
        for (JsonNode known : ORIGINAL.get("bins_to_quat")) {
            int[] bins = Original.integers(known.get("bins"));
            assertSameRotation(bins, known.get("quat_xyzw"));
            float[] q = new float[4];
            RotationBins.quaternion(bins, 0, q, 0);
            int[] again = new int[3];
            RotationBins.of(new double[] {q[0], q[1], q[2], q[3]}, 0, again, 0);
            assertThat(again).containsExactly(Original.integers(known.get("rebinned")));
        }
    }

    @Test
    void bordersGoToTheEvenBinAndHalfTurnsAreOneBin() {
        for (JsonNode known : ORIGINAL.get("scalar_rounding_half_even")) {
            assertThat(RotationBins.ofDegrees(known.get("euler_deg").asDouble()))
                    .as("%s", known)
                    .isEqualTo(known.get("bin").asInt());
        }
    }

    @Test
    void refusesARotationThatTurnsNowhere() {
        assertThatThrownBy(() -> RotationBins.of(new double[4], 0, new int[3], 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("length 0.0");
    }

    private static void assertSameRotation(int[] bins, JsonNode known) {
        float[] q = new float[4];
        RotationBins.quaternion(bins, 0, q, 0);
        double[] expected = Original.numbers(known);
        double sign = 0;
        for (int i = 0; i < 4; i++) {
            sign += q[i] * expected[i];
        }
        for (int i = 0; i < 4; i++) {
            assertThat((double) q[i]).isCloseTo(Math.signum(sign) * expected[i], within(1e-6));
        }
    }
}
