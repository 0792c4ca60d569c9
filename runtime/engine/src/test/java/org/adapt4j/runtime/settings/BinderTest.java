package org.adapt4j.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapt4j.api.settings.Check;
import org.junit.jupiter.api.Test;

final class BinderTest {

    private final Problems problems = new Problems();

    enum Colour {
        LIGHT_BLUE,
        RED
    }

    sealed interface Network {
        record Impala(List<Integer> channels) implements Network {}

        record Mlp(List<Integer> hidden) implements Network {}
    }

    record Inner(int depth) {}

    record Everything(
            int count,
            long steps,
            double rate,
            boolean fast,
            String name,
            Duration limit,
            Path folder,
            Colour colour,
            Optional<Integer> seed,
            List<Double> weights,
            Map<String, Inner> parts,
            Inner inner,
            Network network) {}

    record Method(int innerUpdates, double stepSize, Colour colour, List<Integer> hidden) {
        Method {
            Check.positive("inner-updates", innerUpdates);
            Check.fraction("step-size", stepSize);
        }
    }

    @Test
    void bindsEveryKindOfComponent() {
        Config config = parse("""
            count = 3, steps = 1e6, rate = 2, fast = true, name = 007, limit = 5 minutes, folder = "a/b"
            colour = light-blue, seed = 4, weights = [1, 0.5]
            parts { left { depth = 1 } }, inner { depth = 2 }
            network { type = mlp, hidden = [64, 64] }
            """);

        Everything bound = Binder.bind(Everything.class, config, "");

        assertThat(bound)
                .isEqualTo(new Everything(
                        3,
                        1_000_000,
                        2.0,
                        true,
                        "007",
                        Duration.ofMinutes(5),
                        Path.of("a/b"),
                        Colour.LIGHT_BLUE,
                        Optional.of(4),
                        List.of(1.0, 0.5),
                        Map.of("left", new Inner(1)),
                        new Inner(2),
                        new Network.Mlp(List.of(64, 64))));
    }

    @Test
    void anAbsentOptionalIsEmpty() {
        record Seeded(Optional<Integer> seed) {}

        Seeded bound = Binder.bind(Seeded.class, ConfigFactory.empty(), "");

        assertThat(bound.seed()).isEmpty();
    }

    @Test
    void anEmptyMapComesBackFromCanonicalText() {
        record Scored(Map<String, Inner> scores) {}
        String canonical = CanonicalText.of(parse("scores {}").root());

        Scored bound = Binder.bind(Scored.class, ConfigFactory.parseString(canonical), "");

        assertThat(bound.scores()).isEmpty();
    }

    @Test
    void namesEverythingThatIsWrongAtOnce() throws IOException {
        Config config = parse("""
            count = 2.5
            steps = many
            rate = fast
            fast = 1
            name = [a]
            limit = 30
            colour = light-blu
            weights = [1, x]
            parts { left { depht = 1 } }
            inner = 7
            network { type = cnn }
            sede = 3
            """);

        assertThatThrownBy(() -> Binder.bind(Everything.class, config, "method"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(golden("everything-wrong.txt"));
    }

    @Test
    void saysWhereARecordRefusesAValue() throws IOException {
        Config config = parse("""
            inner-updates = 0
            step-size = 3
            colour = red
            hidden = []
            """);

        assertThatThrownBy(() -> Binder.bind(Method.class, config, "pretrain.learner"))
                .hasMessage(golden("refused.txt"));
    }

    @Test
    void dropsDefaultsOfChoicesThatWereNotTaken() {
        record Settings(Network network) {}
        Config defaults = ConfigFactory.parseString(
                "network { type = impala, channels = [16], hidden = [64] }",
                ConfigParseOptions.defaults().setOriginDescription(Origins.DEFAULTS + "ppo"));
        Config config = parse("network.type = mlp").withFallback(defaults);

        var bound = new Binder(problems).bind(Settings.class, config.root(), "a", KeyHistory.NONE);

        assertThat(problems.found()).isEmpty();
        assertThat(bound.orElseThrow().settings()).isEqualTo(new Settings(new Network.Mlp(List.of(64))));
        assertThat(CanonicalText.of(bound.orElseThrow().section()))
                .isEqualTo("network {\n  hidden = [64]\n  type = mlp\n}\n");
    }

    @Test
    void refusesAUsersKeyOfAnotherChoice() {
        record Settings(Network network) {}

        assertThatThrownBy(() -> Binder.bind(
                        Settings.class, parse("network { type = mlp, hidden = [1]\n channels = [2] }"), "a"))
                .hasMessageContaining("exp.conf: 2: a.network.channels: is not a setting of a.network");
    }

    @Test
    void keepsARenamedKeyWithAWarningAndRefusesARemovedOne() {
        KeyHistory history =
                new KeyHistory(Map.of("inner-steps", "depth"), Map.of("width", "'depth' with twice the value"));

        var renamed =
                new Binder(problems).bind(Inner.class, parse("inner-steps = 4").root(), "m", history);
        var removed = new Binder(problems)
                .bind(Inner.class, parse("depth = 4\nwidth = 2").root(), "m", history);

        assertThat(renamed.orElseThrow().settings()).isEqualTo(new Inner(4));
        assertThat(problems.warnings())
                .extracting(Problem::toString)
                .containsExactly(
                        "exp.conf: 1: m.inner-steps: is now called 'depth'; the old name goes with the next release");
        assertThat(removed).isEmpty();
        assertThat(problems.found())
                .extracting(Problem::toString)
                .containsExactly("exp.conf: 2: m.width: is no longer a setting; use 'depth' with twice the value");
    }

    static Config parse(String text) {
        return ConfigFactory.parseString(text, ConfigParseOptions.defaults().setOriginDescription("exp.conf"));
    }

    static String golden(String name) throws IOException {
        try (InputStream in = BinderTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
