package org.adapt4j.env.procgen;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.Finding;
import org.adapt4j.api.benchmark.PublishedReturns;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.benchmark.UnplayableTaskException;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.toolkit.environment.SlotBatch;

/**
 * Procgen (Cobbe et al. 2020) as tasks: a task is one level of a game, named {@code maze/<level seed>}. Training tasks are one
 * interval of level seeds, test tasks another (Mandi, Abbeel and James 2022, section 3), of the same game or of others.
 *
 * <p>Observation: component {@code rgb}, bytes {@code [64, 64, 3]}, or numbers, see {@link Sight}. Action: one of 15 button combinations.
 */
public final class ProcgenBenchmark implements TaskDistribution {

    private final Settings settings;
    private final EnvironmentSpec spec;

    @Inject
    ProcgenBenchmark(Settings settings) {
        this.settings = settings;
        spec = new EnvironmentSpec(
                List.of(settings.observation().component()),
                new Discrete(Game.ACTIONS),
                settings.games()
                        .mapToInt(game -> game.info().timeOut(settings.mode()))
                        .max()
                        .orElseThrow());
    }

    /**
     * What to play, and how it looks.
     *
     * @param game which game
     * @param trainGames several games to learn from, in turn; empty: {@code game}
     * @param testGames games held out, in turn; empty: {@code game}
     * @param mode how hard levels are
     * @param startLevel first training level
     * @param trainLevels number of training levels of each game; 0 for all
     * @param testStartLevel first held-out level
     * @param testLevels number of held-out levels of each game; 0 for all
     * @param observation what an agent sees; numbers in CoinRun only
     * @param velocity whether those numbers tell velocities
     * @param centerAgent whether the camera follows the agent
     * @param useBackgrounds false for black ones
     * @param restrictThemes draws everything in its first theme
     * @param useMonochromeAssets draws every object as a filled rectangle
     * @param paintVelInfo shows the agent's velocity as two grey squares
     * @param useSequentialLevels leads from a completed level to another within the episode
     * @param debugMode sum of 2 (no pits), 4 (no crates), 8 (no height changes); CoinRun only
     * @param backEnd who plays
     * @param library of openai/procgen, where {@code backEnd} is native
     * @param assets folder of its pictures; empty: where a build or a package of it has them
     * @param randSeed decides which levels come; empty: drawn from the cell's seed
     * @param threads that step environments
     */
    public record Settings(
            GameName game,
            List<GameName> trainGames,
            List<GameName> testGames,
            Mode mode,
            int startLevel,
            int trainLevels,
            int testStartLevel,
            int testLevels,
            Sight observation,
            boolean velocity,
            boolean centerAgent,
            boolean useBackgrounds,
            boolean restrictThemes,
            boolean useMonochromeAssets,
            boolean paintVelInfo,
            boolean useSequentialLevels,
            int debugMode,
            BackEnd backEnd,
            Optional<Path> library,
            Optional<Path> assets,
            Optional<Integer> randSeed,
            int threads) {

        /** Checks games, modes and intervals. */
        public Settings {
            trainGames = games("train-games", trainGames, game);
            testGames = games("test-games", testGames, game);
            for (GameName each :
                    Stream.concat(trainGames.stream(), testGames.stream()).toList()) {
                checkMode(each, mode);
            }
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
                    Collections.disjoint(trainGames, testGames)
                            || trainLevels == 0
                            || testLevels == 0
                            || trainEnd <= testStartLevel
                            || testEnd <= startLevel,
                    "test-start-level",
                    "held-out levels " + testStartLevel + " to " + (testEnd - 1) + " would overlap the training levels "
                            + startLevel + " to " + (trainEnd - 1));
            boolean coinRun = trainGames.equals(List.of(GameName.COINRUN)) && testGames.equals(trainGames);
            Check.that(
                    debugMode >= 0 && debugMode <= 14 && debugMode % 2 == 0,
                    "debug-mode",
                    "must be a sum of 2, 4 and 8 but is " + debugMode);
            Check.that(
                    debugMode == 0 || coinRun,
                    "debug-mode",
                    "changes levels of coinrun only, so must be 0 for other games but is " + debugMode);
            Check.that(
                    observation == Sight.RGB || coinRun,
                    "observation",
                    "must be rgb for other games than coinrun but is " + lower(observation));
            Check.that(
                    backEnd == BackEnd.JAVA || library.isPresent(),
                    "library",
                    "must be set to the native library's file; " + LibenvFile.HOW_TO_BUILD);
            Check.that(
                    backEnd == BackEnd.JAVA || observation == Sight.RGB,
                    "observation",
                    "must be rgb with the native library but is " + lower(observation));
            Check.positive("threads", threads);
        }

        private static List<GameName> games(String key, List<GameName> several, GameName one) {
            Check.that(new HashSet<>(several).size() == several.size(), key, "names a game twice: " + names(several));
            return several.isEmpty() ? List.of(one) : List.copyOf(several);
        }

