package org.adapt4j.method.bc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.method.bc.BcSettings.Loss;
import org.adapt4j.method.bc.BcSettings.Step;
import org.adapt4j.testkit.PluginArchitecture;
import org.adapt4j.testkit.ReferenceDefaults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BcSettingsTest {

    @Test
    void everySettingHasADefaultWithItsSource() {
        ReferenceDefaults defaults = ReferenceDefaults.of(BcPlugin.class, "algorithms.bc");

        defaults.match(BcSettings.class);
        assertThat(defaults.with("paper").getDouble("weight-decay")).isEqualTo(1e-5);
        assertThat(defaults.with("mandi-2022").getInt("batch")).isEqualTo(128);
        assertThat(defaults.with("reference").getList("schedule")).isEmpty();
    }

    @Test
    void everySettingCanBeChanged() {
        BcSettings settings = Pairs.settings("""
            loss = gaussian, batch = 3, learning-rate = 0.01, schedule = [{ at = 0.1, factor = 2 }], adam-epsilon = 1e-5
            weight-decay = 0.5, network { encoder = impala, channels = [2], features = 9, hidden = [4]
            log-std = squash, lowest-log-std = -5, highest-log-std = 1, init = uniform }
            """);

        assertThat(settings.loss()).isEqualTo(Loss.GAUSSIAN);
        assertThat(settings.schedule()).containsExactly(new Step(0.1, 2));
        assertThat(settings.network().hidden()).isEqualTo(List.of(4));
        assertThat(settings.network().lowestLogStd()).isEqualTo(-5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "batch = 0 | batch",
                "weight-decay = -1 | weight-decay",
                "schedule = [{ at = 0.5, factor = 1 }, { at = 0.5, factor = 1 }] | ascending",
                "schedule = [{ at = 2, factor = 1 }] | at",
                "network.hidden = [0] | hidden",
                "network { encoder = impala, channels = [] } | channels",
                "network.lowest-log-std = 3 | lowest-log-std"
            })
    void refusesWhatMakesNoSense(String overrides, String named) {
        assertThatThrownBy(() -> Pairs.settings(overrides))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
    }

    @Test
    void saysWhatItCannotLearnFromAndWhatCan() {
        EnvironmentSpec vectors = Pairs.spec(2, new Discrete(3));
        Bc bc = new Bc(Pairs.settings(""));
        Bc convolutions = new Bc(Pairs.settings("network.encoder = small"));

        assertThat(bc.objection(Pairs.request(vectors, new Conditioning.Memory(4, 1))))
                .hasValueSatisfying(reason -> assertThat(reason).contains("use ppo for a memory"));
        assertThat(bc.objection(Pairs.request(Pairs.spec(2, Box.image(2, 2, 1)), Conditioning.none())))
                .hasValueSatisfying(reason -> assertThat(reason).contains("choices or floats"));
        assertThat(convolutions.objection(Pairs.request(vectors, Conditioning.none())))
                .hasValueSatisfying(reason -> assertThat(reason).contains("network.encoder = mlp"));
        assertThat(bc.objection(Pairs.request(vectors, Conditioning.none()))).isEmpty();
        assertThat(bc.objection(Pairs.request(Pairs.spec(2, Box.vector(2, -1, 1)), Conditioning.none())))
                .isEmpty();
    }

    @Test
    void keepsTheRulesOfTheHouse() {
        PluginArchitecture.of(BcPlugin.class).seeing("ai.djl..").check();
    }
}
