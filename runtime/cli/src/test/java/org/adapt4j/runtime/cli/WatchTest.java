package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.CellState;
import org.adapt4j.runtime.run.Failure;
import org.adapt4j.runtime.run.JsonLines;
import org.adapt4j.runtime.run.PlannedCell;
import org.adapt4j.runtime.run.RunFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native") // the plan of a real experiment
final class WatchTest {
    @TempDir
    private Path temporary = Path.of("");

    private Path path = Path.of("");

    @BeforeEach
    void planTwoCells() throws IOException {
        path = temporary.resolve("run");
        Path experiment = temporary.resolve("toy.conf");
        try (InputStream conf = WatchTest.class.getResourceAsStream("toy.conf")) {
            assertThat(conf).isNotNull();
            Files.write(experiment, conf.readAllBytes());
        }
        Screen screen = new Screen();
        assertThat(screen.run("submit", experiment.toString(), "--to", "slurm", "--out", path.toString()))
                .as(screen.err())
                .isZero();
    }

    private static void log(CellFolder cell, long steps) {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("environment-steps", steps);
        try (JsonLines metrics = JsonLines.open(cell.metrics(), JsonLines.ALL)) {
            metrics.append(line);
        }
    }

    @Test
    void showsHowFastEachCellIsAndHowLongItNeeds() {
        RunFolder folder = RunFolder.open(path);
        AtomicLong seconds = new AtomicLong();
        RunView view = new RunView(folder, RunView.granted(folder), () -> TimeUnit.SECONDS.toNanos(seconds.get()));
        PlannedCell pretraining = folder.plan().cells().get(0);
        CellFolder cell = folder.cell(pretraining);
        cell.enter(CellState.RUNNING, null);
        log(cell, 1000);

        List<RunView.Row> first = view.look().rows();
        seconds.set(10);
        log(cell, 3000);
        RunView.Sight sight = view.look();
        List<RunView.Row> then = sight.rows();

        assertThat(first).hasSize(2);
        assertThat(first.get(0).perSecond()).isZero();
        assertThat(then.get(0).status().cell()).isEqualTo(pretraining);
        assertThat(then.get(0).way()).isEqualTo("3.0 k of 20.0 k");
        assertThat(then.get(0).perSecond()).isEqualTo(200);
        assertThat(then.get(0).left()).isEqualTo("85 s");
        assertThat(then.get(0).share()).isEqualTo(0.15);
        // 17,000 steps of the one and 1,000 of the other, at the pace of what runs.
        assertThat(sight.summary())
                .isEqualTo("2 cells: 1 planned, 1 running, 200 steps/s, 90 s left".replace("90 s", "2 min"));
    }

    @Test
    void servesAPageToThisMachinesBrowserOnly() throws Exception {
        RunView view = new RunView(RunFolder.open(path));
        try (WatchPage page = WatchPage.serve(0, 3)) {
            page.show("a <b> run", view.look());
            URI address = URI.create(page.address().orElseThrow());

            String shown;
            try (InputStream in = address.toURL().openStream()) {
                shown = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
            assertThat(shown)
                    .contains("a &lt;b&gt; run", "http-equiv=\"refresh\" content=\"3\"", "multi-task", "<progress");
            assertThat(address.getHost()).isEqualTo("127.0.0.1");
            assertThat(status(address, "GET / HTTP/1.0\r\nHost: evil.example\r\n\r\n"))
                    .contains(" 403 ");
            assertThat(status(address, "POST / HTTP/1.0\r\nHost: localhost\r\n\r\n"))
                    .contains(" 405 ");
            assertThat(status(address, "GET /plan.json HTTP/1.0\r\nHost: localhost\r\n\r\n"))
                    .contains(" 404 ");
        }
    }

    private static String status(URI address, String request) throws IOException {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }

    @Test
    void endsWithTheRun() {
        RunFolder folder = RunFolder.open(path);
        folder.cell(folder.plan().cells().get(0)).fail(new Failure(Failure.Kind.EXCEPTION, "made of cheese"));
        Screen screen = new Screen();

        int exit = screen.run("watch", path.toString(), "--no-page");

        assertThat(exit).isEqualTo(Exit.CELLS_FAILED);
        assertThat(screen.err()).contains("2 cells: 1 failed, 1 not-applicable", "adapt4j report " + path);
        assertThat(new Screen().run("watch", path.toString(), "--port", "70000"))
                .isEqualTo(2);
    }
}
