package org.adapt4j.runtime.cli;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.adapt4j.runtime.report.export.MlflowExport;
import org.adapt4j.runtime.report.export.TidyTable;
import org.adapt4j.runtime.report.folder.RunFolder;
import org.adapt4j.runtime.report.tensorboard.TensorBoardExport;
import org.adapt4j.runtime.run.DurableFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Hands a run to other tools. */
@Command(
        name = "export",
        description =
                "Hand a run to other tools: every measured episode as a row of CSV or JSON, event files for TensorBoard,"
                        + " or runs of an MLflow tracking server.")
final class ExportVerb implements Callable<Integer> {
    /** Where a run can go. */
    enum Format {
        CSV,
        JSON,
        TENSORBOARD,
        MLFLOW
    }

    private final Console console;

    @Parameters(index = "0", paramLabel = "RUN", description = "Folder of the run.")
    private Path run = Path.of("");

    @Option(
            names = "--to",
            required = true,
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}, in any case.")
    private Format format = Format.CSV;

    @Option(
            names = "--out",
            paramLabel = "PATH",
            description = "File of CSV or JSON, folder of event files; by default in the run's report/.")
    private @Nullable Path out;

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:5000",
            description = "MLflow's tracking server; by default ${DEFAULT-VALUE}.")
    private URI server = URI.create("http://127.0.0.1:5000");

    ExportVerb(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        RunFolder folder = RunFolder.read(run);
        switch (format) {
            case CSV -> write("evaluations.csv", TidyTable.of(folder)::writeCsv);
            case JSON -> {
                String text = TidyTable.of(folder).json().toPrettyString() + "\n";
                write("evaluations.json", out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
            }
            case TENSORBOARD -> {
                Path target = target("tensorboard");
                for (Map.Entry<String, byte[]> file :
                        TensorBoardExport.of(folder).entrySet()) {
                    DurableFiles.replace(target.resolve(file.getKey()), file.getValue());
                }
                console.out().println(target);
            }
            case MLFLOW -> {
                if (server.getHost() == null) {
                    throw new UsageException(
                            "--server " + server + ": must be an address such as http://127.0.0.1:5000");
                }
                console.out().println(MlflowExport.send(folder, server) + " cells sent to " + server);
            }
        }
        return Exit.OK;
    }

    private Path target(String name) {
        return out == null ? run.resolve("report").resolve(name) : out;
    }

    private void write(String name, DurableFiles.Content content) {
        Path file = target(name);
        DurableFiles.write(file, content);
        console.out().println(file);
    }
}
