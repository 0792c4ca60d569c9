package org.adapt4j.runtime.program;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.adapt4j.runtime.cell.CellRunner;
import org.adapt4j.runtime.cell.CellWatch;
import org.adapt4j.runtime.cell.PhaseResult;
import org.adapt4j.runtime.experiment.Catalogue;
import org.adapt4j.runtime.experiment.CellConfig;
import org.adapt4j.runtime.experiment.Experiment;
import org.adapt4j.runtime.experiment.ResolvedCell;
import org.adapt4j.runtime.experiment.RunSettings;
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.CellResult;
import org.adapt4j.runtime.run.RunFolder;

/** What a cell does, from its folder alone, in this thread. */
public final class CellWork {
    private CellWork() {}

    /**
     * Runs a cell from its start, or from its last checkpoint, to its end. The result is the caller's to write.
     *
     * @param watch who has it run
     * @throws org.adapt4j.runtime.cell.InterruptedCellException if a stop was requested; the cell can be resumed
     */
    public static CellResult.Done run(CellFolder folder, Catalogue catalogue, CellWatch watch) {
        CellConfig cell = CellConfig.build(ResolvedCell.parse(folder.resolved()), catalogue);
        PhaseResult result = CellRunner.run(folder, cell, settings(folder), watch);
        return new CellResult.Done(
                new CellResult.Spent(folder.wallSeconds(), result.environmentSteps(), result.updates()),
                result.backEnd(),
                cell.preset(),
                result.benchmark(),
                result.parameters(),
                String.format(
                        Locale.ROOT,
                        "%,d steps in %d environments, %,d parameters",
                        result.environmentSteps(),
                        cell.phase().slots(),
                        result.parameters()),
                result.hasFilm() ? Optional.of(CellRunner.FILM) : Optional.empty());
    }

    /** How the run that a cell belongs to wants its cells run; a cell on its own gets the defaults. */
    static RunSettings settings(CellFolder cell) {
        Path experiment = cell.experiment();
        return Files.isRegularFile(experiment)
                ? Experiment.run(
                        RunFolder.experiment(experiment.resolveSibling(".").normalize()))
                : Experiment.defaultRun();
    }
}
