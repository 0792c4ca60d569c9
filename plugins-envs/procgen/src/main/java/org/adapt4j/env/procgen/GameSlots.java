package org.adapt4j.env.procgen;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.toolkit.environment.Slot;
import org.adapt4j.toolkit.environment.SlotFactory;
import org.adapt4j.toolkit.run.SavableRandom;

/**
 * Makes games. Slot {@code i} draws its levels from a Mersenne Twister of its own, seeded with the i-th number of one seeded with {@code
 * rand_seed}; over an interval of levels these are the native library's draws.
 */
final class GameSlots implements SlotFactory {

    private final MersenneTwister seeds;
    private final Supplier<Game> games;

    GameSlots(int randSeed, Supplier<Game> games) {
        seeds = new MersenneTwister(randSeed);
        this.games = games;
    }

    @Override
    public SavableRandom random(int index, RandomStream root) {
        return new MersenneTwister(seeds.raw());
    }

    @Override
    public Slot create(int index, RandomGenerator random) {
        return new GameSlot(games.get());
    }
}
