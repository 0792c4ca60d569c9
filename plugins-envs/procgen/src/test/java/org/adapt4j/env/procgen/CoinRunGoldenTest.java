package org.adapt4j.env.procgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds CoinRun against the native library: levels, trajectories and frames must be equal, not similar. */
final class CoinRunGoldenTest {

    private static final String CELLS = ".#=~^$|";
    private static final int[] TYPES = {
        World.EMPTY,
        CoinRun.WALL_BODY,
        CoinRun.WALL_TOP,
        CoinRun.LAVA_BODY,
        CoinRun.LAVA_TOP,
        CoinRun.COIN,
        CoinRun.BARRIER
    };

    @Test
    void buildsTheNativeLevels() {
        for (JsonNode level : Golden.read("coinrun_golden_layouts")) {
            CoinRun game = Golden.game(Golden.mode(level), false);

            game.start(level.get("seed").asInt());

            World world = game.world;
            String name = level.get("mode").asText() + " " + level.get("seed");
            assertThat(game.background)
                    .as(name)
                    .isEqualTo(level.get("background").asInt());
            assertThat(game.backgroundPhase).as(name).isEqualTo((float)
                    level.get("bg_pct_x").asDouble());
            assertThat(game.agent.theme)
                    .as(name)
                    .isEqualTo(level.get("player_theme").asInt());
            assertThat(game.wallTheme)
                    .as(name)
                    .isEqualTo(level.get("wall_theme").asInt());
            for (int y = 0; y < CoinRun.SIDE; y++) {
                String row = level.get("rows_bottom_up").get(y).asText();
                for (int x = 0; x < CoinRun.SIDE; x++) {
                    assertThat(world.cell(x, y))
                            .as("%s (%d, %d)", name, x, y)
                            .isEqualTo(TYPES[CELLS.indexOf(row.charAt(x))]);
                }
            }
            assertObjects(name, world, level.get("entities"));
        }
    }

    private static void assertObjects(String name, World world, JsonNode entities) {
        // The agent comes first.
        assertThat(world.count - 1).as(name).isEqualTo(entities.size());
        for (int i = 0; i < entities.size(); i++) {
            JsonNode entity = entities.get(i);
            Entity ours = world.entities[i + 1];
            String kind = switch (ours.type) {
                case CoinRun.SAW -> "saw";
                case CoinRun.ENEMY -> "enemy";
                default -> "crate";
            };
            assertThat(kind).as(name).isEqualTo(entity.get("type").asText());
            assertThat(ours.x).as(name).isEqualTo((float) entity.get("x").asDouble());
            assertThat(ours.y).as(name).isEqualTo((float) entity.get("y").asDouble());
            assertThat((double) ours.vx).as(name).isCloseTo(entity.get("vx").asDouble(), within(1e-6));
            assertThat(ours.theme).as(name).isEqualTo(entity.get("theme").asInt());
        }
    }

    @Test
    void movesAsTheNativeAgent() {
        Offset<Double> rounding = within(1e-6);
        for (JsonNode run : Golden.read("coinrun_golden_trajectories")) {
            CoinRun game = Golden.game(Golden.mode(run), false);
            JsonNode path = run.get("agent_x_y_vx_vy_after_each_non_terminal_step");
            game.start(run.get("seed").asInt());

            for (int t = 0; t < run.get("actions").size(); t++) {
                String name = run.get("mode").asText() + " " + run.get("seed") + " step " + t;
                float reward = game.step(run.get("actions").get(t).asInt());
                if (t < path.size()) {
                    JsonNode stand = path.get(t);
                    assertThat((double) game.agent.x)
                            .as(name)
                            .isCloseTo(stand.get(0).asDouble(), rounding);
                    assertThat((double) game.agent.y)
                            .as(name)
                            .isCloseTo(stand.get(1).asDouble(), rounding);
                    assertThat((double) game.agent.vx)
                            .as(name)
                            .isCloseTo(stand.get(2).asDouble(), rounding);
                    assertThat((double) game.agent.vy)
                            .as(name)
                            .isCloseTo(stand.get(3).asDouble(), rounding);
                    assertThat(game.end()).as(name).isEqualTo(End.NONE);
                } else {
                    assertThat(game.end()).as(name).isNotEqualTo(End.NONE);
                    assertThat((double) reward)
                            .as(name)
                            .isEqualTo(run.get("final_reward").asDouble());
                }
            }
        }
    }

    @Test
    void paintsTheNativeMonochromeFrames() {
        byte[] frame = new byte[Game.FRAME_BYTES];
        for (JsonNode run : Golden.read("coinrun_golden_monochrome_crc").get("runs")) {
            CoinRun game =
                    Golden.game(Golden.mode(run), run.get("restrict_themes").asBoolean());
            assertSameRun(game, run, "frame_crc32", frame);
        }
    }

    @Test
    void playsTheRunsSharedWithTheOtherGames() {
        byte[] frame = new byte[Game.FRAME_BYTES];
        for (JsonNode run : Golden.read("all_games_coinrun")) {
            assertSameRun(Golden.game(Golden.mode(run), false), run, "monochrome_frame_crc32", frame);
        }
    }

