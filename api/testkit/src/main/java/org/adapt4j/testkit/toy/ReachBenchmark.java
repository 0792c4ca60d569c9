package org.adapt4j.testkit.toy;

import jakarta.inject.Inject;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.task.Task;

/**
 * Go to a place and stay: 21 places in a row, a continuous action in [−1, 1] that moves by up to two of them, and a goal that is the
 * task and cannot be seen. Each step costs the square of a tenth of the distance that is left; only the time limit ends an episode.
 */
public final class ReachBenchmark extends Toy {

    /** Number of places. */
    static final int PLACES = 21;

    private static final int REACH = 2;

    private final Settings settings;

    @Inject
    public ReachBenchmark(Settings settings) {
        super(
                "toy reach",
                IntStream.range(0, settings.goals())
                        .mapToObj(i -> goal((i + 1) * PLACES / (settings.goals() + 1)))
                        .toList(),
                PLACES,
                Box.vector(1, -1, 1),
                settings.limit());
        this.settings = settings;
    }

    private static Task goal(int place) {
        return new Task("toy-reach", "goal/" + place, Map.of("goal", Integer.toString(place)));
    }

    static int goal(Task task) {
        return Integer.parseInt(task.attribute("goal"));
    }

    /** Where an action leads. */
    static int moved(int place, float action) {
        return Math.max(0, Math.min(PLACES - 1, place + Math.round(REACH * action)));
    }

    /** What an expert does. */
    static float best(Task task, int place) {
        return Math.max(-1, Math.min(1, (goal(task) - place) / (float) REACH));
    }

    static double cost(Task task, int place) {
        double distance = (goal(task) - place) / 10.0;
        return distance * distance;
    }

    @Override
    int first(Task task, RandomGenerator random) {
        return random.nextInt(PLACES);
    }

    @Override
    int next(Task task, int state, int action, RandomGenerator random) {
        return moved(state, action / 100f);
    }

    @Override
    double reward(Task task, int state, int action, int next, RandomGenerator random) {
        return -cost(task, next);
    }

    @Override
    boolean ends(Task task, int next) {
        return false;
    }

    /** 1 for staying at the goal, 0 for staying ten places away. */
    @Override
    public double normalise(Task task, double episodeReturn) {
        return 1 + episodeReturn / settings.limit();
    }

    @Override
    public boolean solved(Task task, double episodeReturn) {
        return episodeReturn >= -4;
    }

    /**
     * Size of the toy.
     *
     * @param goals number of tasks
     * @param limit steps after which an episode is cut off
     */
    public record Settings(int goals, int limit) {

        /** Checks the sizes. */
        public Settings {
            Check.between("goals", goals, 1, PLACES - 1);
            Check.positive("limit", limit);
        }
    }
}
