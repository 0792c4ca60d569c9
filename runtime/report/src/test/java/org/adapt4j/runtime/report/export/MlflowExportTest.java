package org.adapt4j.runtime.report.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.adapt4j.runtime.report.folder.Cell;
import org.adapt4j.runtime.report.folder.RunFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that answers as MLflow's does and keeps to its limits. */
final class MlflowExportTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<JsonNode> batches = new ArrayList<>();
    private final Map<String, JsonNode> runs = new TreeMap<>();
    private final List<String> finished = new ArrayList<>();
    private boolean hasExperiment;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/2.0/mlflow/", exchange -> {
            String path = exchange.getRequestURI().getPath().substring("/api/2.0/mlflow/".length());
            byte[] sent = exchange.getRequestBody().readAllBytes();
            JsonNode body = sent.length == 0 ? JSON.createObjectNode() : JSON.readTree(sent);
            Optional<String> answer = answer(path, body, sent.length);
            byte[] bytes = answer.orElse("{\"error_code\":\"RESOURCE_DOES_NOT_EXIST\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.isPresent() ? 200 : 404, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Optional<String> answer(String path, JsonNode body, int bytes) {
        switch (path) {
            case "experiments/get-by-name":
                return hasExperiment ? Optional.of("{\"experiment\":{\"experiment_id\":\"7\"}}") : Optional.empty();
            case "experiments/create":
                hasExperiment = true;
                return Optional.of("{\"experiment_id\":\"7\"}");
            case "runs/search":
                boolean known = runs.keySet().stream()
                        .anyMatch(cell ->
                                body.path("filter").asText().contains("'" + cell + "'") && finished.contains(cell));
                return Optional.of(known ? "{\"runs\":[{}]}" : "{}");
            case "runs/create":
                runs.put(body.path("tags").path(0).path("value").asText(), body);
                return Optional.of("{\"run\":{\"info\":{\"run_id\":\""
                        + body.path("tags").path(0).path("value").asText() + "\"}}}");
            case "runs/log-batch":
                assertThat(body.path("metrics").size()).isLessThanOrEqualTo(1000);
                assertThat(body.path("params").size()).isLessThanOrEqualTo(100);
                assertThat(bytes).isLessThan(1 << 20);
                body.path("metrics")
                        .forEach(metric ->
                                assertThat(metric.path("key").asText()).matches("[/\\w.\\- ]{1,250}"));
                batches.add(body);
                return Optional.of("{}");
            case "runs/update":
                finished.add(body.path("run_id").asText());
                return Optional.of("{}");
            default:
                return Optional.empty();
        }
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private static RunFolder run() {
        List<Cell.TrainingPoint> training = new ArrayList<>();
        for (int step = 0; step < 2500; step++) {
            training.add(new Cell.TrainingPoint(step, step, Map.of("loss:new", 1.0 / (1 + step))));
        }
        Cell cell = new Cell(
                "0123456789abcdef",
                false,
                "reptile",
                "paper",
                Map.of("adapt.budget", "7"),
                3,
                Optional.of("task/1"),
                Optional.empty(),
                Cell.State.DONE,
                "",
                List.of(),
                List.of(new Cell.Evaluation(
                        100,
                        "environment steps",
                        100,
                        "test",
                        "task/1",
                        "episode",
                        4,
                        0.4,
                        Optional.empty(),
                        2,
                        OptionalDouble.empty())),
                training,
                Optional.of(new Cell.Result(
                        12, 100, OptionalLong.of(5), "numbers", "tasks", OptionalInt.of(7), Optional.empty(), "")),
                Path.of("nowhere"));
        return new RunFolder(
                Path.of("nowhere"),
                "study",
                "",
                "2026-11-29T12:00:00Z",
                Map.of(),
                List.of(),
                List.of(),
                List.of(cell),
                Optional.empty());
    }

    @Test
    void sendsEachCellOnceWithinTheServersLimits() {
        assertThat(MlflowExport.send(run(), address())).isEqualTo(1);
        assertThat(MlflowExport.send(run(), address())).isZero();

        assertThat(runs).hasSize(1);
        assertThat(batches.stream()
                        .mapToInt(batch -> batch.path("metrics").size())
                        .sum())
                .isEqualTo(2502);
        assertThat(batches.get(0).path("params").findValuesAsText("key"))
                .containsExactly("kind", "method", "preset", "seed", "task", "adapt.budget");
        assertThat(batches.get(1).path("metrics").get(0).path("key").asText()).isEqualTo("training/loss_new");
        assertThat(batches.get(1).path("metrics").get(1).path("timestamp").asLong())
                .isEqualTo(
                        batches.get(1).path("metrics").get(0).path("timestamp").asLong() + 1000);
    }

    @Test
    void saysThatNobodyAnswers() throws IOException {
        try (Socket held = new Socket()) {
            // the port is taken and nobody listens at it: a port that was given back could be another test's by now
            held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

            assertThatThrownBy(() -> MlflowExport.send(run(), URI.create("http://127.0.0.1:" + held.getLocalPort())))
                    .isInstanceOf(ExportException.class)
                    .hasMessageContaining("cannot be reached");
        }
    }
}
