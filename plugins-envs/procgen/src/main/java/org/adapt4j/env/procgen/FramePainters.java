package org.adapt4j.env.procgen;

/** Chooses how worlds are drawn. */
final class FramePainters {

    private FramePainters() {}

    static FramePainter of(LevelOptions options) {
        return new MonochromePainter(options, (world, x, y, unit, frame) -> java.util.Arrays.fill(frame, (byte) 0));
    }
}
