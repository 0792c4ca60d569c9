package org.adapt4j.runtime.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class StreamsTest {

    @Test
    void doesNotShiftAStreamWhenAnotherConsumerIsAdded() {
        Streams alone = Streams.root(7);
        Streams crowded = Streams.root(7);
        crowded.child("newcomer").nextLong();
        crowded.nextLong();
        crowded.child("agent").nextLong();

        long expected = alone.child("agent").child(3).nextLong();
        long actual = crowded.child("agent").child(3).nextLong();

        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void givesTheSameStreamForTheSameName() {
        Streams root = Streams.root(1);

        assertThat(root.child("a")).isSameAs(root.child("a"));
    }

    @Test
    void givesEveryPathAndSeedNumbersOfItsOwn() {
        Set<Long> firsts = new HashSet<>();
        for (int seed = 0; seed < 50; seed++) {
            for (String name : new String[] {"a", "b", "ab", "ba", "a/b", ""}) {
                firsts.add(Streams.root(seed).child(name).nextLong());
            }
            firsts.add(Streams.root(seed).child("a").child("b").nextLong());
            firsts.add(Streams.root(seed).nextLong());
        }

        assertThat(firsts).hasSize(50 * 8);
    }

    @Test
    void continuesTheWholeTreeWhereItWasSaved() throws IOException {
        Streams root = Streams.root(3);
        root.nextLong();
        root.child("x").child("y").nextLong();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        root.save(new DataOutputStream(bytes));

        Streams restored = Streams.root(99);
        restored.load(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

        assertThat(restored.nextLong()).isEqualTo(root.nextLong());
        assertThat(restored.child("x").child("y").nextLong())
                .isEqualTo(root.child("x").child("y").nextLong());
    }

    @Test
    void drawsUniformly() {
        Streams random = Streams.root(5);
        double sum = 0;
        int[] counts = new int[10];
        for (int i = 0; i < 100_000; i++) {
            double value = random.nextDouble();
            sum += value;
            counts[(int) (value * 10)]++;
        }

        assertThat(sum / 100_000).isCloseTo(0.5, within(0.005));
        for (int count : counts) {
            assertThat(count).isBetween(9_600, 10_400);
        }
    }
}
