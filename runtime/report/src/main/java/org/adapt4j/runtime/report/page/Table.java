package org.adapt4j.runtime.report.page;

import static j2html.TagCreator.b;
import static j2html.TagCreator.each;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import j2html.TagCreator;
import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;

/**
 * One table, told four ways: for the page, as Markdown, as LaTeX, and as CSV with its numbers in full.
 *
 * @param id name of its files
 * @param title above it
 * @param head of the columns
 * @param textColumns how many of the first columns are words rather than numbers
 * @param rows with headings between
 * @param notes below it
 * @param csv the same numbers, unrounded
 */
public record Table(
        String id, String title, List<String> head, int textColumns, List<Row> rows, List<String> notes, String csv)
        implements Part {
    /** Copies the lists. */
    public Table {
        head = List.copyOf(head);
        rows = List.copyOf(rows);
        notes = List.copyOf(notes);
    }

    /**
     * One line.
     *
     * @param isHeading whether its only cell stands over all columns
     * @param cells from left to right
     */
    public record Row(boolean isHeading, List<Entry> cells) {
        /** Copies the list. */
        public Row {
            cells = List.copyOf(cells);
        }

        static Row heading(String text) {
            return new Row(true, List.of(new Entry(text, false)));
        }

        static Row of(String... texts) {
            return of(List.of(texts));
        }

        static Row of(List<String> texts) {
            return new Row(
                    false, texts.stream().map(text -> new Entry(text, false)).toList());
        }

        Row withBold(int column) {
            List<Entry> changed = new ArrayList<>(cells);
            changed.set(column, new Entry(cells.get(column).text(), true));
            return new Row(isHeading, changed);
        }
    }

    /**
     * One entry.
     *
     * @param text of it
     * @param isBold whether it is among the best
     */
    public record Entry(String text, boolean isBold) {}

    /** For the page. */
    DomContent html() {
        return Scrolling.of(
                title,
                TagCreator.table(
                        thead(tr(each(head, (column, name) -> Scrolling.column(name, column >= textColumns)))),
                        tbody(each(rows, this::html))));
    }

    private DomContent html(Row row) {
        if (row.isHeading()) {
            return tr(th(row.cells().get(0).text())
                            .withColspan(Integer.toString(head.size()))
                            .attr("scope", "colgroup"))
                    .withClass("h");
        }
        return tr(each(
                row.cells(),
                (column, entry) -> align(entry.isBold() ? td(b(entry.text())) : td(entry.text()), column)));
    }

    private <T extends ContainerTag<T>> T align(T cell, int column) {
        return column < textColumns ? cell : cell.withClass("n");
    }

    /** As Markdown, with its title and notes. */
    public String markdown() {
        StringBuilder text = new StringBuilder("**").append(title).append("**\n\n|");
        head.forEach(name -> text.append(' ').append(bar(name)).append(" |"));
        text.append("\n|");
        for (int i = 0; i < head.size(); i++) {
            text.append(i < textColumns ? ":--|" : "--:|");
        }
        text.append('\n');
        for (Row row : rows) {
            text.append('|');
            for (int i = 0; i < head.size(); i++) {
                Entry entry = i < row.cells().size() ? row.cells().get(i) : new Entry("", false);
                boolean strong =
                        (entry.isBold() || row.isHeading()) && !entry.text().isEmpty();
                String mark = strong ? "**" : "";
                text.append(' ')
                        .append(mark)
                        .append(bar(entry.text()))
                        .append(mark)
                        .append(" |");
            }
            text.append('\n');
        }
        notes.forEach(note -> text.append('\n').append(note).append('\n'));
        return text.toString();
    }

    private static String bar(String text) {
        return text.replace("|", "\\|");
    }

    /** As LaTeX, for the booktabs package. */
    public String latex() {
        StringBuilder text = new StringBuilder("% ").append(title).append("; needs \\usepackage{booktabs}\n");
        text.append("\\begin{tabular}{");
        for (int i = 0; i < head.size(); i++) {
            text.append(i < textColumns ? 'l' : 'r');
        }
        text.append("}\n\\toprule\n");
        text.append(String.join(" & ", head.stream().map(Table::tex).toList())).append(" \\\\\n");
        for (Row row : rows) {
            if (row.isHeading()) {
                text.append("\\midrule\n\\multicolumn{").append(head.size()).append("}{l}{\\emph{");
                text.append(tex(row.cells().get(0).text())).append("}} \\\\\n");
            } else {
                text.append(String.join(
                                " & ",
                                row.cells().stream()
                                        .map(entry -> entry.isBold()
                                                ? "\\textbf{" + tex(entry.text()) + "}"
                                                : tex(entry.text()))
                                        .toList()))
                        .append(" \\\\\n");
            }
        }
        text.append("\\bottomrule\n\\end{tabular}\n");
        notes.forEach(note -> text.append("% ").append(note).append('\n'));
        return text.toString();
    }

    private static String tex(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            escaped.append(
                    switch (c) {
                        case '&', '%', '#', '_', '$', '{', '}' -> "\\" + c;
                        case '\\' -> "\\textbackslash{}";
                        case '~' -> "\\textasciitilde{}";
                        case '^' -> "\\textasciicircum{}";
                        case '<' -> "$<$";
                        case '>' -> "$>$";
                        case '\u2212' -> "$-$";
                        case '\u00b1' -> "$\\pm$";
                        case '\u00d7' -> "$\\times$";
                        case '\u00b2' -> "\\textsuperscript{2}";
                        case '\u2020' -> "\\textdagger{}";
                        case '\u2013' -> "--";
                        case '\u00a0' -> "~";
                        case '\u202f' -> "\\,";
                        default -> String.valueOf(c);
                    });
        }
        return escaped.toString();
    }
}
