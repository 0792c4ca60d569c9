package org.adapt4j.env.ale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.adapt4j.api.benchmark.EnvironmentRequest.Purpose;
import org.adapt4j.api.benchmark.UnplayableTaskException;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.env.ale.cartridge.Cartridge;
import org.adapt4j.env.ale.cartridge.Cartridges;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
final class PlainLoopTest {

    @TempDir
    Path folder;

    @Test
    void screensRewardsAndEndsAreThoseOfAPlainLoopOverTheSameLibrary() {
        assumeTrue(PlainLoop.isPossible(), "needs g++");
        PlainLoop plain = new PlainLoop(folder);

        for (Cartridge cartridge : Cartridges.all()) {
            AleBenchmark benchmark = Setup.of(
                            List.of("cartridge/" + cartridge.name()),
                            List.of(cartridge.name().equals("court") ? "cartridge/orchard" : "cartridge/court"))
                    .actions(AleBenchmark.Actions.OWN)
                    .benchmark();

            assertEqual(
                    plain,
                    benchmark,
                    "cartridge/" + cartridge.name(),
                    Games.named(cartridge.aleGame()).orElseThrow(),
                    cartridge.rom());
        }
    }

    /** Real cartridges are not ours to ship: whoever has some names their folder. */
    @Test
    @EnabledIfEnvironmentVariable(named = RomFolder.VARIABLE, matches = ".+")
    void theSameHoldsForTheCartridgesOfAUser() {
        assumeTrue(PlainLoop.isPossible(), "needs g++");
        PlainLoop plain = new PlainLoop(folder);
        Path roms = Path.of(System.getenv(RomFolder.VARIABLE));
        RomFolder known = new RomFolder(Optional.of(roms));
        List<String> compared = new ArrayList<>();

        for (Game game : Games.all()) {
            byte[] rom;
            try {
                rom = known.image(game);
            } catch (UnplayableTaskException e) {
                continue;
            }
            String task = "rom/" + game.name();
            AleBenchmark benchmark = Setup.of(
                            List.of(task), List.of(game.name().equals("pong") ? "rom/tetris" : "rom/pong"))
                    .roms(roms)
                    .actions(AleBenchmark.Actions.OWN)
                    .benchmark();
            assertEqual(plain, benchmark, task, game, rom);
            compared.add(task);
        }

        assertThat(compared).as("cartridges in " + roms).isNotEmpty();
    }

    private static void assertEqual(PlainLoop plain, AleBenchmark benchmark, String task, Game game, byte[] rom) {
        List<Integer> actions = new ArrayList<>();
        List<String> ours = new ArrayList<>();
        int noOps;
        try (Session play = new Session(benchmark, task, Purpose.MEASURING, 1)) {
            noOps = play.number("no-ops");
            ours.add("0 0 " + PlainLoop.checksum(play.stack()));
            Random random = new Random(4);
            boolean over = false;
            while (!over && actions.size() < 400) {
                actions.add(random.nextInt(game.actions().size()));
                int reward = (int) play.step(actions.get(actions.size() - 1));
                over = play.is(Flag.TERMINATED);
                byte[] stack = over ? Session.bytes(play.seen.lastObservation(0)) : play.stack();
                ours.add(reward + (over ? " 1 " : " 0 ") + PlainLoop.checksum(stack));
            }
        }

        assertThat(ours).as(task).isEqualTo(plain.trace(game.name(), rom, noOps, actions));
    }
}
