package org.adapt4j.env.procgen;

/** Draws cells and things at their places on the frame, which {@link Scene} tells in pixels. */
interface Brush {

    /** A new level begins. */
    default void forget() {}

    /** All cells of a part of the world, {@code [left, right] × [low, high]}. */
    void grid(Scene scene, int left, int right, int low, int high);

    void entity(Scene scene, double left, double top, double wide, double high, Entity entity, int image, int theme);
}
