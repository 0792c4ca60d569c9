package org.adapt4j.api.evaluation;

import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.api.task.TaskSet;
import org.apiguardian.api.API;

/**
 * What is to be measured.
 *
 * @param benchmark that the tasks are of
 * @param spec what the policy sees and answers, by the tasks it was made for
 * @param tasks what to play
 * @param episodes of each task, or whatever the evaluator plays in their place; at least 1
 * @param slots most environments to open at once, at least 1
 * @param random fresh for this measurement
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record EvaluationRequest(
        TaskDistribution benchmark,
        EnvironmentSpec spec,
        TaskSet tasks,
        int episodes,
        int slots,
        RandomStream random) {}
