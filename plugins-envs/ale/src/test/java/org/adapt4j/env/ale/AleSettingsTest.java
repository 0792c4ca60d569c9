package org.adapt4j.env.ale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.adapt4j.api.benchmark.EnvironmentRequest.Purpose;
import org.adapt4j.api.benchmark.UnplayableTaskException;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AleSettingsTest {

    private static Setup roms(String... train) {
        return Setup.of(List.of(train), List.of("rom/beam_rider"));
    }

    private static AleBenchmark benchmark() {
        return roms("rom/pong", "rom/breakout").benchmark();
    }

    private static int actions(AleBenchmark benchmark, String... names) {
        List<Task> tasks = List.of(names).stream()
                .map(name -> benchmark.task(name).orElseThrow())
                .toList();
        return ((Discrete) benchmark.spec(new TaskSet(tasks)).action()).size();
    }

    private static void assertRefused(Setup setup, String message) {
        assertThatThrownBy(setup::settings)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void offersTheNearestNameForATypo() {
        assertRefused(roms("rom/brekout"), "train-tasks: there is no rom/brekout; did you mean 'rom/breakout'?");
        assertRefused(roms("roms/pong"), "did you mean 'rom/pong'?");
        assertRefused(roms("rom/Ms_Pacman"), "did you mean 'rom/ms_pacman'?");
        assertRefused(
                Setup.of(List.of("cartridge/orchad"), List.of("cartridge/court")), "did you mean 'cartridge/orchard'?");
        assertRefused(roms("zzzzzzzz"), "'zzzzzzzz' is no task: write cartridge/NAME for one of ours or rom/GAME");
    }

    @Test
    void offersTheNearestProtocol() {
        assertRefused(
                roms("rom/pong").protocol("data-eficient"),
                "protocol: no protocol 'data-eficient'; did you mean 'data-efficient'? (known: data-efficient)");
    }

    @Test
    void refusesSwitchesThatAGameLacks() {
        assertRefused(roms("rom/pong@m7d0"), "train-tasks: rom/pong has no mode 7, only 0, 1");
        assertRefused(roms("rom/freeway@m0d3"), "rom/freeway has no difficulty 3, only 0, 1");
        assertRefused(roms("rom/defender@m11d0"), "rom/defender has no mode 11, only 1 to 9, 16");
        assertRefused(roms("rom/pong").mode(1), "test-tasks: rom/beam_rider has no mode 1, only 0");
        assertRefused(
                Setup.of(List.of("cartridge/orchard@m1d0"), List.of("cartridge/court")),
                "cartridge/orchard has no switches");
    }

    @Test
    void refusesToMixKindsUnasked() {
        Setup mixed = Setup.of(List.of("cartridge/orchard"), List.of("rom/pong"));

        assertRefused(mixed, "test-tasks: train-tasks and test-tasks hold both cartridge/… and rom/…");
        assertThat(mixed.mixKinds().benchmark().title()).startsWith("ale cartridges and ROMs mixed data-efficient");
    }

    @Test
    void refusesListsThatMakeNoSense() {
        assertRefused(roms(), "train-tasks: needs at least one entry");
        assertRefused(roms("rom/pong", "rom/pong"), "train-tasks: 'rom/pong' stands there twice");
        assertRefused(roms("rom/pong", "rom/pong@m0d0"), "train-tasks: 'rom/pong@m0d0' stands there twice");
        assertRefused(roms("rom/beam_rider"), "test-tasks: rom/beam_rider is among the train-tasks");
        assertRefused(roms("rom/pong").threads(0), "threads: must be positive");
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertRefused(roms("rom/pong").frameSkip(0), "frame-skip: must lie in [1, 1000] but is 0");
        assertRefused(roms("rom/pong").sticky(1), "sticky-actions: must lie in [0, 1) but is 1.0");
        assertRefused(roms("rom/pong").rewardClip(-1), "reward-clip: must not be negative");
        assertRefused(roms("rom/pong").maxFrames(29), "max-frames: must be above the 29 of no-op-starts but is 29");
        assertRefused(
                roms("rom/pong").scores(Map.of("pong", new ScoreRange(0, 1))).noOpStarts(-1),
                "no-op-starts: must lie in");
        assertThatThrownBy(() -> new ScoreRange(3, 3)).hasMessage("high: must be above low = 3.0 but is 3.0");
    }

    @Test
    void namesTasksByTheirSwitchesWhereTheBareNameMeansOthers() {
        AleBenchmark plain = benchmark();
        AleBenchmark switched = Setup.of(List.of("rom/freeway"), List.of("rom/pong@m0d0"))
                .mode(1)
                .benchmark();

        assertThat(plain.task("rom/freeway@m0d0").orElseThrow().name()).isEqualTo("rom/freeway");
        assertThat(plain.task("rom/freeway@m1d1").orElseThrow().name()).isEqualTo("rom/freeway@m1d1");
        assertThat(switched.tasks(Split.TRAIN).get(0).name()).isEqualTo("rom/freeway@m1d0");
        assertThat(switched.tasks(Split.TEST).get(0).name()).isEqualTo("rom/pong@m0d0");
        assertThat(switched.task("rom/pong@m0d0"))
                .contains(switched.tasks(Split.TEST).get(0));
        assertThat(plain.task("rom/nonsense")).isEmpty();
        assertThat(plain.nearestName("rom/seequest")).contains("rom/seaquest");
        assertThat(plain.nearestName("coinrun/10000")).isEmpty();
    }

    @Test
    void padsActionsForAnAgentOfSeveralGames() {
        AleBenchmark several = benchmark();

        assertThat(actions(several, "rom/pong", "rom/breakout")).isEqualTo(18);
        assertThat(actions(several, "rom/pong")).isEqualTo(6);
        assertThat(actions(several, "rom/beam_rider")).isEqualTo(9);
    }

    @Test
    void padsActionsForTheOnlyGameOfATrainingSetThatOthersAreHeldOutFor() {
        AleBenchmark one = roms("rom/breakout").benchmark();
        AleBenchmark modes =
                Setup.of(List.of("rom/freeway"), List.of("rom/freeway@m1d0")).benchmark();

        assertThat(actions(one, "rom/breakout")).isEqualTo(18);
        assertThat(actions(one, "rom/beam_rider")).isEqualTo(9);
        assertThat(actions(modes, "rom/freeway")).isEqualTo(3);
        assertThat(actions(
                        roms("rom/breakout").actions(AleBenchmark.Actions.OWN).benchmark(), "rom/breakout"))
                .isEqualTo(4);
        assertThat(actions(
                        roms("rom/breakout")
                                .actions(AleBenchmark.Actions.PADDED)
                                .benchmark(),
                        "rom/pong"))
                .isEqualTo(18);
        assertThat(actions(roms("rom/breakout").actionSet(ActionSet.FULL).benchmark(), "rom/pong"))
                .isEqualTo(18);
    }

    @Test
    void describesObservationsAsAStack() {
        AleBenchmark benchmark = benchmark();
        var screen = benchmark.spec(benchmark.tasks(Split.TRAIN)).observation().get(0);

        assertThat(screen.name()).isEqualTo("screen");
        assertThat(screen.stack()).isEqualTo(4);
        assertThat(screen.space().bytes()).isEqualTo(4 * 84 * 84);
        assertThat(benchmark.spec(benchmark.tasks(Split.TRAIN)).maxEpisodeSteps())
                .isEqualTo(27_000);
    }

    @Test
    void normalisesByPublishedScores() {
        AleBenchmark benchmark = benchmark();

        assertThat(benchmark.normalise(benchmark.task("rom/assault").orElseThrow(), 500))
                .isEqualTo(0.5342571208622017);
        assertThat(benchmark.normalise(benchmark.task("rom/pong").orElseThrow(), 21))
                .isEqualTo(1.1813031161473089);
        assertThat(benchmark.normalise(benchmark.task("rom/beam_rider").orElseThrow(), 1000))
                .isEqualTo(0.03840580585173826);
        assertThat(benchmark.solved(benchmark.task("rom/pong").orElseThrow(), 15))
                .isTrue();
        assertThat(benchmark.solved(benchmark.task("rom/pong").orElseThrow(), 14))
                .isFalse();
    }

    @Test
    void leavesScoresAsTheyAreWhereNoneWerePublished() {
        AleBenchmark unknown = benchmark();
        AleBenchmark told = roms("rom/pong")
                .scores(Map.of("tetris", new ScoreRange(10, 110)))
                .benchmark();
        Task tetris = unknown.task("rom/tetris").orElseThrow();

        assertThat(unknown.normalise(tetris, 60)).isEqualTo(60);
        assertThat(unknown.solved(tetris, 1e9)).isFalse();
        assertThat(unknown.normalise(unknown.task("rom/pong@m1d0").orElseThrow(), 21))
                .isEqualTo(21);
        assertThat(told.normalise(tetris, 60)).isEqualTo(0.5);
    }

    @Test
    void saysInItsTitleWhatDepartsFromTheProtocol() {
        assertThat(benchmark().title()).isEqualTo("ale ROMs data-efficient");
        assertThat(roms("rom/pong").sticky(0.25).frameSkip(5).benchmark().title())
                .isEqualTo("ale ROMs data-efficient, frame skip 5, sticky actions 0.25");
    }

    @Test
    void knowsTheGamesOfTheLibrary() {
        assertThat(Games.all()).hasSize(104);
        assertThat(Games.all().stream().filter(game -> game.scores().isPresent()))
                .hasSize(57);
        assertThat(Games.withMd5("60e0ea3cbe0913d39803477945e9e5ec")
                        .orElseThrow()
                        .name())
                .isEqualTo("pong");
        // Minimal sets of the five test games.
        assertThat(List.of("pong", "assault", "battle_zone", "ms_pacman", "beam_rider").stream()
                        .map(name -> Games.named(name).orElseThrow().actions().size()))
                .containsExactly(6, 7, 18, 9, 9);
    }

    @Test
    void saysWhatIsMissingBeforeAnythingIsPlayed(@TempDir Path empty) {
        AleBenchmark without = benchmark();
        AleBenchmark with = roms("rom/pong").roms(empty).benchmark();

        assertThat(without.inspect()).hasSize(4);
        assertThat(without.inspect().subList(1, 4)).allSatisfy(finding -> {
            assertThat(finding.good()).isFalse();
            assertThat(finding.advice()).contains("benchmark.roms", "ALE_ROMS");
        });
        assertThat(with.inspect())
                .extracting(finding -> finding.what())
                .containsExactly("ALE", "rom/beam_rider", "rom/pong");
        assertThatThrownBy(() -> new Session(with, "rom/pong", Purpose.MEASURING, 1))
                .isInstanceOf(UnplayableTaskException.class)
                .hasMessageContaining("no file in " + empty + " is its cartridge (MD5 60e0ea3c");
    }
}
