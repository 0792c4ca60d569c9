package org.adapt4j.env.ale.cartridge;

import java.util.Objects;

/**
 * One of this project's own Atari 2600 games.
 *
 * @param name of the game, in lower case; the source lies beside this class as {@code name.asm}
 * @param aleGame game of ALE whose RAM layout the cartridge follows: ALE chooses by the file's name where it reads score and end, so the
 *     image has to lie in a file {@code aleGame.bin}
 * @param title for people: the name and what there is to do
 * @param random mean return of random play; see {@link Cartridges} for how it was measured
 * @param expert mean return of a scripted player that looks into RAM
 */
public record Cartridge(String name, String aleGame, String title, double random, double expert) {

    public Cartridge {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(aleGame, "aleGame");
        Objects.requireNonNull(title, "title");
    }

    /** The 4,096 bytes of the cartridge, assembled from its source in some milliseconds; the caller owns them. */
    public byte[] rom() {
        return Assembler.assemble(name + ".asm", Cartridges::source);
    }
}
