package org.adapt4j.runtime.report.figure;

/** Something drawn from numbers, which it can also tell. */
public interface Figure {
    /** The picture. */
    Drawing draw();

    /** The exact numbers plotted, one a line, with a head line. */
    String csv();
}
