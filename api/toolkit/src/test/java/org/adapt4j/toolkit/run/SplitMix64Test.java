package org.adapt4j.toolkit.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class SplitMix64Test {

    @Test
    void givesTheNumbersOfThePublishedGenerator() {
        SplitMix64 random = new SplitMix64(1234567);
        SplittableRandom jdk = new SplittableRandom(1234567); // the same generator, with the same increment

        // Vigna's splitmix64.c from seed 1234567.
        assertThat(new SplitMix64(1234567).nextLong()).isEqualTo(6457827717110365317L);
        for (int i = 0; i < 100; i++) {
            assertThat(random.nextLong()).isEqualTo(jdk.nextLong());
        }
    }

    @Test
    void goesOnWhereItWasSaved() throws IOException {
        SplitMix64 random = new SplitMix64(5);
        random.nextGaussian();
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        random.save(new DataOutputStream(saved));
        double next = random.nextDouble();

        SplitMix64 restored = new SplitMix64(99);
        restored.load(new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));

        assertThat(restored.nextDouble()).isEqualTo(next);
    }
}
