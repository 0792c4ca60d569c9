package org.adapt4j.runtime.cli;

import org.adapt4j.runtime.run.CellExecutor;
import org.adapt4j.runtime.run.CellLauncher;
import org.adapt4j.runtime.run.CellProcess;
import org.adapt4j.runtime.run.ExecutorException;
import org.adapt4j.runtime.run.RunFolder;

/** Leaves cells to the workers that a batch system starts: {@code run.executor = jobs}. */
public final class JobsExecutor implements CellExecutor<JobsExecutor.Settings> {
    /** Nothing to set. */
    public record Settings() {}

    @Override
    public String name() {
        return "jobs";
    }

    @Override
    public Class<Settings> settings() {
        return Settings.class;
    }

    @Override
    public CellLauncher open(RunFolder run, Settings settings, CellProcess processes) {
        throw new ExecutorException(run.path() + ": run.executor = jobs, so workers run the cells, which a batch system"
                + " starts: adapt4j submit FILE.conf --to slurm; or start one by hand: adapt4j work " + run.path());
    }
}
