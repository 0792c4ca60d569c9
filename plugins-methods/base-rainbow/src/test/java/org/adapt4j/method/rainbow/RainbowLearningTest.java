package org.adapt4j.method.rainbow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tiny tasks that must be solved. */
@Tag("native")
@Tag("learning")
final class RainbowLearningTest {

    private static final String CORRIDOR = TestSettings.TINY + "discount = 0.9, ";

    @Test
    void solvesTheCorridorWithTheAtomsOfAtari() {
        try (Play play = new Play(TestSettings.of(CORRIDOR), 1, 6000)) {
            assertThat(stableFrom(play, 3000)).isLessThanOrEqualTo(3000);

            play.steps(6000 - play.taken());

            assertThat(play.valueOfRight()).isCloseTo(0.729, within(0.05));
        }
    }

    @Test
    void solvesTheCorridorFasterWithAtomsWhereTheValuesLie() {
        String atoms = "network { atoms = 21, lowest-value = 0, highest-value = 1 }";
        try (Play play = new Play(TestSettings.of(CORRIDOR + atoms), 2, 3000)) {
            assertThat(stableFrom(play, 1000)).isLessThanOrEqualTo(1000);

            play.steps(3000 - play.taken());

            assertThat(play.valueOfRight()).isCloseTo(0.729, within(0.02));
        }
    }

    /** The control: with the small noise of Atari half of the seeds never find the reward. */
    @Test
    @Tag("slow")
    void littleNoiseOftenFindsNothing() {
        int lost = 0;
        for (int seed = 1; seed <= 8; seed++) {
            try (Play play = new Play(TestSettings.of(CORRIDOR + "network.noise-scale = 0.1"), seed, 6000)) {
                play.steps(6000);
                lost += play.isOptimal() ? 0 : 1;
            }
        }

        assertThat(lost).isPositive();
    }

    /** The step at which the greedy policy was first optimal for five checks in a row, 100 steps apart; more than most if never. */
    private static int stableFrom(Play play, int most) {
        int inARow = 0;
        while (inARow < 5 && play.taken() < most + 400) {
            play.steps(100);
            inARow = play.isOptimal() ? inARow + 1 : 0;
        }
        return inARow == 5 ? play.taken() - 400 : Integer.MAX_VALUE;
    }
}
