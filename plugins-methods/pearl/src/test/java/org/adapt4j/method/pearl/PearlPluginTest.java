package org.adapt4j.method.pearl;

import static org.assertj.core.api.Assertions.assertThat;

import org.adapt4j.testkit.PluginArchitecture;
import org.adapt4j.testkit.ReferenceDefaults;
import org.junit.jupiter.api.Test;

final class PearlPluginTest {

    private final ReferenceDefaults learner = ReferenceDefaults.of(PearlPlugin.class, "learners.pearl");
    private final ReferenceDefaults adapter = ReferenceDefaults.of(PearlPlugin.class, "adapters.pearl");

    @Test
    void keepsTheRulesOfTheHouse() {
        PluginArchitecture.of(PearlPlugin.class).seeing("ai.djl..").check();
    }

    @Test
    void everySettingHasADefaultWithItsSource() {
        learner.match(Pearl.Settings.class);
        adapter.match(PearlAdapter.Settings.class);
    }

    @Test
    void theStudyPaysTenTimesAsMuchForABelief() {
        assertThat(learner.with("mandi-2022").getDouble("kl-weight")).isEqualTo(1);
        assertThat(learner.with("mandi-2022").getString("kl-over")).isEqualTo("mean");
        assertThat(learner.with("paper").getDouble("kl-weight")).isEqualTo(0.1);
        assertThat(learner.with("reference").getDouble("kl-weight")).isEqualTo(0.1);
    }
}
