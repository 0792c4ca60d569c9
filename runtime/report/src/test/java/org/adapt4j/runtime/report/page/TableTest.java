package org.adapt4j.runtime.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TableTest {
    private static final Table TABLE = new Table(
            "t",
            "Title",
            List.of("method", "score"),
            1,
            List.of(
                    Table.Row.heading("100 % of_it"),
                    Table.Row.of("a|b <c>", "\u22120.50 \u00b1 0.10").withBold(1)),
            List.of("A note."),
            "");

    @Test
    void isWrittenForThePage() {
        assertThat(TABLE.html().render())
                .contains("<tr class=\"h\"><th colspan=\"2\" scope=\"colgroup\">100 % of_it</th></tr>")
                .contains("<td>a|b &lt;c&gt;</td><td class=\"n\"><b>\u22120.50 \u00b1 0.10</b></td>");
    }

    @Test
    void isWrittenAsMarkdown() {
        assertThat(TABLE.markdown()).isEqualTo("""
            **Title**

            | method | score |
            |:--|--:|
            | **100 % of_it** |  |
            | a\\|b <c> | **\u22120.50 \u00b1 0.10** |

            A note.
            """);
    }

    @Test
    void isWrittenAsLatex() {
        assertThat(TABLE.latex())
                .contains("\\begin{tabular}{lr}")
                .contains("\\multicolumn{2}{l}{\\emph{100 \\% of\\_it}} \\\\")
                .contains("a|b $<$c$>$ & \\textbf{$-$0.50 $\\pm$ 0.10} \\\\");
    }
}
