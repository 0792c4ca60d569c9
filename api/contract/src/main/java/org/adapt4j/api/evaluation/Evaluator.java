package org.adapt4j.api.evaluation;

import org.adapt4j.api.policy.Policy;
import org.apiguardian.api.API;

/** Measures a policy. Never charged to the budget, and never seen by the method. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Evaluator {

    /**
     * Plays each task the same number of times.
     *
     * @param policy to measure; every episode starts from a new state of it
     */
    Evaluation evaluate(Policy policy, EvaluationRequest request);

    /** What rewards are summed over, for logs and the axes of figures: {@code episode}, {@code 1000 steps}. */
    default String span() {
        return "episode";
    }
}
