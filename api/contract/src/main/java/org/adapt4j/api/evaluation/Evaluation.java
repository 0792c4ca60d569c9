package org.adapt4j.api.evaluation;

import java.util.List;
import org.adapt4j.api.task.Task;
import org.apiguardian.api.API;

/**
 * What a measurement found.
 *
 * @param results one per task, in the order of the task set
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Evaluation(List<TaskResult> results) {

    /** Freezes the list. */
    public Evaluation {
        results = List.copyOf(results);
    }

    /**
     * Episodes on one task.
     *
     * @param task what was played
     * @param returns undiscounted return of each episode
     * @param lengths steps of each episode
     */
    public record TaskResult(Task task, List<Double> returns, List<Integer> lengths) {

        /** Freezes the lists. */
        public TaskResult {
            returns = List.copyOf(returns);
            lengths = List.copyOf(lengths);
        }

        /** Mean return. */
        public double meanReturn() {
            return returns.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
        }
    }
}
