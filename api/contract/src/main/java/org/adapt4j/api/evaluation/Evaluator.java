package org.adapt4j.api.evaluation;

import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.api.task.TaskSet;
import org.apiguardian.api.API;

/** Measures a policy. Never charged to the budget, and never seen by the method. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Evaluator {

    /**
     * Plays each task the same number of times.
     *
     * @param policy to measure; every episode starts from a new state of it
     * @param tasks what to play
     * @param episodes of each task
     * @param random fresh for this measurement
     */
    Evaluation evaluate(Policy policy, TaskSet tasks, int episodes, RandomStream random);
}
