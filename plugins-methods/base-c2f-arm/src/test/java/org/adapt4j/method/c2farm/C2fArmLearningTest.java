package org.adapt4j.method.c2farm;

import static org.assertj.core.api.Assertions.assertThat;

import org.adapt4j.testkit.ReferenceDefaults;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The laptop's network on balls that a camera sees: ten demonstrations, one step of play per update. */
@Tag("learning")
final class C2fArmLearningTest {

    @Test
    void reachesForTheBallInNewLayouts() {
        C2fArmSettings settings = ReferenceDefaults.of(C2fArmPlugin.class, "algorithms.c2f-arm-small")
                .settings(C2fArmSettings.class, "");
        try (Play play = new Play(settings, 64, "red", 0)) {
            play.show(10);
            assertThat(play.solved(30)).isLessThan(0.2);

            play.steps(100);

            assertThat(play.solved(30)).isGreaterThanOrEqualTo(0.6);
        }
    }
}
