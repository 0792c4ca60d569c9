package org.adapt4j.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SuggestionTest {

    @Test
    void offersTheNearestName() {
        assertThat(Suggestion.tail("pp0", List.of("sac", "ppo"))).isEqualTo("; did you mean 'ppo'? (known: ppo, sac)");
    }

    @Test
    void offersNothingThatIsFarAway() {
        assertThat(Suggestion.tail("unicorn", List.of("sac", "ppo"))).isEqualTo(" (known: ppo, sac)");
    }

    @Test
    void offersALongerNameWithThatWord() {
        assertThat(Suggestion.nearest("steps", List.of("rollout-steps", "epochs")))
                .hasValue("rollout-steps");
        assertThat(Suggestion.nearest("steps", List.of("rollout-steps", "chunk-steps")))
                .isEmpty();
    }

    @Test
    void writesNamesInKebabCase() {
        assertThat(List.of(
                        Keys.kebab("innerUpdates"),
                        Keys.kebab("LIGHT_BLUE"),
                        Keys.kebab("GAEScale"),
                        Keys.kebab("RL2")))
                .containsExactly("inner-updates", "light-blue", "gae-scale", "rl2");
    }
}
