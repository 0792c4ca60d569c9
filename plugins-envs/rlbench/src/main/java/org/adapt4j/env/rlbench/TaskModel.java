package org.adapt4j.env.rlbench;

import java.util.List;
import org.adapt4j.api.benchmark.UnplayableTaskException;
import org.adapt4j.env.mujoco.Model;
import org.adapt4j.env.mujoco.ModelException;
import org.adapt4j.env.mujoco.PhysicsException;
import org.adapt4j.env.rlbench.describe.Description;
import org.adapt4j.env.rlbench.describe.State;
import org.adapt4j.env.rlbench.scene.Objects;
import org.adapt4j.env.rlbench.scene.Panda;

/**
 * A task, compiled once for all its variations and episodes.
 *
 * @param description of the task
 * @param objects that stand on the table
 * @param model to be copied; closed by whoever compiled it
 */
record TaskModel(Description description, Objects objects, Model model) {

    /**
     * Compiles a task.
     *
     * @throws UnplayableTaskException if MuJoCo cannot be loaded, or refuses the description
     */
    static TaskModel compile(Description description) {
        Objects objects = new Objects();
        description.objects(objects);
        try {
            return new TaskModel(description, objects, Panda.compile(description.name(), objects));
        } catch (ModelException | PhysicsException e) {
            throw unplayable(e);
        }
    }

    /** The user can mend this: his machine. */
    static UnplayableTaskException unplayable(RuntimeException problem) {
        UnplayableTaskException unplayable = new UnplayableTaskException(String.valueOf(problem.getMessage()));
        unplayable.initCause(problem);
        return unplayable;
    }

    /** Names of all bodies and joints of the things. */
    List<String> names() {
        return objects.names();
    }

    /** How many numbers the low-dimensional state tells. */
    int stateWidth() {
        return State.width(description, names());
    }

    /** The same without compiling anything. */
    static int stateWidth(Description description) {
        Objects objects = new Objects();
        description.objects(objects);
        return State.width(description, objects.names());
    }
}
