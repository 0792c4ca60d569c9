package org.adapt4j.api.settings;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CheckTest {

    @Test
    void startsEachMessageWithTheKey() {
        assertThatThrownBy(() -> Check.positive("inner-updates", 0))
                .hasMessage("inner-updates: must be positive but is 0");
        assertThatThrownBy(() -> Check.fraction("step-size", 3)).hasMessage("step-size: must lie in (0, 1] but is 3");
        assertThatThrownBy(() -> Check.between("gamma", 1.5, 0, 1)).hasMessage("gamma: must lie in [0, 1] but is 1.5");
        assertThatThrownBy(() -> Check.notNegative("warm-up", -1))
                .hasMessage("warm-up: must not be negative but is -1");
        assertThatThrownBy(() -> Check.notEmpty("points", List.of())).hasMessage("points: needs at least one entry");
    }

    @Test
    void refusesWhatIsNotANumber() {
        assertThatThrownBy(() -> Check.positive("x", Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> Check.fraction("x", Double.NaN)).hasMessageContaining("NaN");
    }

    @Test
    void acceptsTheEnds() {
        assertThatCode(() -> {
                    Check.fraction("x", 1);
                    Check.between("x", 0, 0, 1);
                    Check.notNegative("x", 0);
                })
                .doesNotThrowAnyException();
    }
}