    private static void assertSameRun(CoinRun game, JsonNode run, String frames, byte[] frame) {
        int seed = run.get("seed").asInt();
        String name = run.get("mode").asText() + " " + seed + " step ";
        game.start(seed);
        assertThat(Golden.checksum(game, frame))
                .as(name + 0)
                .isEqualTo(run.get(frames).get(0).asLong());
        for (int t = 0; t < run.get("actions").size(); t++) {
            float reward = game.step(run.get("actions").get(t).asInt());
            boolean first = game.end() != End.NONE;
            assertThat((double) reward)
                    .as(name + t)
                    .isEqualTo(run.get("reward").get(t).asDouble());
            assertThat(first).as(name + t).isEqualTo(run.get("first").get(t).asInt() == 1);
            if (first) {
                game.start(seed);
            }
            assertThat(Golden.checksum(game, frame))
                    .as(name + (t + 1))
                    .isEqualTo(run.get(frames).get(t + 1).asLong());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"EASY", "HARD"})
    void endsAThousandLevelsUnderFourPoliciesAsTheNativeLibrary(Mode mode) {
        CoinRun game = Golden.game(mode, false);
        String file = mode == Mode.EASY ? "coinrun_easy_levels" : "coinrun_hard_levels";
        for (JsonNode level : Golden.read(file)) {
            int seed = level.get("seed").asInt();

            assertSameEnd(game, level, "always_right_jump_8", seed, draw -> 8);
            assertSameEnd(game, level, "always_right_7", seed, draw -> 7);
            assertSameEnd(game, level, "random_uniform15", seed, draw -> draw % 15);
            assertSameEnd(game, level, "biased_right_jump", seed ^ 0x5bd1e995, Golden::biased);
        }
    }

    private static void assertSameEnd(
            CoinRun game, JsonNode level, String policy, int policySeed, IntUnaryOperator choose) {
        int state = policySeed;
        float total = 0;
        int length = 0;
        game.start(level.get("seed").asInt());
        while (game.end() == End.NONE) {
            state = state * 1664525 + 1013904223;
            total += game.step(choose.applyAsInt(state >>> 16));
            length++;
        }
        assertThat(new double[] {total, length})
                .as("%s %s", policy, level.get("seed"))
                .containsExactly(
                        level.get(policy).get(0).asDouble(),
                        level.get(policy).get(1).asDouble());
    }

    @Test
    void drawsTheNativeNumbers() {
        JsonNode numbers = Golden.read("level_seed_sequences");
        MersenneTwister raw = new MersenneTwister(5489);
        MersenneTwister unit = new MersenneTwister(5489);

        for (JsonNode expected : numbers.get("mt19937_seed_5489_first_outputs")) {
            assertThat(Integer.toUnsignedLong(raw.raw())).isEqualTo(expected.asLong());
        }
        for (JsonNode expected : numbers.get("rand01_seed_5489_first")) {
            assertThat(unit.unit()).isEqualTo((float) expected.asDouble());
        }
    }

    @Test
    void continuesASnapshotBitForBit() throws Exception {
        CoinRun game = Golden.game(Mode.HARD, false);
        CoinRun copy = Golden.game(Mode.HARD, false);
        byte[] frame = new byte[Game.FRAME_BYTES];
        for (int seed = 0; seed < 40; seed++) {
            game.start(seed);
            for (int t = 0; t < 25 && game.end() == End.NONE; t++) {
                game.step(8);
            }
            ByteArrayOutputStream saved = new ByteArrayOutputStream();
            game.save(new DataOutputStream(saved));

            copy.load(new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));

            while (game.end() == End.NONE) {
                assertThat(Golden.checksum(copy, frame)).isEqualTo(Golden.checksum(game, frame));
                assertThat(copy.step(8)).isEqualTo(game.step(8));
            }
            assertThat(copy.end()).isEqualTo(game.end());
        }
    }

    /** Before CoinRun shared its world with others, the grid stood where now the world's size does: floor. */
    @Test
    void refusesWhatAnOlderVersionSaved() {
        byte[] saved = new byte[10_000];
        Arrays.fill(saved, 4 + 1, saved.length, (byte) CoinRun.WALL_TOP);
        CoinRun game = Golden.game(Mode.HARD, false);

        assertThatThrownBy(() -> game.load(new DataInputStream(new ByteArrayInputStream(saved))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another version saved it");
    }

    @Test
    void paintsVelocityAsTwoGreySquares() {
        LevelOptions options = new LevelOptions(Mode.EASY, true, false, false, true, true, false, 0);
        CoinRun game = new CoinRun(options);
        byte[] frame = new byte[Game.FRAME_BYTES];
        game.start(0);

        game.step(5);
        game.paint(frame);

        assertThat(frame[0] & 255).isEqualTo(127);
        assertThat(frame[13 * 3] & 255).isEqualTo(255);
        assertThat(frame[12 * Game.FRAME_SIDE * 3 + 25 * 3] & 255).isEqualTo(255);
    }
}
