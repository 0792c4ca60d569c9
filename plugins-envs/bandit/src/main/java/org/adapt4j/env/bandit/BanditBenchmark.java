package org.adapt4j.env.bandit;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
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
 * Bernoulli bandits (Duan et al. 2016, section 3.1): each arm pays 1 with a probability of its own, or 0. An episode is one pull, and the
 * observation is always the same number, component {@code nothing}, float32 {@code [1]}: which bandit it is can only be found out by what
 * pulls pay.
 *
 * <p>Scores are of a pull: 0 is the mean over all arms, which is what anybody earns who remembers nothing, and 1 is the mean pull of a
 * trial that is played in the best possible way. The first pull of such a trial scores 0, later ones more than 1.
 */
public final class BanditBenchmark implements TaskDistribution {

    private final Settings settings;
    private final Bandits bandits;
    private final double blind;
    private final double best;

    @Inject
    public BanditBenchmark(Settings settings) {
        this.settings = settings;
        bandits = new Bandits(settings);
        blind = settings.blind();
        best = settings.bestTotal().orElseThrow() / settings.pulls();
    }

    @Override
    public String title() {
        String kind = settings.kind() == Kind.UNIFORM
                ? "arms from U(0, 1)"
                : "one arm " + settings.good() + ", the others " + settings.bad();
        return "bandit of " + settings.arms() + " arms, " + kind + ", trials of " + settings.pulls() + " pulls";
    }

    @Override
    public String backEnd() {
        return "bandit-java";
    }

    @Override
    public TaskSet tasks(Split split) {
        return split == Split.TRAIN
                ? bandits.tasks(0, settings.trainTasks())
                : bandits.tasks(Bandits.FIRST_TEST, settings.testTasks());
    }

    @Override
    public Optional<Task> task(String name) {
        return bandits.task(name);
    }

    @Override
    public EnvironmentSpec spec(TaskSet tasks) {
        return new EnvironmentSpec(
                List.of(new Component("nothing", Box.vector(1, -1, 1))), new Discrete(settings.arms()), 1);
    }

    @Override
    public VectorEnvironment open(EnvironmentRequest request) {
        return SlotBatch.of(request, random -> new Arms(bandits, random));
    }

    /** Of one pull; the mean over many pulls is that of the arms' probabilities. */
    @Override
    public double normalise(Task task, double episodeReturn) {
        return (episodeReturn - blind) / (best - blind);
    }

    /** It paid. */
    @Override
    public boolean solved(Task task, double episodeReturn) {
        return episodeReturn > 0.5;
    }

    /** Where bandits come from. */
    public enum Kind {
        /** Each arm's probability is drawn from U(0, 1) by itself. */
        UNIFORM,
        /** One arm, each equally likely, pays with probability {@code good}, the others with {@code bad}. */
        ONE_GOOD
    }

    /**
     * Which bandits, and how long they are played.
     *
     * @param arms of a bandit, k
     * @param pulls of a trial, n; scores depend on it, the length of trials itself is the method's matter
     * @param kind where bandits come from
     * @param good probability of the good arm
     * @param bad probability of the others
     * @param trainTasks how many to learn from
     * @param testTasks how many to meet
     */
    public record Settings(int arms, int pulls, Kind kind, double good, double bad, int trainTasks, int testTasks) {

        /**
         * What the best possible player earns in a trial where dynamic programming has too many states. Two arms: exact, computed once. Others: the
         * finite-horizon Gittins index, simulated with a standard error of .03 % of the total at most; it is at most the best and, where that is
         * known, equal to it within the error.
         */
        private static final Map<String, Double> KNOWN = Map.of(
                "2 100", 64.918420651,
                "2 200", 131.0940810131,
                "2 500", 330.309813752,
                "5 50", 38.09,
                "5 100", 78.61,
                "5 500", 408.6,
                "10 50", 40.03,
                "10 100", 83.74,
                "10 500", 442.0);

        /** Checks the numbers, and that scores can be told. */
        public Settings {
            Check.between("arms", arms, 2, 1000);
            Check.between("pulls", pulls, 2, 10_000);
            Check.between("good", good, 0, 1);
            Check.between("bad", bad, 0, 1);
            Check.that(
                    0 < bad && bad < good && good < 1,
                    "good",
                    "must lie above bad, and both between 0 and 1, but they are " + good + " and " + bad);
            Check.between("train-tasks", trainTasks, 1, Bandits.FIRST_TEST);
            Check.between("test-tasks", testTasks, 1, Bandits.FIRST_TEST);
            Check.that(
                    bestTotal(arms, pulls, kind, good, bad).isPresent(),
                    "pulls",
                    "scores are not known for " + arms + " arms and " + pulls + " pulls: what the best possible"
                            + " player earns has too many states to be computed. Take fewer pulls or arms"
                            + (kind == Kind.UNIFORM
                                    ? ", or one of these: "
                                            + KNOWN.keySet().stream().sorted().toList()
                                    : ""));
        }

        private static OptionalDouble bestTotal(int arms, int pulls, Kind kind, double good, double bad) {
            boolean uniform = kind == Kind.UNIFORM;
            Double known = uniform ? KNOWN.get(arms + " " + pulls) : null;
            if (known != null) {
                return OptionalDouble.of(known);
            }
            // Of arms that are alike and not pulled yet no more than the pulls can be told apart; of a single good one
            // they can.
            return uniform
                    ? BestPlayer.total(new Belief.Uniform(), Math.min(arms, pulls), pulls)
                    : BestPlayer.total(new Belief.OneGood(good, bad), arms, pulls);
        }

        OptionalDouble bestTotal() {
            return bestTotal(arms, pulls, kind, good, bad);
        }

        /** What a pull earns that knows nothing. */
        double blind() {
            return kind == Kind.UNIFORM ? 0.5 : (good + (arms - 1) * bad) / arms;
        }
    }
}
