package org.adapt4j.testkit.fake;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.GradientDescent;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.algorithm.Tensor;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.method.Agent;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.run.Stateful;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.api.task.TaskSet;
import org.jspecify.annotations.Nullable;

/**
 * An agent whose updates are a formula: shows what a method does to weights without any learning algorithm. It charges like
 * an on-policy agent, {@link #STEPS_PER_UPDATE} steps per slot or what is left of them, and does nothing once the budget is spent.
 */
public final class FakeAgent implements Agent, Stateful {

    /** Environment steps per slot that an update spends. */
    public static final int STEPS_PER_UPDATE = 8;

    private final Update update;
    private final FakeParameters parameters;
    private final List<Task> played = new ArrayList<>();
    private final List<Demonstration> demonstrations = new ArrayList<>();
    private final Map<Class<?>, Object> abilities = new HashMap<>();
    private Conditioning conditioning = Conditioning.none();
    private @Nullable FakeSession session;
    private @Nullable TaskSchedule schedule;
    private @Nullable TaskSet focus;
    private @Nullable Demonstration episode;
    private final List<Demonstration> learnedFrom = new ArrayList<>();
    private boolean closed;

    private FakeAgent(Update update, Map<String, double[]> start) {
        this.update = update;
        parameters = new FakeParameters(start);
    }

    /** What one update does to the weights of a group. */
    @FunctionalInterface
    public interface Update {

        /**
         * Changes the weights.
         *
         * @param weights of one group; changed in place
         * @param task the one played, drawn from those asked for
         */
        void apply(double[] weights, Task task, RandomStream random);
    }

    /** The gradient of a loss. */
    @FunctionalInterface
    public interface Gradient {

        /**
         * The gradient.
         *
         * @param weights where; not to be changed
         * @param task the one played, drawn from those asked for
         * @param episode the one in focus, if one is
         */
        double[] at(double[] weights, Task task, Optional<Demonstration> episode, RandomStream random);
    }

    /** A loss {@code ½ · curvature · (weight − centre)²}. */
    public record Quadratic(double curvature, double centre) {}

    /** An agent with one group, {@code policy}. */
    public static FakeAgent whoseUpdates(Update update, double... start) {
        return new FakeAgent(update, Map.of("policy", start));
    }

    /** An agent with several groups. */
    public static FakeAgent whoseUpdates(Update update, Map<String, double[]> start) {
        return new FakeAgent(update, start);
    }

    /** An agent with a single weight, 0 at first, to which each update adds. */
    public static FakeAgent whoseUpdatesAdd(double amount) {
        return whoseUpdates((weights, task, random) -> weights[0] += amount, 0);
    }

    /**
     * An agent with a single weight that descends on the loss of the task it plays.
     *
     * @param rate learning rate
     * @param losses by name of the task
     */
    public static FakeAgent descendingOn(Map<String, Quadratic> losses, double rate, double start) {
        return descending(
                (weights, task, episode, random) -> {
                    Quadratic loss = losses.get(task.name());
                    if (loss == null) {
                        throw new IllegalStateException("no loss for task " + task.name());
                    }
                    return new double[] {loss.curvature() * (weights[0] - loss.centre())};
                },
                rate,
                start);
    }

    /**
     * An agent with one group, {@code policy}, that descends on a loss, and is able of {@link GradientDescent}.
     *
     * @param rate learning rate of its own optimiser
     */
    public static FakeAgent descending(Gradient loss, double rate, double... start) {
        FakeAgent[] agent = new FakeAgent[1];
        Descent descent = new Descent(rate);
        agent[0] = whoseUpdates(
                (weights, task, random) -> {
                    double[] gradient = loss.at(weights, task, Optional.ofNullable(agent[0].episode), random);
                    descent.gradient = gradient.clone();
                    for (int i = 0; i < weights.length; i++) {
                        weights[i] -= descent.rate * gradient[i];
                    }
                },
                start);
        return agent[0].able(GradientDescent.class, descent);
    }

    private static final class Descent implements GradientDescent {

        private double rate;
        private double @Nullable [] gradient;

        Descent(double rate) {
            this.rate = rate;
        }

        @Override
        public void descendBy(double newRate) {
            rate = newRate;
        }

        @Override
        public Snapshot gradient() {
            if (gradient == null) {
                throw new IllegalStateException("no update was made yet");
            }
            return Snapshot.of(Map.of("policy/weights", Tensor.of(gradient)));
        }
    }

    /** Gives it an ability; returns this. */
    public <T> FakeAgent able(Class<T> type, T ability) {
        abilities.put(type, ability);
        return this;
    }

    /** The session calls this where the runtime would open environments. */
    void join(FakeSession newSession) {
        session = newSession;
    }

