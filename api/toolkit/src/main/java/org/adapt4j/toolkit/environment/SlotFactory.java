package org.adapt4j.toolkit.environment;

import java.util.random.RandomGenerator;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.toolkit.run.SavableRandom;
import org.adapt4j.toolkit.run.SplitMix64;

/** Makes the slots of one batch, and holds what they share, such as a compiled model. */
@FunctionalInterface
public interface SlotFactory extends AutoCloseable {

    /**
     * A slot, which the batch closes.
     *
     * @param index from 0
     * @param random its random numbers, for as long as it lives; the batch saves and restores them, and draws tasks from them
     */
    Slot create(int index, RandomGenerator random);

    /**
     * The random numbers of a slot; called once for each, in order. Another generator is for results that were published with it.
     *
     * @param root what the environment was opened with
     */
    default SavableRandom random(int index, RandomStream root) {
        return new SplitMix64(root.child("slot").child(index).nextLong());
    }

    /** Frees what is shared; called once, after the slots were closed. */
    @Override
    default void close() {}
}
