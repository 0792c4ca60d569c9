package org.adapt4j.env.procgen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;

/** Measurements of the native library (openai/procgen 37b521d), and games to hold against them. */
final class Golden {

    private Golden() {}

    static JsonNode read(String name) {
        try (InputStream file = Golden.class.getResourceAsStream("/golden/" + name + ".json.gz")) {
            return new ObjectMapper().readTree(new GZIPInputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Mode mode(JsonNode run) {
        return run.get("mode").asText().equals("easy") ? Mode.EASY : Mode.HARD;
    }

    /** Monochrome, without background, the camera on the agent. */
    static LevelOptions options(Mode mode, boolean restrictThemes) {
        return new LevelOptions(mode, true, false, restrictThemes, true, false, false, 0);
    }

    static CoinRun game(Mode mode, boolean restrictThemes) {
        return new CoinRun(options(mode, restrictThemes));
    }

    /** How many entities of a type there are. */
    static int count(World world, int type) {
        int count = 0;
        for (int i = 0; i < world.count; i++) {
            count += world.entities[i].type == type ? 1 : 0;
        }
        return count;
    }

    /** The policy {@code biased_right_jump}: mostly right and jump, sometimes right, up or nothing. */
    static int biased(int draw) {
        int tenth = draw % 10;
        if (tenth < 6) {
            return 8;
        }
        return tenth < 8 ? 7 : 13 - tenth;
    }

    static long checksum(Game game, byte[] frame) {
        game.paint(frame);
        CRC32 sum = new CRC32();
        sum.update(frame);
        return sum.getValue();
    }
}
