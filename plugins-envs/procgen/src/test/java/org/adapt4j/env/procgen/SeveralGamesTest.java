package org.adapt4j.env.procgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.testkit.VectorEnvironmentContract;
import org.junit.jupiter.api.Test;

/** Learning from some games for the sake of others. */
final class SeveralGamesTest extends VectorEnvironmentContract {

    private static Setup setup() {
        Setup setup = new Setup();
        setup.trainGames = List.of(GameName.STARPILOT, GameName.LEAPER, GameName.CHASER);
        setup.testGames = List.of(GameName.MAZE);
        return setup;
    }

    @Override
    protected TaskDistribution benchmark() {
        return setup().benchmark();
    }

    @Override
    protected int steps() {
        return 150;
    }

    @Test
    void takesLevelsOfItsGamesInTurn() {
        TaskDistribution benchmark = benchmark();

        assertThat(benchmark.tasks(Split.TRAIN).first(5).tasks())
                .extracting(Task::name)
                .containsExactly("starpilot/0", "leaper/0", "chaser/0", "starpilot/1", "leaper/1");
        assertThat(benchmark.tasks(Split.TRAIN).size()).isEqualTo(300);
        assertThat(benchmark.tasks(Split.TEST).get(19).name()).isEqualTo("maze/10019");
        assertThat(benchmark.task("chaser/5")).isPresent();
        assertThat(benchmark.task("maze/5")).isPresent();
        assertThat(benchmark.task("miner/5")).isEmpty();
    }

    @Test
    void judgesEachGameByItsOwnScale() {
        TaskDistribution benchmark = benchmark();

        assertThat(benchmark.normalise(benchmark.task("leaper/5").orElseThrow(), 10))
                .isEqualTo(1);
        assertThat(benchmark.normalise(benchmark.task("starpilot/5").orElseThrow(), 2.5))
                .isZero();
        assertThat(benchmark.normalise(benchmark.task("maze/5").orElseThrow(), 5))
                .isZero();
    }

    @Test
    void saysWhatItTeachesAndWhatItAsks() {
        assertThat(benchmark().title()).isEqualTo("procgen starpilot, leaper, chaser to maze easy");
        assertThat(benchmark().backEnd()).isEqualTo("procgen-java");
    }

    @Test
    void mayHoldOutTheSameSeedsOfAnotherGame() {
        Setup setup = setup();
        setup.testStartLevel = 0;

        assertThat(setup.benchmark().tasks(Split.TEST).get(0).name()).isEqualTo("maze/0");
    }

    @Test
    void refusesAGameTwiceAndAModeThatOneOfThemLacks() {
        Setup twice = setup();
        twice.testGames = List.of(GameName.MAZE, GameName.MAZE);
        Setup lacking = setup();
        lacking.mode = Mode.MEMORY;

        assertThatThrownBy(twice::settings).hasMessageContaining("test-games: names a game twice: maze, maze");
        assertThatThrownBy(lacking::settings)
                .hasMessageContaining("mode: must be one that starpilot has, easy, extreme, hard, but is memory");
    }
}
