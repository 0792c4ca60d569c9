package org.adapt4j.env.gymnasium;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.Finding;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.benchmark.UnplayableTaskException;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.toolkit.environment.SlotBatch;

/**
 * A user's own environments of Gymnasium (Towers et al. 2024), played in processes of Python. Observations may be a Box, Discrete, or a
 * Dict of them, one component each; actions Discrete or a Box of floats. Boxes whose coordinates have different bounds are acted on
 * within [-1, 1]. What an environment leaves to chance must come from the seed of its reset.
 */
public final class GymnasiumBenchmark implements TaskDistribution {

    private final Settings settings;
    private final TaskSet train;
    private final TaskSet test;
    private final Map<String, Description> known = new ConcurrentHashMap<>();

    @Inject
    public GymnasiumBenchmark(Settings settings) {
        this.settings = settings;
        train = tasks(settings.trainTasks());
        test = tasks(settings.testTasks());
    }

    private static TaskSet tasks(List<String> names) {
        return new TaskSet(names.stream().map(Environments::task).toList());
    }

    @Override
    public String title() {
        return "Gymnasium: " + String.join(", ", settings.testTasks());
    }

    @Override
    public String backEnd() {
        return "gymnasium-python";
    }

    @Override
    public TaskSet tasks(Split split) {
        return split == Split.TRAIN ? train : test;
    }

    @Override
    public Optional<Task> task(String name) {
        return Environments.named(name);
    }

    /** Asks the environments themselves, once each. */
    @Override
    public EnvironmentSpec spec(TaskSet tasks) {
        learn(tasks.tasks());
        EnvironmentSpec first = known(tasks.get(0)).spec();
        int longest = first.maxEpisodeSteps();
        for (Task task : tasks.tasks()) {
            EnvironmentSpec other = known(task).spec();
            if (!other.observation().equals(first.observation())
                    || !other.action().equals(first.action())) {
                throw new UnplayableTaskException("tasks of one experiment share their spaces, but "
                        + tasks.get(0).name() + " has " + first + " and " + task.name() + " has " + other);
            }
            longest = Math.max(longest, other.maxEpisodeSteps());
        }
        return new EnvironmentSpec(first.observation(), first.action(), longest);
    }

    private Description known(Task task) {
        return Objects.requireNonNull(known.get(task.name()));
    }

    /** Makes each environment that is not known yet, all in one process, to see what it is like. */
    private synchronized void learn(List<Task> tasks) {
        List<Task> unknown =
                tasks.stream().filter(task -> !known.containsKey(task.name())).toList();
        if (unknown.isEmpty()) {
            return;
        }
        try (Python python = new Python(settings)) {
            for (Task task : unknown) {
                known.put(task.name(), Played.describe(python, settings, task, 0));
            }
        } catch (GymnasiumException e) {
            throw new UnplayableTaskException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public VectorEnvironment open(EnvironmentRequest request) {
        return new SlotBatch(request, settings.threads(), new Pythons(settings, request.spec()));
    }

    @Override
    public double normalise(Task task, double episodeReturn) {
        return (episodeReturn - settings.low()) / (settings.high() - settings.low());
    }

    @Override
    public boolean solved(Task task, double episodeReturn) {
        return episodeReturn >= settings.solved();
    }

    @Override
    public List<Finding> inspect() {
        if (settings.isUntouched()) {
            return List.of();
        }
        try {
            learn(test.tasks());
            return List.of(Finding.good("gymnasium", known(test.get(0)).versions()));
        } catch (UnplayableTaskException e) {
            return List.of(Finding.bad(
                    "gymnasium",
                    String.valueOf(e.getMessage()),
                    "pip install gymnasium numpy, and name that Python: benchmark.python"));
        }
    }

    /**
     * Which environments, and how they are reached.
     *
     * @param python program that has gymnasium and numpy
     * @param modules imported first, for they register environments
     * @param trainTasks ids, with arguments as in {@code CartPole-v1?render_mode=null}
     * @param testTasks likewise
     * @param maxEpisodeSteps longest episode; 0 for the environment's own limit
     * @param low return that counts as 0
     * @param high return that counts as 1
     * @param solved least return of an episode that solves a task
     * @param threads that play slots, each with a Python process of its own
     * @param startSeconds how long Python and an environment may take to start
     * @param stepSeconds how long a step or a reset may take
     */
    public record Settings(
            String python,
            List<String> modules,
            List<String> trainTasks,
            List<String> testTasks,
            int maxEpisodeSteps,
            double low,
            double high,
            double solved,
            int threads,
            double startSeconds,
            double stepSeconds) {

        private static final List<String> DEFAULT = List.of("CartPole-v1");

        /** Checks names and numbers. */
        public Settings {
            modules = List.copyOf(modules);
            trainTasks = List.copyOf(trainTasks);
            testTasks = List.copyOf(testTasks);
            Check.that(!python.isBlank(), "python", "must name a program");
            Check.that(!trainTasks.isEmpty(), "train-tasks", "needs an environment, such as CartPole-v1");
            Check.that(!testTasks.isEmpty(), "test-tasks", "needs an environment, such as CartPole-v1");
            Check.that(maxEpisodeSteps >= 0, "max-episode-steps", "must not be negative but is " + maxEpisodeSteps);
            Check.that(high > low, "high", "must be above low, " + low + ", but is " + high);
            Check.positive("threads", threads);
            Check.positive("start-seconds", startSeconds);
            Check.positive("step-seconds", stepSeconds);
        }

        /** Nobody has asked for anything yet: who has no Gymnasium misses nothing. */
        boolean isUntouched() {
            return python.equals("python3") && trainTasks.equals(DEFAULT) && testTasks.equals(DEFAULT);
        }
    }
}
