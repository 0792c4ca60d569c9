package org.adapt4j.method.c2farm;

import static org.assertj.core.api.Assertions.assertThat;

import org.adapt4j.testkit.ReferenceDefaults;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The laptop's network on balls that a camera sees: ten demonstrations, one step of play per update. */
@Tag("learning")
final class C2fArmLearningTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void reachesForTheBallInNewLayouts(long seed) {
        C2fArmSettings settings = ReferenceDefaults.of(C2fArmPlugin.class, "algorithms.c2f-arm-small")
                .settings(C2fArmSettings.class, "");
        try (Play play = new Play(settings, 128, "red", seed)) {
            play.show(10);
            assertThat(play.solved(30)).isLessThan(0.2);

            play.steps(100);

            assertThat(play.solved(30)).isGreaterThanOrEqualTo(0.5);
        }
    }
}
