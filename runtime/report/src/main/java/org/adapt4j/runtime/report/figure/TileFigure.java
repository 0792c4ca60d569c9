package org.adapt4j.runtime.report.figure;

import java.util.List;
import java.util.function.DoubleFunction;
import org.adapt4j.runtime.report.figure.Shape.Anchor;

/**
 * A table of tiles whose darkness is their value, the number printed in each.
 *
 * @param description for those who cannot see it
 * @param columnTitle what the columns are
 * @param columns their names
 * @param format how values are written in a tile
 * @param blocks from top to bottom
 */
public record TileFigure(
        String description, String columnTitle, List<String> columns, DoubleFunction<String> format, List<Block> blocks)
        implements Figure {
    private static final double WIDTH = 968;
    private static final double ROW = 25;

    /** Names that stand upright are no nearer than this; where tiles are, some are left out. */
    private static final double LINE = 12;

    /**
     * Rows under one heading.
     *
     * @param title above them
     * @param rows from top to bottom
     */
    public record Block(String title, List<Row> rows) {}

    /**
     * One row.
     *
     * @param name left of it
     * @param values from 0 (paper) to 1 (dark), NaN for none
     */
    public record Row(String name, List<Double> values) {}

    @Override
    public Drawing draw() {
        double left = 14
                + blocks.stream()
                        .flatMap(block -> block.rows().stream())
                        .mapToDouble(row -> Drawing.widthOf(row.name(), 12))
                        .max()
                        .orElse(60);
        double widest = columns.stream()
                .mapToDouble(name -> Drawing.widthOf(name, 10.5))
                .max()
                .orElse(0);
        double tile = Math.min(Math.max(64, widest + 12), (WIDTH - left - 2) / Math.max(1, columns.size()));
        boolean upright = widest > tile - 4;
        double head = (upright ? widest : 12) + 26;
        double height = head
                + blocks.stream()
                        .mapToDouble(block -> (block.title().isEmpty() ? 0 : 24)
                                + block.rows().size() * ROW
                                + 10)
                        .sum();
        Drawing drawing = new Drawing(WIDTH, height, description);
        drawing.text(left, 12, columnTitle, Anchor.START, 11.5, Ink.TEXT);
        int every = upright ? (int) Math.ceil(LINE / tile) : 1;
        for (int i = 0; i < columns.size(); i += every) {
            double x = left + (i + 0.5) * tile;
            if (upright) {
                drawing.add(
                        new Shape.Text(x + 4, head - 5, columns.get(i), Anchor.START, 10.5, false, Ink.MUTED, true));
            } else {
                drawing.text(x, head - 5, columns.get(i), Anchor.MIDDLE, 10.5, Ink.MUTED);
            }
        }
        double y = head;
        for (Block block : blocks) {
            if (!block.title().isEmpty()) {
                drawing.bold(0, y + 15, block.title(), Anchor.START, 12.5, Ink.TEXT);
                y += 24;
            }
            for (Row row : block.rows()) {
                drawing.text(left - 8, y + 16, row.name(), Anchor.END, 12, Ink.TEXT);
                for (int i = 0; i < row.values().size(); i++) {
                    tile(drawing, row.values().get(i), left + i * tile, y, tile);
                }
                y += ROW;
            }
            y += 10;
        }
        return drawing;
    }

    @Override
    public String csv() {
        Csv csv = new Csv("block", "row", "column", "value");
        for (Block block : blocks) {
            for (Row row : block.rows()) {
                for (int i = 0; i < row.values().size(); i++) {
                    csv.row(
                            block.title(),
                            row.name(),
                            columns.get(i),
                            Csv.number(row.values().get(i)));
                }
            }
        }
        return csv.toString();
    }

    private void tile(Drawing drawing, double value, double x, double y, double width) {
        boolean known = Double.isFinite(value);
        double shade = known ? Math.max(0, Math.min(1, value)) : 0;
        drawing.add(new Shape.Block(x + 1, y + 1, width - 2, ROW - 2, Ink.GRID, known ? 0.55 : 0.2));
        if (shade > 0) {
            drawing.add(new Shape.Block(x + 1, y + 1, width - 2, ROW - 2, Ink.S0, shade * 0.9));
        }
        drawing.text(
                x + width / 2,
                y + 16,
                known ? format.apply(value) : "\u2013",
                Anchor.MIDDLE,
                width < 30 ? 9 : 11,
                shade > 0.62 ? Ink.PAPER : Ink.TEXT);
    }
}
