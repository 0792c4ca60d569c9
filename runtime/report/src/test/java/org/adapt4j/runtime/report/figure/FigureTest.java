package org.adapt4j.runtime.report.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.adapt4j.runtime.report.folder.Words;
import org.junit.jupiter.api.Test;

final class FigureTest {
    private static CurveFigure curves() {
        return figure(
                "a \"test\" & more",
                1,
                new CurveFigure.Panel(
                        "panel, one",
                        List.of(new Series(
                                "method",
                                Ink.S0,
                                0,
                                false,
                                List.of(
                                        new Series.Point(0, 1, 0.5, 1.5, 3),
                                        new Series.Point(10, 2, Double.NaN, Double.NaN, 2))))));
    }

    @Test
    void noTitleIsWiderThanItsChart() {
        assertThat(CurveFigure.fitting("short", 200)).isEqualTo("short");
        assertThat(CurveFigure.fitting("gridworld, hidden goal, and much more of it", 160))
                .isEqualTo("gridworld, hidden goal\u2026");
        for (String title : List.of(
                "a-long-name-of-a-benchmark-without-a-comma", "WWWWWWWWWWWW WWWWWWWWWWWW", "one, " + "x".repeat(90))) {
            String shown = CurveFigure.fitting(title, 120);
            assertThat(Drawing.widthOf(shown, 12.5)).isLessThanOrEqualTo(120);
            assertThat(shown).endsWith("\u2026").hasSizeGreaterThan(1);
        }
    }

    private static CurveFigure figure(String description, int columns, CurveFigure.Panel... panels) {
        return new CurveFigure(
                description,
                "steps",
                "return",
                Words::steps,
                Words::shortest,
                Double.NaN,
                Double.NaN,
                true,
                List.of(panels),
                columns);
    }

    @Test
    void theFileColoursItselfAndThePageColoursTheInlineOne() {
        Drawing drawing = curves().draw();

        assertThat(Svg.file(drawing))
                .contains(".k-s0{fill:none;stroke:#0072b2}")
                .contains("&quot;test&quot; &amp; more");
        assertThat(Svg.inline(drawing)).doesNotContain("<style>").contains("class=\"k-s0\"");
        assertThat(Svg.styles(true)).contains(".k-s0{fill:none;stroke:var(--s0)}");
    }

    @Test
    void linesThatWouldShrinkHaveAnAxisOfTheirOwnAndTitlesFit() {
        assertThat(widths(100, 200)).satisfies(both -> assertThat(both.get(0)).isLessThan(0.6 * both.get(1)));
        assertThat(widths(180, 8192))
                .satisfies(both -> assertThat(both.get(0)).isCloseTo(both.get(1), within(0.1 * both.get(1))));
        assertThat(Svg.inline(sideBySide(1, 1).draw()))
                .contains(">a title of several parts, each of which is quite long\u2026<");
    }

    private static CurveFigure sideBySide(double first, double second) {
        String title = "a title of several parts, each of which is quite long, and it does not fit into it, therefore"
                + " the last ones, with their numbers, are left out";
        return figure("", 2, new CurveFigure.Panel(title, line(first)), new CurveFigure.Panel(title, line(second)));
    }

    private static List<Series> line(double end) {
        return List.of(new Series(
                "method",
                Ink.S0,
                0,
                false,
                List.of(
                        new Series.Point(0, 1, Double.NaN, Double.NaN, 3),
                        new Series.Point(end, 2, Double.NaN, Double.NaN, 3))));
    }

    /** How wide the lines of two panels are drawn, points; the legend's samples come before. */
    private static List<Double> widths(double first, double second) {
        return sideBySide(first, second).draw().shapes().stream()
                .filter(Shape.Path.class::isInstance)
                .map(shape -> ((Shape.Path) shape).outline())
                .filter(outline -> outline.x(0) != outline.x(1) && outline.y(0) != outline.y(1))
                .map(outline -> outline.x(1) - outline.x(0))
                .toList();
    }

    @Test
    void tellsWhereTheNumberOfRunsDrops() {
        assertThat(Svg.inline(curves().draw())).contains(">n = 2<");
    }

    @Test
    void theNumbersPlottedAreToldInFull() {
        assertThat(curves().csv()).isEqualTo("""
            panel,series,x,y,low,high,n
            "panel, one",method,0,1,0.5,1.5,3
            "panel, one",method,10,2,,,2
            """);
    }

