package org.adapt4j.env.ale.cartridge;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * All games of our own.
 *
 * <p>The returns of random and scripted play were measured with ALE 0.7.3: four frames an action, no sticky actions, up to 29 no-ops at
 * the start, the game's minimal action set, returns as ALE gives them (not clipped), 400 episodes of random play and 100 of scripted
 * play with ALE's seed 1 (the test {@code CartridgeScores} prints them).
 */
public final class Cartridges {
    private static final List<Cartridge> ALL = List.of(
            new Cartridge("orchard", "kaboom", "Orchard: catch falling fruit in a basket", 1.9, 24),
            new Cartridge("reef", "freeway", "Reef: steer a submarine past what swims by", 1.7, 47),
            new Cartridge("court", "pong", "Court: return the ball past the other racket", -3.9, 4.9),
            new Cartridge("tower", "assault", "Tower: climb ladders to the flag, past ghosts", 5.4, 96),
            new Cartridge("saucers", "carnival", "Saucers: shoot at what crosses the sky", 67, 200),
            new Cartridge("bricks", "breakout", "Bricks: knock bricks out of a wall with a ball", 2.2, 41),
            new Cartridge("vault", "koolaid", "Vault: take jewels, and keep away from the spark", 964, 14_570));

    private Cartridges() {}

    /** The games, in the order in which they are listed to people. */
    public static List<Cartridge> all() {
        return ALL;
    }

    /** The source of a game, or of a part that games share; empty where there is none of that name. */
    static Optional<String> source(String file) {
        try (InputStream resource = Cartridges.class.getResourceAsStream(file)) {
            return resource == null
                    ? Optional.empty()
                    : Optional.of(new String(resource.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the source " + file, e);
        }
    }
}
