package org.adapt4j.runtime.report.figure;

import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;
import org.adapt4j.runtime.report.figure.Shape.Anchor;

/**
 * Values with intervals, one a row, in blocks.
 *
 * @param description for those who cannot see it
 * @param xTitle with its unit
 * @param format how values are written
 * @param low fixed lower end, NaN to follow the values
 * @param high fixed upper end, NaN to follow the values
 * @param reference where a line is drawn, NaN for none
 * @param blocks from top to bottom
 */
public record IntervalFigure(
        String description,
        String xTitle,
        DoubleFunction<String> format,
        double low,
        double high,
        double reference,
        List<Block> blocks)
        implements Figure {
    private static final double WIDTH = 968;
    private static final double ROW = 24;

    /**
     * Rows under one heading.
     *
     * @param title above them
     * @param rows from top to bottom
     */
    public record Block(String title, List<Row> rows) {}

    /**
     * One value.
     *
     * @param name left of it
     * @param ink its colour
     * @param form its marker, by number
     * @param value its position
     * @param low lower end of the interval, NaN for none
     * @param high upper end of the interval, NaN for none
     * @param note right of the axis
     * @param dots single seeds, drawn small
     */
    public record Row(
            String name, Ink ink, int form, double value, double low, double high, String note, List<Double> dots) {
        /** Copies the list. */
        public Row {
            dots = List.copyOf(dots);
        }

        /** A row without single seeds. */
        public Row(String name, Ink ink, int form, double value, double low, double high, String note) {
            this(name, ink, form, value, low, high, note, List.of());
        }
    }

    @Override
    public Drawing draw() {
        List<Row> all = blocks.stream().flatMap(block -> block.rows().stream()).toList();
        double[] ends = all.stream()
                .flatMapToDouble(row -> DoubleStream.concat(
                        DoubleStream.of(row.value(), row.low(), row.high(), reference),
                        row.dots().stream().mapToDouble(Double::doubleValue)))
                .filter(Double::isFinite)
                .toArray();
        Axis axis = Axis.around(
                Double.isNaN(low) ? DoubleStream.of(ends).min().orElse(0) : low,
                Double.isNaN(high) ? DoubleStream.of(ends).max().orElse(1) : high,
                6);
        double left = 24
                + all.stream()
                        .mapToDouble(row -> Drawing.widthOf(row.name(), 12))
                        .max()
                        .orElse(60);
        double right = WIDTH
                - 16
                - all.stream()
                        .mapToDouble(row -> Drawing.widthOf(row.note(), 11))
                        .max()
                        .orElse(0);
        double height = blocks.stream().mapToDouble(IntervalFigure::heightOf).sum() + 48;
        Drawing drawing = new Drawing(WIDTH, height, description);
        double bottom = height - 42;
        for (double tick : axis.ticks()) {
            double x = axis.place(tick, left, right);
            drawing.line(x, 4, x, bottom, Ink.GRID, 1);
            drawing.text(x, bottom + 16, format.apply(tick), Anchor.MIDDLE, 11, Ink.MUTED);
        }
        if (!Double.isNaN(reference)) {
            double x = axis.place(reference, left, right);
            drawing.dashed(x, 4, x, bottom, Ink.MUTED, 1.2);
        }
        drawing.line(left, bottom, right, bottom, Ink.TEXT, 1);
        drawing.text((left + right) / 2, bottom + 34, xTitle, Anchor.MIDDLE, 11.5, Ink.TEXT);
        double y = 4;
        for (Block block : blocks) {
            if (!block.title().isEmpty()) {
                drawing.bold(0, y + 15, block.title(), Anchor.START, 12.5, Ink.TEXT);
                y += 24;
            }
            for (Row row : block.rows()) {
                row(drawing, row, axis, left, right, y + ROW / 2);
                y += ROW;
            }
            y += 10;
        }
        return drawing;
    }

    @Override
    public String csv() {
        Csv csv = new Csv("block", "row", "value", "low", "high", "note");
        for (Block block : blocks) {
            for (Row row : block.rows()) {
                csv.row(
                        block.title(),
                        row.name(),
                        Csv.number(row.value()),
                        Csv.number(row.low()),
                        Csv.number(row.high()),
                        row.note());
            }
        }
        return csv.toString();
    }

    private static double heightOf(Block block) {
        return (block.title().isEmpty() ? 0 : 24) + block.rows().size() * ROW + 10;
    }

    private static void row(Drawing drawing, Row row, Axis axis, double left, double right, double y) {
        drawing.text(left - 10, y + 4, row.name(), Anchor.END, 12, Ink.TEXT);
        if (Double.isFinite(row.low()) && Double.isFinite(row.high())) {
            double from = axis.place(row.low(), left, right);
            double to = axis.place(row.high(), left, right);
            drawing.add(new Shape.Block(from, y - 4.5, Math.max(1, to - from), 9, row.ink(), 0.28));
        }
        for (double dot : row.dots()) {
            drawing.marker(axis.place(dot, left, right), y, 0, 1.8, row.ink());
        }
        drawing.marker(axis.place(row.value(), left, right), y, row.form(), 4.2, row.ink());
        drawing.text(right + 12, y + 4, row.note(), Anchor.START, 11, Ink.MUTED);
    }
}
