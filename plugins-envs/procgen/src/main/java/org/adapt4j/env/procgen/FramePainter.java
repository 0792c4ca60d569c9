package org.adapt4j.env.procgen;

/** Draws a CoinRun world as a frame of {@link Game#FRAME_BYTES} bytes. May be shared by games, not by threads. */
interface FramePainter {

    void paint(CoinRunWorld world, byte[] frame);
}
