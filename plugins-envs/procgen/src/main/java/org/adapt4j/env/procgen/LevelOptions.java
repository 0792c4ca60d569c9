package org.adapt4j.env.procgen;

/**
 * What shapes a level and the look of its frames, apart from the level seed; names and meanings as in the native library.
 *
 * @param mode easy or hard
 * @param centerAgent whether the camera follows the agent; otherwise the whole world is shown
 * @param useBackgrounds false: black background
 * @param restrictThemes whether everything is drawn in its first theme; random draws stay the same
 * @param useMonochromeAssets whether every object is a filled rectangle
 * @param paintVelInfo whether two grey squares show the agent's velocity
 * @param useSequentialLevels whether a completed level leads on to another one within the episode
 * @param debugMode sum of 2 (no pits), 4 (no crates) and 8 (no height changes)
 */
record LevelOptions(
        Mode mode,
        boolean centerAgent,
        boolean useBackgrounds,
        boolean restrictThemes,
        boolean useMonochromeAssets,
        boolean paintVelInfo,
        boolean useSequentialLevels,
        int debugMode) {

    static final int NO_PITS = 2;
    static final int NO_CRATES = 4;
    static final int NO_HEIGHT_CHANGES = 8;

    boolean isHard() {
        return mode == Mode.HARD;
    }

    boolean debugs(int bit) {
        return (debugMode & bit) != 0;
    }
}
