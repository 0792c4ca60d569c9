package org.adapt4j.runtime.report.page;

import j2html.tags.DomContent;

/** What stands in a section. */
sealed interface Part permits CaptionedFigure, Table, Part.Beside, Part.Prose {
    /** Words, or what is neither figure nor table. */
    record Prose(DomContent html) implements Part {}

    /** A table that lies beside the page, where its numbers are told in another way. */
    record Beside(Table table) implements Part {}
}
