package org.adapt4j.api.environment;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.space.Space;
import org.apiguardian.api.API;

/**
 * Memory for what some slots do over some steps, and for what an algorithm notes down beside each action (its
 * <em>extras</em>, such as the value and the log-probability). Layout and ownership as in {@link StepBlock}.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class ActionBlock {

    private final int slots;
    private final Columns columns;
    private final ActionBuffers[] steps;

    private ActionBlock(Space action, List<Component> extras, int slots, int steps) {
        this.slots = slots;
        List<Component> all = new ArrayList<>();
        all.add(new Component("action", action));
        all.addAll(extras);
        columns = new Columns(all, slots, steps);
        this.steps = new ActionBuffers[steps];
        for (int t = 0; t < steps; t++) {
            this.steps[t] = new ActionBuffers(slots, columns, columns.step(t));
        }
    }

    /**
     * Allocates zeroed memory.
     *
     * @param extras columns an algorithm adds; their spaces hold floats
     */
    public static ActionBlock allocate(Space action, List<Component> extras, int slots, int steps) {
        return new ActionBlock(action, extras, slots, steps);
    }

    /** Number of slots. */
    public int slots() {
        return slots;
    }

    /** Number of steps. */
    public int steps() {
        return steps.length;
    }

    /** The view on one step; the same object at every call. */
    public ActionBuffers step(int step) {
        return steps[step];
    }

    /** All values of a column, {@code [steps, slots, …]}; the actions are {@code "action"}. */
    public ByteBuffer column(String name) {
        return columns.whole(columns.index(name)).duplicate().order(ByteOrder.nativeOrder());
    }
}
