package org.adapt4j.runtime.cell;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Diet;
import org.adapt4j.api.algorithm.Parameters;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.api.run.Metrics;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.toolkit.run.BudgetMeter;
import org.jspecify.annotations.Nullable;

/** An agent that learns from fresh rollouts: each update plays one, and charges it. The last is as long as the budget allows. */
final class OnPolicyAgent implements CellAgent {

    private final TaskDistribution benchmark;
    private final TaskSet tasks;
    private final AlgorithmRequest request;
    private final int steps;
    private final WatchedAlgorithm<Batch.Rollout> algorithm;
    private final Policy explore;
    private final BudgetMeter budget;
    private final Metrics metrics;
    private final RandomStream random;
    private @Nullable Player player;
    private PolicyState memory;

    OnPolicyAgent(
            TaskDistribution benchmark,
            TaskSet tasks,
            AlgorithmFactory<Batch.Rollout> factory,
            Diet.OnPolicy diet,
            AlgorithmRequest request,
            BudgetMeter budget,
            Metrics metrics,
            RandomStream random) {
        this.benchmark = benchmark;
        this.tasks = tasks;
        this.request = request;
        this.budget = budget;
        this.metrics = metrics;
        this.random = random;
        steps = diet.steps();
        algorithm = new WatchedAlgorithm<>(factory.create(request), budget);
        explore = algorithm.policy(Mode.EXPLORE);
        memory = explore.newState(request.slots());
    }

    @Override
    public void collect(TaskSchedule schedule) {
        CellAgent.requireOwn(tasks, schedule.tasks(), "collect()");
        play(schedule);
    }

    private void play(TaskSchedule schedule) {
        if (player == null) {
            player = new Player(
                    benchmark,
                    request.spec(),
                    schedule,
                    request.slots(),
                    Math.max(1, budget.stepsPerSlot(steps)),
                    algorithm.extras(),
                    random.child("environment"));
        } else {
            player.reassign(schedule);
            memory = explore.newState(request.slots());
        }
    }

    @Override
    public void focus(TaskSet some) {
        CellAgent.requireOwn(tasks, some, "focus()");
        play(TaskSchedule.eachEpisode(some));
    }

    @Override
    public Map<String, Double> update() {
        if (player == null) {
            throw new IllegalStateException("update() needs collect() first: the agent does not know what to play");
        }
        if (!budget.allowsUpdate()) {
            return Map.of();
        }
        player.lengthen(budget.stepsPerSlot(steps));
        Batch.Rollout rollout = player.play(explore, memory, Player.Watcher.NOBODY);
        budget.spend(Resource.ENVIRONMENT_STEPS, (long) rollout.steps() * rollout.slots());
        Map<String, Double> values = new TreeMap<>(player.episodes());
        values.putAll(algorithm.update(rollout, budget.progress()));
        budget.spend(Resource.UPDATES, 1);
        metrics.record(values);
        return values;
    }

    @Override
    public void add(Demonstration demonstration) {
        throw new UnsupportedOperationException(
                "an algorithm that learns from fresh rollouts cannot use a demonstration; use an offline or off-policy"
                        + " one");
    }

    @Override
    public Policy policy(Mode mode) {
        return algorithm.policy(mode);
    }

    @Override
    public Conditioning conditioning() {
        return request.conditioning();
    }

    @Override
    public Parameters parameters() {
        return algorithm.parameters();
    }

    @Override
    public <T> Optional<T> ability(Class<T> type) {
        return algorithm.ability(type);
    }

    @Override
    public void requireFiniteWeights() {
        algorithm.requireFiniteWeights();
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        algorithm.save(out);
        memory.save(out);
        out.writeBoolean(player != null);
        if (player != null) {
            player.save(out);
        }
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        algorithm.load(in);
        memory.load(in);
        boolean playing = in.readBoolean();
        if (playing != (player != null)) {
            throw new IOException("the method's first steps differ from those of the run that was interrupted");
        }
        if (player != null) {
            player.load(in);
        }
    }

    /** Stops playing. The policy lives on for the last measurement, until the session releases the agent. */
    @Override
    public void close() {
        if (player != null) {
            player.close();
        }
    }

    @Override
    public void release() {
        close();
        algorithm.close();
    }
}
