package org.adapt4j.env.procgen;

import jakarta.inject.Inject;
import java.util.AbstractList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
 * Procgen (Cobbe et al. 2020) as tasks: a task is one level of a game, named {@code maze/<level seed>}. Training tasks are one
 * interval of level seeds, test tasks another (Mandi, Abbeel and James 2022, section 3).
 *
 * <p>Observation: component {@code rgb}, bytes {@code [64, 64, 3]}. Action: one of 15 button combinations.
 */
public final class ProcgenBenchmark implements TaskDistribution {

    private static final String LEVEL = "level-seed";
    private static final Pattern LEVEL_NAME = Pattern.compile("([a-z]+)/(0|[1-9][0-9]{0,9})");

    private final Settings settings;
    private final String game;
    private final GameInfo info;
    private final EnvironmentSpec spec;

    @Inject
    ProcgenBenchmark(Settings settings) {
        this.settings = settings;
        game = settings.game().name().toLowerCase(Locale.ROOT);
        info = settings.game().info();
        spec = new EnvironmentSpec(
                List.of(new Component("rgb", Box.image(Game.FRAME_SIDE, Game.FRAME_SIDE, 3))),
                new Discrete(Game.ACTIONS),
                info.timeOut(settings.mode()));
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
            Check.that(
                    game.info().modes().contains(mode),
                    "mode",
                    "must be one that " + lower(game) + " has, "
                            + game.info().modes().stream()
                                    .map(Settings::lower)
                                    .sorted()
                                    .collect(Collectors.joining(", "))
                            + ", but is " + lower(mode));
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

        private static String lower(Enum<?> value) {
            return value.name().toLowerCase(Locale.ROOT);
        }

        LevelOptions options() {
            return new LevelOptions(
                    mode == Mode.EXPLORATION ? Mode.HARD : mode,
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
        StringBuilder title = new StringBuilder("procgen ");
        title.append(game).append(' ').append(Settings.lower(settings.mode()));
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
        return game + "-java";
    }

    @Override
    public TaskSet tasks(Split split) {
        if (settings.mode() == Mode.EXPLORATION) {
            return levels(info.exploration().orElseThrow(), 1);
        }
        return split == Split.TRAIN
                ? levels(settings.startLevel(), settings.trainLevels())
                : levels(settings.testStartLevel(), settings.testLevels());
    }

    private TaskSet levels(int start, int count) {
        return new TaskSet(count == 0 ? new Levels(game, 0, Integer.MAX_VALUE) : new Levels(game, start, count));
    }

    @Override
    public Optional<Task> task(String name) {
        Matcher matcher = LEVEL_NAME.matcher(name);
        if (!matcher.matches() || !matcher.group(1).equals(game)) {
            return Optional.empty();
        }
        long seed = Long.parseLong(matcher.group(2));
        return seed <= Integer.MAX_VALUE ? Optional.of(level(game, (int) seed)) : Optional.empty();
    }

    private static Task level(String game, int seed) {
        return new Task("procgen", game + "/" + seed, Map.of(LEVEL, Integer.toString(seed)));
    }

    static int levelSeed(Task task) {
        return Integer.parseInt(task.attribute(LEVEL));
    }

    @Override
    public EnvironmentSpec spec(TaskSet tasks) {
        return spec;
    }

    @Override
    public VectorEnvironment open(EnvironmentRequest request) {
        LevelOptions options = settings.options();
        int drawn = request.random().nextInt() & Integer.MAX_VALUE;
        int randSeed = settings.randSeed().orElse(drawn);
        return new SlotBatch(
                request,
                settings.threads(),
                new GameSlots(randSeed, () -> info.maker().apply(options)));
    }

    @Override
    public double normalise(Task task, double episodeReturn) {
        GameInfo.Scores scores = info.scores(settings.mode());
        return (episodeReturn - scores.low()) / (scores.high() - scores.low());
    }

    @Override
    public boolean solved(Task task, double episodeReturn) {
        return info.isSolved(settings.mode(), episodeReturn);
    }

    /** Levels of an interval, made when asked for. */
    private static final class Levels extends AbstractList<Task> implements RandomAccess {
        private final String game;
        private final int start;
        private final int count;

        Levels(String game, int start, int count) {
            this.game = game;
            this.start = start;
            this.count = count;
        }

        @Override
        public Task get(int index) {
            return level(game, start + Objects.checkIndex(index, count));
        }

        @Override
        public int size() {
            return count;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Levels levels
                    ? game.equals(levels.game) && start == levels.start && count == levels.count
                    : super.equals(other);
        }

        @Override
        public int hashCode() {
            return 31 * start + count;
        }
    }
}
