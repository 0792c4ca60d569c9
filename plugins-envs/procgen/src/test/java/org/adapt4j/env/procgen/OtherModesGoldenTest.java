package org.adapt4j.env.procgen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Holds extreme, memory and exploration levels, and CoinRun's {@code debug_mode}, against the native library: rewards, ends and monochrome frames of random play,
 * recorded from openai/procgen 37b521d built for Ivy Bridge.
 */
final class OtherModesGoldenTest {

    @Test
    void playsAsTheNativeLibrary() {
        byte[] frame = new byte[Game.FRAME_BYTES];
        Set<String> played = new HashSet<>();
        for (JsonNode run : Golden.read("other_modes")) {
            GameName name = GameName.of(run.get("game").asText()).orElseThrow();
            Mode mode = Mode.valueOf(run.get("mode").asText().toUpperCase(Locale.ROOT));
            int debugMode = run.get("debug_mode").asInt();
            int seed = run.get("seed").asInt();
            String title = name + " " + mode + " " + seed + " " + debugMode;
            Game game = name.info()
                    .maker()
                    .apply(new LevelOptions(mode, true, false, false, true, false, false, debugMode));
            JsonNode frames = run.get("monochrome_frame_crc32");
            int draw = seed;
            game.start(seed);
            assertThat(Golden.checksum(game, frame))
                    .as(title)
                    .isEqualTo(frames.get(0).asLong());
            for (int t = 0; t < run.get("steps").asInt(); t++) {
                draw = draw * 1664525 + 1013904223;
                float reward = game.step((draw >>> 16) % Game.ACTIONS);
                boolean first = game.end() != End.NONE;
                assertThat(reward).as("%s step %d", title, t).isEqualTo((float)
                        run.get("reward").get(t).asDouble());
                assertThat(first)
                        .as("%s step %d", title, t)
                        .isEqualTo(run.get("first").get(t).asInt() == 1);
                if (first) {
                    game.start(seed);
                }
                assertThat(Golden.checksum(game, frame))
                        .as("%s step %d", title, t)
                        .isEqualTo(frames.get(t + 1).asLong());
            }
            played.add(name + " " + mode + " " + debugMode);
        }

        assertThat(played)
                .contains(
                        "CHASER EXTREME 0",
                        "DODGEBALL EXTREME 0",
                        "LEAPER EXTREME 0",
                        "STARPILOT EXTREME 0",
                        "CAVEFLYER MEMORY 0",
                        "DODGEBALL MEMORY 0",
                        "HEIST MEMORY 0",
                        "JUMPER MEMORY 0",
                        "MAZE MEMORY 0",
                        "MINER MEMORY 0",
                        "COINRUN EASY 14");
    }
}
