package org.adapt4j.runtime.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.adapt4j.runtime.report.figure.CurveFigure;
import org.adapt4j.runtime.report.figure.Ink;
import org.adapt4j.runtime.report.figure.Series;
import org.adapt4j.runtime.report.figure.Svg;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text stands out from its ground by the 4.5 to 1 that WCAG 2 asks for, in light and in dark. */
final class ContrastTest {
    private static final double ENOUGH = 4.5;

    @ParameterizedTest
    @ValueSource(strings = {"ink", "muted", "good", "bad", "warn", "s0"})
    void ofThePage(String text) {
        for (boolean dark : new boolean[] {false, true}) {
            for (String ground : List.of("paper", "wash")) {
                assertThat(contrast(colour(text, dark), colour(ground, dark)))
                        .as("%s on %s, %s", text, ground, dark ? "dark" : "light")
                        .isGreaterThanOrEqualTo(ENOUGH);
            }
        }
    }

    /** Colours of series are for lines; what they are called stands in the colour of text. */
    @Test
    void ofNamesAtTheEndsOfLines() {
        List<Series.Point> points = List.of(
                new Series.Point(0, 0, Double.NaN, Double.NaN, 3), new Series.Point(1, 1, Double.NaN, Double.NaN, 2));
        List<CurveFigure.Panel> panels = List.of(new CurveFigure.Panel(
                "panel",
                List.of(new Series("one", Ink.S1, 0, false, points), new Series("other", Ink.S4, 1, false, points))));

        String drawn = Svg.inline(new CurveFigure(
                        "for a test", "x", "y", x -> "" + x, y -> "" + y, Double.NaN, Double.NaN, true, panels, 1)
                .draw());

        List<String> texts = Pattern.compile("<text class=\"f-(\\w+)\"[^>]*>([^<]*)<")
                .matcher(drawn)
                .results()
                .map(found -> found.group(1) + ": " + found.group(2))
                .toList();
        assertThat(texts)
                .contains("ink: other", "muted: n = 2")
                .allMatch(text -> text.startsWith("ink: ") || text.startsWith("muted: "));
    }

    private static int colour(String name, boolean dark) {
        String css = Style.css();
        int from = dark ? css.indexOf("prefers-color-scheme:dark") : 0;
        Matcher found = Pattern.compile("--" + name + ":#([0-9a-f]{6})").matcher(css);
        assertThat(found.find(from)).isTrue();
        return Integer.parseInt(found.group(1), 16);
    }

    private static double contrast(int one, int other) {
        double light = Math.max(luminance(one), luminance(other));
        double dark = Math.min(luminance(one), luminance(other));
        return (light + 0.05) / (dark + 0.05);
    }

    private static double luminance(int rgb) {
        return 0.2126 * linear(rgb >> 16 & 255) + 0.7152 * linear(rgb >> 8 & 255) + 0.0722 * linear(rgb & 255);
    }

    private static double linear(int part) {
        double share = part / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
