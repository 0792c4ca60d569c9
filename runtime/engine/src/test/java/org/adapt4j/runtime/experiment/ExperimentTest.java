package org.adapt4j.runtime.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.adapt4j.api.task.Split;
import org.adapt4j.runtime.plugins.PluginLoader;
import org.adapt4j.runtime.run.PlannedCell;
import org.adapt4j.runtime.run.RunPlan;
import org.adapt4j.runtime.settings.CanonicalText;
import org.adapt4j.runtime.settings.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExperimentTest {

    private static final String TWO_METHODS = """
            name = trial
            benchmark { name = toy-two-goal }
            pretrain {
              algorithm { name = toy-policy-gradient }
              slots = 4, budget { environment-steps = 1000 }, measure { every = 500, episodes = 3 }
            }
            adapt {
              algorithm { name = toy-policy-gradient, steps = 10 }
              slots = 2, budget { environment-steps = 500 }
            }
            methods {
              plain   { pretrain.learner.name = test-learner, adapt.adapter.name = test-adapter }
              scratch { adapt.adapter.name = test-adapter }
            }
            """;

    private final Catalogue catalogue = PluginLoader.load(ExperimentTest.class.getClassLoader(), Optional.empty());

    @TempDir
    Path folder;

    private RunPlan plan(String text, String... overrides) throws IOException {
        Path file = folder.resolve("trial.conf");
        Files.writeString(file, text);
        return Experiment.plan(file, List.of(overrides), catalogue);
    }

    private List<String> problems(String text, String... overrides) {
        try {
            plan(text, overrides);
            return List.of();
        } catch (ConfigurationException e) {
            return e.problems().stream()
                    .map(problem -> problem.toString().replace(folder + "/", ""))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void makesOnePretrainCellAndOneAdaptCellForEachTestTask() throws IOException {
        RunPlan plan = plan(TWO_METHODS);

        assertThat(plan.cells())
                .extracting(cell ->
                        cell.method() + " " + cell.kind() + " " + cell.task().orElse("-"))
                .containsExactly(
                        "plain pretrain -",
                        "plain adapt goal/0",
                        "plain adapt goal/4",
                        "scratch adapt goal/0",
                        "scratch adapt goal/4");
        assertThat(plan.cells().get(1).learned()).hasValue(plan.cells().get(0).id());
        assertThat(plan.cells().get(3).learned()).isEmpty();
    }

    @Test
    void namesACellByTheHashOfItsText() throws IOException {
        for (PlannedCell cell : plan(TWO_METHODS).cells()) {
            assertThat(cell.id()).isEqualTo(CanonicalText.id(cell.resolved()));
        }
    }

    @Test
    void keepsAPretrainCellWhenOnlyAdaptationChanges() throws IOException {
        String before = plan(TWO_METHODS).cells().get(0).id();

        assertThat(plan(TWO_METHODS, "adapt.slots=5").cells().get(0).id()).isEqualTo(before);
        assertThat(plan(TWO_METHODS, "pretrain.slots=5").cells().get(0).id()).isNotEqualTo(before);
    }

    @Test
    void spansTheGridAndLetsTheCommandLineWin() throws IOException {
        String grid = TWO_METHODS + "grid { seed = [0, 1], \"benchmark.limit\" = [10, 20] }\n";

        assertThat(plan(grid).cells()).hasSize(4 * 5);
        assertThat(plan(grid).cells().stream().map(PlannedCell::labels).collect(Collectors.toSet()))
                .extracting(Object::toString)
                .containsExactlyInAnyOrder("{benchmark.limit=10}", "{benchmark.limit=20}");
        assertThat(plan(grid, "seed=7").cells())
                .hasSize(2 * 5)
                .allSatisfy(cell -> assertThat(cell.seed()).isEqualTo(7));
    }

    @Test
    void sharesTheCellsOfAMethodThatSettlesAnAxisForItself() throws IOException {
        String grid =
                TWO_METHODS + "methods.scratch.benchmark.limit = 7\n" + "grid { \"benchmark.limit\" = [10, 20] }\n";

        RunPlan plan = plan(grid);

        assertThat(plan.cells()).hasSize(2 * 3 + 2);
        assertThat(plan.cells())
                .filteredOn(cell -> cell.method().equals("scratch"))
                .hasSize(2)
                .allSatisfy(cell -> assertThat(cell.labels()).isEmpty());
    }

    @Test
    void couplesSettingsByRules() throws IOException {
        RunPlan plan = plan(TWO_METHODS + "rules = [ { when { method = scratch }, then { adapt.slots = 9 } } ]\n");

        Set<Integer> plain = slots(plan, "plain");
        Set<Integer> scratch = slots(plan, "scratch");

        assertThat(plain).containsExactly(2);
        assertThat(scratch).containsExactly(9);
    }

    private Set<Integer> slots(RunPlan plan, String method) {
        return plan.cells().stream()
                .filter(cell -> cell.method().equals(method) && cell.kind().equals("adapt"))
                .map(cell -> CellConfig.read(cell.resolved(), catalogue).phase().slots())
                .collect(Collectors.toSet());
    }

    @Test
    void laysTheFileOverThePresetOverTheDefaults() throws IOException {
        assertThat(plan(TWO_METHODS).cells().get(0).resolved()).contains("strength = 1");
        assertThat(plan(TWO_METHODS, "preset=study").cells().get(0).resolved()).contains("strength = 2");
        assertThat(plan(TWO_METHODS, "preset=study", "pretrain.learner.strength=3")
                        .cells()
                        .get(0)
                        .resolved())
                .contains("strength = 3");
    }

    @Test
    void givesAReasonWhereMethodAndAlgorithmDoNotFit() throws IOException {
        RunPlan plan = plan(TWO_METHODS, "pretrain.learner.memory=true");

        assertThat(plan.cells().get(0).notApplicable())
                .hasValueSatisfying(why -> assertThat(why).contains("neither memory nor context"));
        assertThat(plan.cells().get(1).notApplicable())
                .hasValueSatisfying(why -> assertThat(why).startsWith("its pre-training cannot be: "));
        assertThat(plan.cells().get(3).notApplicable()).isEmpty();
    }

    @Test
    void buildsACellFromItsTextAlone() throws IOException {
        PlannedCell adapt = plan(TWO_METHODS).cells().get(1);

        CellConfig cell = CellConfig.read(adapt.resolved(), catalogue);

        assertThat(cell.adapter()).isPresent();
        assertThat(cell.learner()).isEmpty();
        assertThat(cell.task())
                .hasValueSatisfying(task -> assertThat(task.name()).isEqualTo("goal/0"));
        assertThat(cell.learned()).isEqualTo(adapt.learned());
        assertThat(cell.algorithm().stepsPerUpdate()).isEqualTo(10);
        assertThat(cell.phase().points()).containsExactly(500L);
        assertThat(cell.benchmark().tasks(Split.TEST).size()).isEqualTo(2);
    }

    @Test
    void reportsEverythingThatIsWrongAtOnceWithItsLine() {
        List<String> problems = problems("""
                name = trial
                benchmark { name = toy-two-gaol, limit = 3 }
                pretrain {
                  algorithm { name = toy-policy-gradient, learning-rate = fast, stpes = 3 }
                  slots = 0, budget { environment-steps = 1000 }
                }
                adapt { algorithm { name = toy-policy-gradient }, budget { environment-steps = 10 } }
                methods { plain { pretrain.learner.name = test-learner, adapt.adapter.name = test-adapter } }
                """);

        assertThat(problems)
                .anySatisfy(
                        problem -> assertThat(problem)
                                .startsWith(
                                        "trial.conf: 2: benchmark.name: no benchmark 'toy-two-gaol'; did you mean 'toy-two-goal'?"))
                .anySatisfy(problem ->
                        assertThat(problem).startsWith("trial.conf: 4: pretrain.algorithm.learning-rate: must be"))
                .anySatisfy(problem -> assertThat(problem)
                        .contains("trial.conf: 4: pretrain.algorithm.stpes")
                        .contains("did you mean 'steps'?"))
                .anySatisfy(problem ->
                        assertThat(problem).isEqualTo("trial.conf: 5: pretrain.slots: must be positive but is 0"));
    }

    @Test
    void saysWhichKeyWasMeantAtTheTop() {
        assertThat(problems(TWO_METHODS + "persets = study\n"))
                .singleElement()
                .asString()
                .contains("persets: is not a setting of an experiment; did you mean 'preset'?");
    }

    @Test
    void namesTheKeyThatIsSetTwice() {
        assertThat(problems(TWO_METHODS + "name = again\n"))
                .singleElement()
                .asString()
                .contains("name");
    }

    @Test
    void refusesAMethodThatIsNotThere() {
        assertThat(problems(TWO_METHODS + "grid { method = [plian] }\n"))
                .singleElement()
                .asString()
                .contains("no method 'plian'; did you mean 'plain'?");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThatThrownBy(() -> Experiment.plan(folder.resolve("none.conf"), List.of(), catalogue))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("there is no such file");
    }

    @Test
    void readsHowCellsAreRunFromTheResolvedExperiment() throws IOException {
        RunPlan plan = plan(TWO_METHODS, "run.heap=512");

        assertThat(Experiment.run(plan.experiment()).heap()).isEqualTo(512);
        assertThat(Experiment.defaultRun().checkpointEvery()).hasSeconds(60);
    }
}
