package org.adapt4j.env.hiddengoal;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.toolkit.environment.SlotBatch;

/**
 * Goals on a half circle that are not to be seen (Rakelly et al. 2019, section 6.3): a point starts at its centre and moves by at most 0.1 in each
 * coordinate. Dense rewards tell the distance to the goal after each move, so that few steps tell where it is; sparse ones only whether it
 * is near, so that it must be looked for over several episodes.
 *
 * <p>Observation: component {@code position}, float32 {@code [2]}. Action: float32 {@code [2]} in [-1, 1]. Episodes never end before the time limit.
 *
 * <p>Scores are of an episode: 0 is the best return without memory, 1 the mean return of who is told the goal.
 */
public final class HiddenGoalBenchmark implements TaskDistribution {

    private final Settings settings;
    private final Scale scale;
    private final TaskSet train;
    private final TaskSet test;

    @Inject
    public HiddenGoalBenchmark(Settings settings) {
        this.settings = settings;
        scale = Scale.of(settings.reward(), settings.steps());
        train = new TaskSet(IntStream.range(0, settings.trainGoals())
                .mapToObj(HalfCircle::drawn)
                .toList());
        test = new TaskSet(IntStream.range(0, settings.testGoals())
                .mapToObj(goal -> HalfCircle.spread(goal, settings.testGoals()))
                .toList());
    }

    @Override
    public String title() {
        return "hidden goal on a half circle, " + (isSparse() ? "sparse" : "dense") + " rewards, " + settings.steps()
                + " steps";
    }

    private boolean isSparse() {
        return settings.reward() == Reward.SPARSE;
    }

    @Override
    public String backEnd() {
        return "hidden-goal-java";
    }

    @Override
    public TaskSet tasks(Split split) {
        return split == Split.TRAIN ? train : test;
    }

    @Override
    public Optional<Task> task(String name) {
        return HalfCircle.named(name);
    }

    @Override
    public EnvironmentSpec spec(TaskSet tasks) {
        double bound = HalfCircle.STRIDE * settings.steps() + 1e-6;
        return new EnvironmentSpec(
                List.of(new Component("position", Box.vector(2, -bound, bound))),
                Box.vector(2, -1, 1),
                settings.steps());
    }

    @Override
    public VectorEnvironment open(EnvironmentRequest request) {
        return SlotBatch.of(request, random -> new Seeker(isSparse()));
    }

    @Override
    public double normalise(Task task, double episodeReturn) {
        return (episodeReturn - scale.blind()) / (scale.told() - scale.blind());
    }

    /** Three quarters of the way: ours. */
    @Override
    public boolean solved(Task task, double episodeReturn) {
        return normalise(task, episodeReturn) >= 0.75;
    }

    /** What a step is worth. */
    public enum Reward {
        /** Minus the distance to the goal. */
        DENSE,
        /** One minus the distance where that is at most 0.2, else nothing. */
        SPARSE
    }

    /**
     * Returns that scores are measured by, means over the whole half circle.
     *
     * @param blind the best without memory. Dense: up to (0, .7885), the point of least mean distance, and stay. Sparse: to 0.98 on the diagonal,
     *     where the half circle is reached first, and stay
     * @param told of who knows the goal
     */
    record Scale(double blind, double told) {

        /** Numbers by quadrature over 20001 goals, which a test repeats. */
        static Scale of(Reward reward, int steps) {
            return switch (reward) {
                case DENSE -> new Scale(steps == SHORT ? -14.920812647550822 : -71.92192997573504, -3.840802110726183);
                case SPARSE ->
                    steps == SHORT
                            ? new Scale(1.6875241224861806, 13.382047634737276)
                            : new Scale(10.900795073575528, 93.38204763473728);
            };
        }
    }

    private static final int SHORT = 20;
    private static final int LONG = 100;

    /**
     * Which goals, and what is earned.
     *
     * @param reward what a step is worth
     * @param steps of an episode, 20 or 100
     * @param trainGoals how many to learn from, drawn uniformly by number
     * @param testGoals how many to meet, equally far apart
     */
    public record Settings(Reward reward, int steps, int trainGoals, int testGoals) {

        /** Checks the numbers. */
        public Settings {
            Check.that(
                    steps == SHORT || steps == LONG,
                    "steps",
                    "must be 20 or 100, for which scores are known, but is " + steps);
            Check.between("train-goals", trainGoals, 1, 100_000);
            Check.between("test-goals", testGoals, 1, 10_000);
        }
    }
}
