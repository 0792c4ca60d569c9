package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.adapt4j.runtime.cell.InterruptedCellException;
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.JsonLines;
import org.adapt4j.runtime.run.PlannedCell;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Active fine-tuning by its examples, through the command line. */
@Tag("protocol")
@Timeout(300)
final class ActiveFineTuningTest {

    private static final Path EXAMPLES = Path.of("..", "..", "examples", "experiments");
    private static final Path INTEGRATOR = EXAMPLES.resolve("bagatella-2025/integrator.conf");
    private static final Path QUICK = EXAMPLES.resolve("amf-quick.conf");

    @TempDir
    private Path temporary = Path.of("");

    /** The acceptance test of the AMF specification, 5.3, on the first three of its seeds; in this process, which is faster. */
    @Test
    void asksForWhatPretrainingLeftOut() throws IOException {
        Workbench workbench = Engine.open(Optional.empty());
        Map<String, Double> ends = new TreeMap<>();

        for (PlannedCell cell : workbench
                .plan(
                        INTEGRATOR,
                        List.of(
                                "benchmark.train-goals=6",
                                "grid.seed=[0, 1, 2]",
                                "grid.method=[amf, uniform]",
                                "adapt.budget.demonstrations=13",
                                "adapt.measure.points=[0]"))
                .cells()) {
            CellFolder folder = folder("run", cell);
            workbench.runCell(folder, () -> false);
            if (cell.kind().equals("adapt")) {
                List<ObjectNode> evaluations = JsonLines.read(folder.evaluations());
                assertThat(evaluations).hasSize(2 * 12);
                ends.merge(cell.method(), meanReturn(evaluations.subList(12, 24)) / 3, Double::sum);
            }
        }

        assertThat(ends.getOrDefault("amf", Double.NaN) - ends.getOrDefault("uniform", Double.NaN))
                .isGreaterThan(0.5);
    }

    private static double meanReturn(List<ObjectNode> evaluations) {
        return evaluations.stream()
                .mapToDouble(line -> line.path("returns").path(0).asDouble())
                .average()
                .orElseThrow();
    }

    @Test
    void saysBeforehandWhatCannotBe() {
        assertThat(objections(QUICK, "adapt.tasks=1")).allMatch(why -> why.startsWith("there is only one task"));
        assertThat(objections(QUICK, "adapt.budget.demonstrations=3"))
                .contains("a budget of 3 demonstrations ends before the warm start of 4; give at least 4");
        assertThat(objections(INTEGRATOR, "method=amf", "adapt.selector.kernel.type=gradient"))
                .contains(
                        "AMF imitates an expert, and the kernel compares what the last layer of a policy reads and answers,"
                                + " and gp has no Embedding");
    }

    private static List<String> objections(Path experiment, String... overrides) {
        List<String> reasons = new ArrayList<>();
        for (PlannedCell cell : Engine.open(Optional.empty())
                .plan(experiment, List.of(overrides))
                .cells()) {
            cell.notApplicable().ifPresent(reasons::add);
        }
        return reasons;
    }

    /** A network, a scoring copy and an adaptive prior, stopped at any pass of the loop. */
    @Tag("native")
    @Test
    void endsWithTheSameBytesWhereverItWasStopped() throws IOException {
        Workbench workbench = Engine.open(Optional.empty());
        PlannedCell cell = workbench
                .plan(
                        QUICK,
                        List.of(
                                "method=amf",
                                "adapt.adapter.forgetting.remedy=adaptive-prior",
                                "methods.amf.pretrain.learner=null",
                                "adapt.budget.demonstrations=8",
                                "adapt.adapter.updates=5",
                                "adapt.adapter.batch=2"))
                .cells()
                .get(0);
        CellFolder calm = folder("calm", cell);
        CellFolder harried = folder("harried", cell);
        Random passes = new Random(4);
        workbench.runCell(calm, () -> false);

        int stops = 0;
        while (harried.result().isEmpty()) {
            int[] left = {1 + passes.nextInt(2)};
            try {
                workbench.runCell(harried, () -> left[0]-- == 0);
            } catch (InterruptedCellException e) {
                stops++;
            }
        }

        assertThat(stops).isPositive();
        for (String file : List.of("metrics.jsonl", "evaluations.jsonl")) {
            assertThat(harried.path().resolve(file))
                    .as(file)
                    .hasSameBinaryContentAs(calm.path().resolve(file));
        }
        List<ObjectNode> metrics = JsonLines.read(calm.metrics());
        assertThat(metrics.stream()
                        .map(line -> (JsonNode) line)
                        .filter(line -> line.path("values").has("chosen")))
                .hasSize(4);
    }

    private CellFolder folder(String root, PlannedCell cell) throws IOException {
        Path path = temporary.resolve(root).resolve("cells").resolve(cell.id());
        Files.createDirectories(path);
        Files.writeString(path.resolve("resolved.conf"), cell.resolved());
        return CellFolder.at(path);
    }
}
