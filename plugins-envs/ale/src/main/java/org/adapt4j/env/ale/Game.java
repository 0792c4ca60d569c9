package org.adapt4j.env.ale;

import java.util.List;
import java.util.Optional;

/**
 * A game that ALE knows how to score.
 *
 * @param name as ALE calls it, such as {@code ms_pacman}
 * @param md5 of the cartridge that ALE expects, in lower case
 * @param actions the minimal action set, ALE's own numbers 0 to 17
 * @param modes switch positions that there are, the default first
 * @param difficulties likewise; the default is 0
 * @param scores of random play and of a human, where they were published
 */
record Game(
        String name,
        String md5,
        List<Integer> actions,
        List<Integer> modes,
        List<Integer> difficulties,
        Optional<ScoreRange> scores) {

    /** The difficulty that ALE starts with, in every game. */
    static final int DEFAULT_DIFFICULTY = 0;

    int defaultMode() {
        return modes.get(0);
    }
}
