package org.adapt4j.env.procgen;

/** Draws cells one by one. */
interface CellBrush extends Brush {

    /** A cell of the grid, {@code [left, right) × [top, bottom)} in pixels; {@code x} and {@code y} tell neighbours apart. */
    void cell(Scene scene, int left, int top, int right, int bottom, int image, int theme, int x, int y);

    @Override
    default void grid(Scene scene, int left, int right, int low, int high) {
        scene.cells(this, left, right, low, high);
    }
}
