package org.adapt4j.env.rlbench.bridge;

import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.adapt4j.api.task.Task;
import org.adapt4j.toolkit.environment.Slot;
import org.adapt4j.toolkit.environment.SlotFactory;

/** Makes slots that play RLBench itself. They share nothing. */
public final class BridgeSlots implements SlotFactory {

    private final BridgeSettings settings;
    private final Wishes wishes;
    private final Function<Task, float[]> told;

    /**
     * For environments that are all alike.
     *
     * @param told what the component {@code task} says of a task
     */
    public BridgeSlots(BridgeSettings settings, Wishes wishes, Function<Task, float[]> told) {
        this.settings = settings;
        this.wishes = wishes;
        this.told = told;
    }

    @Override
    public Slot create(int index, RandomGenerator random) {
        return new BridgeSlot(settings, wishes, told, index, random);
    }
}
