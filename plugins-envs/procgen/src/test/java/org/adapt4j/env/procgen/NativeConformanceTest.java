package org.adapt4j.env.procgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Plays the same levels by both back ends, where the environment variable {@code ADAPT4J_PROCGEN_LIBRARY} names openai/procgen's library: rewards, ends and monochrome frames
 * must be equal.
 */
@Tag("native")
final class NativeConformanceTest {

    private static final int LEVELS = 3;
    private static final int STEPS = 150;

    @ParameterizedTest
    @EnumSource(GameName.class)
    void playsAlike(GameName name) {
        String library = System.getenv("ADAPT4J_PROCGEN_LIBRARY");
        assumeThat(library).as("ADAPT4J_PROCGEN_LIBRARY").isNotNull();
        Path path = Path.of(String.valueOf(library));
        LibenvFile file = new LibenvFile(path, LibenvFile.assetsOf(path));
        for (Mode mode : name.info().modes()) {
            // The level for exploration is one of the hard ones.
            boolean exploring = mode == Mode.EXPLORATION;
            LevelOptions options =
                    new LevelOptions(exploring ? Mode.HARD : mode, true, false, false, true, false, false, 0);
            try (NativeGames games = new NativeGames(file, options, 1);
                    Game theirs = games.game(name, 0)) {
                for (int number = 0; number < (exploring ? 1 : LEVELS); number++) {
                    Game ours = name.info().maker().apply(options);
                    int level = exploring ? name.info().exploration().orElseThrow() : 1000 * (number + 1) + number;
                    playAlike(ours, theirs, level, name + " " + mode);
                }
            }
        }
    }

    private static void playAlike(Game ours, Game theirs, int level, String title) {
        byte[] frame = new byte[Game.FRAME_BYTES];
        int draw = level;
        ours.start(level);
        theirs.start(level);
        for (int t = 0; t < STEPS && ours.end() == End.NONE; t++) {
            assertThat(Golden.checksum(ours, frame))
                    .as("%s level %d step %d", title, level, t)
                    .isEqualTo(Golden.checksum(theirs, frame));
            draw = draw * 1664525 + 1013904223;
            int action = (draw >>> 16) % Game.ACTIONS;
            assertThat(ours.step(action))
                    .as("%s level %d step %d", title, level, t)
                    .isEqualTo(theirs.step(action));
            assertThat(ours.end()).as("%s level %d step %d", title, level, t).isEqualTo(theirs.end());
        }
    }
}
