package org.adapt4j.runtime.report.figure;

import java.util.List;

/**
 * One line of a figure.
 *
 * @param name in the legend
 * @param ink its colour
 * @param form its marker, by number
 * @param dashed whether the line is broken
 * @param points in order
 */
public record Series(String name, Ink ink, int form, boolean dashed, List<Point> points) {
    /** Copies the list. */
    public Series {
        points = List.copyOf(points);
    }

    /**
     * One point and the band around it.
     *
     * @param x position
     * @param y value
     * @param low lower edge of the band, NaN where there is none
     * @param high upper edge of the band, NaN where there is none
     * @param count on how many runs it stands, 0 where that does not apply
     */
    public record Point(double x, double y, double low, double high, int count) {
        boolean hasBand() {
            return !Double.isNaN(low) && !Double.isNaN(high);
        }

        double bottom() {
            return hasBand() ? Math.min(y, low) : y;
        }

        double top() {
            return hasBand() ? Math.max(y, high) : y;
        }
    }
}
