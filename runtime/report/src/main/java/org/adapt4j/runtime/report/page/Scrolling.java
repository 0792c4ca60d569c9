package org.adapt4j.runtime.report.page;

import static j2html.TagCreator.div;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;

import j2html.tags.DomContent;
import j2html.tags.specialized.DivTag;

/** What may be wider than the page: it scrolls by itself, by touch and by keys. */
final class Scrolling {
    private Scrolling() {}

    /** With a name, since who comes to it by key wants to know what it is. */
    static DivTag of(String name, DomContent wide) {
        return div(wide)
                .withClass("scroll")
                .withTabindex(0)
                .attr("role", "region")
                .attr("aria-label", name);
    }

    /** Head of a column; without a name it is no head. */
    static DomContent column(String name) {
        return column(name, false);
    }

    /** Head of a column of numbers, or of another. */
    static DomContent column(String name, boolean ofNumbers) {
        return name.isEmpty() ? td() : th(name).attr("scope", "col").condAttr(ofNumbers, "class", "n");
    }
}
