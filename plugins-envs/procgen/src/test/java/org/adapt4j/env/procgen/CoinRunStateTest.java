package org.adapt4j.env.procgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.task.Split;
import org.adapt4j.env.procgen.CoinRunState.Settings;
import org.adapt4j.testkit.ReferenceDefaults;
import org.adapt4j.testkit.VectorEnvironmentContract;
import org.junit.jupiter.api.Test;

final class CoinRunStateTest extends VectorEnvironmentContract {

    private static final int SIDE = 13;
    private static final int CELLS = 7;
    private static final int DANGERS = CELLS + SIDE * SIDE * 5;
    private static final int COIN = DANGERS + 30;

    private final CoinRunState coinRun = new CoinRunState(new Settings(Mode.EASY, 0, 50, 10_000, 20, 0, SIDE, true, 1));

    @Override
    protected TaskDistribution benchmark() {
        return coinRun;
    }

    @Override
    protected int steps() {
        return 300;
    }

    @Override
    protected boolean seedsMatter() {
        return false; // a level leaves nothing to chance
    }

    @Test
    void levelsAreThoseOfFrames() {
        assertThat(coinRun.tasks(Split.TRAIN).size()).isEqualTo(50);
        assertThat(coinRun.tasks(Split.TEST).get(3).name()).isEqualTo("coinrun/10003");
        assertThat(coinRun.task("coinrun/7"))
                .contains(coinRun.tasks(Split.TRAIN).get(7));
        assertThat(coinRun.task("coinrun/07")).isEmpty();
        assertThat(coinRun.normalise(coinRun.tasks(Split.TEST).get(0), 10)).isEqualTo(1);
        assertThat(Surroundings.width(13)).isEqualTo(885);
        assertThat(Surroundings.width(7)).isEqualTo(285);
    }

    /** An agent in the open, on a crate, beside lava and wall, with a saw, an enemy and the coin about. */
    private static CoinRunWorld world() {
        CoinRunWorld world = new CoinRunWorld();
        world.clear();
        world.agentX = 30.25f;
        world.agentY = 20 + CoinRunWorld.AGENT_RY;
        world.agentVx = 0.25f;
        world.agentVy = 1.5f;
        world.agentFacesLeft = true;
        world.agentHasSupport = true;
        world.grid[18 << 6 | 29] = CoinRunWorld.WALL_TOP;
        world.grid[18 << 6 | 31] = CoinRunWorld.LAVA_BODY;
        world.grid[21 << 6 | 33] = CoinRunWorld.BARRIER;
        world.grid[22 << 6 | 36] = CoinRunWorld.COIN;
        world.add(CoinRunWorld.CRATE, 30, 19, 0, 0);
        world.add(CoinRunWorld.SAW, 34, 20, 0, 0);
        world.add(CoinRunWorld.ENEMY, 28, 20, -0.15f, 0);
        world.reserveTrails();
        return world;
    }

    private static float[] look(CoinRunWorld world) {
        return new Surroundings(SIDE, true).of(world).clone();
    }

    private static float cell(float[] seen, int dx, int dy, int kind) {
        return seen[CELLS + ((6 - dy) * SIDE + dx + 6) * 5 + kind];
    }

    @Test
    void showsWhatIsNear() {
        float[] seen = look(world());

        assertThat(seen[0]).isEqualTo(0.25f);
        assertThat(seen[1]).isEqualTo(CoinRunWorld.AGENT_RY, within(1e-5f));
        assertThat(seen[2]).isEqualTo(0.5f);
        assertThat(seen[3]).isEqualTo(1);
        assertThat(seen[4]).isEqualTo(1);
        assertThat(seen[5]).as("on a crate").isEqualTo(1);
        assertThat(seen[6]).isEqualTo(-1);
        assertThat(cell(seen, -1, -2, 0)).as("wall").isEqualTo(1);
        assertThat(cell(seen, 1, -2, 1)).as("lava").isEqualTo(1);
        assertThat(cell(seen, 0, -1, 2)).as("crate").isEqualTo(1);
        assertThat(cell(seen, 6, 2, 3)).as("coin").isEqualTo(1);
        for (int kind = 0; kind < 5; kind++) {
            assertThat(cell(seen, 3, 1, kind)).as("a barrier is not seen").isZero();
        }
        assertThat(new float[] {seen[DANGERS], seen[DANGERS + 1], seen[DANGERS + 4]})
                .as("the enemy is nearer")
                .containsExactly(1, 1, -1);
        assertThat(seen[DANGERS + 2]).isEqualTo((28.5f - 30.25f) / 6.5f);
        assertThat(new float[] {seen[DANGERS + 5], seen[DANGERS + 6], seen[DANGERS + 9]})
                .containsExactly(1, 0, 0);
        assertThat(seen[DANGERS + 10]).isZero();
        assertThat(seen[COIN]).isEqualTo(1);
        assertThat(seen[COIN + 1]).isEqualTo((36.5f - 30.25f) / 6.5f);
    }

