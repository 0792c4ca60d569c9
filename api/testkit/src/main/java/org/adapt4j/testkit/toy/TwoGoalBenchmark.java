package org.adapt4j.testkit.toy;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.task.Task;

/**
 * A corridor with the goal at its left or its right end; which one is the task, and cannot be seen. Actions: 0 goes left, 1
 * goes right. Reaching the goal earns 1 and ends the episode.
 *
 * <p>With discount .9, start 0 and the goal at state 4 of 5 the optimal values of going right are .729, .81, .9, 1.
 */
public final class TwoGoalBenchmark extends Toy {

    private final Settings settings;

    @Inject
    public TwoGoalBenchmark(Settings settings) {
        super(
                "toy two-goal",
                List.of(goal(0), goal(settings.states() - 1)),
                settings.states(),
                new Discrete(2),
                settings.limit());
        this.settings = settings;
    }

    private static Task goal(int state) {
        return new Task("toy-two-goal", "goal/" + state, Map.of("goal", Integer.toString(state)));
    }

    @Override
    int first(Task task, RandomGenerator random) {
        return settings.start();
    }

    @Override
    int next(Task task, int state, int action, RandomGenerator random) {
        return action == 0 ? Math.max(0, state - 1) : Math.min(settings.states() - 1, state + 1);
    }

    @Override
    double reward(Task task, int state, int action, int next, RandomGenerator random) {
        return ends(task, next) ? 1 : 0;
    }

    @Override
    boolean ends(Task task, int next) {
        return next == Integer.parseInt(task.attribute("goal"));
    }

    @Override
    public double normalise(Task task, double episodeReturn) {
        return episodeReturn;
    }

    @Override
    public boolean solved(Task task, double episodeReturn) {
        return episodeReturn >= 1;
    }

    /**
     * Size of the corridor.
     *
     * @param states its length
     * @param start where every episode starts
     * @param limit steps after which an episode is cut off
     */
    public record Settings(int states, int start, int limit) {

        /** Checks that the start lies inside. */
        public Settings {
            Check.that(states >= 2, "states", "must be at least 2 but is " + states);
            Check.between("start", start, 0, states - 1);
            Check.positive("limit", limit);
        }
    }
}
