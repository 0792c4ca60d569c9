package org.adapt4j.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValueFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.adapt4j.runtime.run.CellFolder;
import org.junit.jupiter.api.Test;

final class CanonicalTextTest {

    private static final List<String> AWKWARD = List.of(
            "",
            " ",
            "include",
            "include \"x\"",
            "includes",
            "true",
            "trueish",
            "null",
            "10",
            "-1",
            "1.50",
            "1e400",
            "Infinity",
            "NaN",
            "a.b",
            "a b",
            "${x}",
            "${?x}",
            "#c",
            "//",
            "a//b",
            "http://x",
            "\"\"\"",
            "\"",
            "\\",
            "\n",
            "\r\n",
            "\t",
            "\u0000",
            "\u001b[31m",
            "\u007f",
            "\u0085",
            "\u2028",
            "\uFEFF",
            "ü",
            "日本",
            "😀",
            "\ud800",
            "\udc00x",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "=",
            "+=",
            "a+",
            "$",
            "`",
            "^",
            "?",
            "!",
            "@",
            "*",
            "&",
            "-",
            "_",
            "coinrun/10000",
            "..",
            "url(x)");

    private static final List<Object> NUMBERS = List.of(
            0,
            -0.0,
            1,
            -1,
            Integer.MAX_VALUE,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            1e15,
            1e16,
            1.5e300,
            Double.MAX_VALUE,
            Double.MIN_VALUE,
            0.1,
            1 / 3.0,
            1e-7,
            123456789.125,
            9007199254740993L,
            1e22);

    @Test
    void equalConfigurationsGiveOneText() {
        String one = canonical("b { d = 1e6, c = 0.5 }\na = \"x y\" # comment\nlist = [1, \"t\", { k = true }]");
        String other = canonical("list : [1.0, t, {k=true}], a = x y\nb.c = 5e-1\nb.d = 1000000\nnothing = null\ne {}");

        assertThat(one).isEqualTo(other).isEqualTo("""
            a = "x y"
            b {
              c = 0.5
              d = 1000000
            }
            list = [1, t, {
              k = true
            }]
            """);
        assertThat(CellFolder.idOf(one)).hasSize(16).isEqualTo(CellFolder.idOf(other));
    }

    @Test
    void canBeReadBack() {
        String text = canonical(
                "\"a.b\" = 1, c = \"10\", d = \"true\", e = coinrun/10000, f = \"a\\nb\", g = \"${x}\", h = 1e-5");

        assertThat(canonical(text)).isEqualTo(text);
        assertThat(ConfigFactory.parseString(text).getString("f")).isEqualTo("a\nb");
        assertThat(ConfigFactory.parseString(text).getValue("c").unwrapped()).isEqualTo("10");
    }

    /** Whatever a cell's configuration holds, the cell reads the same and writes the same. */
    @Test
    void everyValueAndKeyIsReadBackAsItself() {
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            Map<String, Object> section = section(random, 3);
            ConfigObject written = (ConfigObject) ConfigValueFactory.fromAnyRef(section);

            String text = CanonicalText.of(written);
            ConfigObject read = ConfigFactory.parseString(
                            new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                    .resolve()
                    .root();

            assertThat(read).as(text).isEqualTo(written);
            assertThat(CanonicalText.of(read)).isEqualTo(text);
        }
    }

    @Test
    void writesNoNumberThatCannotBeRead() {
        ConfigObject infinite = ConfigFactory.parseString("a = 1e400").root();

        assertThatThrownBy(() -> CanonicalText.of(infinite))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no configuration holds the number Infinity");
    }

    private static Map<String, Object> section(Random random, int depth) {
        Map<String, Object> section = new TreeMap<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            section.put(AWKWARD.get(random.nextInt(AWKWARD.size())), value(random, depth));
        }
        return section;
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> NUMBERS.get(random.nextInt(NUMBERS.size()));
            case 1 -> random.nextBoolean();
            case 2 -> AWKWARD.get(random.nextInt(AWKWARD.size()));
            case 3 -> AWKWARD.get(random.nextInt(AWKWARD.size())) + AWKWARD.get(random.nextInt(AWKWARD.size()));
            case 4 -> section(random, depth - 1);
            default ->
                IntStream.range(0, random.nextInt(4))
                        .mapToObj(i -> value(random, depth - 1))
                        .toList();
        };
    }

    private static String canonical(String text) {
        return CanonicalText.of(ConfigFactory.parseString(text).root());
    }
}
