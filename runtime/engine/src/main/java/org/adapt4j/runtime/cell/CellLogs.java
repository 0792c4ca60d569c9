package org.adapt4j.runtime.cell;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.evaluation.Evaluation;
import org.adapt4j.api.run.Metrics;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.run.Stateful;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.runtime.run.JsonLines;
import org.adapt4j.toolkit.run.BudgetMeter;
import org.jspecify.annotations.Nullable;

/**
 * The two append-only logs of a cell: metrics of training and evaluations. They hold no times, so that a resumed cell leaves
 * the same bytes as one left alone.
 */
final class CellLogs implements Metrics, Stateful, AutoCloseable {

    private final Path folder;
    private final BudgetMeter budget;
    private final TaskDistribution benchmark;
    private final String span;
    private final Optional<LiveEvents> events;
    private @Nullable JsonLines metrics;
    private @Nullable JsonLines evaluations;

    /**
     * Logs of a cell.
     *
     * @param span what measured returns are sums over
     * @param events for people who watch
     */
    CellLogs(Path folder, BudgetMeter budget, TaskDistribution benchmark, String span, Optional<LiveEvents> events) {
        this.folder = folder;
        this.budget = budget;
        this.benchmark = benchmark;
        this.span = span;
        this.events = events;
    }

    private JsonLines metrics() {
        JsonLines open = metrics;
        if (open == null) {
            open = JsonLines.open(folder.resolve("metrics.jsonl"), 0);
            metrics = open;
        }
        return open;
    }

    private JsonLines evaluations() {
        JsonLines open = evaluations;
        if (open == null) {
            open = JsonLines.open(folder.resolve("evaluations.jsonl"), 0);
            evaluations = open;
        }
        return open;
    }

    @Override
    public void record(Map<String, Double> values) {
        ObjectNode line = stamped();
        ObjectNode numbers = line.putObject("values");
        new TreeMap<>(values).forEach((name, value) -> {
            if (Double.isFinite(value)) {
                numbers.put(name, value);
            } else {
                numbers.put(name, Double.toString(value));
            }
        });
        metrics().append(line);
        events.ifPresent(live -> live.training(line));
    }

    /**
     * Records what was measured at a declared point.
     *
     * @param actionLoss by task, where there are recorded episodes to hold the policy beside
     * @throws IllegalStateException if a number is not finite
     */
    void record(long declared, Split split, Evaluation evaluation, Function<Task, OptionalDouble> actionLoss) {
        for (Evaluation.TaskResult result : evaluation.results()) {
            ObjectNode line = JsonNodeFactory.instance.objectNode();
            line.put("declared", declared);
            if (budget.axis() != Resource.ENVIRONMENT_STEPS) {
                line.put("declared-in", budget.axis().key());
            }
            line.setAll(stamped());
            line.put("split", split == Split.TRAIN ? "train" : "test");
            line.put("task", result.task().name());
            line.put("span", span);
            ArrayNode returns = line.putArray("returns");
            result.returns().forEach(value -> returns.add(finite("a return", value, result.task())));
            ArrayNode lengths = line.putArray("lengths");
            result.lengths().forEach(lengths::add);
            ArrayNode solved = line.putArray("solved");
            result.returns().forEach(value -> solved.add(benchmark.solved(result.task(), value)));
            double normalised = benchmark.normalise(result.task(), result.meanReturn());
            line.put("normalised", finite("a normalised return", normalised, result.task()));
            actionLoss
                    .apply(result.task())
                    .ifPresent(loss -> line.put("action-loss", finite("an action loss", loss, result.task())));
            evaluations().append(line);
            events.ifPresent(live -> live.evaluation(line));
        }
        evaluations().force();
    }

    private static double finite(String what, double value, Task task) {
        if (!Double.isFinite(value)) {
            throw new IllegalStateException("measuring " + task.name() + " gave " + what + " of " + value
                    + ": a fault of the benchmark, the evaluator or the recorded data");
        }
        return value;
    }

    private ObjectNode stamped() {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("environment-steps", budget.spent(Resource.ENVIRONMENT_STEPS));
        line.put("updates", budget.spent(Resource.UPDATES));
        if (budget.spent(Resource.EPOCHS) > 0) {
            line.put("epochs", budget.spent(Resource.EPOCHS));
        }
        if (budget.spent(Resource.DEMONSTRATIONS) > 0) {
            line.put("demonstrations", budget.spent(Resource.DEMONSTRATIONS));
        }
        return line;
    }

    /** @throws org.adapt4j.runtime.run.DamagedFileException if a log was deleted or changed meanwhile */
    void demandThere() {
        metrics().demandThere();
        evaluations().demandThere();
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        metrics().force();
        evaluations().force();
        out.writeLong(metrics().lines());
        out.writeLong(evaluations().lines());
    }

    /** Cuts off what was written after the checkpoint: it will be written again. */
    @Override
    public void load(DataInputStream in) throws IOException {
        close();
        metrics = JsonLines.open(folder.resolve("metrics.jsonl"), in.readLong());
        evaluations = JsonLines.open(folder.resolve("evaluations.jsonl"), in.readLong());
        events.ifPresent(live -> live.begin(
                JsonLines.read(folder.resolve("metrics.jsonl")), JsonLines.read(folder.resolve("evaluations.jsonl"))));
    }

    @Override
    public void close() {
        if (metrics != null) {
            metrics.close();
        }
        if (evaluations != null) {
            evaluations.close();
        }
        events.ifPresent(LiveEvents::close);
    }
}
