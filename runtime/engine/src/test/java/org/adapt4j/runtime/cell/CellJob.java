package org.adapt4j.runtime.cell;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Device;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.task.Split;
import org.adapt4j.runtime.experiment.CellConfig;
import org.adapt4j.runtime.experiment.PhaseSettings;
import org.adapt4j.runtime.experiment.RunSettings;
import org.adapt4j.runtime.run.CellFolder;

/** A cell built by hand, in a folder. */
record CellJob(Path folder, CellConfig cell, Duration checkpointEvery) {
    static CellJob of(
            Path folder,
            TaskDistribution benchmark,
            AlgorithmFactory<?> algorithm,
            CellConfig.Method method,
            PhaseSettings phase,
            long seed,
            Duration checkpointEvery) {
        return new CellJob(
                folder,
                new CellConfig(
                        "paper",
                        seed,
                        Device.CPU,
                        benchmark,
                        algorithm,
                        method,
                        Optional.empty(),
                        Optional.empty(),
                        Conditioning.none(),
                        phase),
                checkpointEvery);
    }

    /** Limited by environment steps or updates. */
    static PhaseSettings phase(int slots, Map<Resource, Long> budget, PhaseSettings.Measure measure) {
        return new PhaseSettings(
                slots,
                new PhaseSettings.Budget(
                        budget.getOrDefault(Resource.ENVIRONMENT_STEPS, 0L),
                        budget.getOrDefault(Resource.UPDATES, 0L),
                        0,
                        0),
                measure);
    }

    static PhaseSettings.Measure measure(List<Long> points, int episodes, int slots, List<Split> splits, int tasks) {
        return new PhaseSettings.Measure(points, 0, episodes, slots, splits, tasks);
    }

    PhaseResult run(BooleanSupplier stopRequested) {
        return CellRunner.run(
                CellFolder.at(folder),
                cell,
                new RunSettings(1, checkpointEvery, 0, RunSettings.OnFailure.CONTINUE, RunSettings.Keep.LEARNED, false),
                stopRequested::getAsBoolean);
    }
}
