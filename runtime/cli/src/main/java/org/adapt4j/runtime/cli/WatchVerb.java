package org.adapt4j.runtime.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.adapt4j.runtime.run.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a run while it goes on, wherever its cells are computed. */
@Command(
        name = "watch",
        description = {
            "Show a run while it goes on: a table in the terminal, and a page for this machine's browser.",
            "It goes by the run's folder alone, so it may be started and stopped at any time, by anybody who sees it."
        })
final class WatchVerb implements Callable<Integer> {
    /** Rows that fit on most screens. */
    private static final int ROWS = 16;

    private final Console console;

    @Parameters(index = "0", paramLabel = "RUN", description = "Folder of the run.")
    private Path run = Path.of("");

    @Option(
            names = "--every",
            paramLabel = "SECONDS",
            defaultValue = "2",
            description = "How often to look (default: ${DEFAULT-VALUE}).")
    private int every;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "0",
            description = "Port of the page on the loopback address; by default any that is free.")
    private int port;

    @Option(names = "--no-page", description = "The terminal only.")
    private boolean noPage;

    WatchVerb(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (every < 1 || port < 0 || port > 65535) {
            throw new UsageException("--every must be at least 1, and --port lie between 0 and 65535");
        }
        RunView view = new RunView(RunFolder.open(run.toAbsolutePath().normalize()));
        RunView.Sight sight = view.look();
        try (WatchPage page = noPage ? WatchPage.none() : WatchPage.serve(port, every)) {
            page.address().ifPresent(address -> console.err().println("page: " + address));
            int written = 0;
            String before = "";
            while (true) {
                page.show(view.name(), sight);
                String table = table(sight);
                if (console.terminal()) {
                    console.rewrite(written, table);
                    written = (int) table.lines().count();
                } else if (!table.equals(before)) {
                    console.err().println(sight.summary());
                }
                before = table;
                List<RunView.Row> rows = sight.rows();
                if (rows.stream().allMatch(row -> row.status().state().isFinal())) {
                    int exit =
                            Summary.exit(rows.stream().map(RunView.Row::status).toList());
                    console.err().println("It is over. Its page: adapt4j report " + run);
                    return exit;
                }
                Thread.sleep(every * 1000L);
                sight = view.look();
            }
        }
    }

    private static String table(RunView.Sight sight) {
        List<RunView.Row> rows = sight.rows();
        Table table = new Table("state", "steps", "return", "steps/s", "left", "what", "why");
        for (RunView.Row row : rows.subList(0, Math.min(ROWS, rows.size()))) {
            table.add(
                    row.status().state().word(),
                    row.way(),
                    row.earned(),
                    row.speed(),
                    row.left(),
                    row.status().cell().title(),
                    row.status().reason());
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        table.print(out);
        if (rows.size() > ROWS) {
            out.println("and " + (rows.size() - ROWS) + " more");
        }
        out.println(sight.summary());
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
