package org.adapt4j.env.procgen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GameInfoTest {

    /** The constants of openai/train-procgen: lowest and highest return, easy and hard. */
    @ParameterizedTest
    @CsvSource({
        "BIGFISH, 1, 40, 0, 40",
        "BOSSFIGHT, 0.5, 13, 0.5, 13",
        "CAVEFLYER, 3.5, 12, 2, 13.4",
        "CHASER, 0.5, 13, 0.5, 14.2",
        "CLIMBER, 2, 12.6, 1, 12.6",
        "COINRUN, 5, 10, 5, 10",
        "DODGEBALL, 1.5, 19, 1.5, 19",
        "FRUITBOT, -1.5, 32.4, -0.5, 27.2",
        "HEIST, 3.5, 10, 2, 10",
        "JUMPER, 1, 10, 1, 10",
        "LEAPER, 1.5, 10, 1.5, 10",
        "MAZE, 5, 10, 4, 10",
        "MINER, 1.5, 13, 1.5, 20",
        "NINJA, 3.5, 10, 2, 10",
        "PLUNDER, 4.5, 30, 3, 30",
        "STARPILOT, 2.5, 64, 1.5, 35"
    })
    void scoresAreNormalisedByThePublishedConstants(
            GameName game, double easyLow, double easyHigh, double hardLow, double hardHigh) {
        assertThat(game.info().scores(Mode.EASY)).isEqualTo(new GameInfo.Scores(easyLow, easyHigh));
        assertThat(game.info().scores(Mode.HARD)).isEqualTo(new GameInfo.Scores(hardLow, hardHigh));
    }
}
