package org.adapt4j.toolkit.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class ReturnNormaliserTest {

    private static final float[][] REWARDS = {{0, 10}, {10, 0}, {0, 0}};
    private static final boolean[][] ENDS = {{false, true}, {true, false}, {false, false}};

    @Test
    void equalsTheWorkedNumbers() {
        // Two environments, γ 0.99, count starts at 1e-4.
        double[] variances = {25.00005, 25.000025, 22.222054};
        float[][] outputs = {{0, 1.999998f}, {1.999999f, 0}, {0, 0}};
        ReturnNormaliser normaliser = new ReturnNormaliser(2, 0.99, 10);

        for (int t = 0; t < 3; t++) {
            float[] rewards = REWARDS[t].clone();
            normaliser.normalise(rewards, ENDS[t], 0);

            assertThat(normaliser.variance()).isCloseTo(variances[t], within(1e-5));
            assertThat(rewards).containsExactly(outputs[t], within(1e-5f));
        }
    }

    @Test
    void carriesNothingIntoEpisodesThatReplaceThoseBrokenOff() {
        ReturnNormaliser brokenOff = new ReturnNormaliser(1, 0.99, 10);
        ReturnNormaliser ended = new ReturnNormaliser(1, 0.99, 10);
        brokenOff.normalise(new float[] {5}, new boolean[] {false}, 0);
        ended.normalise(new float[] {5}, new boolean[] {true}, 0);

        brokenOff.begin(new boolean[] {true});
        brokenOff.normalise(new float[] {1}, new boolean[] {false}, 0);
        ended.normalise(new float[] {1}, new boolean[] {false}, 0);

        assertThat(brokenOff.variance()).isEqualTo(ended.variance());
    }

    @Test
    void clips() {
        ReturnNormaliser normaliser = new ReturnNormaliser(1, 0.99, 3);
        float[] rewards = new float[200];
        rewards[199] = 1000;

        for (int t = 0; t < 200; t++) {
            normaliser.normalise(rewards, new boolean[200], t);
        }

        assertThat(rewards[199]).isEqualTo(3);
    }

    @Test
    void goesOnBitForBitAfterLoading() throws IOException {
        ReturnNormaliser one = new ReturnNormaliser(2, 0.99, 10);
        one.normalise(REWARDS[0].clone(), ENDS[0], 0);
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        one.save(new DataOutputStream(saved));
        ReturnNormaliser other = new ReturnNormaliser(2, 0.99, 10);

        other.load(new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));

        float[] expected = REWARDS[1].clone();
        float[] actual = REWARDS[1].clone();
        one.normalise(expected, ENDS[1], 0);
        other.normalise(actual, ENDS[1], 0);
        assertThat(actual).containsExactly(expected);
        assertThat(other.variance()).isEqualTo(one.variance());
    }
}
