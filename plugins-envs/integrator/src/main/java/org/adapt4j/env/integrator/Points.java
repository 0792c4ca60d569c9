package org.adapt4j.env.integrator;

import java.util.random.RandomGenerator;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.toolkit.environment.Slot;
import org.adapt4j.toolkit.environment.SlotFactory;
import org.adapt4j.toolkit.run.SavableRandom;
import org.adapt4j.toolkit.run.SplitMix64;

/** Makes points. */
final class Points implements SlotFactory {

    @Override
    public Slot create(int index, RandomGenerator random) {
        return new Point();
    }

    /** Goals are drawn by the remainder of the upper half of a number, as always in this benchmark: published runs depend on it. */
    @Override
    public SavableRandom random(int index, RandomStream root) {
        return new SplitMix64(root.child("slot").child(index).nextLong()) {
            @Override
            public int nextInt(int bound) {
                return (int) ((nextLong() >>> 33) % bound);
            }
        };
    }
}
