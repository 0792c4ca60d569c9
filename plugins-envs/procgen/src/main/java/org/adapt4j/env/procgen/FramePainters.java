package org.adapt4j.env.procgen;

/** Chooses how worlds are drawn. */
final class FramePainters {

    private FramePainters() {}

    static FramePainter of(LevelOptions options) {
        return options.useMonochromeAssets()
                ? new MonochromePainter(options, backdrop(options))
                : new ArtPainter(options);
    }

    /** This project's landscapes. */
    static Backdrop backdrop(LevelOptions options) {
        int view = options.centerAgent() ? ArtPainter.NEAR : CoinRunWorld.SIZE;
        boolean restricted = options.restrictThemes();
        return (world, offsetX, offsetY, unit, frame) -> {
            int index = restricted ? 0 : world.background;
            CoinRunArt.of(view).landscapes().paint(index, world.backgroundPhase, offsetX, offsetY, frame);
        };
    }
}
