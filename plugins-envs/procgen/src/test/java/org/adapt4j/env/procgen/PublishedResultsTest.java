package org.adapt4j.env.procgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.adapt4j.api.benchmark.PublishedReturns;
import org.adapt4j.api.task.Split;
import org.junit.jupiter.api.Test;

final class PublishedResultsTest {

    @Test
    void knowsTheEndsThatTheReadmeTabulatesForAllGames() throws IOException {
        List<String> readme = Files.readAllLines(Path.of("README.md"));
        for (GameName game : GameName.values()) {
            List<String> ends = new ArrayList<>();
            for (Mode mode : List.of(Mode.EASY, Mode.HARD)) {
                ends.add(ends(game, mode, mode == Mode.EASY ? 200 : 500));
                ends.add(ends(game, mode, 0));
            }

            assertThat(readme).contains("| " + game.key() + " | " + String.join(" | ", ends) + " |");
        }
    }

    private static String ends(GameName game, Mode mode, int levels) {
        List<PublishedReturns> curves = PublishedResults.of(game, mode, levels);
        assertThat(curves)
                .extracting(PublishedReturns::split)
                .isEqualTo(levels == 0 ? List.of(Split.TRAIN) : List.of(Split.TRAIN, Split.TEST));
        return String.join(
                ", ",
                curves.stream()
                        .map(curve -> String.format(
                                java.util.Locale.ROOT, "%.2f", curve.returns().get(6)))
                        .toList());
    }

    @Test
    void setsThemBesideTheLevelsThatTheyWereTrainedOn() {
        Setup setup = new Setup();
        setup.trainLevels = 200;

        PublishedReturns train = setup.benchmark().published().get(0);

        assertThat(train.environmentSteps()).startsWith(500_000L, 1_000_000L).endsWith(50_000_000L);
        assertThat(train.returns()).startsWith(6.67, 7.89, 8.46).endsWith(9.80);
        assertThat(train.source()).contains("on 200 levels", "train-procgen", "pictures of the native library");
    }

    @Test
    void knowsNothingOfOtherLevelsLooksAndModes() {
        Setup fewer = new Setup();
        fewer.trainLevels = 100;
        Setup later = new Setup();
        later.trainLevels = 200;
        later.startLevel = 7;
        Setup numbers = new Setup();
        numbers.trainLevels = 200;
        numbers.observation = Sight.STATE;
        Setup plain = new Setup();
        plain.trainLevels = 200;
        plain.useBackgrounds = false;

        for (Setup setup : List.of(fewer, later, numbers, plain)) {
            assertThat(setup.benchmark().published()).isEmpty();
        }
        assertThat(PublishedResults.of(GameName.MAZE, Mode.MEMORY, 0)).isEmpty();
    }
}
