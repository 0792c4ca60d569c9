package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.adapt4j.runtime.cell.InterruptedCellException;
import org.adapt4j.runtime.plugins.PluginLoader;
import org.adapt4j.runtime.program.CellWork;
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

    /**
     * Half of an acceptance test, on other seeds than those whose results are published. The lead
     * over 25 seeds is 0.9 after five choices and 0.55 after ten, of a standard deviation of a half from seed to seed, so that five seeds
     * are asked for about half of it.
     */
    @Tag("learning")
    @Test
    void choosingPaysWherePretrainingLeftGoalsOut() throws IOException {
        double[] leads = leads(6);

        assertThat(leads[0]).as("before").isCloseTo(0, within(1e-9));
        assertThat(leads[1]).as("after five choices").isGreaterThan(0.5);
        assertThat(leads[2]).as("after ten choices").isGreaterThan(0.25);
    }

    /** The other half. */
    @Tag("learning")
    @Test
    void thereIsNothingToGainWherePretrainingSawAllGoals() throws IOException {
        assertThat(leads(12)[2]).isBetween(-0.3, 0.3);
    }

    /** By how much AMF leads over uniform draws: mean over goals and five seeds; in this process, which is faster. */
    private double[] leads(int trainGoals) throws IOException {
        Workbench workbench = Engine.open(Optional.empty());
        double[] leads = new double[3];
        for (PlannedCell cell : workbench
                .plan(
                        INTEGRATOR,
                        List.of(
                                "benchmark.train-goals=" + trainGoals,
                                "grid.seed=[101, 102, 103, 104, 105]",
                                "grid.method=[amf, uniform]",
                                "adapt.budget.demonstrations=13",
                                "adapt.measure={points=[0, 8], every=0}"))
                .cells()) {
            CellFolder folder = folder("run-" + trainGoals, cell);
            assertThat(comesToItsEnd(folder, () -> false)).isTrue();
            if (cell.kind().equals("adapt")) {
                List<ObjectNode> evaluations = JsonLines.read(folder.evaluations());
                assertThat(evaluations).hasSize(3 * 12);
                for (int point = 0; point < leads.length; point++) {
                    double earned = meanReturn(evaluations.subList(12 * point, 12 * point + 12)) / 5;
                    leads[point] += cell.method().equals("amf") ? earned : -earned;
                }
            }
        }
        return leads;
    }

    private static double meanReturn(List<ObjectNode> evaluations) {
        return evaluations.stream()
                .mapToDouble(line -> line.path("returns").path(0).asDouble())
                .average()
                .orElseThrow();
    }

    @Test
    void plansDemonstrationsAndNotUpdatesThatNobodyCounted() {
        Screen screen = new Screen();

        assertThat(screen.run("plan", QUICK.toString())).isZero();

        assertThat(screen.out())
                .contains("18 demonstrations")
                .contains("5 cells, 0 environment steps, 1.5 k updates, 72 demonstrations, and at most");
    }

    @Test
    void saysBeforehandWhatCannotBe() {
        assertThat(objections(QUICK, "adapt.tasks=1")).allMatch(why -> why.startsWith("there is only one task"));
        assertThat(objections(QUICK, "adapt.budget.demonstrations=3"))
                .contains("a budget of 3 demonstrations ends before the warm start of 6; give at least 6");
        assertThat(objections(INTEGRATOR, "method=amf", "adapt.selector.kernel.type=gradient"))
                .contains("AMF imitates an expert, and the kernel compares what the last layer of a policy reads and"
                        + " answers, and gp has no LastLayer");
    }

    @Test
    void saysBeforehandOfWhomNobodyCanShow() throws IOException {
        Path experiment = Files.writeString(temporary.resolve("unrecorded.conf"), HOPPERS);

        assertThat(objections(experiment, "benchmark.test-tasks=[massinc-300-torsogeom, massinc-200-torsogeom]"))
                .hasSize(2)
                .allMatch(why -> why.startsWith("nobody can show hopper/massinc-200-torsogeom: "));
        assertThat(objections(experiment, "methods.amf.adapt.selector.reference.weights=self-normalised"))
                .singleElement()
                .asString()
                .endsWith("these observations do not tell the task; set adapt.selector.reference.weights = hard");
    }

    /** AMF over another plug-in's tasks and recordings, whose observations do not tell the task. */
    private static final String HOPPERS = """
        name = amf-imujoco
        benchmark {
          name = imujoco, body = hopper
          train-tasks = [base], test-tasks = [massinc-300-torsogeom, jointdec-50-footjoint, frictiondec-50-footgeom]
        }
        data-set { name = imujoco-rollouts }
        adapt {
          algorithm { name = bc, schedule = [], network { hidden = [8] } }
          together = true
          slots = 3
          budget { demonstrations = 6 }
          measure { points = [6], episodes = 1, slots = 3 }
          adapter { name = amf, updates = 20, forgetting { remedy = l2 } }
        }
        methods {
          amf { adapt.selector { name = amf, reference { weights = hard } } }
          loss { adapt.selector { name = loss-proportional } }
        }
        run { film-frames = 0 }
        """;

    @Tag("native")
    @Test
    void choosesAmongTheTasksOfAnotherPlugInAsWell() throws IOException {
        Path experiment = Files.writeString(temporary.resolve("amf-imujoco.conf"), HOPPERS);
        Workbench workbench = Engine.open(Optional.empty());

        for (PlannedCell cell : workbench.plan(experiment, List.of()).cells()) {
            CellFolder folder = folder("imujoco", cell);
            assertThat(comesToItsEnd(folder, () -> false)).isTrue();

            List<JsonNode> rounds = JsonLines.read(folder.metrics()).stream()
                    .map(line -> line.path("values"))
                    .filter(values -> values.has("chosen"))
                    .toList();
            assertThat(rounds).as(cell.title()).hasSize(3);
            for (JsonNode round : rounds) {
                assertThat(round.path("score").asDouble())
                        .isGreaterThanOrEqualTo(round.path("runner-up-score").asDouble());
                assertThat(round.path("demonstrations/hopper/jointdec-50-footjoint")
                                .asInt())
                        .isBetween(1, 4);
            }
            List<ObjectNode> evaluations = JsonLines.read(folder.evaluations());
            assertThat(evaluations)
                    .hasSize(3)
                    .allMatch(line -> line.path("demonstrations").asInt() == 6);
        }
    }

    /** A budget of demonstrations is kept to, and the two by two of selection and remedy is one grid without further methods. */
    @Test
    void selectionAndRemedyAreOneGrid() throws IOException {
        Path experiment = Files.writeString(temporary.resolve("two-by-two.conf"), """
            name = two-by-two
            benchmark { name = integrator, goals = 3, train-goals = 1 }
            data-set { name = integrator-expert }
            adapt {
              algorithm { name = gp }
              together = true
              slots = 3
              budget { demonstrations = 5 }
              measure { every = 1, episodes = 1, slots = 3 }
              adapter { name = amf, updates = 1, scoring-copy = false }
              selector { name = uniform }
            }
            grid {
              "adapt.selector.name" = [round-robin, uniform]
              "adapt.adapter.forgetting.remedy" = [none, adaptive-prior]
            }
            run { film-frames = 0 }
            """);
        Workbench workbench = Engine.open(Optional.empty());
        List<PlannedCell> cells = workbench.plan(experiment, List.of()).cells();

        for (PlannedCell cell : cells) {
            CellFolder folder = folder("two-by-two", cell);
            assertThat(comesToItsEnd(folder, () -> false)).isTrue();

            List<ObjectNode> evaluations = JsonLines.read(folder.evaluations());
            assertThat(evaluations
                            .get(evaluations.size() - 1)
                            .path("demonstrations")
                            .asInt())
                    .isEqualTo(5);
            assertThat(evaluations.stream()
                            .map(line -> line.path("declared").asInt())
                            .distinct())
                    .containsExactly(0, 3, 4, 5); // before, and after the warm start and each choice
        }
        assertThat(cells).hasSize(4);
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
                                "adapt.budget.demonstrations=10",
                                "adapt.adapter.updates=5",
                                "adapt.adapter.batch=2"))
                .cells()
                .get(0);
        CellFolder calm = folder("calm", cell);
        CellFolder harried = folder("harried", cell);
        Random passes = new Random(4);
        assertThat(comesToItsEnd(calm, () -> false)).isTrue();

        int stops = 0;
        boolean ended = false;
        while (!ended) {
            int[] left = {1 + passes.nextInt(2)};
            ended = comesToItsEnd(harried, () -> left[0]-- == 0);
            stops += ended ? 0 : 1;
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

    private static boolean comesToItsEnd(CellFolder folder, BooleanSupplier stop) {
        try {
            var unused = CellWork.run(
                    folder, PluginLoader.load(CellWork.class.getClassLoader(), Optional.empty()), stop::getAsBoolean);
            return true;
        } catch (InterruptedCellException e) {
            return false;
        }
    }

    private CellFolder folder(String root, PlannedCell cell) throws IOException {
        Path path = temporary.resolve(root).resolve("cells").resolve(cell.id());
        Files.createDirectories(path);
        Files.writeString(path.resolve("resolved.conf"), cell.resolved());
        return CellFolder.at(path);
    }
}
