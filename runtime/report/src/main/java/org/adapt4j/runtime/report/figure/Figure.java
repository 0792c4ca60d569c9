package org.adapt4j.runtime.report.figure;

import java.util.List;

/** Something drawn from numbers, which it can also tell. */
public interface Figure {
    /** The picture. */
    Drawing draw();

    /** What its colours mean, for a page on which the drawing does not fit; empty where names stand beside what is drawn. */
    default List<Key> legend() {
        return List.of();
    }

    /**
     * An entry of a legend.
     *
     * @param name of a series
     * @param ink its colour
     */
    record Key(String name, Ink ink) {}

    /** The exact numbers plotted, one a line, with a head line. */
    String csv();
}
