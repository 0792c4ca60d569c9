package org.adapt4j.env.procgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.testkit.VectorEnvironmentContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CoinRunStateTest extends VectorEnvironmentContract {

    private static final int CELLS = 7;
    private static final int OBJECTS = 7 + 5 * 13 * 13;

    @Override
    protected TaskDistribution benchmark() {
        Setup setup = new Setup();
        setup.observation = Sight.STATE;
        return setup.benchmark();
    }

    @Override
    protected int steps() {
        return 700;
    }

    private static CoinRun game(Mode mode) {
        LevelOptions options = Frames.options(mode);
        return new CoinRun(options);
    }

    private static float[] look(CoinRun game) {
        return new CoinRunState(game, Sight.STATE.reach(), true).look().clone();
    }

    /** An empty world with the agent in the middle of it. */
    private static CoinRun emptyWorld() {
        CoinRun game = game(Mode.EASY);
        game.start(0);
        game.world.clear(CoinRun.SIDE, CoinRun.SIDE);
        game.agent = game.world.add(30.25f, 20.5f, 0, 0, 0.5f, 0.5787f, World.AGENT);
        return game;
    }

    private static void add(CoinRun game, int type, int x, int y, float vx) {
        game.world.add(x + 0.5f, y + 0.5f, vx, 0, 0.5f, type);
    }

    @Test
    void hasAsManyNumbersAsItSays() {
        assertThat(Sight.STATE.component().space().width()).isEqualTo(885);
        assertThat(Sight.COMPACT.component().space().width()).isEqualTo(285);
    }

    @Test
    void tellsWhatIsThereWhereItSays() {
        CoinRun game = emptyWorld();
        World world = game.world;
        game.agent.vx = 0.25f;
        game.agent.vy = -0.75f;
        game.agent.mirrored = true;
        world.set(31, 20, CoinRun.COIN);
        world.set(24, 14, CoinRun.LAVA_TOP);
        world.set(36, 14, CoinRun.WALL_BODY);
        world.set(25, 15, CoinRun.BARRIER);
        add(game, CoinRun.CRATE, 24, 15, 0);
        add(game, CoinRun.SAW, 33, 20, 0);
        add(game, CoinRun.ENEMY, 30, 22, -0.15f);

        float[] numbers = look(game);

        assertThat(Arrays.copyOf(numbers, 7)).containsExactly(0.25f, 0.5f, 0.5f, -0.5f, 0, 0, -1);
        float[] cells = Arrays.copyOfRange(numbers, CELLS, OBJECTS);
        assertThat(ones(cells)).containsExactly(1, 5 * 12, 5 * 13 + 2, 5 * (6 * 13 + 7) + 3);
        assertThat(Arrays.copyOfRange(numbers, OBJECTS, OBJECTS + 15))
                .containsExactly(1, 1, 0.25f / 6.5f, 2 / 6.5f, -1, 1, 0, 3.25f / 6.5f, 0, 0, 0, 0, 0, 0, 0);
        assertThat(Arrays.copyOfRange(numbers, OBJECTS + 30, OBJECTS + 33)).containsExactly(1, 1.25f / 6.5f, 0);
    }

    private static int[] ones(float[] values) {
        int[] found = new int[values.length];
        int n = 0;
        for (int i = 0; i < values.length; i++) {
            assertThat(values[i]).isIn(0f, 1f);
            if (values[i] == 1) {
                found[n++] = i;
            }
        }
        return Arrays.copyOf(found, n);
    }

    @Test
    void tellsTheSixNearestOfMany() {
        CoinRun game = emptyWorld();
        for (int column : new int[] {36, 25, 34, 27, 32, 29, 30, 31, 28}) {
            add(game, CoinRun.SAW, column, 20, 0);
        }

        float[] numbers = look(game);

        float[] columns = new float[6];
        for (int n = 0; n < 6; n++) {
            columns[n] = Math.round(numbers[OBJECTS + 5 * n + 2] * 6.5f - 0.25f);
        }
        assertThat(columns).containsExactly(0, -1, 1, -2, 2, -3);
    }

    @Test
    void showsOutsideWhereTheWorldEnds() {
        CoinRun game = emptyWorld();
        game.agent.x = 1.5f;
        game.agent.y = 62.5f;

        float[] numbers = look(game);

        int outside = 0;
        for (int cell = 0; cell < 169; cell++) {
            outside += (int) numbers[CELLS + 5 * cell + 4];
        }
        assertThat(outside).isEqualTo(169 - 8 * 8);
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"EASY", "HARD"})
    void doesNotDependOnWhatIsOutsideTheWindow(Mode mode) {
        Random random = new Random(1);
        for (int seed = 0; seed < 60; seed++) {
            CoinRun game = game(mode);
            Frames.play(game, seed, 3 + seed);
            World world = game.world;
            float[] before = look(game);
            int column = (int) game.agent.x - 6;
            int row = (int) game.agent.y - 6;

            for (int i = 0; i < 64 * 64; i++) {
                if (isOutside(i % 64, i / 64, column, row)) {
                    world.cells[i] = random.nextBoolean() ? CoinRun.LAVA_TOP : CoinRun.COIN;
                } else if (world.cells[i] == World.EMPTY) {
                    world.cells[i] = CoinRun.BARRIER;
                }
            }
            for (int i = 0; i < world.count; i++) {
                Entity object = world.entities[i];
                if (isOutside((int) object.x, (int) object.y, column, row)) {
                    object.y = row > 30 ? 3.5f : 60.5f;
                    object.vx = 1;
                }
            }
            game.time += 3;
            game.background++;
            game.wallTheme = 5;
            game.agent.theme = 4;

            assertThat(look(game)).as("%s %d", mode, seed).containsExactly(before);
        }
    }

    private static boolean isOutside(int x, int y, int column, int row) {
        return x < column || x >= column + 13 || y < row || y >= row + 13;
    }

    @Test
    void isTheSameWhereTheSameIsSeen() {
        CoinRun here = emptyWorld();
        CoinRun there = emptyWorld();
        there.agent.x -= 16;
        there.agent.y += 20;
        Random random = new Random(2);
        int[] types = {CoinRun.WALL_TOP, CoinRun.LAVA_BODY, World.EMPTY, World.EMPTY};
        for (int y = 14; y <= 26; y++) {
            for (int x = 24; x <= 36; x++) {
                int type = types[random.nextInt(types.length)];
                here.world.set(x, y, type);
                there.world.set(x - 16, y + 20, type);
            }
        }
        for (int i = 0; i < 12; i++) {
            add(here, i % 2 == 0 ? CoinRun.SAW : CoinRun.ENEMY, 24 + i, 26 - i, i % 2 / 8f);
        }
        for (int i = 11; i >= 0; i--) {
            add(there, i % 2 == 0 ? CoinRun.SAW : CoinRun.ENEMY, 8 + i, 46 - i, i % 2 / 8f);
        }

        assertThat(look(there)).containsExactly(look(here));
    }

    @Test
    void tellsNoVelocityWhereItIsHidden() {
        CoinRun game = game(Mode.HARD);
        int hidden = 0;
        for (int seed = 0; seed < 40; seed++) {
            Frames.play(game, seed, 12 + seed);
            float[] told = look(game);
            float[] seen = new CoinRunState(game, Sight.STATE.reach(), false).look();
            for (int i = 0; i < told.length; i++) {
                boolean velocity = i == 2 || i == 3 || i >= OBJECTS && i < OBJECTS + 30 && (i - OBJECTS) % 5 == 4;
                assertThat(seen[i]).as("number %d", i).isEqualTo(velocity ? 0 : told[i]);
                hidden += velocity && told[i] != 0 ? 1 : 0;
            }
        }

        assertThat(hidden).isGreaterThan(50);
    }

    @Test
    void knowsWhetherTheAgentCanJump() {
        LevelOptions options = Frames.options(Mode.EASY);
        CoinRun game = new CoinRun(options);
        CoinRunState state = new CoinRunState(game, Sight.COMPACT.reach(), true);
        Random random = new Random(3);
        int onCrates = 0;
        int played = 0;
        int late = 0;
        for (int seed = 0; seed < 300; seed++) {
            game.start(seed);
            for (int step = 0; step < 60 && Golden.count(game.world, CoinRun.ENEMY) == 0; step++) {
                float[] numbers = state.look();
                boolean support = numbers[4] == 1;
                onCrates += (int) numbers[5];
                game.step(random.nextInt(4) == 0 ? random.nextInt(15) : 7 + random.nextInt(2));
                if (game.end() != End.NONE) {
                    break;
                }
                played++;
                if (support) {
                    assertThat(game.supported)
                            .as("level %d step %d", seed, step)
                            .isTrue();
                } else if (game.supported) {
                    late++;
                }
            }
        }

        // Who walked off a crate can still jump in the next step.
        assertThat(late).isLessThan(played / 200);
        assertThat(onCrates).isGreaterThan(20);
    }

    @Test
    void keepsToItsBounds() {
        CoinRun game = game(Mode.HARD);
        for (int seed = 0; seed < 100; seed++) {
            Frames.play(game, seed, 40);
            for (float number : look(game)) {
                assertThat((double) number).isBetween(-CoinRunState.BOUND, CoinRunState.BOUND);
            }
        }
    }
}
