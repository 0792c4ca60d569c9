package org.adapt4j.env.ale;

import java.util.random.RandomGenerator;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.toolkit.environment.Slot;
import org.adapt4j.toolkit.environment.SlotFactory;
import org.adapt4j.toolkit.run.SavableRandom;
import org.adapt4j.toolkit.run.SplitMix64;

/** Makes places to play at. */
final class AleSlots implements SlotFactory {

    private final Sight sight;
    private final Protocol protocol;
    private final boolean training;
    private final Arcade arcade;
    private final int actions;
    private final SplitMix64 seeds;
    private final long[] seedOf;

    /**
     * A factory.
     *
     * @param sight what the agent sees
     * @param training whether lost lives and clipped rewards are as the protocol says
     * @param actions how many the agent has
     * @param seed of all chance
     */
    AleSlots(Sight sight, Protocol protocol, boolean training, Arcade arcade, int actions, int slots, long seed) {
        this.sight = sight;
        this.protocol = protocol;
        this.training = training;
        this.arcade = arcade;
        this.actions = actions;
        seeds = new SplitMix64(seed);
        seedOf = new long[slots];
    }

    @Override
    public SavableRandom random(int index, RandomStream root) {
        seedOf[index] = seeds.nextLong();
        return new SplitMix64(seedOf[index]) {
            /** Without the bias of a remainder, from 63 bits: as always in this benchmark, so that games begin as they did. */
            @Override
            public int nextInt(int bound) {
                long bits = nextLong() >>> 1;
                long result = bits % bound;
                while (bits - result + (bound - 1) < 0) {
                    bits = nextLong() >>> 1;
                    result = bits % bound;
                }
                return (int) result;
            }
        };
    }

    @Override
    public Slot create(int index, RandomGenerator random) {
        return new AleSlot(sight, protocol, training, arcade, actions, seedOf[index], random);
    }
}
