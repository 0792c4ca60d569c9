package org.adapt4j.api.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NearestTest {

    private static final List<String> KNOWN = List.of("ppo", "sac", "reptile");

    @Test
    void findsWhatWasMeant() {
        assertThat(Nearest.to("pp0", KNOWN)).hasValue("ppo");
        assertThat(Nearest.to("Reptil", KNOWN)).hasValue("reptile");
    }

    @Test
    void findsNothingThatIsFarAway() {
        assertThat(Nearest.to("unicorn", KNOWN)).isEmpty();
        assertThat(Nearest.to("ppo", List.of())).isEmpty();
    }

    @Test
    void hintsAtAName() {
        assertThat(Nearest.hint(Nearest.to("pp0", KNOWN))).isEqualTo("; did you mean 'ppo'?");
        assertThat(Nearest.hint(Nearest.to("unicorn", KNOWN))).isEmpty();
    }

    @Test
    void countsASwapAsOne() {
        assertThat(Nearest.edits("reptlie", "reptile")).isEqualTo(1);
    }
}
