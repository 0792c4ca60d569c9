package org.adapt4j.env.rlbench.describe;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.adapt4j.env.rlbench.scene.Objects;
import org.adapt4j.env.rlbench.scene.World;

/**
 * A task: everything that the engine does not know by itself. Holds nothing that changes; all calls get what they need.
 *
 * <p>A <em>variation</em> changes what is meant (a colour, a number, a side), an episode changes the layout within a variation.
 */
public interface Description {

    /** RLBench's name of the task: that of the class in small letters with underscores. */
    default String name() {
        return getClass()
                .getSimpleName()
                .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }

    /** How many variations there are. */
    default int variations() {
        return 1;
    }

    /** What a person might say who wants it done, in a few ways. */
    List<String> instructions(int variation);

    /** What stands on the table; called once, for all variations. */
    void objects(Objects objects);

    /**
     * Puts everything where it is in an episode, and paints it. A layout in which things overlap, that the arm cannot handle, or in which the
     * task is done already is drawn again, forty times at most.
     */
    void layout(Layout layout);

    /** When the task is done; a new condition for each episode. */
    Condition success(int variation);

    /** When the task cannot be done any more; a new condition for each episode. */
    default Optional<Condition> failure(int variation) {
        return Optional.empty();
    }

    /** How the expert does it, from where things lie at the beginning. */
    void script(Script script);

    /** What the low-dimensional state tells; by default the poses of all bodies, and the positions of all joints, in their order. */
    default void state(State state) {
        state.everything();
    }

    /** After each step of 0.05 s: what the scene itself does, such as a lamp that lights up. */
    default void react(World world, int variation, boolean done) {}

    /** A reward for each step, for {@code shaped = true}: minus distances in metres. Empty where RLBench has none. */
    default Optional<Double> shaped(World world) {
        return Optional.empty();
    }
}
