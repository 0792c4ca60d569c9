package org.adapt4j.method.rl2;

import static org.assertj.core.api.Assertions.assertThat;

import org.adapt4j.testkit.PluginArchitecture;
import org.adapt4j.testkit.ReferenceDefaults;
import org.junit.jupiter.api.Test;

final class Rl2PluginTest {

    private final ReferenceDefaults learner = ReferenceDefaults.of(Rl2Plugin.class, "learners.rl2");
    private final ReferenceDefaults adapter = ReferenceDefaults.of(Rl2Plugin.class, "adapters.rl2");

    @Test
    void keepsTheRulesOfTheHouse() {
        PluginArchitecture.of(Rl2Plugin.class).check();
    }

    @Test
    void everySettingHasADefaultWithItsSource() {
        learner.match(Rl2.Settings.class);
        adapter.match(Rl2Adapter.Settings.class);
    }

    @Test
    void theStudyIsBlindToTheEndsOfEpisodesAndNeverForgets() {
        assertThat(learner.with("mandi-2022").getBoolean("sees-episode-ends")).isFalse();
        assertThat(learner.with("mandi-2022").getBoolean("last-episode-only")).isTrue();
        assertThat(adapter.with("mandi-2022").getString("carry")).isEqualTo("forever");
    }
}
