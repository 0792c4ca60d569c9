package org.adapt4j.env.procgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Holds the games beside CoinRun against the native library: levels, entities, positions, rewards, ends and monochrome frames must be equal, not
 * similar.
 */
final class GamesGoldenTest {

    private static final Offset<Double> ROUNDING = within(2e-6);

    private static Game game(GameName name, String mode, boolean follow, boolean restrictThemes) {
        Mode level = Mode.valueOf(mode.toUpperCase(Locale.ROOT));
        return name.info().maker().apply(new LevelOptions(level, follow, false, restrictThemes, true, false, false, 0));
    }

    @ParameterizedTest
    @EnumSource(value = GameName.class, mode = EnumSource.Mode.EXCLUDE, names = "COINRUN")
    void playsAsTheNativeLibrary(GameName name) {
        byte[] frame = new byte[Game.FRAME_BYTES];
        for (JsonNode run : Golden.read("all_games_" + name.name().toLowerCase(Locale.ROOT))) {
            ArcadeGame game = (ArcadeGame) game(name, run.get("mode").asText(), true, false);
            String title = name + " " + run.get("mode").asText() + " " + run.get("seed");
            int seed = run.get("seed").asInt();

            game.start(seed);

            assertThat(game.timeOut).isEqualTo(run.get("timeout").asInt());
            assertSameLevel(title, game.world, run);
            assertSameRun(title, game, run, seed, frame);
        }
    }

    private static void assertSameLevel(String title, World world, JsonNode run) {
        assertThat(new int[] {world.width, world.height})
                .as(title)
                .containsExactly(
                        run.get("world").get(0).asInt(), run.get("world").get(1).asInt());
        for (int y = 0; y < world.height; y++) {
            String[] row = run.get("t0_grid_rows_bottom_up").get(y).asText().split(" ");
            for (int x = 0; x < world.width; x++) {
                assertThat(world.cell(x, y)).as("%s (%d, %d)", title, x, y).isEqualTo(Integer.parseInt(row[x]));
            }
        }
        JsonNode entities = run.get("t0_entities");
        assertThat(world.count).as(title).isEqualTo(entities.size());
        for (int i = 0; i < world.count; i++) {
            Entity entity = world.entities[i];
            JsonNode expected = entities.get(i);
            String which = title + " entity " + i;
            assertThat(new int[] {entity.type, entity.image, entity.theme, entity.layer})
                    .as(which)
                    .containsExactly(
                            expected.get("type").asInt(),
                            expected.get("image_type").asInt(),
                            expected.get("theme").asInt(),
                            expected.get("z").asInt());
            assertThat(new double[] {entity.x, entity.y, entity.vx, entity.vy, entity.rx, entity.ry})
                    .as(which)
                    .containsExactly(
                            new double[] {
                                expected.get("x").asDouble(), expected.get("y").asDouble(),
                                expected.get("vx").asDouble(),
                                        expected.get("vy").asDouble(),
                                expected.get("rx").asDouble(),
                                        expected.get("ry").asDouble()
                            },
                            ROUNDING);
        }
    }

    private static void assertSameRun(String title, ArcadeGame game, JsonNode run, int seed, byte[] frame) {
        JsonNode frames = run.get("monochrome_frame_crc32");
        assertThat(Golden.checksum(game, frame))
                .as(title)
                .isEqualTo(frames.get(0).asLong());
        for (int t = 0; t < run.get("actions").size(); t++) {
            String name = title + " step " + t;
            float reward = game.step(run.get("actions").get(t).asInt());
            boolean first = game.end() != End.NONE;
            assertThat((double) reward)
                    .as(name)
                    .isCloseTo(run.get("reward").get(t).asDouble(), ROUNDING);
            assertThat(first).as(name).isEqualTo(run.get("first").get(t).asInt() == 1);
            if (first) {
                game.start(seed);
            }
            assertThat(new double[] {game.agent.x, game.agent.y})
                    .as(name)
                    .containsExactly(
                            new double[] {
                                run.get("agent_xy").get(t).get(0).asDouble(),
                                run.get("agent_xy").get(t).get(1).asDouble()
                            },
                            ROUNDING);
            assertThat(game.world.count)
                    .as(name)
                    .isEqualTo(run.get("entity_count").get(t).asInt());
            assertThat(Golden.checksum(game, frame))
                    .as(name)
                    .isEqualTo(frames.get(t + 1).asLong());
        }
    }

    @ParameterizedTest
    @EnumSource(GameName.class)
    void continuesASnapshotBitForBit(GameName name) throws Exception {
        byte[] frame = new byte[Game.FRAME_BYTES];
        for (String mode : List.of("easy", "hard")) {
            Game game = game(name, mode, true, false);
            Game copy = game(name, mode, true, false);
            copy.start(77);
            int draw = 5;
            game.start(5);
            for (int t = 0; t < 400; t++) {
                if (t % 40 == 37) {
                    ByteArrayOutputStream saved = new ByteArrayOutputStream();
                    game.save(new DataOutputStream(saved));
                    copy.load(new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));
                }
                draw = draw * 1664525 + 1013904223;
                float reward = game.step((draw >>> 16) % Game.ACTIONS);
                if (t >= 37) {
                    assertThat(copy.step((draw >>> 16) % Game.ACTIONS)).isEqualTo(reward);
                    assertThat(copy.end()).isEqualTo(game.end());
                    assertThat(Golden.checksum(copy, frame))
                            .as("%s %s step %d", name, mode, t)
                            .isEqualTo(Golden.checksum(game, frame));
                }
                if (game.end() != End.NONE) {
                    game.start(t);
                    copy.start(t);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(GameName.class)
    void showsEveryThingInTheNormalLookWithoutFail(GameName name) {
        byte[] frame = new byte[Game.FRAME_BYTES];
        for (Mode mode : name.info().modes()) {
            if (mode == Mode.EXPLORATION) {
                continue;
            }
            Game game = name.info().maker().apply(new LevelOptions(mode, true, true, false, false, true, false, 0));
            List<Long> seen = new ArrayList<>();
            game.start(3);
            for (int t = 0; t < 120; t++) {
                game.step(t * 7 % Game.ACTIONS);
                if (game.end() != End.NONE) {
                    game.start(t);
                }
                seen.add(Golden.checksum(game, frame));
            }
            assertThat(seen.stream().distinct().count()).as("%s %s", name, mode).isGreaterThan(3);
        }
    }

    @Test
    void leadsFromACompletedLevelToTheNextOfASequence() {
        Game game = GameName.MAZE
                .info()
                .maker()
                .apply(new LevelOptions(Mode.EASY, true, false, false, true, false, true, 0));
        int level = 0;
        float reward = 0;
        int draw = 1;
        game.start(level);
        while (reward == 0) {
            draw = draw * 1664525 + 1013904223;
            reward = game.step((draw >>> 16) % Game.ACTIONS);
            if (game.end() != End.NONE) {
                level++;
                game.start(level);
            }
        }

        assertThat(reward).isEqualTo(10);
        assertThat(game.end()).isEqualTo(End.NONE);
        assertThat(game.levelSeed()).isEqualTo(level + 997);
    }
}
