package org.adapt4j.env.ale;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.adapt4j.env.ale.cartridge.Cartridge;
import org.adapt4j.env.ale.cartridge.Cartridges;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("native")
final class EmulatorTest {

    private static Emulator switchOn(String name, double sticky) {
        Cartridge cartridge = PlayNames.cartridge(name).orElseThrow();
        Game game = Games.named(cartridge.aleGame()).orElseThrow();
        return new Emulator(game, cartridge.rom(), game.defaultMode(), Game.DEFAULT_DIFFICULTY, sticky);
    }

    private static byte[] screen(Emulator emulator) {
        byte[] screen = new byte[emulator.width() * emulator.height()];
        emulator.screen().get(0, screen);
        return screen;
    }

    @Test
    void stickyActionsRepeatTheActionOfTheFrameBeforeAQuarterOfTheTime() {
        int frames = 2_000;
        int kept = 0;
        try (Emulator sticky = switchOn("orchard", 0.25);
                Emulator plain = switchOn("orchard", 0)) {
            sticky.restore(saved(sticky).reseeded(7));
            sticky.reset();
            plain.reset();
            MersenneTwister foretold = new MersenneTwister(7);
            Random chosen = new Random(1);
            int done = Emulator.NO_OP;

            for (int i = 0; i < frames; i++) {
                int action = 3 + chosen.nextInt(2);
                boolean repeats = foretold.draw() < 0.25;
                foretold.draw(); // for the second player
                kept += repeats ? 1 : 0;
                done = repeats ? done : action;
                sticky.act(action);
                plain.act(done);
                assertThat(Arrays.equals(screen(sticky), screen(plain))).isTrue();
                if (sticky.isOver()) {
                    sticky.reset();
                    plain.reset();
                    done = Emulator.NO_OP;
                }
            }
        }

        assertThat(kept / (double) frames).isBetween(0.22, 0.28);
    }

    @Test
    void aStateRestoredBeforeAResetGoesOnBitForBit() {
        for (Cartridge cartridge : Cartridges.all()) {
            try (Emulator one = switchOn(cartridge.name(), 0.25);
                    Emulator other = switchOn(cartridge.name(), 0.25)) {
                Random random = new Random(2);
                for (int i = 0; i < 500; i++) {
                    one.act(random.nextInt(18));
                }

                other.restore(saved(one));
                one.reset();
                other.reset();

                for (int i = 0; i < 1_000; i++) {
                    int action = random.nextInt(18);
                    assertThat(other.act(action)).isEqualTo(one.act(action));
                    assertThat(Arrays.equals(screen(other), screen(one)))
                            .as(cartridge.name())
                            .isTrue();
                    assertThat(other.isOver()).isEqualTo(one.isOver());
                    if (one.isOver()) {
                        one.reset();
                        other.reset();
                    }
                }
            }
        }
    }

    @Test
    void knowsTheMinimalActionsThatTheLibraryKnows() {
        for (Cartridge cartridge : Cartridges.all()) {
            Game game = Games.named(cartridge.aleGame()).orElseThrow();
            try (Emulator emulator = switchOn(cartridge.name(), 0)) {
                assertThat(emulator.minimalActions()).as(game.name()).isEqualTo(game.actions());
            }
        }
    }

    @Test
    void hasTheColoursOfTheLibrary() {
        try (Emulator emulator = switchOn("court", 0)) {
            emulator.reset();
            byte[] grey = emulator.greyScreen();

            byte[] ours = screen(emulator);
            for (int i = 0; i < ours.length; i++) {
                ours[i] = (byte) emulator.greys()[ours[i] & 255];
            }

            assertThat(ours).isEqualTo(grey);
            // NTSC: black and the brightest grey.
            assertThat(emulator.colours()[0x00]).isEqualTo(0x000000);
            assertThat(emulator.colours()[0x0e]).isEqualTo(0xececec);
        }
    }

    @Test
    void reseedsOnlyTheRandomNumbers() {
        try (Emulator emulator = switchOn("court", 0.25)) {
            SavedState state = saved(emulator);

            SavedState other = state.reseeded(123);

            assertThat(other.reseeded(123).bytes()).isEqualTo(other.bytes());
            assertThat(state.reseeded(124).bytes()).isNotEqualTo(other.bytes());
            emulator.restore(other);
            assertThat(saved(emulator).bytes()).isEqualTo(other.bytes());
        }
    }

    private static SavedState saved(Emulator emulator) {
        SavedState state = new SavedState();
        emulator.save(state);
        return state;
    }
}
