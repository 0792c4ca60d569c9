package org.adapt4j.env.procgen;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Settings of a test: 100 easy levels of CoinRun as shipped, of which a test changes what it is about. */
final class Setup {

    GameName game = GameName.COINRUN;
    List<GameName> trainGames = List.of();
    List<GameName> testGames = List.of();
    Mode mode = Mode.EASY;
    int startLevel = 0;
    int trainLevels = 100;
    int testStartLevel = 10_000;
    int testLevels = 20;
    Sight observation = Sight.RGB;
    boolean velocity = true;
    boolean useBackgrounds = true;
    boolean useMonochromeAssets = false;
    boolean useSequentialLevels = false;
    int debugMode = 0;
    BackEnd backEnd = BackEnd.JAVA;
    Optional<Path> library = Optional.empty();
    Optional<Path> assets = Optional.empty();
    Optional<Integer> randSeed = Optional.empty();
    int threads = 1;

    ProcgenBenchmark.Settings settings() {
        return new ProcgenBenchmark.Settings(
                game,
                trainGames,
                testGames,
                mode,
                startLevel,
                trainLevels,
                testStartLevel,
                testLevels,
                observation,
                velocity,
                true,
                useBackgrounds,
                false,
                useMonochromeAssets,
                false,
                useSequentialLevels,
                debugMode,
                backEnd,
                library,
                assets,
                randSeed,
                threads);
    }

    ProcgenBenchmark benchmark() {
        return new ProcgenBenchmark(settings());
    }
}
