package org.adapt4j.runtime.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.adapt4j.api.algorithm.Device;
import org.adapt4j.api.algorithm.Diet;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.PlannedCell;
import org.adapt4j.runtime.run.RunPlan;
import org.adapt4j.runtime.settings.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExperimentTest {

    private final Path folder;
    private final Trial trial;

    ExperimentTest(@TempDir Path folder) {
        this.folder = folder;
        trial = new Trial(folder);
    }

    private RunPlan plan(String text, String... overrides) throws IOException {
        return trial.plan(text, List.of(overrides));
    }

    private List<String> problems(String text, String... overrides) throws IOException {
        try {
            plan(text, overrides);
            return List.of();
        } catch (ConfigurationException e) {
            return e.problems().stream().map(trial::shown).toList();
        }
    }

    @Test
    void whatLeadsNowhereHidesNothingElse() throws IOException {
        String text = Trial.RIGHT.replace("slots = 2,", "slots = ${nope}, slotz = 3,")
                + "nonsense = 1\npretrain.algorithm.steps = -1\n";

        assertThat(problems(text))
                .anyMatch(problem -> problem.contains("adapt.slots: ${nope} leads nowhere"))
                .anyMatch(problem -> problem.contains("adapt.slotz: is not a setting of adapt; did you mean 'slots'?"))
                .anyMatch(problem -> problem.contains("nonsense: is not a setting of an experiment"))
                .anyMatch(problem -> problem.contains("steps: must be positive but is -1"))
                .noneMatch(problem -> problem.contains("adapt.slots: is required"));
    }

    @Test
    void knowsTheColumnOfWhatIsWrong() throws IOException {
        String text = Trial.RIGHT.replace("slots = 2,", "slots = 2, slotz = 3,").replace("steps = 10", "steps = -10");

        try {
            plan(text);
        } catch (ConfigurationException e) {
            assertThat(trial.shown(e.withColumns()))
                    .contains("trial.conf: 8:43: adapt.algorithm.steps: must be positive but is -10")
                    .contains("trial.conf: 9:14: adapt.slotz: is not a setting of adapt");
            assertThat(trial.shown(String.valueOf(e.getMessage()))).contains("trial.conf: 9: adapt.slotz:");
            return;
        }
        throw new AssertionError("was taken");
    }

    /** A whole section may be what leads nowhere: nothing is said of what it lacks. */
    @Test
    void ofWhatLeadsNowhereOnlyThatIsSaid() throws IOException {
        String text = Trial.RIGHT.replace(
                "algorithm { name = toy-policy-gradient, steps = 10 }", "algorithm = ${pretrain.algoritm}");

        assertThat(problems(text))
                .singleElement()
                .asString()
                .contains("adapt.algorithm: ${pretrain.algoritm} leads nowhere");
    }

    @Test
    void makesOnePretrainCellAndOneAdaptCellForEachTestTask() throws IOException {
        RunPlan plan = plan(Trial.RIGHT);

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
    void namesTheCellsBesideWhichABenchmarkKnowsWhatOthersMeasured() throws IOException {
        RunPlan plan = plan(Trial.RIGHT + """
            grid { seed = [0, 1] }
            published = [{ method = plain, source = "a paper", split = test, environment-steps = [10], returns = [2] }]
            """, "benchmark.name=toy-identity");

        List<String> pretraining = plan.cells().stream()
                .filter(cell -> cell.kind().equals("pretrain"))
                .map(PlannedCell::id)
                .toList();
        assertThat(plan.published()).hasSize(2);
        assertThat(plan.published().get(0).path("method").asText()).isEqualTo("plain");
        assertThat(plan.published().get(1).path("cells"))
                .extracting(cell -> cell.asText())
                .containsExactlyElementsOf(pretraining);
        assertThat(plan.published().get(1).path("environment-steps").get(0).asLong())
                .isEqualTo(1000);
    }

    @Test
    void namesACellByTheHashOfItsText() throws IOException {
        for (PlannedCell cell : plan(Trial.RIGHT).cells()) {
            assertThat(cell.id()).isEqualTo(CellFolder.idOf(cell.resolved()));
        }
    }

    @Test
    void keepsAPretrainCellWhenOnlyAdaptationChanges() throws IOException {
        String before = plan(Trial.RIGHT).cells().get(0).id();

        assertThat(plan(Trial.RIGHT, "adapt.slots=5").cells().get(0).id()).isEqualTo(before);
        assertThat(plan(Trial.RIGHT, "pretrain.slots=5").cells().get(0).id()).isNotEqualTo(before);
    }

    @Test
    void theGridChoosesAmongMethodsAndANullIsToldSo() throws IOException {
        assertThat(plan(Trial.RIGHT + "grid.method = [scratch]\n").cells())
                .extracting(PlannedCell::method)
                .containsOnly("scratch");
        assertThat(problems(Trial.RIGHT, "methods.plain=null"))
                .singleElement()
                .asString()
                .contains("methods.plain: must be a section; grid.method = [...] chooses among methods");
    }

    @Test
    void spansTheGridAndLetsTheCommandLineWin() throws IOException {
        String grid = Trial.RIGHT + "grid { seed = [0, 1], \"benchmark.limit\" = [10, 20] }\n";

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
                Trial.RIGHT + "methods.scratch.benchmark.limit = 7\n" + "grid { \"benchmark.limit\" = [10, 20] }\n";

        RunPlan plan = plan(grid);

        assertThat(plan.cells()).hasSize(2 * 3 + 2);
        assertThat(plan.cells())
                .filteredOn(cell -> cell.method().equals("scratch"))
                .hasSize(2)
                .allSatisfy(cell -> assertThat(cell.labels()).isEmpty());
    }

    @Test
    void couplesSettingsByRules() throws IOException {
        RunPlan plan = plan(Trial.RIGHT + "rules = [ { when { method = scratch }, then { adapt.slots = 9 } } ]\n");

        Set<Integer> plain = slots(plan, "plain");
        Set<Integer> scratch = slots(plan, "scratch");

        assertThat(plain).containsExactly(2);
        assertThat(scratch).containsExactly(9);
    }

    @Test
    void takesAListInARuleForAnyOfItsValues() throws IOException {
        RunPlan plan =
                plan(Trial.RIGHT + "rules = [ { when { method = [scratch, other] }, then { adapt.slots = 9 } } ]\n");

        assertThat(slots(plan, "plain")).containsExactly(2);
        assertThat(slots(plan, "scratch")).containsExactly(9);
    }

    @Test
    void refusesARuleThatHoldsNowhere() {
        String text = Trial.RIGHT + "rules = [ { when { method = skratch }, then { adapt.slots = 9 } } ]\n";

        assertThatThrownBy(() -> plan(text)).hasMessageContaining("rules: this rule holds at no point of the grid");
    }

    @Test
    void takesARuleForAnotherPresetThatThereIs() throws IOException {
        String other =
                Trial.RIGHT + "rules = [ { when { method = scratch, preset = %s }, then { adapt.slots = 9 } } ]\n";

        assertThat(slots(plan(other.formatted("mandi-2022")), "scratch")).containsExactly(2);
        assertThat(slots(plan(other.formatted("mandi-2022"), "preset=mandi-2022"), "scratch"))
                .containsExactly(9);
        assertThatThrownBy(() -> plan(other.formatted("mandy-2022"))).hasMessageContaining("holds at no point");
        assertThatThrownBy(() -> plan(other.formatted("mandi-2022").replace("= scratch", "= skratch")))
                .hasMessageContaining("holds at no point");
    }

    @Test
    void takesARuleForAMethodThatTheGridLeavesOut() throws IOException {
        String rule = "grid.method = [plain]\nrules = [ { when { method = %s }, then { adapt.slots = 9 } } ]\n";

        assertThat(slots(plan(Trial.RIGHT + rule.formatted("scratch")), "plain"))
                .containsExactly(2);
        assertThatThrownBy(() -> plan(Trial.RIGHT + rule.formatted("skratch")))
                .hasMessageContaining("holds at no point");
    }

    private Set<Integer> slots(RunPlan plan, String method) {
        return plan.cells().stream()
                .filter(cell -> cell.method().equals(method) && cell.kind().equals("adapt"))
                .map(cell -> ResolvedCell.parse(cell.resolved()).phase().slots())
                .collect(Collectors.toSet());
    }

    @Test
    void laysTheFileOverThePresetOverTheDefaults() throws IOException {
        assertThat(plan(Trial.RIGHT).cells().get(0).resolved()).contains("strength = 1");
        assertThat(plan(Trial.RIGHT, "preset=mandi-2022").cells().get(0).resolved())
                .contains("strength = 2");
        assertThat(plan(Trial.RIGHT, "preset=mandi-2022", "pretrain.learner.strength=3")
                        .cells()
                        .get(0)
                        .resolved())
                .contains("strength = 3");
    }

    @Test
    void givesAReasonWhereMethodAndAlgorithmDoNotFit() throws IOException {
        RunPlan plan = plan(Trial.RIGHT, "pretrain.learner.memory=true");

        assertThat(plan.cells().get(0).notApplicable())
                .hasValueSatisfying(why -> assertThat(why).contains("neither memory nor context"));
        assertThat(plan.cells().get(1).notApplicable())
                .hasValueSatisfying(why -> assertThat(why).startsWith("its pre-training cannot be: "));
        assertThat(plan.cells().get(3).notApplicable()).isEmpty();
    }

    @Test
    void aCellReadFromItsTextIsWrittenAsTheSameText() throws IOException {
        RunPlan plan = plan(Trial.RIGHT);

        assertThat(plan.cells()).isNotEmpty().allSatisfy(cell -> {
            ResolvedCell resolved = ResolvedCell.parse(cell.resolved());
            assertThat(resolved.text()).isEqualTo(cell.resolved());
            assertThat(resolved.planned(cell.method(), cell.labels(), cell.notApplicable()))
                    .isEqualTo(cell);
        });
    }

    @Test
    void buildsACellFromItsTextAlone() throws IOException {
        PlannedCell adapt = plan(Trial.RIGHT).cells().get(1);

        CellConfig cell = CellConfig.build(ResolvedCell.parse(adapt.resolved()), trial.catalogue());

        assertThat(cell.method()).isInstanceOf(CellConfig.Method.Adapt.class);
        assertThat(cell.learner()).isEmpty();
        assertThat(cell.tasks())
                .hasValueSatisfying(tasks ->
                        assertThat(tasks.tasks()).extracting(Task::name).containsExactly("goal/0"));
        assertThat(((CellConfig.Method.Adapt) cell.method()).learned()).isEqualTo(adapt.learned());
        assertThat(cell.algorithm().diet()).isEqualTo(new Diet.OnPolicy(10));
        assertThat(cell.phase().points()).containsExactly(500L);
        assertThat(cell.benchmark().tasks(Split.TEST).size()).isEqualTo(2);
    }

    @Test
    void makesOneAdaptCellForAllTestTasksTogether() throws IOException {
        RunPlan plan = plan(Trial.RIGHT, "adapt.together=true", "method=plain");

        assertThat(plan.cells()).extracting(PlannedCell::kind).containsExactly("pretrain", "adapt");
        PlannedCell together = plan.cells().get(1);
        assertThat(together.task()).isEmpty();
        assertThat(CellConfig.build(ResolvedCell.parse(together.resolved()), trial.catalogue())
                        .tasks())
                .hasValueSatisfying(tasks ->
                        assertThat(tasks.tasks()).extracting(Task::name).containsExactly("goal/0", "goal/4"));
    }

    @Test
    void givesTheChosenSelectorToTheAdapterThatAsksForOne() throws IOException {
        String chooses = Trial.RIGHT.replace(
                "scratch { adapt.adapter.name = test-adapter }", "scratch { adapt.adapter.name = choosing-adapter }");

        assertThat(problems(chooses))
                .contains("adapt.selector: is required: choosing-adapter chooses by one (known: steady)");
        RunPlan plan = plan(chooses, "adapt.selector.name=steady", "adapt.selector.task=1", "adapt.together=true");

        PlannedCell chosen = plan.cells().get(plan.cells().size() - 1);
        assertThat(chosen.resolved()).contains("steady");
        assertThat(chosen.notApplicable()).hasValue("task 1 of goal/0, goal/4 has no expert");
        assertThat(plan.cells().get(0).resolved()).doesNotContain("steady");
        assertThat(plan(chooses, "adapt.selector.name=steady", "adapt.together=true")
                        .cells()
                        .get(2)
                        .notApplicable())
                .isEmpty();
    }

    @Test
    void aSeedIsAWholeNumberOfThirtyTwoBits() throws IOException {
        assertThat(plan(Trial.RIGHT, "seed=2147483647").cells().get(0).seed()).isEqualTo(2147483647L);
        assertThatThrownBy(() -> plan(Trial.RIGHT, "seed=4294967296"))
                .hasMessageContaining("seed: must be a whole number of 32 bits but is 4294967296");
    }

    @Test
    void saysWhereTensorsLive() throws IOException {
        assertThat(ResolvedCell.parse(plan(Trial.RIGHT).cells().get(0).resolved())
                        .device())
                .isEqualTo(Device.CPU);
        assertThat(ResolvedCell.parse(plan(Trial.RIGHT, "device=\"gpu:1\"")
                                .cells()
                                .get(0)
                                .resolved())
                        .device())
                .isEqualTo(new Device(Device.Kind.GPU, 1));
        assertThatThrownBy(() -> plan(Trial.RIGHT, "device=cuda"))
                .hasMessageContaining("device: must be cpu, gpu or gpu:N but is 'cuda'");
    }

    @Test
    void measuresAlongDemonstrationsWhereTheyAloneAreLimited() throws IOException {
        RunPlan plan = plan(
                Trial.RIGHT,
                "method=scratch",
                "adapt.budget.environment-steps=0",
                "adapt.budget.demonstrations=7",
                "adapt.measure.every=3");

        PhaseSettings phase = ResolvedCell.parse(plan.cells().get(0).resolved()).phase();

        assertThat(phase.points()).containsExactly(0L, 3L, 6L, 7L);
        assertThat(phase.limits()).containsOnlyKeys(Resource.DEMONSTRATIONS);
    }

    @Test
    void measuresWhereABudgetThatSlotsCannotTakeTogetherEnds() throws IOException {
        RunPlan plan = plan(
                Trial.RIGHT,
                "method=scratch",
                "adapt.slots=4",
                "adapt.budget.environment-steps=250",
                "adapt.measure.points=[101,250]");

        PhaseSettings phase = ResolvedCell.parse(plan.cells().get(0).resolved()).phase();

        assertThat(phase.points()).containsExactly(101L, 248L);
        assertThat(phase.limits()).containsEntry(Resource.ENVIRONMENT_STEPS, 248L);
    }

    @Test
    void aBudgetOfLessThanAStepInEachSlotIsRefused() throws IOException {
        assertThat(plan(Trial.RIGHT, "method=scratch", "adapt.slots=4", "adapt.budget.environment-steps=3")
                        .cells()
                        .get(0)
                        .notApplicable())
                .hasValueSatisfying(reason -> assertThat(reason)
                        .contains("a budget of 3 environment-steps ends before each of 4 slots has made a step"));
    }

    @Test
    void reportsEverythingThatIsWrongAtOnceWithItsLine() throws IOException {
        List<String> problems = problems("""
            name = trial
            benchmark { name = toy-two-gaol, limit = 3 }
            pretrain {
              algorithm { name = toy-policy-gradient, learning-rate = fast, stpes = 3 }
              slots = 0, budget { environment-steps = 1000 }
            }
            adapt { algorithm { name = toy-policy-gradient }, budget { environment-steps = 10 } }
            methods { plain { pretrain.learner.name = test-learner, adapt.adapter.name = test-adapter } }
            name = again
            """);

        assertThat(problems)
                .contains("trial.conf: 9: name: is set twice, here and in line 1; delete one of them")
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("trial.conf: 2: benchmark.name: no benchmark 'toy-two-gaol'; did you mean"
                                + " 'toy-two-goal'?"))
                .anySatisfy(problem ->
                        assertThat(problem).startsWith("trial.conf: 4: pretrain.algorithm.learning-rate: must be"))
                .anySatisfy(problem -> assertThat(problem)
                        .contains("trial.conf: 4: pretrain.algorithm.stpes")
                        .contains("did you mean 'steps'?"))
                .anySatisfy(problem ->
                        assertThat(problem).isEqualTo("trial.conf: 5: pretrain.slots: must be positive but is 0"));
    }

    @Test
    void saysWhichKeyWasMeantAtTheTop() throws IOException {
        assertThat(problems(Trial.RIGHT + "persets = study\n"))
                .singleElement()
                .asString()
                .contains("persets: is not a setting of an experiment; did you mean 'preset'?");
    }

    @Test
    void namesTheKeyThatIsSetTwice() throws IOException {
        assertThat(problems(Trial.RIGHT + "name = again\n"))
                .singleElement()
                .asString()
                .contains("name");
    }

    @Test
    void refusesAMethodThatIsNotThere() throws IOException {
        assertThat(problems(Trial.RIGHT + "grid { method = [plian] }\n"))
                .singleElement()
                .asString()
                .contains("no method 'plian'; did you mean 'plain'?");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThatThrownBy(() -> Experiment.plan(folder.resolve("none.conf"), List.of(), trial.catalogue()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("there is no such file");
    }

    @Test
    void readsHowCellsAreRunFromTheResolvedExperiment() throws IOException {
        RunPlan plan = plan(Trial.RIGHT, "run.heap=512");

        assertThat(Experiment.run(plan.experiment()).heap()).isEqualTo(512);
        assertThat(Experiment.defaultRun().checkpointEvery()).hasSeconds(60);
    }

    @Test
    void aGridHasAnEnd() {
        String seeds = IntStream.rangeClosed(0, Grid.MOST_CELLS)
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(","));
        String thousand = IntStream.range(0, 1_000).mapToObj(String::valueOf).collect(Collectors.joining(","));
        String tooMany = "trial.conf: 15: grid: spans more than 100000 cells, which no run has; take fewer values, or"
                + " several experiments";

        assertThatThrownBy(() -> trial.plan(Trial.RIGHT + "grid.seed = [" + seeds + "]\n", List.of()))
                .hasMessageContaining(tooMany);
        assertThatThrownBy(() -> trial.plan(
                        Trial.RIGHT + "grid { seed = [" + thousand + "], threads = [" + thousand + "] }\n", List.of()))
                .hasMessageContaining(tooMany);
        assertThatThrownBy(() -> trial.plan(Trial.RIGHT + "grid.\"pretrain.slotz\" = [" + thousand + "]\n", List.of()))
                .hasMessageContaining("trial.conf: 15: pretrain.slotz: is not a setting of pretrain");
    }

    @Test
    void whatCellsShareIsBuiltOnceHoweverManySeedsThereAre() throws IOException {
        int one = built("grid.seed = [1]\n");

        assertThat(built("grid.seed = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]\n")).isEqualTo(one);
    }

    /** How many objects planning makes. */
    private int built(String grid) throws IOException {
        AtomicInteger builds = new AtomicInteger();
        Catalogue counting = new Catalogue() {
            @Override
            public Optional<Entry> find(Kind kind, String name) {
                return trial.catalogue().find(kind, name);
            }

            @Override
            public Set<String> names(Kind kind) {
                return trial.catalogue().names(kind);
            }

            @Override
            public Object build(Entry entry, Record settings, Map<Class<?>, Object> services) {
                builds.incrementAndGet();
                return trial.catalogue().build(entry, settings, services);
            }

            @Override
            public List<ClassLoader> loaders() {
                return trial.catalogue().loaders();
            }

            @Override
            public Executors executors() {
                return trial.catalogue().executors();
            }
        };
        Path file = Files.writeString(folder.resolve("counted.conf"), Trial.RIGHT + grid);
        RunPlan plan = Experiment.plan(file, List.of(), counting);
        assertThat(plan.cells()).hasSizeGreaterThan(4);
        return builds.get();
    }
}
