package org.adapt4j.method.sac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Device;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.space.Space;
import org.adapt4j.method.sac.SacSettings.TemperatureLoss;
import org.adapt4j.testkit.PluginArchitecture;
import org.adapt4j.testkit.ReferenceDefaults;
import org.adapt4j.testkit.fake.TestStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers worked out by hand. */
final class SacTest {

    private static SacSettings settings(String overrides) {
        return ReferenceDefaults.of(SacPlugin.class, "algorithms.sac").settings(SacSettings.class, overrides);
    }

    private static EnvironmentSpec spec(int width, Space action) {
        return new EnvironmentSpec(List.of(new Component("state", Box.vector(width, -9, 9))), action, 1000);
    }

    @ParameterizedTest
    @CsvSource({"11, 3, 70406, 69889", "17, 6, 73484, 72193"})
    void theNetworksHaveThePublishedSizes(int observation, int action, long policy, long critic) {
        SacNetworks networks = new SacNetworks(
                settings("").network(), spec(observation, Box.vector(action, -1, 1)), Conditioning.none());

        assertThat(networks.policyLayout().count()).isEqualTo(policy);
        assertThat(networks.criticLayout().count()).isEqualTo(2 * critic);
    }

    @Test
    void theTargetIsTheSofterOfTwoCritics() {
        assertThat(SacAlgorithm.target(1.5, 0.99, 3.2, 2.9, 0.2, -1.3)).isCloseTo(4.6284, within(1e-9));
    }

    @Test
    void aPolicyThatVariesMoreThanWantedLowersTheTemperature() {
        double mean = (-2.0 + 0.5 - 1.0) / 3;

        assertThat(SacAlgorithm.temperatureGradient(TemperatureLoss.LOG, 0.2, mean, -2))
                .isCloseTo(2.8333333333333335, within(1e-9));
        assertThat(SacAlgorithm.temperatureGradient(TemperatureLoss.LINEAR, 0.2, mean, -2))
                .isCloseTo(0.5666666666666668, within(1e-9));
    }

    @Test
    void refusesWhatItCannotDoAndSaysWhatCan() {
        Sac sac = new Sac(settings(""));

        assertThat(objection(sac, new Discrete(3), Conditioning.none()))
                .hasValueSatisfying(reason -> assertThat(reason).contains("use rainbow or ppo"));
        assertThat(objection(sac, Box.vector(1, -1, 1), new Conditioning.Memory(4, 1)))
                .hasValueSatisfying(reason -> assertThat(reason).contains("use ppo"));
        assertThat(objection(sac, Box.vector(1, -Float.MAX_VALUE, Float.MAX_VALUE), Conditioning.none()))
                .hasValueSatisfying(reason -> assertThat(reason).contains("interval"));
        assertThat(objection(sac, Box.vector(1, -1, 1), Conditioning.none())).isEmpty();
    }

    private static Optional<String> objection(Sac sac, Space action, Conditioning conditioning) {
        return sac.objection(new AlgorithmRequest(spec(2, action), conditioning, 1, Device.CPU, TestStreams.root(1)));
    }

    @Test
    void keepsTheRulesOfTheHouse() {
        PluginArchitecture.of(SacPlugin.class).seeing("ai.djl..").check();
    }

    @Test
    void everySettingHasADefaultWithItsSource() {
        ReferenceDefaults defaults = ReferenceDefaults.of(SacPlugin.class, "algorithms.sac");

        defaults.match(SacSettings.class);
        assertThat(defaults.with("paper").getInt("replay.start")).isEqualTo(100);
        assertThat(defaults.with("reference").getInt("replay.start")).isEqualTo(5000);
    }
}
