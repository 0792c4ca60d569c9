package org.adapt4j.runtime.report.folder;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.adapt4j.runtime.run.PlannedCell;

/**
 * One cell of the grid: its coordinates, its state, and what it measured.
 *
 * @param id hash of the resolved configuration
 * @param isPretraining whether it trains on the training tasks rather than adapts to a new one
 * @param method name of the method
 * @param preset whose hyper-parameters it uses
 * @param labels the other coordinates of the grid, by setting
 * @param seed of the cell
 * @param task adapted to; empty for pre-training
 * @param learned id of the pre-training cell it starts from, if any
 * @param state what became of it
 * @param reason why it is not applicable, failed or damaged; empty otherwise
 * @param logTail last lines of a failed cell's log
 * @param evaluations in the order written
 * @param training what was logged during training, in the order written
 * @param result facts of a finished cell
 * @param folder where its files lie
 */
public record Cell(
        String id,
        boolean isPretraining,
        String method,
        String preset,
        Map<String, String> labels,
        int seed,
        Optional<String> task,
        Optional<String> learned,
        State state,
        String reason,
        List<String> logTail,
        List<Evaluation> evaluations,
        List<TrainingPoint> training,
        Optional<Result> result,
        Path folder) {
    /** What became of a cell. */
    public enum State {
        /** Finished; its numbers count. */
        DONE("done"),
        /** Ended with an error; a result with a reason. */
        FAILED("failed"),
        /** Ended because its learner's numbers ran away; a result with a reason, which tells of the learner rather than of the machine. */
        DIVERGED("diverged"),
        /** Cannot be, because of what the method and the algorithm need. */
        NOT_APPLICABLE("n/a"),
        /** A file is not what was written; its numbers are not used. */
        DAMAGED("damaged"),
        /** Started and not ended: it runs, or its process was lost. */
        RUNNING("running"),
        /** Stopped on request; can be resumed. */
        INTERRUPTED("interrupted"),
        /** Not started. */
        WAITING("waiting");

        private final String label;

        State(String label) {
            this.label = label;
        }

        /** Word for people. */
        public String label() {
            return label;
        }
    }

    /**
     * One task measured at one declared point.
     *
     * @param declared where it stands on the x axis: what was spent when it was measured, or the point it was declared for where the
     *     method had stopped before
     * @param scale what that point counts, in words: {@code environment steps}, {@code updates}, {@code epochs}, {@code demonstrations}
     * @param environmentSteps really spent when it was measured
     * @param split {@code train} or {@code test}
     * @param task name
     * @param span what rewards were summed over, in words: {@code episode}, {@code 1000 steps}
     * @param meanReturn mean of the sums
     * @param normalised score of that mean by the benchmark's constants
     * @param solved share of solved episodes; empty where the benchmark knows no such thing
     * @param episodes how many were played
     * @param actionLoss distance from the expert's actions on demonstrations that were not shown; empty where there are none
     */
    public record Evaluation(
            long declared,
            String scale,
            long environmentSteps,
            String split,
            String task,
            String span,
            double meanReturn,
            double normalised,
            Optional<Double> solved,
            int episodes,
            OptionalDouble actionLoss) {}

    /**
     * What training logged at one moment.
     *
     * @param environmentSteps spent so far; updates where nothing is played
     * @param wallSeconds since the start, NaN when not logged
     * @param values finite numbers by name
     */
    public record TrainingPoint(long environmentSteps, double wallSeconds, Map<String, Double> values) {}

    /**
     * Facts of a finished cell.
     *
     * @param wallSeconds it took, over all its processes
     * @param environmentSteps spent
     * @param updates made
     * @param backEnd that played the environments
     * @param benchmark in words
     * @param parameters of the agent
     * @param film file inside the cell's folder
     * @param scale how far it stands from the scale of the paper, in words, possibly empty
     */
    public record Result(
            double wallSeconds,
            long environmentSteps,
            OptionalLong updates,
            String backEnd,
            String benchmark,
            OptionalInt parameters,
            Optional<Path> film,
            String scale) {}

    /** Copies the collections. */
    public Cell {
        logTail = List.copyOf(logTail);
        evaluations = List.copyOf(evaluations);
        training = List.copyOf(training);
    }

    /** A cell that is planned and not started. */
    static Cell planned(PlannedCell cell, Path folder) {
        return new Cell(
                cell.id(),
                cell.kind().equals("pretrain"),
                cell.method(),
                cell.preset(),
                cell.labels(),
                Math.toIntExact(cell.seed()),
                cell.task(),
                cell.learned(),
                cell.notApplicable().isPresent() ? State.NOT_APPLICABLE : State.WAITING,
                cell.notApplicable().orElse(""),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                folder);
    }

    /** The same at other coordinates. */
    public Cell withLabels(Map<String, String> other) {
        return new Cell(
                id,
                isPretraining,
                method,
                preset,
                other,
                seed,
                task,
                learned,
                state,
                reason,
                logTail,
                evaluations,
                training,
                result,
                folder);
    }

    /** Whether its numbers count. */
    public boolean isDone() {
        return state == State.DONE;
    }

    /** Coordinates in words, for lists. */
    public String describe() {
        StringBuilder words = new StringBuilder(isPretraining ? "pre-train " : "adapt ")
                .append(method)
                .append(" (")
                .append(preset)
                .append(")");
        labels.forEach((key, value) ->
                words.append(", ").append(Labels.shortName(key)).append(' ').append(Labels.pretty(value)));
        task.ifPresent(name -> words.append(", ").append(name));
        return words.append(", seed ").append(seed).toString();
    }
}
