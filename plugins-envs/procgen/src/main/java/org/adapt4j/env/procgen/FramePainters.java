package org.adapt4j.env.procgen;

/** Chooses how worlds are drawn. */
final class FramePainters {

    private FramePainters() {}

    static FramePainter of(LevelOptions options) {
        return new MonochromePainter(options);
    }
}
