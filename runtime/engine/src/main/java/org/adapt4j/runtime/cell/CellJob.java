package org.adapt4j.runtime.cell;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.data.DataSet;
import org.adapt4j.api.evaluation.Evaluator;
import org.adapt4j.api.method.Adapter;
import org.adapt4j.api.method.Learner;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.TaskSet;

/**
 * One phase to run, with everything built.
 *
 * @param folder of the cell
 * @param benchmark tasks and environments
 * @param algorithm base algorithm
 * @param method what drives it
 * @param slots environments at once
 * @param budget limits
 * @param measure when and how to measure
 * @param seed of the cell's experiment
 * @param data recorded episodes: what the expert answers with, and what is held back to measure by
 * @param evaluator another way to measure than the built-in one
 * @param checkpointEvery least time between two checkpoints
 * @param filmFrames most frames of the film of the final policy; 0 for none
 */
public record CellJob(
        Path folder,
        TaskDistribution benchmark,
        AlgorithmFactory<?> algorithm,
        Method method,
        int slots,
        Map<Resource, Long> budget,
        Measure measure,
        long seed,
        Optional<DataSet> data,
        Optional<Evaluator> evaluator,
        Duration checkpointEvery,
        int filmFrames) {

    /** A learner on the training tasks, or an adapter on test tasks. */
    public sealed interface Method {

        /**
         * Pre-training.
         *
         * @param learner the method
         */
        record Pretrain(Learner learner) implements Method {}

        /**
         * Adaptation.
         *
         * @param adapter the method
         * @param tasks what to adapt to
         * @param learned folder of what a learner left; empty from scratch
         * @param conditioning that the learner trained with
         */
        record Adapt(Adapter adapter, TaskSet tasks, Optional<Path> learned, Conditioning conditioning)
                implements Method {}
    }

    /**
     * When and how to measure.
     *
     * @param points ascending, in units of the budget's limited resource
     * @param episodes per task and point
     * @param slots most episodes at once
     * @param splits what to measure while pre-training; adaptation is measured on its tasks
     * @param tasks how many tasks of each split
     */
    public record Measure(List<Long> points, int episodes, int slots, List<Split> splits, int tasks) {}
}
