package org.adapt4j.method.rainbow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.adapt4j.api.algorithm.ReplayPlan;
import org.adapt4j.method.rainbow.RainbowSettings.Encoder;
import org.adapt4j.testkit.PluginArchitecture;
import org.adapt4j.testkit.ReferenceDefaults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RainbowSettingsTest {

    @Test
    void referenceConfHoldsEveryKeyWithItsSource() {
        ReferenceDefaults.of(RainbowPlugin.class, "algorithms.rainbow").match(RainbowSettings.class);

        assertSection("replay", RainbowSettings.Replay.class);
        assertSection("network", RainbowSettings.Network.class);
    }

    private static void assertSection(String path, Class<? extends Record> type) {
        Config section = TestSettings.REFERENCE.getConfig(path);

        assertThat(section.root().keySet()).containsExactlyInAnyOrderElementsOf(keys(type));
        assertThat(section.root().values())
                .allSatisfy(value -> assertThat(value.origin().comments()).isNotEmpty());
    }

    @Test
    void seesWhatAPluginMaySee() {
        PluginArchitecture.of(RainbowPlugin.class).seeing("ai.djl..").check();
    }

    @ParameterizedTest
    @ValueSource(strings = {"paper", "reference"})
    void theDefaultsAreTheDataEfficientNumbers(String preset) {
        RainbowSettings settings = TestSettings.preset(preset);

        assertThat(settings).isEqualTo(TestSettings.of(""));
        assertThat(settings.network().reluOnLogits()).isFalse();
        assertThat(settings.plan())
                .isEqualTo(new ReplayPlan(
                        100_000, 32, 2, 1600, false, 20, 0.99, 1, Optional.of(new ReplayPlan.Priorities(0.5, 0.4, 1))));
    }

    @Test
    void theStudyEndsItsStreamsInARelu() {
        assertThat(TestSettings.preset("mandi-2022").network().reluOnLogits()).isTrue();
    }

    @Test
    void uniformDrawsHaveNoPriorities() {
        assertThat(TestSettings.of("replay.prioritised = false").plan().priorities())
                .isEmpty();
    }

    @Test
    void theCanonicalRainbowDiffersInItsNumbersOnly() {
        Config both = ConfigFactory.parseResources("reference.conf").resolve();
        Config canonical = both.getConfig("algorithms.rainbow-canonical");

        RainbowSettings settings = TestSettings.of(canonical.root().render());

        assertThat(canonical.root().keySet())
                .isEqualTo(TestSettings.REFERENCE.root().keySet());
        assertThat(settings.network().encoder()).isEqualTo(Encoder.CANONICAL);
        assertThat(settings.network().streamUnits()).isEqualTo(512);
        assertThat(settings.targetEvery() * settings.stepsPerUpdate()).isEqualTo(8000);
        assertThat(settings.plan())
                .isEqualTo(new ReplayPlan(
                        1_000_000,
                        32,
                        2,
                        20_000,
                        false,
                        3,
                        0.99,
                        1,
                        Optional.of(new ReplayPlan.Priorities(0.5, 0.4, 1))));
    }

    @ParameterizedTest
    @CsvSource({
        "steps-per-update = 0, steps-per-update: must be positive but is 0",
        "discount = 1.1, 'discount: must lie in [0, 1] but is 1.1'",
        "exploit-epsilon = -1, 'exploit-epsilon: must lie in [0, 1] but is -1'",
        "target-every = 0, target-every: must be positive but is 0",
        "replay.start = 100001, 'start: must not exceed the capacity of 100000 but is 100001'",
        "replay.priority-exponent = 2, 'priority-exponent: must lie in [0, 1] but is 2'",
        "network.atoms = 1, atoms: must be at least 2 but is 1",
        "network.lowest-value = 10, lowest-value: must be below the highest of 10.0 but is 10.0",
        "network.noise-scale = -1, noise-scale: must not be negative but is -1",
        "network.hidden = [0], hidden: needs positive widths but is [0]"
    })
    void refusesWhatCannotBe(String override, String message) {
        assertThatThrownBy(() -> TestSettings.of(override))
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .rootCause()
                .hasMessage(message);
    }

    private static List<String> keys(Class<? extends Record> type) {
        List<String> keys = new ArrayList<>();
        Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .forEach(name -> keys.add(name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT)));
        return keys;
    }
}
