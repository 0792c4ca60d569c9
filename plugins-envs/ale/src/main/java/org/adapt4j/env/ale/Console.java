package org.adapt4j.env.ale;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.adapt4j.api.environment.Picture;

/** An emulator with what a slot needs to play on it: the agent's buttons, and eyes. */
final class Console {

    private final Play play;
    private final Emulator emulator;
    private final Shrinker shrinker;

    /** ALE's action for each of the agent's. */
    private final int[] buttons;

    /** The frame before the last. */
    private final byte[] before;

    private final ByteBuffer beforeWords;

    /**
     * A console with a borrowed emulator.
     *
     * @param actions how many the agent has
     * @throws IllegalArgumentException if the cartridge has more
     */
    Console(Play play, Protocol protocol, Arcade arcade, int actions) {
        this.play = play;
        boolean full = protocol.actionSet() == ActionSet.FULL;
        int own = full ? Emulator.ALL_ACTIONS : play.game().actions().size();
        if (own > actions) {
            throw new IllegalArgumentException(play.cartridge() + " has " + own + " actions, and the agent only "
                    + actions + ": set benchmark.actions = padded");
        }
        buttons = new int[actions];
        for (int i = 0; i < actions; i++) {
            buttons[i] =
                    i >= own ? Emulator.NO_OP : full ? i : play.game().actions().get(i);
        }
        emulator = arcade.borrow(play);
        shrinker = new Shrinker(protocol.resize(), emulator.width(), emulator.height());
        before = new byte[emulator.width() * emulator.height()];
        beforeWords = ByteBuffer.wrap(before).order(ByteOrder.nativeOrder());
    }

    Play play() {
        return play;
    }

    Emulator emulator() {
        return emulator;
    }

    /** ALE's number of one of the agent's actions. */
    int button(int action) {
        return buttons[action];
    }

    /** Keeps the present frame, to be shown with the next one. */
    void remember() {
        emulator.screen().get(0, before);
    }

    /**
     * Makes the screen small.
     *
     * @param withRemembered whether to take the brighter of this frame and the remembered one
     */
    void shrink(boolean withRemembered, byte[] into, int at) {
        shrinker.shrink(emulator.screen(), emulator.greys(), withRemembered ? beforeWords : null, into, at);
    }

    /** The whole screen in colour. */
    Picture picture() {
        int pixels = emulator.width() * emulator.height();
        int[] colours = emulator.colours();
        ByteBuffer rgb = ByteBuffer.allocate(3 * pixels);
        for (int i = 0; i < pixels; i++) {
            int colour = colours[emulator.screen().get(i) & 255];
            rgb.put(3 * i, (byte) (colour >> 16));
            rgb.put(3 * i + 1, (byte) (colour >> 8));
            rgb.put(3 * i + 2, (byte) colour);
        }
        return new Picture(emulator.width(), emulator.height(), rgb);
    }
}
