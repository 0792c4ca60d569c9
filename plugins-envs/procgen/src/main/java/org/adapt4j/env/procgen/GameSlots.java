package org.adapt4j.env.procgen;

import java.util.function.IntFunction;
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
    private final IntFunction<Slot> slots;
    private final Runnable closing;

    /**
     * Draws levels as the native library does that was given a {@code rand_seed}.
     *
     * @param slots makes one, of its index
     * @param closing frees what they share
     */
    GameSlots(int randSeed, IntFunction<Slot> slots, Runnable closing) {
        seeds = new MersenneTwister(randSeed);
        this.slots = slots;
        this.closing = closing;
    }

    @Override
    public SavableRandom random(int index, RandomStream root) {
        return new MersenneTwister(seeds.raw());
    }

    @Override
    public Slot create(int index, RandomGenerator random) {
        return slots.apply(index);
    }

    @Override
    public void close() {
        closing.run();
    }
}
