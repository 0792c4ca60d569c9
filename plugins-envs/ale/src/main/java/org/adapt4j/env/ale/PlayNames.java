package org.adapt4j.env.ale;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.adapt4j.api.settings.Nearest;
import org.adapt4j.env.ale.cartridge.Cartridge;
import org.adapt4j.env.ale.cartridge.Cartridges;

/**
 * Understands names of tasks: {@code cartridge/<name>} or {@code rom/<ALE's game>}, with {@code @m<mode>d<difficulty>} behind it where
 * the switches are not the benchmark's.
 *
 * @param mode where a name says nothing; empty for the game's default
 * @param difficulty likewise
 */
record PlayNames(Optional<Integer> mode, Optional<Integer> difficulty) {

    private static final Pattern NAME =
            Pattern.compile("(cartridge|rom)/([a-z0-9_-]+)(?:@m(0|[1-9][0-9]{0,3})d(0|[1-9][0-9]?))?");

    /**
     * What a name means.
     *
     * @throws IllegalArgumentException if it means nothing, with the nearest name that does
     */
    Play parse(String text) {
        Matcher name = NAME.matcher(text);
        if (!name.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no task: write cartridge/NAME for one of ours"
                    + " or rom/GAME for one of yours, such as rom/ms_pacman or, with other switches, rom/freeway@m1d0"
                    + Nearest.hint(nearest(text)));
        }
        Kind kind = name.group(1).equals(Kind.ROM.key()) ? Kind.ROM : Kind.CARTRIDGE;
        Game game = game(kind, name.group(2))
                .orElseThrow(() -> new IllegalArgumentException("there is no " + text + Nearest.hint(nearest(text))
                        + (kind == Kind.CARTRIDGE ? " (known: " + String.join(", ", ours()) + ")" : "")));
        int chosenMode = name.group(3) == null ? mode.orElse(game.defaultMode()) : Integer.parseInt(name.group(3));
        int chosenDifficulty =
                name.group(4) == null ? difficulty.orElse(Game.DEFAULT_DIFFICULTY) : Integer.parseInt(name.group(4));
        Play play = new Play(kind, name.group(2), game, chosenMode, chosenDifficulty);
        if (kind == Kind.CARTRIDGE && !play.hasDefaultSwitches()) {
            throw new IllegalArgumentException(play.cartridge() + " has no switches: its mode is " + game.defaultMode()
                    + " and its difficulty " + Game.DEFAULT_DIFFICULTY);
        }
        demand(play, "mode", chosenMode, game.modes());
        demand(play, "difficulty", chosenDifficulty, game.difficulties());
        return play;
    }

    /** Whether names must carry the switches of this play, because the bare name means others. */
    boolean needsSwitches(Play play) {
        boolean bare = mode.isEmpty() && difficulty.isEmpty();
        return play.kind() == Kind.ROM && !(bare && play.hasDefaultSwitches());
    }

    private static void demand(Play play, String what, int chosen, List<Integer> known) {
        if (!known.contains(chosen)) {
            throw new IllegalArgumentException(
                    play.cartridge() + " has no " + what + " " + chosen + ", only " + ranges(known));
        }
    }

    /** Numbers in words: {@code 0 to 3, 16}. */
    private static String ranges(List<Integer> numbers) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < numbers.size(); i++) {
            int last = i;
            while (last + 1 < numbers.size() && numbers.get(last + 1) == numbers.get(last) + 1) {
                last++;
            }
            text.append(text.isEmpty() ? "" : ", ").append(numbers.get(i));
            if (last > i) {
                text.append(last == i + 1 ? ", " : " to ").append(numbers.get(last));
            }
            i = last;
        }
        return text.toString();
    }

    private static Optional<Game> game(Kind kind, String name) {
        return kind == Kind.ROM
                ? Games.named(name)
                : cartridge(name).flatMap(cartridge -> Games.named(cartridge.aleGame()));
    }

    static Optional<Cartridge> cartridge(String name) {
        return Cartridges.all().stream()
                .filter(cartridge -> cartridge.name().equals(name))
                .findFirst();
    }

    private static List<String> ours() {
        return Cartridges.all().stream().map(Cartridge::name).toList();
    }

    /** The known name most like a text, if any is much like it. */
    static Optional<String> nearest(String text) {
        TreeSet<String> known = new TreeSet<>();
        ours().forEach(name -> known.add(Kind.CARTRIDGE.key() + "/" + name));
        Games.all().forEach(game -> known.add(Kind.ROM.key() + "/" + game.name()));
        return Nearest.to(text, known);
    }
}
