package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class PluginOptionTest {

    @Test
    void isGivenOnceMoreToACommandThatGoesOn() {
        assertThat(option().again()).isEmpty();
        assertThat(option("--plugins", "mine").again()).isEqualTo("--plugins mine ");
        assertThat(option("--plugins", "mine", "--trust-all").again()).isEqualTo("--trust-all --plugins mine ");
    }

    private static PluginOption option(String... arguments) {
        return CommandLine.populateCommand(new PluginOption(), arguments);
    }
}
