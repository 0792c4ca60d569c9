package org.adapt4j.runtime.report.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.adapt4j.runtime.report.folder.Cell;
import org.adapt4j.runtime.report.folder.RunFolder;

/**
 * Sends a run to an MLflow tracking server by its REST interface, version 2.0: an experiment of the run's name, and in it a run for each cell
 * that is done, with its coordinates as parameters, what it logged and measured as metrics, and its id as the tag {@value #CELL}. A cell that
 * the server knows already is left alone, so that sending twice is sending once.
 */
public final class MlflowExport {
    private static final String CELL = "adapt4j.cell";
    /** Of a request: the server's own limits. */
    private static final int MOST_METRICS = 1000;

    private static final int MOST_BYTES = 900_000;
    private static final int LONGEST_PARAMETER = 6000;
    private static final int LONGEST_KEY = 250;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final URI server;

    private MlflowExport(URI server) {
        this.server = server;
    }

    /**
     * Sends a run.
     *
     * @param server such as {@code http://127.0.0.1:5000}
     * @return how many cells were sent
     * @throws ExportException if the server cannot be reached or refuses
     */
    public static int send(RunFolder run, URI server) {
        return new MlflowExport(server).send(run);
    }

    private int send(RunFolder run) {
        String experiment = experiment(run.name());
        long start = millis(run.created());
        int sent = 0;
        for (Cell cell : run.cells()) {
            if (cell.isDone() && !knows(experiment, cell)) {
                send(experiment, cell, start);
                sent++;
            }
        }
        return sent;
    }

    private String experiment(String name) {
        String query = "experiments/get-by-name?experiment_name=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
        HttpResponse<String> found = exchange(request(query).GET().build());
        if (found.statusCode() == OK) {
            return parse(found).path("experiment").path("experiment_id").asText();
        }
        if (found.statusCode() != NOT_FOUND) {
            throw refused(query, found);
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("name", name);
        return post("experiments/create", body).path("experiment_id").asText();
    }

    private boolean knows(String experiment, Cell cell) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("experiment_ids").add(experiment);
        body.put("filter", "tags.`" + CELL + "` = '" + cell.id() + "' and attributes.status = 'FINISHED'");
        body.put("max_results", 1);
        return !post("runs/search", body).path("runs").isEmpty();
    }

    private void send(String experiment, Cell cell, long start) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("experiment_id", experiment).put("run_name", cell.describe()).put("start_time", start);
        ArrayNode tags = body.putArray("tags");
        tag(tags, CELL, cell.id());
        tag(tags, "mlflow.source.name", "Adapt4J");
        String id = post("runs/create", body)
                .path("run")
                .path("info")
                .path("run_id")
                .asText();
        List<ObjectNode> metrics = metrics(cell, start);
        ArrayNode parameters = JsonNodeFactory.instance.arrayNode();
        parameters(cell)
                .forEach((key, value) -> tag(
                        parameters,
                        key,
                        value.length() > LONGEST_PARAMETER ? value.substring(0, LONGEST_PARAMETER) : value));
        logBatches(id, metrics, parameters);
        ObjectNode end = JsonNodeFactory.instance.objectNode();
        end.put("run_id", id).put("status", "FINISHED");
        end.put(
                "end_time",
                start
                        + cell.result()
                                .map(result -> (long) (1000 * result.wallSeconds()))
                                .orElse(0L));
        var unused = post("runs/update", end);
    }

    private static void tag(ArrayNode tags, String key, String value) {
        tags.addObject().put("key", key).put("value", value);
    }

    private static Map<String, String> parameters(Cell cell) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("kind", cell.isPretraining() ? "pretrain" : "adapt");
        parameters.put("method", cell.method());
        parameters.put("preset", cell.preset());
        parameters.put("seed", Integer.toString(cell.seed()));
        cell.task().ifPresent(task -> parameters.put("task", task));
        cell.labels().forEach((key, value) -> parameters.put(key(key), value));
        return parameters;
    }

    /** What the server takes as a name. */
    private static String key(String name) {
        String allowed = name.replaceAll("[^\\w.\\- /]", "_");
        return allowed.length() > LONGEST_KEY ? allowed.substring(0, LONGEST_KEY) : allowed;
    }

    private static List<ObjectNode> metrics(Cell cell, long start) {
        List<ObjectNode> metrics = new ArrayList<>();
        for (Cell.TrainingPoint point : cell.training()) {
            long at = start + (Double.isNaN(point.wallSeconds()) ? 0 : (long) (1000 * point.wallSeconds()));
            point.values()
                    .forEach((name, value) ->
                            metrics.add(metric("training/" + name, value, at, point.environmentSteps())));
        }
        for (Cell.Evaluation evaluation : cell.evaluations()) {
            String tag = evaluation.split() + "/" + evaluation.task();
            metrics.add(metric("return/" + tag, evaluation.meanReturn(), start, evaluation.declared()));
            metrics.add(metric("score/" + tag, evaluation.normalised(), start, evaluation.declared()));
        }
        return metrics;
    }

    private static ObjectNode metric(String name, double value, long at, long step) {
        ObjectNode metric = JsonNodeFactory.instance.objectNode();
        return metric.put("key", key(name))
                .put("value", value)
                .put("timestamp", at)
                .put("step", step);
    }

    private void logBatches(String id, List<ObjectNode> metrics, ArrayNode parameters) {
        ObjectNode first = batch(id);
        first.set("params", parameters);
        var unused = post("runs/log-batch", first);
        ObjectNode body = batch(id);
        int bytes = 0;
        for (ObjectNode metric : metrics) {
            int size = metric.toString().length() + 1;
            ArrayNode own = body.withArray("metrics");
            if (own.size() == MOST_METRICS || bytes + size > MOST_BYTES) {
                unused = post("runs/log-batch", body);
                body = batch(id);
                own = body.withArray("metrics");
                bytes = 0;
            }
            own.add(metric);
            bytes += size;
        }
        if (body.has("metrics")) {
            unused = post("runs/log-batch", body);
        }
    }

    private static ObjectNode batch(String id) {
        return JsonNodeFactory.instance.objectNode().put("run_id", id);
    }

    private HttpRequest.Builder request(String path) {
        String base = server.toString().replaceAll("/+$", "");
        return HttpRequest.newBuilder(URI.create(base + "/api/2.0/mlflow/" + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json");
    }

    private JsonNode post(String path, ObjectNode body) {
        HttpResponse<String> answer = exchange(request(path)
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
        if (answer.statusCode() != OK) {
            throw refused(path, answer);
        }
        return parse(answer);
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new ExportException(
                    server + ": cannot be reached (" + e
                            + "). Is an MLflow tracking server there? Start one with: mlflow" + " server",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExportException(server + ": interrupted while sending", e);
        }
    }

    private JsonNode parse(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new ExportException(server + ": does not answer as an MLflow tracking server does", e);
        }
    }

    private ExportException refused(String path, HttpResponse<String> answer) {
        String body = answer.body();
        return new ExportException(server + ": " + path + ": status " + answer.statusCode() + ", "
                + (body.length() > 500 ? body.substring(0, 500) : body));
    }

    private static long millis(String created) {
        return created.isEmpty() ? 0 : Instant.parse(created).toEpochMilli();
    }
}
