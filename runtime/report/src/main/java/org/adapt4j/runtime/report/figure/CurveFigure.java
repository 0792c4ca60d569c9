package org.adapt4j.runtime.report.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.adapt4j.runtime.report.figure.Shape.Anchor;

/**
 * Lines with bands in panels that share their axes, or have a y axis of their own where their units differ, and an x axis of their own where
 * one panel's lines would shrink to a fraction of its width on the others'.
 *
 * @param description for those who cannot see it
 * @param xTitle with its unit
 * @param yTitle with its unit
 * @param xFormat how marks of the x axis are written
 * @param yFormat how marks of the y axis are written
 * @param yLow fixed lower end, NaN to follow the values
 * @param yHigh fixed upper end, NaN to follow the values
 * @param markers whether points are marked where there are few
 * @param ownScales whether only panels of one title share a y axis
 * @param panels row by row
 * @param columns panels in a row
 */
public record CurveFigure(
        String description,
        String xTitle,
        String yTitle,
        DoubleFunction<String> xFormat,
        DoubleFunction<String> yFormat,
        double yLow,
        double yHigh,
        boolean markers,
        boolean ownScales,
        List<Panel> panels,
        int columns)
        implements Figure {
    private static final double WIDTH = 968;
    private static final double GAP = 34;
    private static final double HEADING = 24;

    /** Lines of which this many would fit side by side get an axis of their own. */
    private static final int SHORT = 4;

    /** Panels that share their axes. */
    public CurveFigure(
            String description,
            String xTitle,
            String yTitle,
            DoubleFunction<String> xFormat,
            DoubleFunction<String> yFormat,
            double yLow,
            double yHigh,
            boolean markers,
            List<Panel> panels,
            int columns) {
        this(description, xTitle, yTitle, xFormat, yFormat, yLow, yHigh, markers, false, panels, columns);
    }

    /**
     * One pair of axes.
     *
     * @param row heading of the row that begins with it; empty where none begins
     * @param title above it
     * @param series its lines; what has no point is no line
     */
    public record Panel(String row, String title, List<Series> series) {
        /** Leaves out what has no point. */
        public Panel {
            series = series.stream().filter(line -> !line.points().isEmpty()).toList();
        }

        /** A panel that begins no row. */
        public Panel(String title, List<Series> series) {
            this("", title, series);
        }
    }

    @Override
    public Drawing draw() {
        List<Axis> widths = widths();
        Map<String, Axis> scales = scales();

        int across = Math.max(1, Math.min(columns, panels.size()));
        double ticks = scales.values().stream()
                .mapToDouble(y -> y.widest(yFormat, 11))
                .max()
                .orElse(0);
        double left = 30 + ticks;
        double gap = ownScales ? 22 + ticks : GAP;
        double room = (WIDTH - left - 20 - gap * (across - 1)) / across;
        boolean direct = across == 1 && panels.size() == 1 && markers;
        double labels = panels.stream()
                .flatMap(panel -> panel.series().stream())
                .mapToDouble(line -> Drawing.widthOf(line.name(), 12) + 22)
                .max()
                .orElse(0);
        double panelWidth = across > 1 ? room : direct ? Math.min(room - labels, 780) : Math.min(room, 780);
        double panelHeight = across == 1 ? 280 : across == 2 ? 220 : across == 5 ? 140 : 180;
        Legend legend = Legend.of(
                direct ? Stream.of() : panels.stream().flatMap(panel -> panel.series().stream()), WIDTH - left);
        double rowHeight = panelHeight + 56;
        double top = (direct ? 0 : 10 + legend.height()) - rowHeight + 24;
        List<Box> boxes = new ArrayList<>();
        int column = across - 1;
        for (Panel panel : panels) {
            column = panel.row().isEmpty() ? (column + 1) % across : 0;
            top += (column == 0 ? rowHeight : 0) + (panel.row().isEmpty() ? 0 : HEADING);
            boxes.add(new Box(column, left + column * (panelWidth + gap), top, panelWidth, panelHeight));
        }
        Drawing drawing = new Drawing(WIDTH, top + panelHeight + 42, description);
        legend.draw(drawing, left, 16);
        for (int i = 0; i < panels.size(); i++) {
            Panel panel = panels.get(i);
            Box box = boxes.get(i);
            Axis y = Objects.requireNonNull(scales.get(scale(panel)));
            if (!panel.row().isEmpty()) {
                drawing.bold(left, box.y() - 9 - HEADING, panel.row(), Anchor.START, 13.5, Ink.TEXT);
            }
            axes(drawing, panel, widths.get(i), y, box, i + across >= panels.size());
            if (direct) {
                names(drawing, panel, y, box);
            }
        }
        return drawing;
    }

    /** An x axis of each panel: the same one unless that would hide what the shortest lines do. */
    private List<Axis> widths() {
        double shortest = panels.stream()
                .filter(panel -> !panel.series().isEmpty())
                .mapToDouble(panel -> reach(List.of(panel)))
                .min()
                .orElse(0);
        boolean own = shortest > 0 && SHORT * shortest < reach(panels);
        return panels.stream()
                .map(panel -> width(own ? List.of(panel) : panels))
                .toList();
    }

    private static double reach(List<Panel> those) {
        return points(those).mapToDouble(Series.Point::x).max().orElse(0);
    }

    private Axis width(List<Panel> those) {
        return Axis.exactly(
                points(those).mapToDouble(Series.Point::x).min().orElse(0),
                points(those).mapToDouble(Series.Point::x).max().orElse(1),
                columns > 2 ? 4 : 6);
    }

    private static Stream<Series.Point> points(List<Panel> those) {
        return those.stream().flatMap(panel -> panel.series().stream()).flatMap(line -> line.points().stream());
    }

    private String scale(Panel panel) {
        return ownScales ? panel.title() : "";
    }

    private Map<String, Axis> scales() {
        Map<String, List<Series.Point>> points = new LinkedHashMap<>();
        for (Panel panel : panels) {
            List<Series.Point> own = points.computeIfAbsent(scale(panel), key -> new ArrayList<>());
            panel.series().forEach(line -> own.addAll(line.points()));
        }
        Map<String, Axis> scales = new LinkedHashMap<>();
        points.forEach((key, own) -> scales.put(
                key,
                Axis.around(
                        Double.isNaN(yLow)
                                ? own.stream()
                                        .mapToDouble(Series.Point::bottom)
                                        .min()
                                        .orElse(0)
                                : yLow,
                        Double.isNaN(yHigh)
                                ? own.stream()
                                        .mapToDouble(Series.Point::top)
                                        .max()
                                        .orElse(1)
                                : yHigh,
                        5)));
        return scales;
    }

    @Override
    public List<Key> legend() {
        return panels.stream()
                .flatMap(panel -> panel.series().stream())
                .map(line -> new Key(line.name(), line.ink()))
                .distinct()
                .toList();
    }

    @Override
    public String csv() {
        Csv csv = new Csv("panel", "series", "x", "y", "low", "high", "n");
        String row = "";
        for (Panel panel : panels) {
            row = panel.row().isEmpty() ? row : panel.row();
            String name = row.isEmpty() ? panel.title() : row + " \u00b7 " + panel.title();
            for (Series line : panel.series()) {
                for (Series.Point point : line.points()) {
                    csv.row(
                            name,
                            line.name(),
                            Csv.number(point.x()),
                            Csv.number(point.y()),
                            Csv.number(point.low()),
                            Csv.number(point.high()),
                            point.count() == 0 ? "" : Integer.toString(point.count()));
                }
            }
        }
        return csv.toString();
    }

    private record Box(int column, double x, double y, double width, double height) {
        double right() {
            return x + width;
        }

        double bottom() {
            return y + height;
        }
    }

    private void axes(Drawing drawing, Panel panel, Axis x, Axis y, Box box, boolean lowest) {
        for (double tick : y.ticks()) {
            double at = y.place(tick, box.bottom(), box.y());
            drawing.line(box.x(), at, box.right(), at, Ink.GRID, 1);
            if (box.column() == 0 || ownScales) {
                drawing.text(box.x() - 7, at + 4, yFormat.apply(tick), Anchor.END, 11, Ink.MUTED);
            }
        }
        drawing.line(box.x(), box.bottom(), box.right(), box.bottom(), Ink.TEXT, 1);
        for (double tick : x.ticks()) {
            String mark = xFormat.apply(tick);
            if (!mark.isEmpty()) {
                double at = x.place(tick, box.x(), box.right());
                drawing.line(at, box.bottom(), at, box.bottom() + 4, Ink.TEXT, 1);
                drawing.text(at, box.bottom() + 17, mark, Anchor.MIDDLE, 11, Ink.MUTED);
            }
        }
        if (!panel.title().isEmpty()) {
            drawing.bold(box.x(), box.y() - 9, fitting(panel.title(), box.width()), Anchor.START, 12.5, Ink.TEXT);
        }
        // Where it is wider than its chart, once is enough.
        boolean wide = Drawing.widthOf(xTitle, 11.5) > box.width() + 8;
        if (lowest && !wide) {
            drawing.text(box.x() + box.width() / 2, box.bottom() + 35, xTitle, Anchor.MIDDLE, 11.5, Ink.TEXT);
        } else if (lowest && box.column() == 0) {
            drawing.text(box.x(), box.bottom() + 35, xTitle, Anchor.START, 11.5, Ink.TEXT);
        }
        if (box.column() == 0) {
            drawing.add(
                    new Shape.Text(14, box.y() + box.height() / 2, yTitle, Anchor.MIDDLE, 11.5, false, Ink.TEXT, true));
        }
        panel.series().forEach(line -> band(drawing, line, x, y, box));
        // The first lies on top, so that the baseline, which comes last, hides nothing.
        for (int i = panel.series().size() - 1; i >= 0; i--) {
            line(drawing, panel.series().get(i), x, y, box);
        }
        if (panel.series().isEmpty()) {
            drawing.text(
                    box.x() + box.width() / 2,
                    box.y() + box.height() / 2,
                    "nothing finished yet",
                    Anchor.MIDDLE,
                    12,
                    Ink.MUTED);
        }
    }

    /** A title, without its last parts, and at worst without its last letters, where it is wider than its chart. */
    static String fitting(String title, double width) {
        String shown = title;
        while (Drawing.widthOf(shown, 12.5) > width && shown.contains(", ")) {
            shown = shown.substring(0, shown.lastIndexOf(", ")) + "\u2026";
        }
        int end = shown.length();
        while (Drawing.widthOf(shown, 12.5) > width && end > 1) {
            end--;
            shown = shown.substring(0, end).strip() + "\u2026";
        }
        return shown;
    }

    /** Names of the lines at their ends, moved apart where they would meet. */
    private static void names(Drawing drawing, Panel panel, Axis y, Box box) {
        List<Series> lines = panel.series().stream()
                .sorted(Comparator.comparingDouble(line -> -last(line).y()))
                .toList();
        double[] wanted = lines.stream()
                .mapToDouble(line -> y.place(last(line).y(), box.bottom(), box.y()) + 4)
                .toArray();
        double[] at = apart(wanted, 16, box.y() + 4, box.bottom() + 4);
        for (int i = 0; i < at.length; i++) {
            Series line = lines.get(i);
            drawing.marker(box.right() + 14, at[i] - 4, line.form(), 3.4, line.ink());
            drawing.bold(box.right() + 22, at[i], line.name(), Anchor.START, 12, Ink.TEXT);
        }
    }

    /**
     * Places as near to ascending ones as a gap between neighbours allows, by least squares: those that would meet move apart around their mean
     * (isotonic regression, by pooling adjacent violators).
     */
    static double[] apart(double[] wanted, double gap, double lowest, double highest) {
        double[] at = new double[wanted.length];
        for (int end = 0; end < wanted.length; end++) {
            int begin = end;
            double mean = wanted[end] - gap * end;
            while (begin > 0 && at[begin - 1] > mean) {
                begin--;
                double sum = 0;
                for (int i = begin; i <= end; i++) {
                    sum += wanted[i] - gap * i;
                }
                mean = sum / (end - begin + 1);
            }
            Arrays.fill(at, begin, end + 1, mean);
        }
        double last = Math.max(lowest, highest - gap * (wanted.length - 1));
        for (int i = 0; i < at.length; i++) {
            at[i] = Math.max(lowest, Math.min(last, at[i])) + gap * i;
        }
        return at;
    }

    private static Series.Point last(Series line) {
        return line.points().get(line.points().size() - 1);
    }

    private static void band(Drawing drawing, Series line, Axis x, Axis y, Box box) {
        List<Series.Point> points =
                line.points().stream().filter(Series.Point::hasBand).toList();
        if (points.size() < 2) {
            points.forEach(point -> drawing.line(
                    x.place(point.x(), box.x(), box.right()),
                    y.place(point.low(), box.bottom(), box.y()),
                    x.place(point.x(), box.x(), box.right()),
                    y.place(point.high(), box.bottom(), box.y()),
                    line.ink(),
                    2));
            return;
        }
        int n = points.size();
        double[] xs = new double[2 * n];
        double[] ys = new double[2 * n];
        for (int i = 0; i < n; i++) {
            xs[i] = x.place(points.get(i).x(), box.x(), box.right());
            ys[i] = y.place(points.get(i).high(), box.bottom(), box.y());
            xs[2 * n - 1 - i] = xs[i];
            ys[2 * n - 1 - i] = y.place(points.get(i).low(), box.bottom(), box.y());
        }
        drawing.add(new Shape.Area(new Outline(xs, ys), line.ink(), 0.16));
    }

    private void line(Drawing drawing, Series line, Axis x, Axis y, Box box) {
        double[] xs = line.points().stream()
                .mapToDouble(point -> x.place(point.x(), box.x(), box.right()))
                .toArray();
        double[] ys = line.points().stream()
                .mapToDouble(point -> y.place(point.y(), box.bottom(), box.y()))
                .toArray();
        if (xs.length > 1) {
            drawing.add(new Shape.Path(new Outline(xs, ys), line.ink(), 2, line.dashed()));
        }
        for (int i = 0; i < xs.length; i++) {
            if ((markers && xs.length <= 26) || xs.length == 1) {
                drawing.marker(xs[i], ys[i], line.form(), 3.1, line.ink());
            }
            int count = line.points().get(i).count();
            if (i > 0 && count < line.points().get(i - 1).count()) {
                drawing.text(xs[i] - 4, ys[i] - 7, "n = " + count, Anchor.END, 10, Ink.MUTED);
            }
        }
    }

    /** Names with samples of their lines, wrapped into rows. */
    private record Legend(List<Series> entries, List<double[]> places, double height) {
        private static final double ROW = 20;

        static Legend of(Stream<Series> lines, double room) {
            Map<String, Series> byName = new LinkedHashMap<>();
            // Broken in the legend only where it is broken everywhere.
            lines.forEach(line -> byName.merge(line.name(), line, (a, b) -> a.dashed() ? b : a));
            List<double[]> places = new ArrayList<>();
            double x = 0;
            double y = 0;
            for (String name : byName.keySet()) {
                double width = 52 + Drawing.widthOf(name, 12);
                if (x > 0 && x + width > room) {
                    x = 0;
                    y += ROW;
                }
                places.add(new double[] {x, y});
                x += width;
            }
            return new Legend(List.copyOf(byName.values()), places, y + ROW);
        }

        void draw(Drawing drawing, double left, double top) {
            for (int i = 0; i < entries.size(); i++) {
                Series line = entries.get(i);
                double x = left + places.get(i)[0];
                double y = top + places.get(i)[1];
                drawing.add(new Shape.Path(Outline.of(x, y - 4, x + 24, y - 4), line.ink(), 2, line.dashed()));
                drawing.marker(x + 12, y - 4, line.form(), 3.4, line.ink());
                drawing.text(x + 30, y, line.name(), Anchor.START, 12, Ink.TEXT);
            }
        }
    }
}
