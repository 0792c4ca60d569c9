package org.adapt4j.env.procgen;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What has to be known of a game before it is played.
 *
 * @param maker of one running copy
 * @param timeOut longest episode in steps
 * @param memoryTimeOut the same in memory levels
 * @param modes it can be played in
 * @param easy scores of easy levels
 * @param hard scores of all others
 * @param completion least return that only a completed level gives; empty where returns do not tell, and the best score stands in for it
 * @param exploration level seed of the hard level for exploration, in games that have one
 */
record GameInfo(
        Function<LevelOptions, Game> maker,
        int timeOut,
        int memoryTimeOut,
        Set<Mode> modes,
        Scores easy,
        Scores hard,
        Optional<Double> completion,
        Optional<Integer> exploration) {

    /**
     * Returns that count as 0 and 1 when games are averaged (Cobbe et al. 2020, appendix C; the constants of openai/train-procgen).
     *
     * @param low of a trivial policy
     * @param high the best possible, or a guess at it
     */
    record Scores(double low, double high) {}

    /** A game with easy and hard levels. */
    static GameInfo of(Function<LevelOptions, Game> maker, int timeOut, Scores easy, Scores hard) {
        Set<Mode> modes = Set.of(Mode.EASY, Mode.HARD);
        return new GameInfo(maker, timeOut, timeOut, modes, easy, hard, Optional.empty(), Optional.empty());
    }

    /** The same with one more mode. */
    GameInfo and(Mode mode) {
        Set<Mode> more = new HashSet<>(modes);
        more.add(mode);
        return new GameInfo(maker, timeOut, memoryTimeOut, Set.copyOf(more), easy, hard, completion, exploration);
    }

    /** The same with memory levels that may take longer. */
    GameInfo memoryTimeOut(int steps) {
        return new GameInfo(maker, timeOut, steps, modes, easy, hard, completion, exploration).and(Mode.MEMORY);
    }

    /** The same, completed levels being known by their return. */
    GameInfo completedAt(double leastReturn) {
        return new GameInfo(maker, timeOut, memoryTimeOut, modes, easy, hard, Optional.of(leastReturn), exploration);
    }

    /** The same with a hard level for exploration (the native Python package has eight of them). */
    GameInfo exploring(int level) {
        return new GameInfo(maker, timeOut, memoryTimeOut, modes, easy, hard, completion, Optional.of(level))
                .and(Mode.EXPLORATION);
    }

    int timeOut(Mode mode) {
        return mode == Mode.MEMORY ? memoryTimeOut : timeOut;
    }

    Scores scores(Mode mode) {
        return mode == Mode.EASY ? easy : hard;
    }

    boolean isSolved(Mode mode, double episodeReturn) {
        return episodeReturn >= completion.orElse(scores(mode).high());
    }
}
