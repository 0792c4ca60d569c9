package org.adapt4j.env.mujoco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class LibraryTest {

    private static final MujocoVersion LATER = new MujocoVersion(350);

    @Test
    void versionsAreReadAndCompared() {
        assertThat(new MujocoVersion(222)).hasToString("2.2.2");
        assertThat(new MujocoVersion(3010001)).hasToString("3.10.1");
        assertThat(new MujocoVersion(3010001).isAtLeast(LATER)).isTrue();
        assertThat(new MujocoVersion(346).isAtLeast(LATER)).isFalse();
        assertThat(LATER.isAtLeast(LATER)).isTrue();
    }

    @Test
    void theTestedVersionHasNoDifferences() {
        assertThat(MujocoVersion.TESTED.differences()).isEmpty();
    }

    @Test
    void otherVersionsSayWhatChanges() {
        assertThat(LATER.differences())
                .anySatisfy(text -> assertThat(text).contains("margins add up"))
                .anySatisfy(text -> assertThat(text).contains("1e-6"));
        assertThat(new MujocoVersion(210).differences())
                .anySatisfy(text -> assertThat(text).contains("15.265 kg instead of 15.820"));
        assertThat(new MujocoVersion(237).differences()).hasSize(1);
    }

    @Test
    void aLibraryThatDoesNotFitItsHeadersIsRefused() {
        assertThatThrownBy(() -> Library.check(MujocoVersion.TESTED, LATER))
                .isInstanceOf(PhysicsException.class)
                .hasMessageContaining("headers of MuJoCo 2.2.2, but the library that was found is MuJoCo 3.5.0")
                .hasMessageContaining("-Dmujoco.home=");
        assertThatCode(() -> Library.check(LATER, LATER)).doesNotThrowAnyException();
    }

    @Test
    void warningsOfAKindAreLoggedAFewTimesOnly() {
        Library.WarningLog warnings = new Library.WarningLog();

        int logged = 0;
        for (int i = 0; i < 1000; i++) {
            logged += warnings.hear("huge value in QACC at DOF 0. Time = " + i / 7.0) ? 1 : 0;
        }

        assertThat(logged).isEqualTo(5);
        assertThat(warnings.hear("Too many contacts")).isTrue();
    }
}
