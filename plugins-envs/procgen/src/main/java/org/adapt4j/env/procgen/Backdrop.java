package org.adapt4j.env.procgen;

/** Draws the background picture of a level over a whole frame. */
interface Backdrop {

    void paint(CoinRunWorld world, float offsetX, float offsetY, float unit, byte[] frame);
}
