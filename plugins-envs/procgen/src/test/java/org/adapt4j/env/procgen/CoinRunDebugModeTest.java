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

    private static CoinRunWorld level(int debugMode, int seed) {
        CoinRun game = new CoinRun(
                new LevelOptions(Mode.HARD, true, true, false, false, false, false, debugMode), (world, frame) -> {});
        game.start(seed);
        return game.world();
    }

    private static boolean hasLava(CoinRunWorld world) {
        return IntStream.range(0, world.grid.length).anyMatch(i -> world.grid[i] == CoinRunWorld.LAVA_TOP);
    }

    private static int coin(CoinRunWorld world) {
        return IntStream.range(0, world.grid.length)
                .filter(i -> world.grid[i] == CoinRunWorld.COIN)
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
            CoinRunWorld world = level(debugMode, seed);
            pits += hasLava(world) ? 1 : 0;
            crates += world.crates;
            raised += coin(world) / CoinRunWorld.SIZE > 1 ? 1 : 0;
            saws += world.objects - world.crates - world.enemies;
            enemies += world.enemies;
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
            CoinRunWorld whole = level(0, seed);
            CoinRunWorld filled = level(LevelOptions.NO_PITS, seed);
            if (coin(whole) % CoinRunWorld.SIZE < 15) {
                // One short section, which cannot have had a pit.
                assertThat(filled.grid).isEqualTo(whole.grid);
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
