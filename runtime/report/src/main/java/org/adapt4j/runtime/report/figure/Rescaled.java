package org.adapt4j.runtime.report.figure;

/**
 * A figure on other scales than its numbers: a logarithm, or places that stand evenly apart.
 *
 * @param drawn the figure on those scales
 * @param told the same with the numbers themselves
 */
public record Rescaled(Figure drawn, Figure told) implements Figure {

    @Override
    public Drawing draw() {
        return drawn.draw();
    }

    @Override
    public String csv() {
        return told.csv();
    }
}
