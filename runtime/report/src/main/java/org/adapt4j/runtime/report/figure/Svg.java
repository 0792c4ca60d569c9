package org.adapt4j.runtime.report.figure;

import java.util.Locale;
import java.util.StringJoiner;

/** Writes a drawing as SVG: for a page, whose style sheet colours it, or as a file that stands alone. */
public final class Svg {
    /** Letters of figures and page. */
    public static final String FONT =
            "system-ui,-apple-system,'Segoe UI','Helvetica Neue',Arial,'DejaVu Sans',sans-serif";

    private Svg() {}

    /** An element to put into a page that carries {@link #styles(boolean)}. */
    public static String inline(Drawing drawing) {
        return write(drawing, false);
    }

    /** A whole file on white ground, its colours in it. */
    public static String file(Drawing drawing) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + write(drawing, true) + "\n";
    }

    /**
     * Style rules of the figures.
     *
     * @param variables whether colours are the page's variables, which change with the reader's theme
     */
    public static String styles(boolean variables) {
        StringBuilder css = new StringBuilder();
        for (Ink ink : Ink.values()) {
            String colour = variables ? "var(--" + ink.key() + ")" : Ink.hex(ink.light());
            css.append(".f-").append(ink.key()).append("{fill:").append(colour).append("}");
            css.append(".k-")
                    .append(ink.key())
                    .append("{fill:none;stroke:")
                    .append(colour)
                    .append("}");
        }
        return css.toString();
    }

    private static String write(Drawing drawing, boolean alone) {
        StringBuilder svg = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
                .append(number(drawing.width()))
                .append(' ')
                .append(number(drawing.height()))
                .append('"');
        if (alone) {
            svg.append(" width=\"")
                    .append(number(drawing.width()))
                    .append("\" height=\"")
                    .append(number(drawing.height()));
            svg.append('"');
        } else {
            svg.append(" style=\"max-width:").append(number(drawing.width())).append("px\"");
        }
        svg.append(" role=\"img\" font-family=\"").append(FONT).append("\">");
        svg.append("<title>").append(escape(drawing.description())).append("</title>");
        if (alone) {
            svg.append("<style>").append(styles(false)).append("</style>");
            svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>");
        }
        drawing.shapes().forEach(shape -> append(svg, shape));
        return svg.append("</svg>").toString();
    }

    private static void append(StringBuilder svg, Shape shape) {
        if (shape instanceof Shape.Path path) {
            svg.append("<path class=\"k-").append(path.ink().key()).append("\" stroke-width=\"");
            svg.append(number(path.width())).append("\" stroke-linejoin=\"round\"");
            if (path.dashed()) {
                svg.append(" stroke-dasharray=\"5 3\"");
            }
            svg.append(" d=\"").append(outline(path.outline())).append("\"/>");
        } else if (shape instanceof Shape.Area area) {
            svg.append("<path class=\"f-").append(area.ink().key()).append('"');
            opacity(svg, area.opacity());
            svg.append(" d=\"").append(outline(area.outline())).append("Z\"/>");
        } else if (shape instanceof Shape.Block block) {
            svg.append("<rect class=\"f-").append(block.ink().key()).append('"');
            opacity(svg, block.opacity());
            svg.append(" x=\"").append(number(block.x())).append("\" y=\"").append(number(block.y()));
            svg.append("\" width=\"")
                    .append(number(block.width()))
                    .append("\" height=\"")
                    .append(number(block.height()));
            svg.append("\"/>");
        } else if (shape instanceof Shape.Text text) {
            svg.append("<text class=\"f-")
                    .append(text.ink().key())
                    .append("\" font-size=\"")
                    .append(number(text.size()));
            svg.append('"');
            if (text.bold()) {
                svg.append(" font-weight=\"600\"");
            }
            if (text.anchor() != Shape.Anchor.START) {
                svg.append(" text-anchor=\"")
                        .append(text.anchor() == Shape.Anchor.END ? "end" : "middle")
                        .append('"');
            }
            if (text.upright()) {
                svg.append(" transform=\"translate(")
                        .append(number(text.x()))
                        .append(' ')
                        .append(number(text.y()));
                svg.append(") rotate(-90)\"");
            } else {
                svg.append(" x=\"")
                        .append(number(text.x()))
                        .append("\" y=\"")
                        .append(number(text.y()))
                        .append('"');
            }
            svg.append('>').append(escape(text.text())).append("</text>");
        }
    }

    private static void opacity(StringBuilder svg, double opacity) {
        if (opacity < 1) {
            svg.append(" fill-opacity=\"").append(number(opacity)).append('"');
        }
    }

    private static String outline(Outline outline) {
        StringJoiner points = new StringJoiner("L", "M", "");
        for (int i = 0; i < outline.size(); i++) {
            points.add(number(outline.x(i)) + " " + number(outline.y(i)));
        }
        return points.toString();
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        text = text.replaceAll("0+$", "").replaceAll("\\.$", "");
        return text.equals("-0") ? "0" : text;
    }

    /** Text as it may stand in XML and HTML. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
