package org.adapt4j.env.procgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The easier levels of the native library's {@code debug_mode}. */
final class CoinRunDebugModeTest {

    private static final int LEVELS = 300;

    private static World level(int debugMode, int seed) {
        CoinRun game = new CoinRun(new LevelOptions(Mode.HARD, true, true, false, false, false, false, debugMode));
        game.start(seed);
        return game.world;
    }

    private static boolean hasLava(World world) {
        return IntStream.range(0, world.size()).anyMatch(i -> world.cell(i) == CoinRun.LAVA_TOP);
    }

    private static int coin(World world) {
        return IntStream.range(0, world.size())
                .filter(i -> world.cell(i) == CoinRun.COIN)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 4, 6, 8, 10, 12, 14})
    void leavesOutWhatItsBitsSay(int debugMode) {
        int pits = 0;
        int crates = 0;
        int raised = 0;
        int saws = 0;
        int enemies = 0;
        for (int seed = 0; seed < LEVELS; seed++) {
            World world = level(debugMode, seed);
            pits += hasLava(world) ? 1 : 0;
            crates += Golden.count(world, CoinRun.CRATE);
            raised += coin(world) / CoinRun.SIDE > 1 ? 1 : 0;
            saws += Golden.count(world, CoinRun.SAW);
            enemies += Golden.count(world, CoinRun.ENEMY);
        }

        boolean flat = (debugMode & LevelOptions.NO_HEIGHT_CHANGES) != 0;
        assertThat(pits > 0).isEqualTo((debugMode & LevelOptions.NO_PITS) == 0 && !flat);
        assertThat(crates > 0).isEqualTo((debugMode & LevelOptions.NO_CRATES) == 0);
        assertThat(raised > 0).isEqualTo(!flat);
        assertThat(saws).isGreaterThan(100);
        assertThat(enemies).isGreaterThan(100);
    }

    @Test
    void changesNothingInLevelsWithoutWhatItLeavesOut() {
        int same = 0;
        for (int seed = 0; seed < LEVELS; seed++) {
            World whole = level(0, seed);
            World filled = level(LevelOptions.NO_PITS, seed);
            if (coin(whole) % CoinRun.SIDE < 15) {
                // One short section, which cannot have had a pit.
                assertThat(filled.cells).isEqualTo(whole.cells);
                same++;
            }
        }

        assertThat(same).isGreaterThan(50);
    }

    @ParameterizedTest
    @ValueSource(ints = {-2, 1, 3, 16})
    void isASumOfTwoFourAndEight(int debugMode) {
        Setup setup = new Setup();
        setup.debugMode = debugMode;

        assertThatThrownBy(setup::settings)
                .hasMessageContaining("debug-mode: must be a sum of 2, 4 and 8 but is " + debugMode);
    }
}
