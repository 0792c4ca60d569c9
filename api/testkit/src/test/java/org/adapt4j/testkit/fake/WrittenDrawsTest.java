package org.adapt4j.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.adapt4j.api.run.RandomStream;
import org.junit.jupiter.api.Test;

final class WrittenDrawsTest {

    @Test
    void drawsWhatIsWrittenAndNothingElse() {
        WrittenDraws root = WrittenDraws.root().with("noise", 0.5, 2, -1);
        RandomStream noise = root.child("noise");

        assertThat(noise.nextGaussian()).isEqualTo(0.5);
        assertThat(noise.nextInt(3)).isEqualTo(2);
        assertThat(root.isUsedUp()).isFalse();
        assertThatThrownBy(() -> noise.nextInt(3)).hasMessageContaining("-1.0 is written where a number below 3");
        assertThat(root.isUsedUp()).isTrue();
        assertThatThrownBy(noise::nextDouble).hasMessageContaining("all 3 written draws are used up");
    }

    @Test
    void isOrdinaryWhereNothingIsWritten() {
        RandomStream other = WrittenDraws.root().with("noise", 1).child("other");

        assertThat(other.nextLong())
                .isEqualTo(TestStreams.root(1).child("other").nextLong());
    }
}
