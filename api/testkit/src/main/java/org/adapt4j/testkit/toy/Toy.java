package org.adapt4j.testkit.toy;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Space;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.toolkit.environment.SlotBatch;

/**
 * What the toy benchmarks share: a Markov decision process over a few numbered states, seen as one-hot vectors. A toy says
 * its rules; slots, schedules, flags and saved state are {@link SlotBatch}'s matter.
 *
 * <p>Its tasks are few, and the same in both splits.
 */
abstract class Toy implements TaskDistribution {

    private final String name;
    private final TaskSet tasks;
    private final EnvironmentSpec spec;

    /**
     * A toy.
     *
     * @param name of the benchmark
     * @param tasks all of them
     * @param states number of states, numbered from 0
     * @param actions what can be done
     * @param limit steps after which an episode is cut off
     */
    Toy(String name, List<Task> tasks, int states, Space actions, int limit) {
        this.name = name;
        this.tasks = new TaskSet(tasks);
        spec = new EnvironmentSpec(
                List.of(new EnvironmentSpec.Component("state", Box.vector(states, 0, 1))), actions, limit);
    }

    /** Where an episode starts. */
    abstract int first(Task task, RandomGenerator random);

    /** Where an action leads. @param action its number, or, of a continuous one, its hundredths */
    abstract int next(Task task, int state, int action, RandomGenerator random);

    /** What an action earns that led from one state to another. */
    abstract double reward(Task task, int state, int action, int next, RandomGenerator random);

    /** Whether an episode is over by the rules once {@code next} is reached. */
    abstract boolean ends(Task task, int next);

    /** All tasks. */
    final TaskSet tasks() {
        return tasks;
    }

    /** Number of states. */
    final int states() {
        return spec.observation().get(0).space().width();
    }

    @Override
    public final String title() {
        return name;
    }

    @Override
    public final String backEnd() {
        return "toy";
    }

    @Override
    public final TaskSet tasks(Split split) {
        return tasks;
    }

    @Override
    public final Optional<Task> task(String wanted) {
        return tasks.tasks().stream().filter(task -> task.name().equals(wanted)).findFirst();
    }

    @Override
    public final EnvironmentSpec spec(TaskSet set) {
        return spec;
    }

    @Override
    public final VectorEnvironment open(EnvironmentRequest request) {
        return SlotBatch.of(request, random -> new ToySlot(this, random));
    }
}
