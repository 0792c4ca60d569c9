package org.adapt4j.data.imujoco;

import java.util.List;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Element;
import org.adapt4j.api.space.Space;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;

/**
 * How a row of a file is made up: the observation to the left, the action next, the reward where a column is left for it, whether the
 * episode ended with the row in the last.
 *
 * @param observation name of the one component
 * @param seen of an observation
 * @param done of an action
 * @param maxEpisodeSteps longest episode
 */
record Layout(String observation, Space seen, Space done, int maxEpisodeSteps) {

    /** The array with the rows. */
    static final String DATA = "data";

    /** Our own array beside it, one number a row: 1 where an episode was cut off by a time limit. The authors have none. */
    static final String TRUNCATED = "truncated";

    private static final int TRAJECTORY = 1000;
    private static final String BASE = "base";

    /** Rows of a trajectory with {@link Cut#FIXED_1000}. */
    static int trajectory() {
        return TRAJECTORY;
    }

    /**
     * The layout for a task.
     *
     * @throws IllegalArgumentException if the benchmark has pictures or choices, for which there is no layout
     */
    static Layout of(TaskDistribution benchmark, Task task) {
        EnvironmentSpec spec = benchmark.spec(TaskSet.of(task));
        List<Component> seen = spec.observation();
        if (seen.size() != 1 || !isVector(seen.get(0).space()) || !isVector(spec.action())) {
            throw new IllegalArgumentException("imujoco-rollouts holds one vector of floats to see and one to do, but "
                    + benchmark.title() + " has "
                    + seen.stream().map(Component::name).toList() + " to see and "
                    + (isVector(spec.action()) ? "a vector" : spec.action()) + " to do. Use another data set");
        }
        return new Layout(seen.get(0).name(), seen.get(0).space(), spec.action(), spec.maxEpisodeSteps());
    }

    /** Numbers of an observation. */
    int observations() {
        return seen.width();
    }

    /** Numbers of an action. */
    int actions() {
        return done.width();
    }

    private static boolean isVector(Space space) {
        return space instanceof Box box
                && box.element() == Element.FLOAT32
                && box.shape().size() == 1;
    }

    /** Columns that a file must have. */
    int fewestColumns() {
        return observations() + actions() + 1;
    }

    /** Columns of our own files: with the reward. */
    int columns() {
        return observations() + actions() + 2;
    }

    /** The authors' name of a task's file: {@code sac-hopper-massinc_300_torsogeom.npz}; without a variant for the unmodified body. */
    static String file(Task task) {
        int slash = task.name().indexOf('/');
        String body = slash < 0 ? task.name() : task.name().substring(0, slash);
        String variant = slash < 0 ? BASE : task.name().substring(slash + 1);
        String tail =
                variant.equals(BASE) ? "" : "-" + variant.replace('-', '_').replace('/', '_');
        return "sac-" + body + tail + ".npz";
    }
}
