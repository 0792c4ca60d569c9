package org.adapt4j.runtime.cell;

import java.nio.ByteBuffer;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Element;
import org.adapt4j.api.space.Space;
import org.adapt4j.api.task.TaskSchedule;

/**
 * Sees to it that environments give numbers, that policies answer with numbers, and that episodes last. Looks at rewards, and at
 * observations and actions that are floats; allocates nothing.
 */
final class PlayCheck {

    /** So many first episodes, each of a single step, are no bad luck. */
    static final int TOO_SHORT = 64;

    private static final int LASTING = -1;

    private final EnvironmentSpec spec;
    private int shortest;

    PlayCheck(EnvironmentSpec spec) {
        this.spec = spec;
    }

    /**
     * Looks at what is seen.
     *
     * @param step how to call this moment to people, counted from 1
     * @throws IllegalStateException if an observation is not finite
     */
    void seen(StepBuffers seen, TaskSchedule schedule, int step) {
        for (int c = 0; c < spec.observation().size(); c++) {
            if (isFloat(spec.observation().get(c).space())) {
                for (int slot = 0; slot < seen.slots(); slot++) {
                    observation(seen.observation(c), c, seen, slot, schedule, step);
                }
            }
        }
    }

    /**
     * Looks at what an action led to in a slot.
     *
     * @param seen before the action
     * @throws IllegalStateException if the reward, or where a cut-off episode stood, is not finite
     */
    void outcome(StepBuffers seen, StepBuffers outcome, int slot, TaskSchedule schedule, int step) {
        float reward = outcome.rewards().get(slot);
        if (!Float.isFinite(reward)) {
            throw notFinite("a reward", reward, seen, slot, schedule, step);
        }
        if (outcome.is(Flag.TRUNCATED, slot)) {
            for (int c = 0; c < spec.observation().size(); c++) {
                if (isFloat(spec.observation().get(c).space())) {
                    observation(outcome.lastObservation(c), c, seen, slot, schedule, step);
                }
            }
        }
        if (shortest != LASTING) {
            shortest = outcome.is(Flag.FIRST, slot) ? shortest + 1 : LASTING;
        }
    }

    /**
     * Looks at the episodes so far.
     *
     * @throws IllegalStateException if there were many, and none of more than one step, though they may be longer
     */
    void episodes() {
        if (shortest >= TOO_SHORT && spec.maxEpisodeSteps() > 1) {
            throw new IllegalStateException(
                    "the environment ends every episode at once: each of the first " + shortest
                            + " took a single step, and " + spec.maxEpisodeSteps()
                            + " are allowed. Look at how the benchmark begins an episode and when it ends one, with: adapt4j env");
        }
    }

    /** Whether a policy answered with numbers. */
    boolean isFinite(ActionBuffers acted) {
        if (isFloat(spec.action())) {
            for (int i = 0; i < acted.continuous().capacity(); i++) {
                if (!Float.isFinite(acted.continuous().get(i))) {
                    return false;
                }
            }
        }
        return true;
    }

    private void observation(
            ByteBuffer rows, int component, StepBuffers seen, int slot, TaskSchedule schedule, int step) {
        Component what = spec.observation().get(component);
        int width = what.space().width();
        for (int i = 0; i < width; i++) {
            float number = rows.getFloat((slot * width + i) * Float.BYTES);
            if (!Float.isFinite(number)) {
                String name = "an observation '" + what.name() + "', its number " + (i + 1) + " of " + width + ",";
                throw notFinite(name, number, seen, slot, schedule, step);
            }
        }
    }

    private static boolean isFloat(Space space) {
        return space instanceof Box box && box.element() == Element.FLOAT32;
    }

    private static IllegalStateException notFinite(
            String what, float number, StepBuffers seen, int slot, TaskSchedule schedule, int step) {
        String task = schedule.tasks().get(seen.tasks().get(slot)).name();
        return new IllegalStateException(
                "the environment gave " + what + " of " + number + " in step " + step + " of slot " + slot
                        + ", which plays " + task + ": a fault of the benchmark or its settings, not of the method");
    }

    /** What to save: how many episodes took a single step, as long as none took more. */
    int shortest() {
        return shortest;
    }

    /** Goes on from there. */
    void resume(int saved) {
        shortest = saved;
    }
}
