package org.adapt4j.runtime.cell;

import java.util.ArrayList;
import java.util.List;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.EnvironmentRequest.Purpose;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.evaluation.Evaluation;
import org.adapt4j.api.evaluation.EvaluationRequest;
import org.adapt4j.api.evaluation.Evaluator;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.api.task.TaskSet;

/**
 * Plays whole episodes, each from a new state, and counts all of them.
 *
 * <p>Which slot plays which episode is fixed beforehand, so that short episodes are not counted more often than long ones, as
 * they would be if one took the first that finish.
 */
final class EpisodeEvaluator implements Evaluator {

    @Override
    public Evaluation evaluate(Policy policy, EvaluationRequest request) {
        TaskSet tasks = request.tasks();
        List<Task> entries = new ArrayList<>(tasks.size() * request.episodes());
        for (int episode = 0; episode < request.episodes(); episode++) {
            entries.addAll(tasks.tasks());
        }
        double[] returns = new double[entries.size()];
        int[] lengths = new int[entries.size()];
        int slots = Math.min(request.slots(), entries.size());
        TaskSchedule schedule = TaskSchedule.roundRobin(new TaskSet(entries));
        try (VectorEnvironment environment = request.benchmark()
                .open(new EnvironmentRequest(request.spec(), schedule, slots, request.random(), Purpose.MEASURING))) {
            play(policy, environment, request.spec(), schedule, returns, lengths);
        }
        List<Evaluation.TaskResult> results = new ArrayList<>();
        for (int task = 0; task < tasks.size(); task++) {
            List<Double> taskReturns = new ArrayList<>();
            List<Integer> taskLengths = new ArrayList<>();
            for (int entry = task; entry < entries.size(); entry += tasks.size()) {
                taskReturns.add(returns[entry]);
                taskLengths.add(lengths[entry]);
            }
            results.add(new Evaluation.TaskResult(tasks.get(task), taskReturns, taskLengths));
        }
        return new Evaluation(results);
    }

    private static void play(
            Policy policy,
            VectorEnvironment environment,
            EnvironmentSpec spec,
            TaskSchedule schedule,
            double[] returns,
            int[] lengths) {
        PlayCheck check = new PlayCheck(spec);
        int slots = environment.slots();
        StepBlock seen = StepBlock.allocate(spec, slots, 2);
        ActionBlock acted = ActionBlock.allocate(spec.action(), List.of(), slots, 1);
        PolicyState state = policy.newState(slots);
        int[] entry = new int[slots];
        for (int slot = 0; slot < slots; slot++) {
            entry[slot] = slot;
        }
        int left = returns.length;
        environment.receive(seen.step(0));
        int step = 0;
        for (int t = 0; left > 0; t = 1 - t) {
            check.seen(seen.step(t), schedule, step++);
            policy.act(seen.step(t), state, acted.step(0));
            environment.send(acted.step(0));
            StepBuffers outcome = seen.step(1 - t);
            environment.receive(outcome);
            for (int slot = 0; slot < slots; slot++) {
                if (entry[slot] < returns.length) {
                    check.outcome(seen.step(t), outcome, slot, schedule, step);
                    returns[entry[slot]] += outcome.rewards().get(slot);
                    lengths[entry[slot]]++;
                    if (outcome.is(Flag.FIRST, slot)) {
                        entry[slot] += slots;
                        left--;
                    }
                }
            }
        }
    }
}
