package org.adapt4j.method.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.adapt4j.method.ppo.PpoSettings.Encoder;
import org.adapt4j.method.ppo.PpoSettings.ValueLoss;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PpoSettingsTest {

    @Test
    void referenceConfHoldsEveryKeyAndNoOther() {
        assertThat(TestSettings.REFERENCE.root().keySet())
                .containsExactlyInAnyOrderElementsOf(keys(PpoSettings.class, "presets", "renamed"));
        assertThat(TestSettings.REFERENCE.getConfig("network").root().keySet())
                .containsExactlyInAnyOrderElementsOf(keys(PpoSettings.Network.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"paper", "reference", "mandi-2022"})
    void presetsHoldKnownKeysOnly(String name) {
        Config preset = TestSettings.REFERENCE.getConfig("presets." + name);

        assertThat(keys(PpoSettings.class)).containsAll(preset.root().keySet());
        assertThat(keys(PpoSettings.Network.class))
                .containsAll(preset.getConfig("network").root().keySet());
        assertThat(TestSettings.preset(name).network().encoder()).isEqualTo(Encoder.IMPALA);
    }

    @Test
    void thePresetsDifferWhereTheSourcesDo() {
        PpoSettings paper = TestSettings.preset("paper");
        PpoSettings reference = TestSettings.preset("reference");

        assertThat(paper.discount()).isEqualTo(0.99);
        assertThat(paper.valueLoss()).isEqualTo(ValueLoss.PLAIN);
        assertThat(paper.targetKl()).isEqualTo(0.01);
        assertThat(paper.normaliseRewards()).isFalse();
        assertThat(paper.network().heads()).isEqualTo(List.of(64, 64));
        assertThat(reference.discount()).isEqualTo(0.999);
        assertThat(reference.valueLoss()).isEqualTo(ValueLoss.CLIPPED);
        assertThat(reference.normaliseRewards()).isTrue();
        assertThat(reference.network().heads()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "rollout-steps = 0, rollout-steps: must be positive but is 0",
        "adam-beta1 = 1, 'adam-beta1: must lie in [0, 1) but is 1.0'",
        "discount = 1.1, 'discount: must lie in [0, 1] but is 1.1'",
        "target-kl = -1, target-kl: must not be negative but is -1",
        "network.channels = [], 'channels: needs positive widths but is []'",
        "'network.channels = [16, 0]', 'channels: needs positive widths but is [16, 0]'",
        "network.features = 0, features: must be positive but is 0",
        "network.lstm-layers = 0, lstm-layers: must be positive but is 0"
    })
    void refusesWhatCannotBe(String override, String message) {
        assertThatThrownBy(() -> TestSettings.of(override))
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .rootCause()
                .hasMessage(message);
    }

    private static List<String> keys(Class<? extends Record> type, String... more) {
        List<String> keys = new ArrayList<>(Arrays.asList(more));
        for (RecordComponent component : type.getRecordComponents()) {
            keys.add(TestSettings.key(component));
        }
        return keys;
    }
}