    /** The first weight of the first group. */
    public double weight() {
        return parameters.of(parameters.groups().iterator().next())[0];
    }

    /** The task of each update so far. */
    public List<Task> played() {
        return List.copyOf(played);
    }

    /** Demonstrations taken in so far. */
    public List<Demonstration> demonstrations() {
        return List.copyOf(demonstrations);
    }

    /** The episode that was in focus at each update that had one. */
    public List<Demonstration> learnedFrom() {
        return List.copyOf(learnedFrom);
    }

    /** What it was told to play last. */
    public Optional<TaskSchedule> schedule() {
        return Optional.ofNullable(schedule);
    }

    /** Whether it was closed. */
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void collect(TaskSchedule newSchedule) {
        requireOpen();
        requireOwn(newSchedule.tasks(), "collect()");
        schedule = newSchedule;
        focus = null;
        episode = null;
    }

    @Override
    public void focus(TaskSet tasks) {
        requireOpen();
        requireOwn(tasks, "focus()");
        focus = tasks;
        episode = null;
    }

    @Override
    public void focus(Demonstration newEpisode) {
        requireOpen();
        if (!demonstrations.contains(newEpisode)) {
            throw new IllegalArgumentException("the episode was never taken in");
        }
        focus = TaskSet.of(newEpisode.task());
        episode = newEpisode;
    }

    @Override
    public Map<String, Double> update() {
        requireOpen();
        if (session == null || (schedule == null && episode == null && (focus == null || demonstrations.isEmpty()))) {
            throw new IllegalStateException(
                    "update() needs collect() first, or focus() and demonstrations: the agent does not know what to"
                            + " learn from");
        }
        if (!session.budget().allowsUpdate()) {
            return Map.of();
        }
        RandomStream random = session.streams().child("agent");
        Task task = (focus != null ? focus : Objects.requireNonNull(schedule).tasks()).sample(random.child("tasks"));
        played.add(task);
        if (episode != null) {
            learnedFrom.add(episode);
        }
        for (String group : parameters.groups()) {
            if (parameters.isTrained(group)) {
                update.apply(parameters.of(group), task, random.child("updates"));
            }
        }
        parameters.countOptimizerStep();
        long steps = session.budget().stepsPerSlot(STEPS_PER_UPDATE);
        session.budget().spend(Resource.ENVIRONMENT_STEPS, steps * session.slots());
        session.budget().spend(Resource.UPDATES, 1);
        return Map.of("weight", weight());
    }

    @Override
    public void add(Demonstration demonstration) {
        demonstrations.add(demonstration);
    }

    @Override
    public Policy policy(Mode mode) {
        return new FakePolicy();
    }

    @Override
    public Conditioning conditioning() {
        return conditioning;
    }

    /** Makes it one with this extra input; returns this. */
    public FakeAgent conditionedOn(Conditioning newConditioning) {
        conditioning = newConditioning;
        return this;
    }

    @Override
    public FakeParameters parameters() {
        return parameters;
    }

    @Override
    public <T> Optional<T> ability(Class<T> type) {
        return Optional.ofNullable(abilities.get(type)).map(type::cast);
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        for (String group : parameters.groups()) {
            for (double weight : parameters.of(group)) {
                out.writeDouble(weight);
            }
        }
        out.writeDouble(parameters.optimizerSteps());
        out.writeInt(focus == null ? 0 : focus.size());
        if (focus != null && session != null) {
            for (Task task : focus.tasks()) {
                out.writeInt(session.tasks().tasks().indexOf(task));
            }
        }
        out.writeInt(episode == null ? -1 : demonstrations.indexOf(episode));
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        for (String group : parameters.groups()) {
            double[] weights = parameters.of(group);
            for (int i = 0; i < weights.length; i++) {
                weights[i] = in.readDouble();
            }
        }
        parameters.rememberOptimizerSteps(in.readDouble());
        List<Task> tasks = new ArrayList<>();
        int count = in.readInt();
        for (int i = 0; i < count && session != null; i++) {
            tasks.add(session.tasks().get(in.readInt()));
        }
        focus = tasks.isEmpty() ? null : new TaskSet(tasks);
        int index = in.readInt();
        episode = index < 0 ? null : demonstrations.get(index);
    }

    @Override
    public void close() {
        closed = true;
    }

    private void requireOwn(TaskSet tasks, String call) {
        if (session != null) {
            for (Task task : tasks.tasks()) {
                if (!session.tasks().tasks().contains(task)) {
                    throw new IllegalArgumentException(call + ": " + task.name() + " is none of the session's tasks");
                }
            }
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the agent is closed");
        }
    }
}