        private static void checkMode(GameName game, Mode mode) {
            String modes =
                    game.info().modes().stream().map(Settings::lower).sorted().collect(Collectors.joining(", "));
            Check.that(
                    game.info().modes().contains(mode),
                    "mode",
                    "must be one that " + game.key() + " has, " + modes + ", but is " + lower(mode));
        }

        /** All games that are played, the first training game first. */
        Stream<GameName> games() {
            return Stream.concat(trainGames.stream(), testGames.stream()).distinct();
        }

        private static String names(List<GameName> games) {
            return games.stream().map(GameName::key).collect(Collectors.joining(", "));
        }

        private static String lower(Enum<?> value) {
            return value.name().toLowerCase(Locale.ROOT);
        }

        /** The native library's file and pictures; only where it plays. */
        LibenvFile nativeFile() {
            Path file = library.orElseThrow();
            return new LibenvFile(file, assets.orElseGet(() -> LibenvFile.assetsOf(file)));
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
        title.append(Settings.names(settings.trainGames()));
        if (!settings.testGames().equals(settings.trainGames())) {
            title.append(" to ").append(Settings.names(settings.testGames()));
        }
        title.append(' ').append(Settings.lower(settings.mode()));
        Sight sight = settings.observation();
        note(title, sight != Sight.RGB, sight == Sight.STATE ? "state vector" : "compact state vector");
        note(title, sight != Sight.RGB && !settings.velocity(), "velocity hidden");
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
        List<GameName> games = settings.games().toList();
        return (games.size() == 1 ? games.get(0).key() : "procgen")
                + (settings.backEnd() == BackEnd.NATIVE ? "-native" : "-java");
    }

    @Override
    public TaskSet tasks(Split split) {
        List<GameName> games = split == Split.TRAIN ? settings.trainGames() : settings.testGames();
        if (settings.mode() == Mode.EXPLORATION) {
            return new TaskSet(games.stream()
                    .map(game -> Levels.level(game, game.info().exploration().orElseThrow()))
                    .toList());
        }
        return split == Split.TRAIN
                ? levels(games, settings.startLevel(), settings.trainLevels())
                : levels(games, settings.testStartLevel(), settings.testLevels());
    }

    private static TaskSet levels(List<GameName> games, int start, int count) {
        return new TaskSet(count == 0 ? new Levels(games, 0, Integer.MAX_VALUE) : new Levels(games, start, count));
    }

    @Override
    public Optional<Task> task(String name) {
        return Levels.of(name)
                .filter(level -> settings.games().anyMatch(Levels.game(level)::equals))
                .filter(level -> settings.backEnd() == BackEnd.JAVA || Levels.seed(level) < Integer.MAX_VALUE);
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
        if (settings.backEnd() == BackEnd.JAVA) {
            Function<GameName, Game> maker = game -> game.info().maker().apply(options);
            return open(request, new GameSlots(randSeed, index -> slot(maker), () -> {}));
        }
        NativeGames games = new NativeGames(settings.nativeFile(), options, settings.threads());
        return open(request, new GameSlots(randSeed, index -> slot(game -> games.game(game, index)), games::close));
    }

    private VectorEnvironment open(EnvironmentRequest request, GameSlots slots) {
        return new SlotBatch(request, settings.threads(), slots);
    }

    private GameSlot slot(Function<GameName, Game> maker) {
        return new GameSlot(settings.trainGames().get(0), maker, settings.observation(), settings.velocity());
    }

    @Override
    public double normalise(Task task, double episodeReturn) {
        GameInfo.Scores scores = Levels.game(task).info().scores(settings.mode());
        return (episodeReturn - scores.low()) / (scores.high() - scores.low());
    }

    @Override
    public boolean solved(Task task, double episodeReturn) {
        return Levels.game(task).info().isSolved(settings.mode(), episodeReturn);
    }

    /** Of PPO on frames as they are shipped, whoever plays: levels and rules are the same, and the pictures' source is named. */
    @Override
    public List<PublishedReturns> published() {
        List<GameName> games = settings.games().toList();
        LevelOptions shipped = new LevelOptions(settings.mode(), true, true, false, false, false, false, 0);
        boolean known = games.size() == 1
                && (settings.startLevel() == 0 || settings.trainLevels() == 0)
                && settings.observation() == Sight.RGB
                && settings.options().equals(shipped);
        return known ? PublishedResults.of(games.get(0), settings.mode(), settings.trainLevels()) : List.of();
    }

    @Override
    public List<Finding> inspect() {
        if (settings.backEnd() == BackEnd.JAVA) {
            return List.of(Finding.good(
                    "procgen",
                    GameName.values().length + " games in Java; for the native library beside them, "
                            + LibenvFile.HOW_TO_BUILD));
        }
        LibenvFile file = settings.nativeFile();
        try {
            file.load();
            return List.of(Finding.good("procgen", "native library " + file.library()));
        } catch (UnplayableTaskException e) {
            return List.of(Finding.bad("procgen", String.valueOf(e.getMessage()), LibenvFile.HOW_TO_BUILD));
        }
    }
}
