package org.adapt4j.runtime.report.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.adapt4j.runtime.report.SyntheticRun;
import org.adapt4j.runtime.report.SyntheticRun.Size;
import org.adapt4j.runtime.report.folder.RunFolder;
import org.adapt4j.runtime.report.judge.About;
import org.adapt4j.runtime.report.judge.Aggregate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StudyTest {
    @TempDir
    private Path temporary;

    private static Study study(SyntheticRun run) {
        return Study.of(RunFolder.read(run.root()));
    }

    private SyntheticRun small() {
        return SyntheticRun.small(temporary.resolve("run"));
    }

    @Test
    void arrangesPanelsByPresetAndPlaceWithScratchLast() {
        Study study = study(SyntheticRun.of(
                temporary.resolve("run"), new Size(List.of("paper", "mandi-2022"), List.of(1000, 100), 1, 1, 3)));

        assertThat(study.panels().stream().map(panel -> panel.preset() + " " + panel.title()))
                .containsExactly(
                        "paper 100 train levels",
                        "paper 1000 train levels",
                        "mandi-2022 100 train levels",
                        "mandi-2022 1000 train levels");
        assertThat(study.methods()).containsExactly("multi-task", "reptile", "rl2", "scratch");
        assertThat(study.baseline()).hasValue("scratch");
    }

    @Test
    void aMethodWithoutCoordinatesStandsInEveryPanel() {
        SyntheticRun run = small();
        run.scratchOnce();

        Study study = study(run);

        assertThat(study.places())
                .containsExactly(Map.of("benchmark.train-levels", "100"), Map.of("benchmark.train-levels", "1000"));
        assertThat(study.panels())
                .allSatisfy(panel -> assertThat(panel.group("scratch"))
                        .hasValueSatisfying(group -> assertThat(group.isEmpty()).isFalse()));
        assertThat(study.groups()).hasSize(2 * 3 + 1);
    }

    @Test
    void leavesOutASeedThatLacksATaskAndNoTask() {
        SyntheticRun run = small();
        run.failed(run.find("adapt", "reptile", 100, 1, 2), "broken");

        Group group = study(run).panels().get(0).group("reptile").orElseThrow();

        assertThat(group.isIncomplete()).isTrue();
        assertThat(group.seeds()).containsExactly(0, 2);
        assertThat(group.tasks()).isEqualTo(group.plannedTasks()).hasSize(4);
        assertThat(group.missing())
                .singleElement()
                .satisfies(cell -> assertThat(cell.reason()).isEqualTo("broken"));
    }

    @Test
    void showsTheTasksThatMostSeedsHaveWhereNoSeedIsWhole() {
        SyntheticRun run = small();
        for (int seed = 0; seed < 3; seed++) {
            run.failed(run.find("adapt", "reptile", 100, seed, 1), "broken");
        }

        Group group = study(run).panels().get(0).group("reptile").orElseThrow();

        assertThat(group.seeds()).containsExactly(0, 1, 2);
        assertThat(group.tasks()).hasSize(3);
        assertThat(group.term(1, Measure.FINAL, Quantity.SCORE, group.plannedTasks())
                        .table()
                        .whole())
                .as("seeds of which a verdict may speak")
                .isEmpty();
    }

    @Test
    void aLearnerThatDivergedScoresNothingFromThereOn() {
        SyntheticRun run = small();
        run.diverged(run.find("adapt", "reptile", 100, 1, 2), "the loss is NaN");

        Group group = study(run).panels().get(0).group("reptile").orElseThrow();

        assertThat(group.isIncomplete()).isFalse();
        assertThat(group.missing()).isEmpty();
        assertThat(group.diverged()).hasSize(1);
        assertThat(group.scores(Measure.FINAL, Quantity.SCORE).at(1, 2)).isFinite();
        assertThat(group.curve(1, "coinrun/10002", Quantity.RETURN)).isPresent();
    }

    @Test
    void aLearnerThatDivergedBeforeAnythingWasMeasuredScoresZeroThroughout() throws IOException {
        SyntheticRun run = small();
        SyntheticRun.Planned cell = run.find("adapt", "reptile", 100, 1, 2);
        Files.delete(run.folder(cell).resolve("evaluations.jsonl"));
        run.diverged(cell, "the loss is NaN");

        Group group = study(run).panels().get(0).group("reptile").orElseThrow();

        assertThat(group.curve(1, "coinrun/10002", Quantity.SCORE).orElseThrow().y())
                .containsExactly(0, 0, 0, 0, 0, 0);
        assertThat(group.curve(1, "coinrun/10002", Quantity.RETURN)
                        .orElseThrow()
                        .last())
                .as("the return that scores 0")
                .isCloseTo(5, within(1e-9));
        assertThat(group.curve(1, "coinrun/10002", Quantity.ACTION_LOSS)).isEmpty();
    }

    @Test
    void methodsArePairedBySeed() {
        SyntheticRun run = small();
        run.failed(run.find("adapt", "reptile", 100, 1, 2), "broken");
        Study study = study(run);
        Panel panel = study.panels().get(0);

        Comparison pair = study.comparisons(panel).get(0);

        assertThat(pair.first().method()).isEqualTo("multi-task");
        assertThat(pair.second().method()).isEqualTo("reptile");
        assertThat(pair.tasks()).isEqualTo(4);
        assertThat(pair.paired()).isTrue();
        assertThat(pair.lead().sides().get(0).seeds()).containsExactly(0, 2);
    }

    @Test
    void aSeedThatOneMethodLacksIsLeftOutOfBoth() {
        SyntheticRun run = SyntheticRun.of(temporary.resolve("run"), new Size(List.of("paper"), List.of(100), 6, 4, 3));
        run.failed(run.find("adapt", "reptile", 100, 1, 2), "broken");
        Study study = study(run);

        Comparison pair = study.comparisons(study.panels().get(0)).get(0);

        assertThat(pair.paired()).isTrue();
        assertThat(pair.lead().sides().get(0).seeds()).containsExactly(0, 2, 3, 4, 5);
        assertThat(pair.leadInterval(About.THESE)).isPresent();
        assertThat(pair.improvementInterval()).isPresent();
    }

    @Test
    void theDifferenceDrawnTheTableAndTheVerdictHaveTheSameNumbers() {
        SyntheticRun run = SyntheticRun.of(temporary.resolve("run"), new Size(List.of("paper"), List.of(100), 5, 4, 6));
        Study study = study(run);
        Panel panel = study.panels().get(0);
        Group own = panel.group("multi-task").orElseThrow();
        Group other = panel.group("reptile").orElseThrow();

        List<Lead> leads = Lead.over(own, other, Quantity.SCORE);
        Comparison pair = study.comparisons(panel).get(0);

        assertThat(leads).hasSize(6);
        assertThat(leads.get(5).contrast().value()).isCloseTo(pair.lead().value(), within(1e-12));
        assertThat(leads.get(5).interval()).isEqualTo(pair.leadInterval(About.THESE));
        assertThat(own.band(Quantity.SCORE).points().get(5).sample().mean())
                .isCloseTo(study.summary(own).point(Aggregate.MEAN), within(1e-12));
    }

    @Test
    void leadsOfMethodsWithOtherBudgetsAreReadAtStepsThatBothHaveSpent() {
        SyntheticRun run = SyntheticRun.of(temporary.resolve("run"), new Size(List.of("paper"), List.of(100), 5, 4, 6));
        run.budget("reptile", 2); // measured at 0, 20,000, … 100,000 steps, and the other at 0, 10,000, … 50,000
        Study study = study(run);
        Group own = study.panels().get(0).group("multi-task").orElseThrow();
        Group other = study.panels().get(0).group("reptile").orElseThrow();

        List<Lead> leads = Lead.over(own, other, Quantity.SCORE);

        assertThat(leads.stream().map(Lead::x)).containsExactly(0.0, 10_000.0, 20_000.0, 30_000.0, 40_000.0, 50_000.0);
        double mine = own.band(Quantity.SCORE).points().get(2).sample().mean();
        double theirs = other.band(Quantity.SCORE).points().get(1).sample().mean();
        assertThat(leads.get(2).contrast().value()).isCloseTo(mine - theirs, within(1e-12));
    }

    @Test
    void tasksThatDifferInANumberStandForOthers() {
        assertThat(Study.about(List.of("coinrun/1", "coinrun/2"))).isEqualTo(About.SUCH);
        assertThat(Study.about(List.of("coinrun/1"))).isEqualTo(About.THESE);
        assertThat(Study.about(List.of("rom/pong", "rom/assault"))).isEqualTo(About.THESE);
        assertThat(Study.about(List.of("coinrun/1", "bigfish/2"))).isEqualTo(About.THESE);
    }

    @Test
    void finalScoresAreTheLastMeasuringPoint() {
        Study study = study(small());
        Group group = study.panels().get(0).group("multi-task").orElseThrow();

        double last = group.cells().get(0).evaluations().get(5).normalised();

        assertThat(group.scores(Measure.FINAL, Quantity.SCORE).at(0, 0)).isEqualTo(last);
        assertThat(group.band(Quantity.RETURN).points()).hasSize(6);
        assertThat(group.band(Quantity.RETURN).runs()).isEqualTo(3);
        assertThat(study.mainQuantity()).isEqualTo(Quantity.RETURN);
        assertThat(study.knowsSolved()).isTrue();
    }

    @Test
    void fourSeedsHaveAggregatesButNoIntervals() {
        Study study =
                study(SyntheticRun.of(temporary.resolve("run"), new Size(List.of("paper"), List.of(100), 4, 4, 3)));
        Panel panel = study.panels().get(0);

        assertThat(study.summary(panel.groups().get(0)).intervals()).isEmpty();
        assertThat(study.summary(panel.groups().get(0)).point(Aggregate.IQM)).isFinite();
        assertThat(study.comparisons(panel)).allSatisfy(pair -> {
            assertThat(pair.iqmInterval()).isEmpty();
            assertThat(pair.leadInterval(About.THESE)).isEmpty();
            assertThat(pair.improvementInterval()).isEmpty();
        });
    }

    @Test
    void tasksAreOrderedByTheirNumber() {
        assertThat(List.of("coinrun/9", "coinrun/10", "bigfish/2", "coinrun/100").stream()
                        .sorted(Study.taskOrder()))
                .containsExactly("bigfish/2", "coinrun/9", "coinrun/10", "coinrun/100");
    }

    @Test
    void trainingSetsOfOneSizeAreOnePlaceWhereEachServesAnotherTask() {
        Study study = study(SyntheticRun.games(temporary.resolve("run"), List.of("rom/pong", "rom/assault"), 2));

        assertThat(study.panels().stream().map(Panel::title))
                .containsExactly("1 train task", "5 train tasks", "10 train tasks");
        assertThat(study.panels().get(0).group("multi-task").orElseThrow().tasks())
                .containsExactly("rom/assault", "rom/pong");
        assertThat(study.panels().get(0).group("pearl")).isEmpty();
        assertThat(study.panels().get(0).group("scratch")).isPresent();
        assertThat(study.mainQuantity()).isEqualTo(Quantity.SCORE);
        assertThat(study.knowsSolved()).isFalse();
    }

    @Test
    void trainingSetsOfOneSizeForTheSameTaskStayApart() throws IOException {
        SyntheticRun run = SyntheticRun.games(temporary.resolve("run"), List.of("rom/pong", "rom/assault"), 1);
        Path plan = run.root().resolve("plan.json");
        String lists = Files.readString(plan);
        Files.writeString(
                plan,
                lists.replace("rom/seaquest, rom/asteroids, rom/krull, rom/frostbite]", "rom/q]")
                        .replace("rom/alien, rom/q]", "rom/q]")
                        .replaceAll(
                                "rom/robotank, rom/bank_heist, rom/solaris, rom/q]", "rom/zaxxon, rom/tennis, rom/q]"));
        SyntheticRun.seal(run.root());

        assertThat(study(run).panels().stream().map(Panel::title))
                .containsExactly(
                        "rom/breakout train tasks", "rom/demon_attack train tasks", "5 train tasks", "5 train tasks");
    }

    @Test
    void tasksOfDifferentFoldersAreNeverAveraged() {
        Study study = study(SyntheticRun.games(
                temporary.resolve("run"), List.of("cartridge/court", "cartridge/reef", "rom/pong"), 2));

        assertThat(study.folders()).containsExactly("cartridge", "rom");
        assertThat(study.panels())
                .allSatisfy(panel -> assertThat(panel.groups().stream().flatMap(group -> group.tasks().stream()))
                        .allMatch(task -> task.startsWith(panel.labels().get("tasks") + "/")));
        assertThat(study.panels()).hasSize(2 * 3);
    }
}
