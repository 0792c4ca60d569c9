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
            count = 3, steps = 1e6, rate = 2, fast = true, name = 7, limit = 5 minutes, folder = "a/b"
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
                        "7",
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

    @Test
    void keepsARenamedKeyOfASectionWithin() {
        record Settings(Inner network) {}
        KeyHistory history = new KeyHistory(Map.of("network.inner-steps", "network.depth"), Map.of());

        var renamed = new Binder(problems)
                .bind(Settings.class, parse("network { inner-steps = 4 }").root(), "m", history);
        var both = new Binder(problems)
                .bind(
                        Settings.class,
                        parse("network { inner-steps = 4, depth = 5 }").root(),
                        "m",
                        history);

        assertThat(renamed.orElseThrow().settings()).isEqualTo(new Settings(new Inner(4)));
        assertThat(problems.warnings())
                .extracting(Problem::toString)
                .containsExactly("exp.conf: 1: m.network.inner-steps: is now called 'network.depth';"
                        + " the old name goes with the next release");
        assertThat(both).isEmpty();
        assertThat(problems.found())
                .extracting(Problem::toString)
                .containsExactly("exp.conf: 1: m.network.inner-steps: is now called 'network.depth', which is set as"
                        + " well; delete this one");
    }

    @Test
    void aNumberIsWhatWasWrittenOrRefused() {
        record Numbers(double rate, int count, long steps, List<Double> more) {}
        String right = "rate = 1, count = 1e3, steps = 9223372036854775807, more = [4.9e-324, 0e9, 1.5]";

        assertThat(Binder.bind(Numbers.class, parse(right), ""))
                .isEqualTo(new Numbers(1, 1000, Long.MAX_VALUE, List.of(Double.MIN_VALUE, 0.0, 1.5)));
        assertThatThrownBy(() -> Binder.bind(
                        Numbers.class,
                        parse("rate = 1e400\ncount = 3000000000\nsteps = 9223372036854775808\n"
                                + "more = [1e-400, NaN, 10000000000000000000]"),
                        "a"))
                .hasMessage("""
                    6 problems in the configuration
                      exp.conf: 1: a.rate: must be a finite number but is 1e400; the largest is about 1.8e308
                      exp.conf: 2: a.count: must lie between -2147483648 and 2147483647 but is 3000000000
                      exp.conf: 3: a.steps: must lie between -9223372036854775808 and 9223372036854775807 but is 9223372036854775808
                      exp.conf: 4: a.more[0]: is so small that it would be read as 0: 1e-400; the smallest is 4.9e-324
                      exp.conf: 4: a.more[1]: must be a number but is the text 'NaN'
                      exp.conf: 4: a.more[2]: must be a number but is the text '10000000000000000000', as 19 digits and more are; write it as 1.5e20\
                    """);
    }

    @Test
    void aNumberThatTheCellWouldReadAsAnotherTextIsNoText() {
        record Named(String name) {}

        assertThat(Binder.bind(Named.class, parse("name = 12"), "").name()).isEqualTo("12");
        assertThatThrownBy(() -> Binder.bind(Named.class, parse("name = 007"), ""))
                .hasMessageContaining("exp.conf: 1: name: must be text but is the number 007; put it in \"quotes\"");
        assertThatThrownBy(() -> Binder.bind(Named.class, parse("name = 1e3"), ""))
                .hasMessageContaining("exp.conf: 1: name: must be text but is the number 1e3; put it in \"quotes\"");
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
