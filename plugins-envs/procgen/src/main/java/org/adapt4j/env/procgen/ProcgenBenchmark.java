package org.adapt4j.env.procgen;

import jakarta.inject.Inject;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.toolkit.environment.SlotBatch;

/**
 * Procgen (Cobbe et al. 2020) as tasks: a task is one level, named {@code coinrun/<level seed>}. Training tasks are one
 * interval of level seeds, test tasks another (Mandi, Abbeel and James 2022, section 3).
 *
 * <p>Observation: component {@code rgb}, bytes {@code [64, 64, 3]}. Action: one of 15 button combinations.
 */
public final class ProcgenBenchmark implements TaskDistribution {

    private static final String LEVEL = "level-seed";
    private static final EnvironmentSpec SPEC = new EnvironmentSpec(
            List.of(new Component("rgb", Box.image(Game.FRAME_SIDE, Game.FRAME_SIDE, 3))),
            new Discrete(Game.ACTIONS),
            CoinRun.TIME_OUT);

    /** Score of a trivial policy and the best possible one, in both modes. */
    private static final double LOW = 5;

    private static final double HIGH = 10;

    private final Settings settings;

    @Inject
    ProcgenBenchmark(Settings settings) {
        this.settings = settings;
    }

    /** The games there are. */
    public enum GameName {
        /** Run and jump to the coin. */
        COINRUN
    }

    /**
     * What to play, and how it looks.
     *
     * @param game which game
     * @param mode how hard levels are
     * @param startLevel first training level
     * @param trainLevels number of training levels; 0 for all
     * @param testStartLevel first held-out level
     * @param testLevels number of held-out levels; 0 for all
     * @param centerAgent whether the camera follows the agent
     * @param useBackgrounds false for black ones
     * @param restrictThemes draws everything in its first theme
     * @param useMonochromeAssets draws every object as a filled rectangle
     * @param paintVelInfo shows the agent's velocity as two grey squares
     * @param useSequentialLevels leads from a completed level to another within the episode
     * @param debugMode sum of 2 (no pits), 4 (no crates), 8 (no height changes)
     * @param randSeed decides which levels come; empty: drawn from the cell's seed
     * @param threads that step environments
     */
    public record Settings(
            GameName game,
            Mode mode,
            int startLevel,
            int trainLevels,
            int testStartLevel,
            int testLevels,
            boolean centerAgent,
            boolean useBackgrounds,
            boolean restrictThemes,
            boolean useMonochromeAssets,
            boolean paintVelInfo,
            boolean useSequentialLevels,
            int debugMode,
            Optional<Integer> randSeed,
            int threads) {

        /** Checks the intervals. */
        public Settings {
            Check.notNegative("start-level", startLevel);
            Check.notNegative("train-levels", trainLevels);
            Check.notNegative("test-start-level", testStartLevel);
            Check.notNegative("test-levels", testLevels);
            long trainEnd = (long) startLevel + trainLevels;
            long testEnd = (long) testStartLevel + testLevels;
            Check.that(
                    trainEnd <= Integer.MAX_VALUE,
                    "train-levels",
                    "must end below level 2147483647 but end at " + trainEnd);
            Check.that(
                    testEnd <= Integer.MAX_VALUE,
                    "test-levels",
                    "must end below level 2147483647 but end at " + testEnd);
            Check.that(
                    trainLevels == 0 || testLevels == 0 || trainEnd <= testStartLevel || testEnd <= startLevel,
                    "test-start-level",
                    "held-out levels " + testStartLevel + " to " + (testEnd - 1) + " would overlap the training levels "
                            + startLevel + " to " + (trainEnd - 1));
            Check.that(
                    debugMode >= 0 && debugMode <= 14 && debugMode % 2 == 0,
                    "debug-mode",
                    "must be a sum of 2, 4 and 8 but is " + debugMode);
            Check.positive("threads", threads);
        }

        LevelOptions options() {
            return new LevelOptions(
                    mode,
                    centerAgent,
                    useBackgrounds,
                    restrictThemes,
                    useMonochromeAssets,
                    paintVelInfo,
                    useSequentialLevels,
                    debugMode);
        }
    }

    @Override
    public String title() {
        StringBuilder title = new StringBuilder("procgen coinrun ");
        title.append(settings.mode() == Mode.EASY ? "easy" : "hard");
        note(title, !settings.centerAgent(), "whole world");
        note(title, !settings.useBackgrounds(), "no backgrounds");
        note(title, settings.restrictThemes(), "one theme");
        note(title, settings.useMonochromeAssets(), "monochrome");
        note(title, settings.paintVelInfo(), "velocity shown");
        note(title, settings.useSequentialLevels(), "sequential levels");
        note(title, settings.debugMode() != 0, "debug mode " + settings.debugMode());
        return title.toString();
    }

    private static void note(StringBuilder title, boolean applies, String text) {
        if (applies) {
            title.append(", ").append(text);
        }
    }

    @Override
    public String backEnd() {
        return "coinrun-java";
    }

    @Override
    public TaskSet tasks(Split split) {
        return split == Split.TRAIN
                ? levels(settings.startLevel(), settings.trainLevels())
                : levels(settings.testStartLevel(), settings.testLevels());
    }

    private static TaskSet levels(int start, int count) {
        return new TaskSet(count == 0 ? new Levels(0, Integer.MAX_VALUE) : new Levels(start, count));
    }

    @Override
    public Optional<Task> task(String name) {
        if (!name.matches("coinrun/(0|[1-9][0-9]{0,9})")) {
            return Optional.empty();
        }
        long level = Long.parseLong(name.substring(name.indexOf('/') + 1));
        return level <= Integer.MAX_VALUE ? Optional.of(level((int) level)) : Optional.empty();
    }

    private static Task level(int seed) {
        return new Task("procgen", "coinrun/" + seed, Map.of(LEVEL, Integer.toString(seed)));
    }

    static int levelSeed(Task task) {
        return Integer.parseInt(task.attribute(LEVEL));
    }

    @Override
    public EnvironmentSpec spec(TaskSet tasks) {
        return SPEC;
    }

    @Override
    public VectorEnvironment open(EnvironmentRequest request) {
        LevelOptions options = settings.options();
        int drawn = request.random().nextInt() & Integer.MAX_VALUE;
        int randSeed = settings.randSeed().orElse(drawn);
        return new SlotBatch(
                request,
                settings.threads(),
                new GameSlots(randSeed, () -> new CoinRun(options, FramePainters.of(options))));
    }

    @Override
    public double normalise(Task task, double episodeReturn) {
        return (episodeReturn - LOW) / (HIGH - LOW);
    }

    @Override
    public boolean solved(Task task, double episodeReturn) {
        return episodeReturn >= HIGH;
    }

    /** Levels of an interval, made when asked for. */
    private static final class Levels extends AbstractList<Task> implements RandomAccess {
        private final int start;
        private final int count;

        Levels(int start, int count) {
            this.start = start;
            this.count = count;
        }

        @Override
        public Task get(int index) {
            return level(start + Objects.checkIndex(index, count));
        }

        @Override
        public int size() {
            return count;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Levels levels
                    ? start == levels.start && count == levels.count
                    : super.equals(other);
        }

        @Override
        public int hashCode() {
            return 31 * start + count;
        }
    }
}