    @Test
    void showsNothingThatAFrameDoesNot() {
        float[] seen = look(world());
        CoinRunWorld changed = world();
        changed.grid[20 << 6 | 37] = CoinRunWorld.COIN; // seven cells away
        changed.grid[27 << 6 | 30] = CoinRunWorld.LAVA_TOP;
        changed.grid[21 << 6 | 32] = CoinRunWorld.BARRIER;
        changed.add(CoinRunWorld.SAW, 40, 20, 0, 3);
        changed.time = 500;
        changed.background = 3;
        changed.agentTheme = 2;
        assertThat(look(changed)).isEqualTo(seen);

        // The same window elsewhere looks the same.
        CoinRunWorld moved = new CoinRunWorld();
        moved.clear();
        moved.agentX = 20.25f;
        moved.agentY = 30 + CoinRunWorld.AGENT_RY;
        CoinRunWorld alone = new CoinRunWorld();
        alone.clear();
        alone.agentX = 40.25f;
        alone.agentY = 30 + CoinRunWorld.AGENT_RY;
        assertThat(look(moved)).isEqualTo(look(alone));
        alone.agentX = 2.25f;
        assertThat(cell(look(alone), -3, 0, 4)).as("outside of the world").isEqualTo(1);
    }

    @Test
    void speedsMayBeHidden() {
        float[] seen = new Surroundings(SIDE, false).of(world());

        assertThat(seen[2]).isZero();
        assertThat(seen[3]).isZero();
        assertThat(seen[DANGERS + 4]).isZero();
        assertThat(seen[DANGERS]).isEqualTo(1);
    }

    @Test
    void theNearestSixAreShownNearestFirst() {
        CoinRunWorld world = new CoinRunWorld();
        world.clear();
        world.agentX = 30.5f;
        world.agentY = 30.5f;
        int[] order = {5, -3, 6, 1, -4, 2, -6, -2};
        for (int dx : order) {
            world.add(CoinRunWorld.SAW, 30 + dx, 30, 0, 0);
        }
        float[] seen = look(world);
        float[] distances = new float[6];
        for (int k = 0; k < 6; k++) {
            distances[k] = Math.abs(seen[DANGERS + 5 * k + 2]) * 6.5f;
        }
        assertThat(distances).containsExactly(new float[] {1, 2, 2, 3, 4, 5}, within(1e-4f));
    }

    /** Played at random, everything stays finite and the agent's numbers within their range. */
    @Test
    void numbersStaySmall() {
        LevelOptions options = new LevelOptions(Mode.HARD, true, false, true, true, false, false, 0);
        CoinRun game = new CoinRun(options, (world, frame) -> {});
        Surroundings eyes = new Surroundings(SIDE, true);
        SplittableRandom random = new SplittableRandom(1);
        for (int level = 0; level < 20; level++) {
            game.start(level);
            for (int step = 0; step < 200 && game.end() == End.NONE; step++) {
                game.step(random.nextInt(Game.ACTIONS));
                for (float number : eyes.of(game.world())) {
                    assertThat(number).isBetween(-1.5f, 1.5f);
                }
            }
        }
    }

    @Test
    void badNumbersAreSaid() {
        assertThatThrownBy(() -> new Settings(Mode.EASY, 0, 50, 10_000, 20, 0, 12, true, 1))
                .hasMessage("window: must be an odd number from 3 to 63 but is 12");
        assertThatThrownBy(() -> new Settings(Mode.EASY, 0, 50, 40, 20, 0, 13, true, 1))
                .hasMessageStartingWith("test-start-level: held-out levels 40 to 59 would overlap");
        assertThatThrownBy(() -> new Settings(Mode.EASY, 0, 50, 100, 20, 3, 13, true, 1))
                .hasMessageStartingWith("debug-mode: ");
    }

    @Test
    void everySettingHasADefault() {
        ReferenceDefaults.of(ProcgenPlugin.class, "benchmarks.coinrun-state").match(Settings.class);
    }
}
