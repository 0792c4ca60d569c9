package org.adapt4j.testkit.toy;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.adapt4j.api.benchmark.PublishedReturns;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;

/**
 * Say what you see: reward 1 for the action that has the number of the state shown. An algorithm that fails here has a wrong
 * sign or a wrong index. The idea is that of Stable-Baselines3's {@code tests/test_identity.py}.
 */
public final class IdentityBenchmark extends Toy {

    private final Settings settings;

    @Inject
    public IdentityBenchmark(Settings settings) {
        super(
                "toy identity",
                List.of(new Task("toy-identity", "identity", Map.of())),
                settings.symbols(),
                new Discrete(settings.symbols()),
                settings.limit());
        this.settings = settings;
    }

    @Override
    int first(Task task, RandomGenerator random) {
        return random.nextInt(settings.symbols());
    }

    @Override
    int next(Task task, int state, int action, RandomGenerator random) {
        return random.nextInt(settings.symbols());
    }

    @Override
    double reward(Task task, int state, int action, int next, RandomGenerator random) {
        return action == state ? 1 : 0;
    }

    @Override
    boolean ends(Task task, int next) {
        return false;
    }

    @Override
    public double normalise(Task task, double episodeReturn) {
        double guessing = (double) settings.limit() / settings.symbols();
        return (episodeReturn - guessing) / (settings.limit() - guessing);
    }

    @Override
    public boolean solved(Task task, double episodeReturn) {
        return episodeReturn >= settings.limit();
    }

    @Override
    public List<PublishedReturns> published() {
        return List.of(new PublishedReturns(
                "whoever says what is shown", Split.TRAIN, List.of(1000L), List.of((double) settings.limit())));
    }

    /**
     * Size of the toy.
     *
     * @param symbols number of states, and of actions
     * @param limit steps of an episode, which a time limit always cuts off
     */
    public record Settings(int symbols, int limit) {

        /** Checks the sizes. */
        public Settings {
            Check.that(symbols >= 2, "symbols", "must be at least 2 but is " + symbols);
            Check.positive("limit", limit);
        }
    }
}
