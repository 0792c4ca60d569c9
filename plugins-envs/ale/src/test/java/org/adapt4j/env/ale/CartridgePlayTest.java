package org.adapt4j.env.ale;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.adapt4j.env.ale.cartridge.Cartridge;
import org.adapt4j.env.ale.cartridge.Cartridges;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("native")
final class CartridgePlayTest {

    private static final int STEPS = 500;

    /** The cells of chance are the first of those that all games share. */
    private static final Pattern SEED = Pattern.compile("FRAME_RAM += \\$([0-9A-F]{2})");

    static List<Cartridge> cartridges() {
        return Cartridges.all();
    }

    @ParameterizedTest
    @MethodSource("cartridges")
    void drawsEveryFrameIn262Lines(Cartridge cartridge) {
        SplittableRandom random = new SplittableRandom(3);
        try (Cabinet cabinet = new Cabinet(cartridge, 1)) {
            for (int i = 0; i < STEPS; i++) {
                cabinet.pressForOneFrame(cabinet.randomAction(random));
                if (cabinet.isOver()) {
                    cabinet.restart();
                } else {
                    assertThat(cabinet.lines()).as("frame " + i).isEqualTo(262.0);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cartridges")
    void rewardsWhatTheScoreOnTheScreenShows(Cartridge cartridge) {
        SplittableRandom random = new SplittableRandom(4);
        try (Cabinet cabinet = new Cabinet(cartridge, 2)) {
            var expert = Episode.scripted(cabinet, cartridge.name());
            int reward = 0;
            int scored = 0;
            for (int i = 0; i < STEPS; i++) {
                int action = random.nextInt(3) == 0 ? cabinet.randomAction(random) : expert.getAsInt();
                int earned = cabinet.press(action);
                reward += earned;
                scored += earned == 0 ? 0 : 1;

                assertThat(shown(cabinet, cartridge))
                        .as("score")
                        .isEqualTo(Math.floorMod(reward / unit(cartridge), 100));
                if (cabinet.isOver()) {
                    cabinet.restart();
                    reward = 0;
                    assertThat(shown(cabinet, cartridge))
                            .as("score after a restart")
                            .isZero();
                }
            }
            assertThat(scored).isGreaterThan(5);
        }
    }

    @ParameterizedTest
    @MethodSource("cartridges")
    void endsAndBeginsAnew(Cartridge cartridge) {
        SplittableRandom random = new SplittableRandom(5);
        try (Cabinet cabinet = new Cabinet(cartridge, 3)) {
            Episode idle = Episode.play(cabinet, 0, () -> ScriptedPlayer.NOOP);
            assertThat(cabinet.press(ScriptedPlayer.NOOP)).as("after the end").isZero();
            Episode busy = Episode.play(cabinet, 0, () -> cabinet.randomAction(random));

            assertThat(idle.actions()).isLessThan(600);
            assertThat(busy.actions()).isBetween(5, 600);
        }
    }

    @ParameterizedTest
    @MethodSource("cartridges")
    void rewardsSkill(Cartridge cartridge) {
        SplittableRandom random = new SplittableRandom(6);
        try (Cabinet cabinet = new Cabinet(cartridge, 4)) {
            double chance = IntStream.range(0, 5)
                    .map(i -> Episode.play(cabinet, i, () -> cabinet.randomAction(random))
                            .reward())
                    .average()
                    .orElseThrow();
            double skill = IntStream.range(0, 2)
                    .map(i -> Episode.play(cabinet, i, Episode.scripted(cabinet, cartridge.name()))
                            .reward())
                    .average()
                    .orElseThrow();

            double range = cartridge.expert() - cartridge.random();
            assertThat((chance - cartridge.random()) / range).as("random play").isBetween(-0.15, 0.15);
            assertThat((skill - cartridge.random()) / range).as("scripted play").isBetween(0.6, 1.4);
        }
    }

    @ParameterizedTest
    @MethodSource("cartridges")
    void goesTheSameWayForTheSameActions(Cartridge cartridge) {
        assertThat(chance(cartridge, 7)).isEqualTo(chance(cartridge, 7));
    }

    @ParameterizedTest
    @MethodSource("cartridges")
    void goesAnotherWayAfterAnotherNumberOfNoops(Cartridge cartridge) {
        Set<Integer> chances = new HashSet<>();

        for (int noops = 0; noops < 4; noops++) {
            chances.add(chance(cartridge, noops));
        }

        assertThat(chances).hasSize(4);
    }

    @ParameterizedTest
    @MethodSource("cartridges")
    void isNeverTheSameTwiceRunning(Cartridge cartridge) {
        try (Cabinet cabinet = new Cabinet(cartridge, 9)) {
            int first = chance(cabinet, cartridge, 0);
            cabinet.restart();
            int second = chance(cabinet, cartridge, 0);

            assertThat(second).isNotEqualTo(first);
        }
    }

    private static int chance(Cartridge cartridge, int noops) {
        try (Cabinet cabinet = new Cabinet(cartridge, 1)) {
            return chance(cabinet, cartridge, noops);
        }
    }

    /** The two cells of chance at the 60th frame, with the same few actions after some no-ops: the game goes on from there by them alone. */
    private static int chance(Cabinet cabinet, Cartridge cartridge, int noops) {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 60; i++) {
            boolean acts = i >= noops && i < noops + 20;
            cabinet.pressForOneFrame(acts ? cabinet.randomAction(random) : ScriptedPlayer.NOOP);
        }
        Matcher cell = SEED.matcher(source(cartridge));
        assertThat(cell.find()).isTrue();
        int address = Integer.parseInt(cell.group(1), 16);
        return cabinet.ram(address) + 256 * cabinet.ram(address + 1);
    }

    private static String source(Cartridge cartridge) {
        try (InputStream source = Cartridge.class.getResourceAsStream(cartridge.name() + ".asm")) {
            return new String(Objects.requireNonNull(source).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the two numbers at the top come to: the score, which in a game of two sides is the difference. */
    private static int shown(Cabinet cabinet, Cartridge cartridge) {
        return cartridge.name().equals("court")
                ? Math.floorMod(cabinet.rightNumber() - cabinet.leftNumber(), 100)
                : cabinet.leftNumber();
    }

    /** How many points ALE makes of one on the screen. */
    private static int unit(Cartridge cartridge) {
        return switch (cartridge.aleGame()) {
            case "carnival" -> 10;
            case "koolaid" -> 100;
            default -> 1;
        };
    }
}
