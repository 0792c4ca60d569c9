package org.adapt4j.runtime.report.study;

import java.util.OptionalDouble;
import org.adapt4j.runtime.report.folder.Cell;

/** What is measured at each declared step. */
public enum Quantity {
    /** Mean of what the evaluator sums up, of an episode as a rule, in the units of the environment. */
    RETURN("return", "mean return"),
    /** The mean return after the benchmark's fixed normalisation; never clipped. */
    SCORE("score", "normalised score"),
    /** Share of evaluation episodes that reached the goal. */
    SOLVED("solved", "solved fraction"),
    /** How far actions are from an expert's on demonstrations that were not shown; less is better. */
    ACTION_LOSS("action-loss", "action loss");

    private final String key;
    private final String label;

    Quantity(String key, String label) {
        this.key = key;
        this.label = label;
    }

    /** Short name in files. */
    public String key() {
        return key;
    }

    /** Title of an axis, but for what a return is of: {@link Study#label}. */
    public String label() {
        return label;
    }

    /** Whether its values lie in [0, 1] as a rule: scores between the benchmark's constants, and shares. */
    public boolean isShare() {
        return this == SCORE || this == SOLVED;
    }

    OptionalDouble of(Cell.Evaluation evaluation) {
        return switch (this) {
            case RETURN -> OptionalDouble.of(evaluation.meanReturn());
            case SCORE -> OptionalDouble.of(evaluation.normalised());
            case SOLVED -> evaluation.solved().map(OptionalDouble::of).orElse(OptionalDouble.empty());
            case ACTION_LOSS -> evaluation.actionLoss();
        };
    }
}
