package org.adapt4j.env.ale;

import java.util.function.IntSupplier;

/**
 * What came of playing a cartridge once.
 *
 * @param reward sum of rewards, as ALE gives them
 * @param actions how many, of four frames each
 */
record Episode(int reward, int actions) {
    /** No game of ours takes as many actions. */
    private static final int TOO_LONG = 2000;

    /** Plays from a fresh start to the end: first no-ops, then what the player says. */
    static Episode play(Cabinet cabinet, int noops, IntSupplier player) {
        int reward = 0;
        int actions = 0;
        cabinet.restart();
        for (int i = 0; i < noops && !cabinet.isOver(); i++) {
            reward += cabinet.pressForOneFrame(ScriptedPlayer.NOOP);
        }
        while (!cabinet.isOver()) {
            reward += cabinet.press(player.getAsInt());
            actions++;
            if (actions > TOO_LONG) {
                throw new AssertionError("the game does not end");
            }
        }
        return new Episode(reward, actions);
    }

    static IntSupplier scripted(Cabinet cabinet, String cartridge) {
        ScriptedPlayer player = ScriptedPlayer.of(cartridge);
        return () -> {
            byte[] ram = cabinet.ram();
            return player.action(address -> ram[address - 0x80] & 0xff);
        };
    }
}
