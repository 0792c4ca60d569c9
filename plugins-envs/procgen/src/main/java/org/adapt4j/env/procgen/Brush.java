package org.adapt4j.env.procgen;

/** Draws one thing or cell at its place on the frame, in pixels. */
interface Brush {

    /** A cell of the grid, {@code [left, right) × [top, bottom)} in pixels; {@code x} and {@code y} tell neighbours apart. */
    void cell(byte[] frame, int left, int top, int right, int bottom, int image, int theme, int x, int y);

    void entity(byte[] frame, double left, double top, double wide, double high, Entity entity, int image, int theme);
}
