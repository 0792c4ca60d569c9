package org.adapt4j.runtime.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.adapt4j.runtime.experiment.NamedFiles;
import org.adapt4j.runtime.run.Origin;
import org.adapt4j.runtime.run.RunFolder;
import org.adapt4j.runtime.run.RunPlan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs an experiment and writes its report. */
@Command(
        name = "run",
        description = "Run an experiment and write its report. Cells that are finished are not run again.")
final class RunVerb implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ExperimentOption experiment = new ExperimentOption();

    @Mixin
    private CellsOption cells = new CellsOption();

    @Option(names = "--out", paramLabel = "DIR", description = "Folder of the run; by default runs/ and the name.")
    private @Nullable Path out;

    RunVerb(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Path file = experiment.file();
        Workbench workbench = cells.plugins().workbench();
        RunPlan plan = workbench.plan(file, experiment.overrides());
        Path path = out == null ? Path.of("runs", plan.name()) : out;
        RunFolder folder = RunFolder.create(path.toAbsolutePath().normalize(), plan);
        Origin.of(file, experiment.overrides(), List.copyOf(NamedFiles.of(plan.cells())))
                .keepIn(folder.path(), workbench.sources(file));
        console.err().println(plan.name() + ": " + plan.cells().size() + " cells in " + folder.path());
        return cells.run(console, folder, workbench, workbench.place(file, experiment.overrides()));
    }
}
