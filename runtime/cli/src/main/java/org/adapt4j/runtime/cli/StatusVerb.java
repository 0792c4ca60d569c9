package org.adapt4j.runtime.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.adapt4j.runtime.run.CellStatus;
import org.adapt4j.runtime.run.JsonLines;
import org.adapt4j.runtime.run.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells where the cells of a run stand, from its files alone. */
@Command(name = "status", description = "Show where the cells of a run stand.")
final class StatusVerb implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "RUN", description = "Folder of the run.")
    private Path run = Path.of("");

    @Option(names = "--json", description = "Print the cells as JSON.")
    private boolean json;

    StatusVerb(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        RunFolder folder = RunFolder.open(run);
        List<CellStatus> all = folder.status();
        if (json) {
            console.json(Summary.toJson(folder, all));
        } else {
            Table table = new Table("cell", "state", "steps", "what", "why");
            for (CellStatus status : all) {
                String steps = JsonLines.last(folder.cell(status.cell()).metrics())
                        .map(line -> Quantities.count(Steps.of(line)))
                        .orElse("");
                table.add(
                        status.cell().id(),
                        status.state().word(),
                        steps,
                        status.cell().title(),
                        status.reason());
            }
            table.print(console.out());
            console.out().println(Summary.line(all));
        }
        return Exit.OK;
    }
}
