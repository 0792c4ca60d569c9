package org.adapt4j.testkit.toy;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.api.task.TaskSet;

/**
 * A corridor of five states, seen one-hot: episodes start at state 0, action 1 goes right and action 0 left, and reward 1 is
 * paid at state 4, which ends the episode.
 */
public final class Corridor extends Toy {

    private static final int STATES = 5;

    /**
     * A corridor.
     *
     * @param limit longest episode in steps
     */
    public Corridor(int limit) {
        super("corridor", List.of(new Task("corridor", "corridor", Map.of())), STATES, new Discrete(2), limit);
    }

    /** Opens it with trials of some episodes. Nothing happens by chance. */
    public VectorEnvironment open(int slots, int episodesPerTrial, RandomStream random) {
        TaskSet tasks = tasks(Split.TRAIN);
        return open(new EnvironmentRequest(
                spec(tasks),
                TaskSchedule.trials(tasks, episodesPerTrial),
                slots,
                random,
                EnvironmentRequest.Purpose.TRAINING));
    }

    @Override
    int first(Task task, RandomGenerator random) {
        return 0;
    }

    @Override
    int next(Task task, int state, int action, RandomGenerator random) {
        return Math.max(0, state + (action == 1 ? 1 : -1));
    }

    @Override
    double reward(Task task, int state, int action, int next, RandomGenerator random) {
        return ends(task, next) ? 1 : 0;
    }

    @Override
    boolean ends(Task task, int next) {
        return next == STATES - 1;
    }

    @Override
    public double normalise(Task task, double episodeReturn) {
        return episodeReturn;
    }

    @Override
    public boolean solved(Task task, double episodeReturn) {
        return episodeReturn == 1;
    }
}
