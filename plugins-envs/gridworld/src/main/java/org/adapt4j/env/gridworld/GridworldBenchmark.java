package org.adapt4j.env.gridworld;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.toolkit.environment.SlotBatch;

/**
 * The gridworld of Zintgraf et al. 2020, section 5.1: fifteen steps from the corner of five by five cells, each worth 1 on the goal and -0.1
 * elsewhere, and the goal is not to be seen. Whoever remembers over the episodes of a trial can look for it, and then go there.
 *
 * <p>Observation: component {@code position}, float32 {@code [10]}: column and row, one-hot each. Actions: stay, up, right, down, left. An
 * episode goes on at the goal, so that staying there pays, and is cut off after 15 steps.
 *
 * <p>Scores are of an episode: 0 is the best return without memory, -0.767, and 1 the mean of the four episodes of a trial that is played
 * in the best possible way: 4, 10.967, 11.071 and 11.071, found by a search whose first episode is provably the best and whose sum is within 0.105 of
 * an upper bound.
 */
public final class GridworldBenchmark implements TaskDistribution {

    /** A step to where no goal can be, and then fourteen on one of the 21 goals: -0.1 + 14 (1/21 - 0.1 · 20/21). */
    static final double BLIND = -0.1 + 14 * (Grid.AT_GOAL + 20 * Grid.ELSEWHERE) / 21;

    /** Sum of four episodes of the best search found, divided by four. */
    static final double BEST = 37.10952380952381 / 4;

    private final TaskSet train;
    private final TaskSet test;

    @Inject
    public GridworldBenchmark(Settings settings) {
        List<Task> goals = Grid.goals();
        if (settings.holdout() == 0) {
            train = new TaskSet(List.copyOf(goals));
            test = train;
        } else {
            List<Task> held = List.copyOf(goals.subList(0, settings.holdout()));
            test = new TaskSet(held);
            goals.removeAll(held);
            train = new TaskSet(List.copyOf(goals));
        }
    }

    @Override
    public String title() {
        return "gridworld with a hidden goal, "
                + (train == test ? "all goals to learn from" : test.size() + " goals held out");
    }

    @Override
    public String backEnd() {
        return "gridworld-java";
    }

    @Override
    public TaskSet tasks(Split split) {
        return split == Split.TRAIN ? train : test;
    }

    @Override
    public Optional<Task> task(String name) {
        return Grid.goals().stream().filter(goal -> goal.name().equals(name)).findFirst();
    }

    @Override
    public EnvironmentSpec spec(TaskSet tasks) {
        return new EnvironmentSpec(
                List.of(new Component("position", Box.vector(2 * Grid.SIZE, 0, 1))),
                new Discrete(Grid.actions()),
                Grid.STEPS);
    }

    @Override
    public VectorEnvironment open(EnvironmentRequest request) {
        return SlotBatch.of(request, random -> new Walker());
    }

    @Override
    public double normalise(Task task, double episodeReturn) {
        return (episodeReturn - BLIND) / (BEST - BLIND);
    }

    /** The goal was met: without it an episode earns -1.5. */
    @Override
    public boolean solved(Task task, double episodeReturn) {
        return episodeReturn > -1;
    }

    /**
     * What to learn from.
     *
     * @param holdout how many goals, spread over the grid, are kept for the test; 0: all goals are training and test tasks
     */
    public record Settings(int holdout) {

        /** Checks the number. */
        public Settings {
            Check.between("holdout", holdout, 0, 20);
        }
    }
}
