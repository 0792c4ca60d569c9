package org.adapt4j.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import org.adapt4j.runtime.run.CellFolder;
import org.junit.jupiter.api.Test;

final class CanonicalTextTest {

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

    private static String canonical(String text) {
        return CanonicalText.of(ConfigFactory.parseString(text).root());
    }
}
