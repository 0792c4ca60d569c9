package org.adapt4j.env.ale;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;
import org.adapt4j.env.ale.cartridge.Cartridge;
import org.adapt4j.env.ale.cartridge.Cartridges;

/** Prints what random and scripted play come to: the figures in {@link Cartridges}. Arguments: episodes of each; names of cartridges. */
final class CartridgeScores {

    private CartridgeScores() {}

    public static void main(String[] arguments) {
        for (Cartridge cartridge : Cartridges.all()) {
            if (arguments.length > 2 && !List.of(arguments).contains(cartridge.name())) {
                continue;
            }
            SplittableRandom random = new SplittableRandom(1);
            try (Cabinet cabinet = new Cabinet(cartridge, 1)) {
                print(
                        cabinet,
                        cartridge,
                        "random",
                        Integer.parseInt(arguments[0]),
                        random,
                        () -> cabinet.randomAction(random));
                IntSupplier expert = Episode.scripted(cabinet, cartridge.name());
                print(cabinet, cartridge, "scripted", Integer.parseInt(arguments[1]), random, expert);
            }
        }
    }

    private static void print(
            Cabinet cabinet,
            Cartridge cartridge,
            String who,
            int episodes,
            SplittableRandom random,
            IntSupplier player) {
        double sum = 0;
        double squares = 0;
        long actions = 0;
        for (int i = 0; i < episodes; i++) {
            Episode episode = Episode.play(cabinet, random.nextInt(30), player);
            sum += episode.reward();
            squares += (double) episode.reward() * episode.reward();
            actions += episode.actions();
        }
        double mean = sum / episodes;
        double error = Math.sqrt(Math.max(0, squares / episodes - mean * mean) / episodes);
        System.out.printf(
                Locale.ROOT,
                "%-10s %-10s mean return %9.2f, standard error %7.2f, %4d actions%n",
                cartridge.name(),
                who,
                mean,
                error,
                actions / episodes);
    }
}
