package org.adapt4j.testkit.toy;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.adapt4j.testkit.PluginArchitecture;
import org.junit.jupiter.api.Test;

final class ToyPluginTest {

    @Test
    void keepsTheRulesOfTheHouse() {
        PluginArchitecture.of(ToyPlugin.class).check();
    }

    @Test
    void itsDefaultsAreThoseOfTheWorkedExamples() {
        Config toys = ConfigFactory.parseResources("reference.conf").getConfig("benchmarks");

        assertThat(toys.getDouble("toy-bandit.better")).isEqualTo(0.9);
        assertThat(toys.getInt("toy-two-goal.states")).isEqualTo(5);
        assertThat(toys.getInt("toy-identity.limit")).isEqualTo(10);
    }
}
