package org.adapt4j.method.reptile;

import static org.assertj.core.api.Assertions.assertThat;

import org.adapt4j.testkit.PluginArchitecture;
import org.adapt4j.testkit.ReferenceDefaults;
import org.junit.jupiter.api.Test;

final class ReptilePluginTest {

    private final ReferenceDefaults defaults = ReferenceDefaults.of(ReptilePlugin.class, "learners.reptile");

    @Test
    void keepsTheRulesOfTheHouse() {
        PluginArchitecture.of(ReptilePlugin.class).check();
    }

    @Test
    void everySettingHasADefaultWithItsSource() {
        defaults.match(Reptile.Settings.class);
    }

    @Test
    void presetsAreThoseOfTheirSources() {
        assertThat(defaults.with("paper").getString("convention")).isEqualTo("nichol");
        assertThat(defaults.with("paper").getInt("inner-updates")).isEqualTo(3);
        assertThat(defaults.with("reference").getInt("tasks")).isEqualTo(5);
        assertThat(defaults.with("mandi-2022").getString("convention")).isEqualTo("study");
        assertThat(defaults.with("mandi-2022").getBoolean("early-mix")).isTrue();
    }
}
