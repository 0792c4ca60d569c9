package org.adapt4j.testkit.toy;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.task.Task;

/**
 * Two arms, one of which pays more often; which one is the task. An episode is a single pull, and nothing can be seen, so
 * only a memory over several episodes of a trial helps.
 *
 * <p>With arms that pay .9 and .1, ten pulls are worth 8.376426 to the Bayes-optimal player, 7.88 to one who stays with an
 * arm while it wins and leaves it when it loses, and 5 to one without memory.
 */
public final class BanditBenchmark extends Toy {

    private final Settings settings;

    @Inject
    public BanditBenchmark(Settings settings) {
        super("toy bandit", List.of(better(0), better(1)), 1, new Discrete(2), 1);
        this.settings = settings;
    }

    private static Task better(int arm) {
        return new Task("toy-bandit", "arm/" + arm, Map.of("better", Integer.toString(arm)));
    }

    @Override
    int first(Task task, RandomGenerator random) {
        return 0;
    }

    @Override
    int next(Task task, int state, int action, RandomGenerator random) {
        return 0;
    }

    @Override
    double reward(Task task, int state, int action, int next, RandomGenerator random) {
        boolean better = action == Integer.parseInt(task.attribute("better"));
        return random.nextDouble() < (better ? settings.better() : settings.worse()) ? 1 : 0;
    }

    @Override
    boolean ends(Task task, int next) {
        return true;
    }

    @Override
    public double normalise(Task task, double episodeReturn) {
        double guessing = (settings.better() + settings.worse()) / 2;
        return (episodeReturn - guessing) / (settings.better() - guessing);
    }

    @Override
    public boolean solved(Task task, double episodeReturn) {
        return episodeReturn >= 1;
    }

    /**
     * How often the arms pay 1.
     *
     * @param better probability of the better arm
     * @param worse probability of the other one
     */
    public record Settings(double better, double worse) {

        /** Checks that one arm is better. */
        public Settings {
            Check.between("better", better, 0, 1);
            Check.between("worse", worse, 0, 1);
            Check.that(better > worse, "better", "must be above worse, " + worse + ", but is " + better);
        }
    }
}
