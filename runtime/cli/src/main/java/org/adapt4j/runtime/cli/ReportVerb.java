package org.adapt4j.runtime.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.adapt4j.runtime.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the report of a run, however far it has come. */
@Command(name = "report", description = "Write the report of a run from what has been measured so far.")
final class ReportVerb implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "RUN", description = "Folder of the run.")
    private Path run = Path.of("");

    @Option(names = "--tensorboard", description = "Write TensorBoard event files too.")
    private boolean tensorboard;

    @Option(
            names = "--simultaneous",
            description = "Draw bands that hold the whole of a curve with 95 %%, rather than each of its points.")
    private boolean simultaneous;

    ReportVerb(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Report.Options options = Report.Options.defaults();
        options = simultaneous ? options.withSimultaneousBands() : options;
        Report.Written written = Report.write(run, tensorboard ? options.withTensorBoard() : options);
        written.warnings().forEach(console.err()::println);
        console.out().println(written.page());
        return Exit.OK;
    }
}
