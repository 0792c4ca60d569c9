package org.adapt4j.runtime.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.adapt4j.runtime.run.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs what is left of a run. */
@Command(
        name = "resume",
        description = "Go on with a run: what is interrupted, lost, killed or not started. Needs no experiment file.")
final class ResumeVerb implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "RUN", description = "Folder of the run.")
    private Path run = Path.of("");

    @Parameters(
            index = "1..*",
            paramLabel = "key=value",
            description = "Where to compute it now, as in run.executor=local; otherwise where it was begun.")
    private List<String> overrides = List.of();

    @Mixin
    private CellsOption cells = new CellsOption();

    ResumeVerb(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        RunFolder folder = RunFolder.open(run.toAbsolutePath().normalize());
        console.err().println(Summary.line(folder.status()));
        Workbench workbench = cells.plugins().workbench();
        return cells.run(console, folder, workbench, workbench.place(folder, overrides));
    }
}
