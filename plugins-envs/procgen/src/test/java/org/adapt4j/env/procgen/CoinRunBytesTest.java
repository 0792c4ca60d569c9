package org.adapt4j.env.procgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Behaviour of a task never changes under the same name: frames in every look, facts, rewards and ends of CoinRun are, byte by byte, what they were on
 * 29 November 2026, before it came to share its frame with the other games.
 */
final class CoinRunBytesTest {

    private static final int LEVELS = 12;
    private static final int STEPS = 60;

    private static LevelOptions options(int number) {
        return new LevelOptions(
                number % 2 == 0 ? Mode.EASY : Mode.HARD,
                number % 3 != 2,
                number % 4 != 3,
                number % 5 == 4,
                number / 12 % 2 == 1,
                number % 7 == 6,
                number % 6 == 5,
                number < 18 ? 0 : number % 8 * 2);
    }

    @Test
    void givesTheBytesItGave() throws IOException, NoSuchAlgorithmException {
        MessageDigest plain = MessageDigest.getInstance("SHA-256");
        MessageDigest art = MessageDigest.getInstance("SHA-256");
        MessageDigest traces = MessageDigest.getInstance("SHA-256");
        byte[] frame = new byte[Game.FRAME_BYTES];
        for (int number = 0; number < 32; number++) {
            LevelOptions options = options(number);
            Game game = GameName.COINRUN.info().maker().apply(options);
            MessageDigest frames = options.useMonochromeAssets() && !options.useBackgrounds() ? plain : art;
            for (int level = 0; level < LEVELS; level++) {
                int draw = 1000 * number + level;
                game.start(draw);
                for (int t = 0; t < STEPS; t++) {
                    game.paint(frame);
                    frames.update(frame);
                    if (t % 20 == 19) {
                        ByteArrayOutputStream saved = new ByteArrayOutputStream();
                        game.save(new DataOutputStream(saved));
                        game.load(new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));
                    }
                    draw = draw * 1664525 + 1013904223;
                    int value = (draw >>> 16) % 10;
                    float reward = game.step(value < 7 ? 8 - value % 2 : value);
                    Map<String, Object> facts = new LinkedHashMap<>();
                    game.describe(facts);
                    traces.update((facts + " " + reward + " " + game.end()).getBytes(StandardCharsets.US_ASCII));
                    if (game.end() != End.NONE) {
                        game.start(draw & Integer.MAX_VALUE);
                    }
                }
            }
        }

        assertThat(hex(plain)).isEqualTo("88c74f6febe8f2b3c1fae06bcda50cc34ee3a2705b24040c660e2b5d53b788c7");
        assertThat(hex(traces)).isEqualTo("9d8573def7f8ca58463e464034fb6f7ef6113bfddb34a11e842000a4e2a709bb");
        if (Runtime.version().feature() == 17) {
            // Curves of our art are filled by Java, which may do it otherwise in another release.
            assertThat(hex(art)).isEqualTo("8be5ce44b2ee0e0954fef9d2efc21c6d20b953ea878cd7a2f7403297791562c5");
        }
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
