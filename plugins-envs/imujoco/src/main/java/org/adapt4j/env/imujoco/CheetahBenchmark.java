package org.adapt4j.env.imujoco;

import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.Finding;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.env.imujoco.ImujocoBenchmark.Fold;
import org.adapt4j.env.imujoco.ImujocoBenchmark.Rules;
import org.adapt4j.env.mujoco.Model;
import org.adapt4j.env.mujoco.ModelException;
import org.adapt4j.env.mujoco.PhysicsException;
import org.adapt4j.toolkit.environment.Slot;
import org.adapt4j.toolkit.environment.SlotBatch;
import org.adapt4j.toolkit.environment.SlotFactory;
import org.jspecify.annotations.Nullable;

/**
 * Half-cheetahs with a hidden target, the field's standard for meta-reinforcement learning (Finn et al. 2017; Rakelly et al. 2019, appendix, and
 * the authors' code): a velocity to run at, paid by minus the difference, or a direction, paid by the velocity in it; both less 0.05 of the
 * squared action. Observation and action are those of {@link ImujocoBenchmark}'s halfcheetah, without the place along the track.
 *
 * <p>Velocities are the 130 of Rakelly et al.'s code, drawn from U(0, 3); 100 to learn from and 30 to meet. The two directions are training and
 * test tasks.
 *
 * <p>Score 0 is the best without memory: at each step the expected difference to a velocity from U(0, 3) is at least 0.75, whatever the body does,
 * and the expected pay of a direction is 0. Score 1 is {@code best}.
 */
public final class CheetahBenchmark implements TaskDistribution {

    private static final int TRAINING = 100;
    private static final String GOAL = "goal";

    /** Mean distance of a number from U(0, 3) to the middle. */
    private static final double BLIND = 0.75;

    /** Read off figures (RECALLED): PEARL after two million steps of 200 each. A mean velocity of 7.5. */
    private static final double FAST = 7.5;

    private final Settings settings;
    private final ImujocoBenchmark.Settings gym;
    private final ImujocoBenchmark body;
    private final Models models;
    private final TaskSet train;
    private final TaskSet test;

    @Inject
    public CheetahBenchmark(Settings settings) {
        this.settings = settings;
        gym = new ImujocoBenchmark.Settings(
                Body.HALFCHEETAH,
                Rules.V4,
                Fold.NONE,
                List.of(),
                List.of(ImujocoBenchmark.BASE),
                List.of("others"),
                Optional.empty(),
                true,
                settings.steps(),
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                settings.threads());
        body = new ImujocoBenchmark(gym);
        models = new Models(gym);
        List<Task> tasks = settings.target() == Target.VELOCITY
                ? velocities().stream().map(this::named).toList()
                : List.of(named(1), named(-1));
        boolean split = settings.target() == Target.VELOCITY;
        train = new TaskSet(split ? tasks.subList(0, TRAINING) : tasks);
        test = new TaskSet(split ? tasks.subList(TRAINING, tasks.size()) : tasks);
    }

    private static List<Double> velocities() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(CheetahBenchmark.class.getResourceAsStream("velocities.txt")),
                StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Double::valueOf)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Task named(double goal) {
        String text = Double.toString(goal);
        return new Task("cheetah", prefix() + text, Map.of(GOAL, text));
    }

    private String prefix() {
        return settings.target() == Target.VELOCITY ? "velocity/" : "direction/";
    }

    @Override
    public String title() {
        return "half-cheetah with a hidden "
                + (settings.target() == Target.VELOCITY ? "velocity" : "direction") + ", " + settings.steps()
                + " steps";
    }

    @Override
    public String backEnd() {
        return body.backEnd();
    }

    @Override
    public TaskSet tasks(Split split) {
        return split == Split.TRAIN ? train : test;
    }

    @Override
    public Optional<Task> task(String name) {
        if (!name.startsWith(prefix())) {
            return Optional.empty();
        }
        try {
            double goal = Double.parseDouble(name.substring(prefix().length()));
            boolean possible = settings.target() == Target.VELOCITY ? goal >= 0 && goal <= 3 : Math.abs(goal) == 1;
            return possible
                    ? Optional.of(named(goal)).filter(task -> task.name().equals(name))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    public EnvironmentSpec spec(TaskSet tasks) {
        return body.spec(tasks);
    }

    @Override
    public VectorEnvironment open(EnvironmentRequest request) {
        try {
            return new SlotBatch(request, settings.threads(), new Cheetahs());
        } catch (ModelException | PhysicsException e) {
            throw ImujocoBenchmark.unplayable(e);
        }
    }

    /** The library. */
    @Override
    public List<Finding> inspect() {
        return body.inspect();
    }

    /** All tasks share one model, compiled at the first episode. */
    private final class Cheetahs implements SlotFactory {

        private @Nullable Model model;

        @Override
        public Slot create(int index, RandomGenerator random) {
            return new Cheetah(
                    new BodySlot(gym, task -> shared(), random),
                    settings.target(),
                    settings.steps(),
                    task -> Double.parseDouble(task.attribute(GOAL)));
        }

        private synchronized Model shared() {
            Model compiled = model;
            if (compiled == null) {
                compiled = models.compile(Optional.empty());
                model = compiled;
            }
            return compiled;
        }

        @Override
        public synchronized void close() {
            if (model != null) {
                model.close();
            }
        }
    }

    @Override
    public double normalise(Task task, double episodeReturn) {
        double blind = settings.target() == Target.VELOCITY ? -BLIND * settings.steps() : 0;
        double best = settings.best().orElse(settings.target() == Target.VELOCITY ? 0 : FAST * settings.steps());
        return (episodeReturn - blind) / (best - blind);
    }

    /** Half way: ours. */
    @Override
    public boolean solved(Task task, double episodeReturn) {
        return normalise(task, episodeReturn) >= 0.5;
    }

    /** What is hidden. */
    public enum Target {
        /** A velocity to run at. */
        VELOCITY,
        /** Forwards or backwards. */
        DIRECTION
    }

    /**
     * What is hidden, and for how long one runs.
     *
     * @param target what is hidden
     * @param steps of an episode
     * @param best the return that scores 1; empty: of velocities 0, which nobody reaches who starts from rest; of directions 7.5 a step
     * @param threads that step environments
     */
    public record Settings(Target target, int steps, Optional<Double> best, int threads) {

        /** Checks the numbers. */
        public Settings {
            Check.between("steps", steps, 1, 1_000_000);
            Check.positive("threads", threads);
            double blind = target == Target.VELOCITY ? -BLIND * steps : 0;
            best.ifPresent(value -> Check.that(
                    value > blind && value < Double.POSITIVE_INFINITY,
                    "best",
                    "must be above " + blind + ", the best return without memory, but is " + value));
        }
    }
}
