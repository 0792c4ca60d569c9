package org.adapt4j.runtime.cell;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Diet;
import org.adapt4j.api.algorithm.Parameters;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.method.Expert;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.run.Metrics;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.toolkit.run.BudgetMeter;

/**
 * An agent that learns from demonstrations: saying what to learn from asks the expert for every demonstration of those tasks
 * that the budget allows, in turns; each update draws pairs of observation and action without replacement until all were seen, which
 * makes an epoch.
 *
 * <p>Where the budget grants no demonstration at all, as for zero shots, an update is an epoch over nothing, and changes nothing.
 */
final class OfflineAgent implements CellAgent {

    private final TaskSet tasks;
    private final Conditioning conditioning;
    private final WatchedAlgorithm<Batch.Imitation> algorithm;
    private final BudgetMeter budget;
    private final Expert expert;
    private final Averages logged;
    private final ImitationSet set;
    private int knownBeforehand;

    OfflineAgent(
            TaskSet tasks,
            AlgorithmFactory<Batch.Imitation> factory,
            Diet.Offline diet,
            AlgorithmRequest request,
            BudgetMeter budget,
            Expert expert,
            Metrics metrics,
            RandomStream random) {
        this.tasks = tasks;
        this.budget = budget;
        this.expert = expert;
        logged = new Averages(metrics, budget);
        conditioning = request.conditioning();
        algorithm = new WatchedAlgorithm<>(factory.create(request), budget);
        set = new ImitationSet(request.spec(), diet.pairs(), random.child("draws"));
    }

    @Override
    public void collect(TaskSchedule schedule) {
        CellAgent.requireOwn(tasks, schedule.tasks(), "collect()");
        RecordedExpert.showAll(expert, schedule.tasks(), budget, set::add);
        set.focus(schedule.tasks());
    }

    @Override
    public void focus(TaskSet some) {
        CellAgent.requireOwn(tasks, some, "focus()");
        set.focus(some);
    }

    @Override
    public void focus(Demonstration episode) {
        set.focus(episode);
    }

    @Override
    public Map<String, Double> update() {
        if (!set.isFocused()) {
            throw new IllegalStateException(
                    "update() needs collect() or focus() first: the agent does not know what to learn from");
        }
        if (budget.allowsUpdate()) {
            budget.spend(Resource.EPOCHS, set.takePasses()); // a change of focus may have ended a pass since
        }
        if (!budget.allowsUpdate()) {
            return Map.of();
        }
        if (isWithoutShots()) {
            budget.spend(Resource.UPDATES, 1);
            budget.spend(Resource.EPOCHS, 1);
            return Map.of();
        }
        Map<String, Double> values = algorithm.update(set.draw(), budget.progress());
        budget.spend(Resource.UPDATES, 1);
        budget.spend(Resource.EPOCHS, set.takePasses());
        logged.add(values);
        return values;
    }

    private boolean isWithoutShots() {
        return set.size() == 0
                && budget.spent(Resource.DEMONSTRATIONS) == 0
                && budget.remaining(Resource.DEMONSTRATIONS) == 0;
    }

    @Override
    public void add(Demonstration demonstration) {
        set.add(demonstration);
    }

    @Override
    public Policy policy(Mode mode) {
        return algorithm.policy(mode);
    }

    @Override
    public Conditioning conditioning() {
        return conditioning;
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
    public void beginLoop() {
        knownBeforehand = set.size();
    }

    /** Demonstrations that were taken in before the loop are asked for again in a resumed run; those added later are written. */
    @Override
    public void save(DataOutputStream out) throws IOException {
        algorithm.save(out);
        logged.save(out);
        set.save(out, knownBeforehand);
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        algorithm.load(in);
        logged.load(in);
        set.load(in, knownBeforehand);
    }

    /** Nothing plays. */
    @Override
    public void close() {}

    @Override
    public void release() {
        algorithm.close();
    }
}
