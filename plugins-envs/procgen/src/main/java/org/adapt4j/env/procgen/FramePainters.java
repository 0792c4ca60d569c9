package org.adapt4j.env.procgen;

/** Chooses who draws the frames. */
final class FramePainters {

    private FramePainters() {}

    static FramePainter of(LevelOptions options) {
        return options.useMonochromeAssets() ? new MonochromePainter(options) : new ArtPainter(options);
    }
}
