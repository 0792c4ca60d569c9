package org.adapt4j.runtime.report.figure;

/** One thing drawn; coordinates in pixels, y downwards. */
sealed interface Shape {
    /** Connected straight lines. */
    record Path(Outline outline, Ink ink, double width, boolean dashed) implements Shape {}

    /** A closed, filled outline. */
    record Area(Outline outline, Ink ink, double opacity) implements Shape {}

    /** A filled rectangle. */
    record Block(double x, double y, double width, double height, Ink ink, double opacity) implements Shape {}

    /** One line of text at its baseline. */
    record Text(double x, double y, String text, Anchor anchor, double size, boolean bold, Ink ink, boolean upright)
            implements Shape {}

    /** Which part of a text stands at its position. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }
}