    @Test
    void aBandBeyondAFixedAxisEndsThereAndIsToldInFull() {
        CurveFigure shares = new CurveFigure(
                "",
                "steps",
                "solved",
                Words::steps,
                Words::shortest,
                0,
                1,
                true,
                List.of(new CurveFigure.Panel(
                        "",
                        List.of(new Series(
                                "method",
                                Ink.S0,
                                0,
                                false,
                                List.of(
                                        new Series.Point(0, 0.1, -0.2, 0.4, 5),
                                        new Series.Point(10, 0.9, 0.6, 1.3, 5)))))),
                1);

        List<Double> lines = shares.draw().shapes().stream()
                .filter(Shape.Path.class::isInstance)
                .map(shape -> ((Shape.Path) shape).outline())
                .filter(line -> line.y(0) == line.y(1) && line.x(1) - line.x(0) > 100)
                .map(line -> line.y(0))
                .toList();
        Outline band = shares.draw().shapes().stream()
                .filter(Shape.Area.class::isInstance)
                .map(shape -> ((Shape.Area) shape).outline())
                .findFirst()
                .orElseThrow();

        double bottom = band.y(3);
        double top = band.y(1);
        assertThat(lines).contains(bottom, top);
        assertThat(band.y(0)).isCloseTo(bottom + 0.4 * (top - bottom), within(1e-9));
        assertThat(shares.csv()).contains("0,0.1,-0.2,0.4,5").contains("10,0.9,0.6,1.3,5");
    }

    @Test
    void thePictureHasTwiceTheSize() throws IOException {
        Drawing drawing = curves().draw();

        byte[] png = Png.write(drawing).orElseThrow();

        assertThat(ImageIO.read(new ByteArrayInputStream(png)).getWidth())
                .isEqualTo((int) Math.ceil(drawing.width() * 2));
        assertThat(Png.write(drawing).orElseThrow()).isEqualTo(png);
    }

    @Test
    void aPictureOfThousandsOfRowsHasRoomInMemory() throws IOException {
        byte[] png = Png.write(new Drawing(900, 100_000, "tall")).orElseThrow();

        var picture = ImageIO.read(new ByteArrayInputStream(png));
        assertThat((long) picture.getWidth() * picture.getHeight()).isBetween(15_000_000L, 17_000_000L);
    }

    @Test
    void figuresOfNothingCanBeDrawn() {
        assertThat(Svg.inline(new CurveFigure(
                                "",
                                "",
                                "",
                                Words::steps,
                                Words::shortest,
                                Double.NaN,
                                Double.NaN,
                                true,
                                List.of(new CurveFigure.Panel("", List.of())),
                                1)
                        .draw()))
                .contains("nothing finished yet");
        assertThat(Svg.inline(new IntervalFigure("", "", Words::shortest, Double.NaN, Double.NaN, Double.NaN, List.of())
                        .draw()))
                .startsWith("<svg");
        assertThat(Svg.inline(new TileFigure("", "", List.of(), Words::shortest, List.of()).draw()))
                .startsWith("<svg");
    }

    @Test
    void namesOfLinesThatEndTogetherMoveApartAroundTheirEnds() {
        assertThat(CurveFigure.apart(new double[] {50, 100, 180}, 16, 0, 200)).containsExactly(50, 100, 180);
        assertThat(CurveFigure.apart(new double[] {50, 100, 100, 180}, 16, 0, 200))
                .containsExactly(50, 92, 108, 180);
        // A third is met on the way; four ends around 93 keep their middle, and the last stays where it is.
        assertThat(CurveFigure.apart(new double[] {78, 85, 99, 110, 158}, 26, 0, 200))
                .containsExactly(54, 80, 106, 132, 158);
        assertThat(CurveFigure.apart(new double[] {1, 2, 199, 200}, 16, 0, 200)).containsExactly(0, 16, 184, 200);
    }

    @Test
    void axesEndOnRoundValuesAroundTheNumbers() {
        assertThat(Axis.around(0.13, 9.2, 5).low()).isZero();
        assertThat(Axis.around(0.13, 9.2, 5).high()).isCloseTo(10, within(1e-12));
        assertThat(Axis.around(3, 3, 5).low()).isLessThan(3);
        assertThat(Axis.exactly(0, 50_000, 6).ticks())
                .containsExactly(0.0, 10_000.0, 20_000.0, 30_000.0, 40_000.0, 50_000.0);
    }

    @Test
    void numbersAreWrittenForPeople() {
        assertThat(Words.steps(2_000_000)).isEqualTo("2\u00a0M");
        assertThat(Words.steps(34_286)).isEqualTo("34.3\u00a0k");
        assertThat(Words.steps(9_999)).isEqualTo("9999");
        assertThat(Words.decimal(-0.001, 2)).isEqualTo("0.00");
        assertThat(Words.signed(0.5, 1)).isEqualTo("+0.5");
        assertThat(Words.decimal(-1.5, 1)).isEqualTo("\u22121.5");
        assertThat(Words.duration(8_130)).isEqualTo("2\u00a0h 15\u00a0min");
        assertThat(Words.count(626_256)).isEqualTo("626\u202f256");
    }
}
