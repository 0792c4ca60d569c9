package org.adapt4j.runtime.cli;

import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.adapt4j.runtime.run.PlannedCell;

/** Cells that differ in task and seed only, and what one and all of them take. */
record PlanRow(
        PlannedCell first,
        Set<String> ids,
        Workbench.Work work,
        Optional<Speeds.Known> known,
        long moreMemory,
        Optional<String> impossible) {
    /** What an episode adds to a line of evaluations.jsonl. */
    private static final long EVALUATION_EPISODE_BYTES = 40;

    /** What a cell keeps that learns next to nothing: Java, PyTorch's library, an encoder (350 MB resident, measured). */
    private static final double PROCESS_BYTES = 350e6;

    Optional<Probe.Speed> speed() {
        return known.map(Speeds.Known::speed);
    }

    /** Whether there is a speed to know. */
    boolean moves() {
        return impossible.isEmpty() && work.moves();
    }

    int cells() {
        return ids.size();
    }

    String title() {
        return first.kind() + " " + first.method() + " " + first.preset() + PlanVerb.labels(first);
    }

    double steps() {
        return impossible.isPresent() ? 0 : (double) cells() * work.steps();
    }

    /** Upper bound: episodes may end early. */
    double measuredSteps() {
        return impossible.isPresent() ? 0 : (double) cells() * work.measuredEpisodes() * work.episodeSteps();
    }

    double trainingSeconds() {
        return work.unit() == Workbench.Unit.DEMONSTRATIONS && steps() > 0
                ? Double.NaN
                : seconds(steps(), Probe.Speed::stepsPerSecond);
    }

    /** What the steps are, where they are not of the environment. */
    String unit() {
        return work.unit() == Workbench.Unit.ENVIRONMENT_STEPS ? "" : " " + work.unit().words;
    }

    /** Upper bound, as its steps are. */
    double measuringSeconds() {
        return seconds(measuredSteps(), Probe.Speed::measuredStepsPerSecond);
    }

    private double seconds(double steps, ToDoubleFunction<Probe.Speed> pace) {
        if (steps == 0) {
            return 0;
        }
        double perSecond = speed().map(pace::applyAsDouble).orElse(0.0);
        return perSecond == 0 ? Double.NaN : steps / perSecond;
    }

    /** One of them, training and measuring. */
    double secondsEach() {
        return (trainingSeconds() + measuringSeconds()) / cells();
    }

    double disk() {
        // A policy that is kept is part of what a checkpoint holds.
        double copies = work.keepsPolicy() ? 4 : 3;
        double each = speed().map(s -> copies * s.checkpointBytes() + s.logBytesPerStep() * work.steps())
                        .orElse(Double.NaN)
                + work.measuredEpisodes() * EVALUATION_EPISODE_BYTES;
        return impossible.isPresent() ? 0 : cells() * each;
    }

    /** What is known of the memory without a probe. */
    double leastMemory() {
        return impossible.isPresent() ? 0 : PROCESS_BYTES + work.replayBytes() + work.rolloutBytes();
    }

    double memory() {
        return impossible.isPresent()
                ? 0
                : speed().map(s -> (double) s.memory() + moreMemory).orElse(Double.NaN);
    }
}
