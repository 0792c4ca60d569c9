package org.adapt4j.method.c2farm;

/** Which pixels a depth looks at: all, or a window around the pixel of the place that the depth before chose. */
final class Crop {

    private final int size;
    private final boolean stretched;
    private final int[] rows;
    private final int[] columns;

    /**
     * A window on an image.
     *
     * @param height of the image
     * @param width of the image
     * @param size of the window's sides; the whole image where it is not larger
     * @param stretched whether the window is sampled as in the authors' code, which shows pixel 64 of 128 twice and leaves out one behind
     */
    Crop(int height, int width, int size, boolean stretched) {
        this.size = size;
        this.stretched = stretched;
        rows = new int[Math.min(size, height)];
        columns = new int[Math.min(size, width)];
        centre(0, 0, height, width);
    }

    /** Moves the window to a pixel, which may lie outside; the window does not. */
    void centre(int row, int column, int height, int width) {
        place(rows, row, height);
        place(columns, column, width);
    }

    private void place(int[] sources, int pixel, int side) {
        int corner = Math.max(0, Math.min(side - sources.length, pixel - size / 2));
        for (int k = 0; k < sources.length; k++) {
            sources[k] = stretched ? (int) Math.rint((float) (corner + k) * (side - 1) / side) : corner + k;
        }
    }

    /** Rows of the image that are looked at. */
    int[] rows() {
        return rows;
    }

    /** Columns of the image that are looked at. */
    int[] columns() {
        return columns;
    }
}
