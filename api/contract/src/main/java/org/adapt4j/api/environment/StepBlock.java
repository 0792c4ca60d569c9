package org.adapt4j.api.environment;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.apiguardian.api.API;

/**
 * Memory for what some slots see over some steps: one direct buffer per column, time-major {@code [steps, slots, …]}, native
 * byte order, aligned to 64 bytes.
 *
 * <p>The caller owns it, and environments write into it. All views are made once, so that nothing is allocated per step. It
 * is freed with the last reference.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class StepBlock {

    private static final List<Component> OUTCOME = List.of(
            new Component("reward", Box.vector(1, -Float.MAX_VALUE, Float.MAX_VALUE)),
            new Component("flags", Box.image(1, 1, 1)),
            new Component("task", new Discrete(Integer.MAX_VALUE)));

    private final int slots;
    private final Columns observations;
    private final Columns outcome;
    private final StepBuffers[] steps;

    private StepBlock(EnvironmentSpec spec, int slots, int steps) {
        this.slots = slots;
        observations = new Columns(spec.observation(), slots, steps);
        outcome = new Columns(OUTCOME, slots, steps);
        // Where a truncated episode stood matters in the step that cut it off only: one row serves all steps.
        Columns last = new Columns(spec.observation(), slots, 1);
        this.steps = new StepBuffers[steps];
        for (int t = 0; t < steps; t++) {
            this.steps[t] = new StepBuffers(slots, observations, observations.step(t), last.step(0), outcome.step(t));
        }
    }

    /**
     * Allocates zeroed memory.
     *
     * @throws IllegalArgumentException if a column would exceed 2 GiB
     */
    public static StepBlock allocate(EnvironmentSpec spec, int slots, int steps) {
        if (slots < 1 || steps < 1) {
            throw new IllegalArgumentException(
                    "needs slots and steps of at least 1 but has " + slots + " and " + steps);
        }
        return new StepBlock(spec, slots, steps);
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
    public StepBuffers step(int step) {
        return steps[step];
    }

    /** All observations of a component, {@code [steps, slots, …shape]}. */
    public ByteBuffer observations(String name) {
        return view(observations.whole(observations.index(name)));
    }

    /** All rewards, float32 {@code [steps, slots]}: what the action before each step earned. */
    public ByteBuffer rewards() {
        return view(outcome.whole(0));
    }

    /** All flags, bytes {@code [steps, slots]}, see {@link Flag}. */
    public ByteBuffer flags() {
        return view(outcome.whole(1));
    }

    private static ByteBuffer view(ByteBuffer buffer) {
        return buffer.duplicate().order(ByteOrder.nativeOrder());
    }
}
