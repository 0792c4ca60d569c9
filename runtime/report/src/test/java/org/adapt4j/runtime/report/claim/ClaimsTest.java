package org.adapt4j.runtime.report.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapt4j.runtime.report.SyntheticRun;
import org.adapt4j.runtime.report.SyntheticRun.Size;
import org.adapt4j.runtime.report.folder.RunFolder;
import org.adapt4j.runtime.report.folder.RunFolderException;
import org.adapt4j.runtime.report.judge.About;
import org.adapt4j.runtime.report.judge.Finding;
import org.adapt4j.runtime.report.judge.Outcome;
import org.adapt4j.runtime.report.judge.Power;
import org.adapt4j.runtime.report.judge.Ruling;
import org.adapt4j.runtime.report.study.Study;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClaimsTest {
    private static final List<String> GAMES =
            List.of("rom/assault", "rom/battle_zone", "rom/beam_rider", "rom/ms_pacman", "rom/pong");

    /** Runs that tests read and only the claims of which they replace. */
    @TempDir
    private static Path shared;

    private static final Map<String, SyntheticRun> RUNS = new HashMap<>();

    @TempDir
    private Path temporary;

    private static SyntheticRun read(int seeds, Integer... levels) {
        String name = seeds + "-" + levels.length;
        return RUNS.computeIfAbsent(
                name,
                key -> SyntheticRun.of(shared.resolve(key), new Size(List.of("paper"), List.of(levels), seeds, 6, 3)));
    }

    private static SyntheticRun imitation() {
        return RUNS.computeIfAbsent("imitation", key -> SyntheticRun.imitation(shared.resolve(key), 5));
    }

    /** One that a test spoils, or has judged for good. */
    private SyntheticRun run(int seeds, Integer... levels) {
        return SyntheticRun.of(
                temporary.resolve("run" + seeds), new Size(List.of("paper"), List.of(levels), seeds, 6, 3));
    }

    private static List<Verdict> judge(SyntheticRun run) {
        return Claims.judge(Study.of(RunFolder.read(run.root())), Journal.of(run.root()));
    }

    private static Ruling judge(SyntheticRun run, String claim) {
        run.claims("[" + claim.replaceFirst("\\{", "{\"text\":\"a statement\",") + "]");
        return judge(run).get(0).ruling();
    }

    @Test
    void theFourClaimsOfThePaperAreJudgedForEachPreset() {
        SyntheticRun run = SyntheticRun.of(
                temporary.resolve("run"), new Size(List.of("paper", "mandi-2022"), List.of(100, 10000), 5, 6, 3));

        List<Verdict> verdicts = judge(run);

        assertThat(verdicts.stream().map(verdict -> verdict.claim() + " " + verdict.preset()))
                .containsExactly(
                        "P1 paper",
                        "P1 mandi-2022",
                        "P2 paper",
                        "P2 mandi-2022",
                        "P3 paper",
                        "P3 mandi-2022",
                        "P4 paper",
                        "P4 mandi-2022");
        assertThat(verdicts.stream().map(verdict -> verdict.ruling().findings().size()))
                .containsExactly(12, 12, 4, 4, 2, 2, 4, 4);
        assertThat(verdicts).allSatisfy(verdict -> {
            assertThat(verdict.ruling().isJudged()).isTrue();
            assertThat(verdict.ruling().because()).contains("About tasks like these; 5 seeds, 6 tasks");
            assertThat(verdict.ruling().findings()).allSatisfy(number -> {
                assertThat(number.about()).isEqualTo(About.SUCH);
                assertThat(number.deciding()).isPresent();
                assertThat(number.other()).isPresent();
            });
        });
    }

    @Test
    void betterHoldsWhereTheWholeIntervalLiesAbove() {
        Ruling ruling = judge(read(5, 100), """
            {"id":"x","kind":"better","method":"multi-task","than":["scratch"],"measures":["auc"]}\
            """);

        assertThat(ruling.outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(ruling.label()).isEqualTo("holds");
        assertThat(ruling.hasFewSeeds()).isTrue();
        assertThat(ruling.because())
                .startsWith("Supported: AUC: multi-task \u2212 scratch (100 train levels), +")
                .endsWith("asked for: above 0.");
        assertThat(ruling.findings().get(0).deciding().orElseThrow().above(0)).isTrue();
    }

    @Test
    void aMarginAsksForALargerLead() {
        assertThat(judge(read(5, 100), """
            {"id":"x","kind":"better","method":"multi-task","than":["scratch"],"measures":["auc"],"margin":5}\
            """).outcome()).isEqualTo(Outcome.DOES_NOT_HOLD);
    }

    @Test
    void betterIsContradictedByOneNumberThatIsShownToBeBelow() {
        Ruling ruling = judge(read(5, 100), """
            {"id":"x","kind":"better","method":"scratch","than":["multi-task"],"measures":["auc"]}\
            """);

        assertThat(ruling.outcome()).isEqualTo(Outcome.DOES_NOT_HOLD);
        assertThat(ruling.because())
                .startsWith("Contradicted by AUC: scratch \u2212 multi-task (100 train levels), \u2212");
        assertThat(ruling.findings().get(0).paired()).isTrue();
        assertThat(ruling.findings().get(0).deciding().orElseThrow().high()).isNegative();
    }

    @Test
    void lessActionLossIsBetter() {
        SyntheticRun run = imitation();

        Ruling from10Shots = judge(run, """
            {"id":"x","kind":"better","method":"fine-tuning","than":["scratch"],"measures":["action-loss"],"about":"these",
             "where":{"adapt":{"budget":{"demonstrations":["10","50"]}}}}\
            """);
        Ruling from0Shots = judge(run, """
            {"id":"x","kind":"better","method":"fine-tuning","than":["maml"],"measures":["action-loss"],"about":"these",
             "where":{"adapt":{"budget":{"demonstrations":"0"}}}}\
            """);

        assertThat(from10Shots.outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(from10Shots.findings())
                .hasSize(2)
                .allSatisfy(finding -> assertThat(finding.value()).isBetween(0.0, 0.02));
        assertThat(from0Shots.outcome()).isEqualTo(Outcome.DOES_NOT_HOLD);
    }

    @Test
    void threeTasksSayNothingOfOthers() {
        Ruling ruling = judge(imitation(), """
            {"id":"x","kind":"better","method":"fine-tuning","than":["maml"],"measures":["action-loss"],
             "where":{"adapt":{"budget":{"demonstrations":"0"}}}}\
            """);

        assertThat(ruling.outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(ruling.because()).contains("3 tasks: a statement about other tasks needs 5");
        assertThat(ruling.findings().get(0).interval(About.THESE)).isPresent();
    }

    @Test
    void whatGainsMoreAlongACoordinateInteractsWithIt() {
        SyntheticRun run = imitation();
        String claim = """
            {"id":"x","kind":"interaction","method":"%s","than":["%s"],"measures":["action-loss"],"about":"these",
             "along":"adapt.budget.demonstrations"}\
            """;

        Ruling more = judge(run, claim.formatted("fine-tuning", "maml"));
        Ruling less = judge(run, claim.formatted("maml", "fine-tuning"));

        assertThat(more.outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(more.findings().get(0).what())
                .isEqualTo("action loss with the sign changed: growth of fine-tuning \u2212 growth of maml");
        assertThat(less.outcome()).isEqualTo(Outcome.DOES_NOT_HOLD);
        assertThat(less.findings().get(0).value())
                .isCloseTo(-more.findings().get(0).value(), org.assertj.core.api.Assertions.within(1e-12));
    }

    @Test
    void likenessAlongACoordinateComparesItsEnds() {
        SyntheticRun run = imitation();
        String claim = """
            {"id":"x","kind":"similar","method":"maml","along":"adapt.budget.demonstrations","measures":["action-loss"],
             "about":"these","margin":%s}\
            """;

        assertThat(judge(run, claim.formatted("0.5")).outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(judge(run, claim.formatted("0.1")).outcome()).isEqualTo(Outcome.DOES_NOT_HOLD);
    }

    @Test
    void aQuantityThatWasNotMeasuredLeavesAClaimUndecided() {
        Ruling ruling = judge(read(5, 100), """
            {"id":"x","kind":"better","method":"reptile","than":["scratch"],"measures":["action-loss"]}\
            """);

        assertThat(ruling.outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(ruling.because()).contains("not measured");
    }

    @Test
    void improvingNeedsAGainAndAFinalValueBelow() {
        assertThat(judge(read(5, 100), """
            {"id":"x","kind":"improves-below","method":"reptile","below":"multi-task","about":"these"}\
            """).outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(judge(read(5, 100), """
            {"id":"x","kind":"improves-below","method":"multi-task","below":"reptile"}\
            """).outcome()).isEqualTo(Outcome.DOES_NOT_HOLD);
    }

    @Test
    void growthIsFollowedFromValueToValue() {
        Ruling ruling = judge(read(5, 100, 1000, 10000), """
            {"id":"x","kind":"grows","method":"multi-task","along":"benchmark.train-levels"}\
            """);

        assertThat(ruling.findings().stream().map(Finding::what))
                .containsExactly(
                        "start of multi-task: 1000 \u2212 100",
                        "start of multi-task: 10\u202f000 \u2212 1000",
                        "start of multi-task: 10\u202f000 \u2212 100");
        assertThat(ruling.findings().stream().map(Finding::demand))
                .containsExactly("above \u22120.1", "above \u22120.1", "above 0");
    }

    @Test
    void growthIsOfTheMeasuresThatAreNamed() {
        Ruling ruling = judge(read(5, 100, 1000), """
            {"id":"x","kind":"grows","method":"scratch","along":"benchmark.train-levels","measures":["final","auc"]}\
            """);

        assertThat(ruling.findings().stream().map(Finding::what))
                .containsExactly("final of scratch: 1000 \u2212 100", "AUC of scratch: 1000 \u2212 100");
    }

    @Test
    void growthNeedsTwoValues() {
        Ruling ruling = judge(read(5, 100), """
            {"id":"x","kind":"grows","method":"multi-task","along":"benchmark.train-levels","less":"reptile"}\
            """);

        assertThat(ruling.outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(ruling.because()).isEqualTo("Missing: only one value of train levels.");
    }

    @Test
    void flatMeansShownToLieWithinTheMargin() {
        SyntheticRun run = read(5, 100);

        assertThat(judge(run, """
            {"id":"x","kind":"flat","method":"rl2","margin":0.5,"about":"these"}\
            """).outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(judge(run, """
            {"id":"x","kind":"flat","method":"rl2","margin":0.01,"about":"these"}\
            """).outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(judge(run, """
            {"id":"x","kind":"flat","method":"multi-task"}\
            """).outcome()).isEqualTo(Outcome.DOES_NOT_HOLD);
    }

    @Test
    void noImprovementMayFall() {
        SyntheticRun run = read(5, 100);

        assertThat(judge(run, """
            {"id":"x","kind":"no-improvement","method":"multi-task"}\
            """).outcome()).isEqualTo(Outcome.DOES_NOT_HOLD);
        Ruling ruling = judge(run, """
            {"id":"x","kind":"no-improvement","method":"rl2","margin":0.5}\
            """);
        assertThat(ruling.outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(ruling.findings().stream().map(Finding::what))
                .containsExactly(
                        "end \u2212 start of rl2 (100 train levels)", "AUC \u2212 start of rl2 (100 train levels)");
        assertThat(ruling.findings())
                .allSatisfy(number -> assertThat(number.demand()).isEqualTo("below 0.5"));
    }

    @Test
    void aMethodThatOnlyPlaysIsFlatIfItsLateTrialsAreLikeItsFirst() {
        SyntheticRun run = run(5, 100);
        run.onlyPlays("rl2");

        Ruling ruling = judge(run, """
            {"id":"x","kind":"flat","method":"rl2","margin":0.5}\
            """);

        assertThat(ruling.findings().stream().map(Finding::what))
                .containsExactly("late \u2212 first of rl2 (100 train levels)");
        assertThat(ruling.outcome()).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void fourSeedsGiveNumbersAndNoVerdict() {
        assertThat(judge(read(4, 100, 1000))).hasSize(4).allSatisfy(verdict -> {
            assertThat(verdict.ruling().outcome()).isEqualTo(Outcome.UNDECIDED);
            assertThat(verdict.ruling().isJudged()).isFalse();
            assertThat(verdict.ruling().because())
                    .startsWith("4 of 5 seeds.")
                    .containsAnyOf("seeds would decide what is seen", "would show likeness", "no number of seeds");
            assertThat(verdict.ruling().findings()).isNotEmpty().allSatisfy(number -> {
                assertThat(number.value()).isFinite();
                assertThat(number.deciding()).isEmpty();
                assertThat(number.other()).isEmpty();
                assertThat(number.seedValues()).hasSize(4);
            });
        });
    }

    @Test
    void oneSeedLeavesEverythingUndecided() {
        assertThat(judge(read(1, 100, 1000)))
                .hasSize(4)
                .allSatisfy(verdict -> assertThat(verdict.ruling().because()).startsWith("1 of 5 seeds."));
    }

    @Test
    void fiveSeedsWithAHoleAreFour() {
        SyntheticRun run = run(5, 100);
        run.failed(run.find("adapt", "scratch", 100, 1, 2), "broken");

        Ruling ruling = judge(run, """
            {"id":"x","kind":"better","method":"multi-task","than":["scratch"],"measures":["auc"]}\
            """);

        assertThat(ruling.outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(ruling.because())
                .startsWith("4 whole of 5 planned seeds, 5 needed.")
                .contains("scratch at 100 train levels lacks 1 cell");
    }

    @Test
    void aDivergedLearnerIsAResult() {
        SyntheticRun run = run(5, 100);
        run.diverged(run.find("adapt", "scratch", 100, 1, 2), "the loss is NaN");

        Ruling ruling = judge(run, """
            {"id":"x","kind":"better","method":"multi-task","than":["scratch"],"measures":["auc"]}\
            """);

        assertThat(ruling.isJudged()).isTrue();
        assertThat(ruling.because())
                .contains(
                        "1 cell of scratch at 100 train levels diverged: from there on score 0 counts, or less where less was");
    }

    @Test
    void aDivergedLearnerHasNoLossThatCouldBeJudged() {
        SyntheticRun run = SyntheticRun.imitation(temporary.resolve("loss"), 10);
        run.diverged(run.find(cell -> cell.method().equals("maml") && cell.levels() == 10), "the loss is NaN");

        Ruling ruling = judge(run, """
            {"id":"x","kind":"better","method":"maml","than":["scratch"],"measures":["action-loss"],\
            "where":{"adapt.budget.demonstrations":10}}\
            """);

        assertThat(ruling.outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(ruling.because())
                .contains(
                        "action loss of a learner that diverged is no number, and 1 cell of maml at 10 demonstrations did");
    }

    @Test
    void divergenceElsewhereIsNoMatter() {
        SyntheticRun run = SyntheticRun.imitation(temporary.resolve("loss"), 10);
        run.diverged(
                run.find(cell -> cell.method().equals("maml") && cell.levels() == 10 && cell.seed() == 9),
                "the loss is NaN");
        String claim = """
            {"id":"x","kind":"better","method":"maml","than":["scratch"],"measures":["action-loss"],"about":"these",\
            "where":{"adapt.budget.demonstrations":%s}%s}\
            """;

        assertThat(judge(run, claim.formatted("50", "")).isJudged()).isTrue();
        assertThat(judge(run, claim.formatted("10", ",\"tasks\":[\"hopper/variant-2\"]"))
                        .isJudged())
                .isTrue();
        assertThat(judge(run, claim.formatted("10", ",\"looks\":[5]")).isJudged())
                .isTrue();
        assertThat(judge(run, claim.formatted("10", "")).isJudged()).isFalse();
    }

    @Test
    void aLookIsAtTheSameSeedsOfBoth() {
        SyntheticRun run = run(10, 100);
        run.drop(cell -> cell.method().equals("scratch") && cell.seed() < 5);

        Ruling ruling = judge(run, """
            {"id":"x","kind":"better","method":"multi-task","than":["scratch"],"measures":["auc"],"looks":[5]}\
            """);

        assertThat(ruling.findings().get(0).paired()).isTrue();
        assertThat(ruling.seeds()).isEqualTo(5);
        assertThat(ruling.because()).contains("only the 5 that all of them have count here");
    }

    @Test
    void whatMethodsDoNotShareIsSaid() {
        SyntheticRun run = run(10, 100);
        run.drop(cell -> cell.method().equals("scratch") && cell.seed() >= 5);
        run.drop(cell -> cell.method().equals("reptile") && cell.task().equals("coinrun/10005"));
        run.budget("rl2", 2);
        String claim = """
            {"id":"x","kind":"better","method":"multi-task","than":["%s"],"measures":["final"]}\
            """;

        assertThat(judge(run, claim.formatted("scratch")).because())
                .contains("5 seeds, 6 tasks")
                .contains(
                        "Seeds differ, multi-task at 100 train levels 10 seeds, scratch at 100 train levels 5 seeds: only the"
                                + " 5 that all of them have count here");
        assertThat(judge(run, claim.formatted("reptile")).because())
                .contains("10 seeds, 5 tasks")
                .contains(
                        "multi-task at 100 train levels has 1 task that others have not, such as coinrun/10005; left out here");
        assertThat(judge(run, claim.formatted("rl2")).because())
                .contains(
                        "Budgets differ, each is taken at its own end: multi-task at 100 train levels 50\u00a0k environment"
                                + " steps, rl2 at 100 train levels 100\u00a0k environment steps");
        assertThat(judge(run, """
            {"id":"x","kind":"similar","method":"multi-task","than":["reptile"],"measures":["final"],"each-task":true}\
            """).because())
                .contains("Missing: multi-task at 100 train levels has 1 task that others have not");
    }

    @Test
    void everyPlaceThatIsNamedMustBeThere() {
        Ruling ruling = judge(read(5, 100, 1000), """
            {"id":"x","kind":"better","method":"multi-task","than":["scratch"],"measures":["final"],\
            "where":{"benchmark":{"train-levels":[100,99999]}}}\
            """);

        assertThat(ruling.outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(ruling.because()).contains("no place of the grid has benchmark.train-levels = 99999");
    }

    @Test
    void whatComesAfterTheLastLookIsSaidNotToCount() {
        SyntheticRun run = run(10, 100);
        String claim = """
            {"id":"x","kind":"better","method":"multi-task","than":["scratch"],"measures":["auc"]%s}\
            """;
        judge(run, claim.formatted(""));
        Journal.of(run.root()).note(judge(run));

        Ruling ruling = judge(run, claim.formatted(",\"looks\":[5]"));

        assertThat(ruling.because())
                .contains("5 seeds of the plan come after the last look and do not count")
                .contains("Changed after a look");
    }

    @Test
    void whileCellsAreOutstandingEverythingIsProvisional() {
        SyntheticRun run = run(6, 100);
        run.unfinished(run.find("adapt", "scratch", 100, 5, 2));

        Ruling ruling = judge(run, """
            {"id":"x","kind":"better","method":"multi-task","than":["scratch"],"measures":["auc"]}\
            """);

        assertThat(ruling.label()).isEqualTo("provisional: would hold so far");
        assertThat(ruling.because()).contains("scratch has cells to come at 100 train levels");
    }

    @Test
    void aMethodOfWhichNothingIsThereYetIsToCome() {
        SyntheticRun run = run(5, 100);
        for (int seed = 0; seed < 5; seed++) {
            for (int task = 0; task < 6; task++) {
                run.unfinished(run.find("adapt", "scratch", 100, seed, task));
            }
        }
        String claim = """
            {"id":"x","kind":"better","method":"multi-task","than":["scratch"],"measures":["auc"]%s}\
            """;

        assertThat(judge(run, claim.formatted("")).label()).isEqualTo("provisional: undecided so far");
        assertThat(judge(run, claim.formatted(",\"looks\":[5]")).label()).isEqualTo("provisional: undecided so far");
    }

    @Test
    void lookingTwiceWithoutHavingSaidSoIsPaidFor() {
        SyntheticRun run = run(12, 100);
        String claim = """
            {"id":"x","kind":"better","method":"multi-task","than":["scratch"],"measures":["auc"],"about":"%s"}\
            """;
        Ruling before = judge(run, claim.formatted("these"));
        Journal.of(run.root()).note(withSeeds(judge(run), 5));

        Ruling after = judge(run, claim.formatted("these"));

        assertThat(width(after)).isGreaterThan(1.3 * width(before));
        assertThat(after.because()).contains("Extended after a look at 5 seeds");
        assertThat(after.outcome()).isEqualTo(Outcome.HOLDS);
        SyntheticRun elsewhere = read(12, 100);
        Ruling said = judge(elsewhere, claim.formatted("these").replace("\"about\"", "\"looked-at\":5,\"about\""));
        assertThat(said.because()).isEqualTo(after.because());
        Ruling changed = judge(run, claim.formatted("such"));
        assertThat(changed.because()).contains("Changed after a look");
        Journal.of(run.root()).note(withSeeds(judge(run), 5));
        Ruling such = judge(run, claim.formatted("such"));
        assertThat(such.isProvisional()).isTrue();
        assertThat(such.because()).contains("after which only paired numbers about these tasks can be judged");
    }

    private static List<Verdict> withSeeds(List<Verdict> verdicts, int seeds) {
        return verdicts.stream()
                .map(verdict -> new Verdict(
                        verdict.claim(),
                        verdict.text(),
                        verdict.kinds(),
                        verdict.preset(),
                        new Ruling(Outcome.UNDECIDED, false, true, seeds, 0.025, "", List.of()),
                        verdict.digest()))
                .toList();
    }

    private static double width(Ruling ruling) {
        var interval = ruling.findings().get(0).deciding().orElseThrow();
        return interval.high() - interval.low();
    }

    @Test
    void aVerdictIsNotedOnceAndProvisionalOnesNever() throws IOException {
        SyntheticRun run = run(5, 100);
        Journal.of(run.root()).note(judge(run));
        byte[] once = Files.readAllBytes(run.root().resolve("judged.jsonl"));

        Journal.of(run.root()).note(judge(run));

        assertThat(Files.readAllBytes(run.root().resolve("judged.jsonl"))).isEqualTo(once);
        assertThat(new String(once, java.nio.charset.StandardCharsets.UTF_8).lines())
                .hasSize(3);
        SyntheticRun other = run(4, 100);
        Journal.of(other.root()).note(judge(other));
        assertThat(other.root().resolve("judged.jsonl")).doesNotExist();
    }

    @Test
    void aJournalThatWasChangedIsRefused() throws IOException {
        SyntheticRun run = run(5, 100);
        Journal.of(run.root()).note(judge(run));
        Path file = run.root().resolve("judged.jsonl");
        Files.writeString(file, Files.readString(file).replace("\"seeds\":5", "\"seeds\":9"));

        assertThatThrownBy(() -> Journal.of(run.root()))
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining("judged.jsonl");
    }

    @Test
    void declaredLooksShareTheLevelAndTheFirstThatDecidesIsFinal() {
        SyntheticRun run = read(10, 100);
        String claim = """
            {"id":"x","kind":"better","method":"multi-task","than":["scratch"],"measures":["auc"],"looks":%s}\
            """;

        Ruling early = judge(run, claim.formatted("[5, 10]"));
        Ruling only = judge(run, claim.formatted("[10]"));
        Ruling later = judge(run, claim.formatted("[12, 20]"));

        assertThat(early.outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(early.seeds()).isEqualTo(5);
        assertThat(early.alpha()).isEqualTo(0.0125);
        assertThat(early.because())
                .contains("One of 2 looks declared beforehand, so intervals are of 97.5\u00a0%")
                .contains("Looked at with 5 of 10 seeds");
        assertThat(only.alpha()).isEqualTo(0.025);
        assertThat(only.seeds()).isEqualTo(10);
        assertThat(later.outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(later.because()).contains("the first look is at 12 seeds, 10 are planned");
    }

    @Test
    void whatASingleSeedCarriesIsMarked() {
        Ruling ruling = judge(read(5, 100), """
            {"id":"x","kind":"better","method":"multi-task","than":["scratch"],"measures":["auc","final"],"about":"these"}\
            """);

        assertThat(ruling.outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(ruling.findings())
                .allSatisfy(number -> assertThat(number.mark())
                        .isIn(
                                "",
                                "rests on seed 0",
                                "rests on seed 1",
                                "rests on seed 2",
                                "rests on seed 3",
                                "rests on seed 4"));
    }

    @Test
    void saysWhatAClaimLacks() {
        SyntheticRun run = read(2, 100);

        assertThat(judge(run, "{\"id\":\"x\",\"kind\":\"best\"}").because())
                .isEqualTo(
                        "Missing: no rule for the kind 'best' (known: better, flat, grows, improves-below, interaction,"
                                + " no-improvement, similar, varies).");
        assertThat(judge(run, "{\"id\":\"x\",\"kind\":\"flat\"}").because())
                .isEqualTo("Missing: does not say 'method', which a claim of kind flat must.");
        assertThat(judge(run, "{\"id\":\"x\",\"kind\":\"flat\",\"method\":\"pearl\"}")
                        .because())
                .isEqualTo("Missing: the run has no method 'pearl'.");
        assertThat(judge(run, """
            {"id":"x","kind":"better","method":"multi-task","than":["rl2"],"measures":["speed","auc"]}\
            """).because())
                .contains("no measure" + " 'speed'" + " (known:" + " action-loss," + " auc," + " final," + " start)");
    }

    private static SyntheticRun games() {
        return RUNS.computeIfAbsent("games", key -> SyntheticRun.games(shared.resolve(key), GAMES, 5));
    }

    @Test
    void similarIsShownLikenessAndNoLackOfDifference() {
        SyntheticRun run = games();
        String claim = """
            {"id":"x","kind":"similar","method":"pearl","than":["reptile"],"measures":["start"],"margin":%s,
             "where":{"benchmark.train-tasks":5}}\
            """;

        assertThat(judge(run, claim.formatted("0.2")).outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(judge(run, claim.formatted("0.0001")).outcome()).isEqualTo(Outcome.UNDECIDED);
        Ruling apart = judge(run, """
            {"id":"x","kind":"similar","method":"pearl","than":["scratch"],"measures":["final"],
             "where":{"benchmark.train-tasks":5}}\
            """);
        assertThat(apart.outcome()).isEqualTo(Outcome.DOES_NOT_HOLD);
        assertThat(apart.findings().get(0).about()).isEqualTo(About.THESE);
        assertThat(apart.findings().get(0).demand()).isEqualTo("within \u00b10.1");
    }

    @Test
    void likenessMayBeAskedOfEachTask() {
        Ruling ruling = judge(games(), """
            {"id":"x","kind":"similar","method":"pearl","than":["reptile"],"measures":["start"],"each-task":true,"margin":0.3,
             "where":{"benchmark":{"train-tasks":[5, 10]}}}\
            """);

        assertThat(ruling.outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(ruling.findings()).hasSize(2 * GAMES.size());
        assertThat(ruling.findings().get(0).what())
                .isEqualTo("start: pearl \u2212 reptile (5 train tasks; rom/assault)");
    }

    @Test
    void variesIsOneTestOfWhetherTasksDiffer() {
        SyntheticRun run = games();
        String claim = """
            {"id":"x","kind":"varies","method":"multi-task","than":["scratch"],"measures":["final"]%s,
             "where":{"benchmark.train-tasks":5}}\
            """;

        Ruling much = judge(run, claim.formatted(""));
        Ruling asMuch = judge(run, claim.formatted(",\"margin\":0.6"));
        SyntheticRun two = SyntheticRun.games(temporary.resolve("two"), List.of("rom/assault", "rom/pong"), 10);
        Ruling signs = judge(two, claim.formatted(",\"signs\":true"));
        Ruling harm = judge(two, """
            {"id":"x","kind":"varies","method":"pearl","than":["scratch"],"measures":["final"],"signs":true,
             "where":{"benchmark.train-tasks":5}}\
            """);

        assertThat(much.outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(much.because()).contains("deviation between tasks 0.");
        assertThat(asMuch.outcome()).isEqualTo(Outcome.DOES_NOT_HOLD);
        assertThat(signs.outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(harm.outcome()).isEqualTo(Outcome.DOES_NOT_HOLD);
        assertThat(harm.because()).contains("above 0 on 0 and below 0 on 2 of 2 tasks");
    }

    @Test
    void aClaimMayBeAboutSomeTasksAndPlaces() {
        Ruling ruling = judge(games(), """
            {"id":"x","kind":"better","method":"scratch","than":["multi-task"],"measures":["final"],
             "tasks":["rom/assault"],"where":{"benchmark.train-tasks":10}}\
            """);

        assertThat(ruling.outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(ruling.findings().stream().map(Finding::what))
                .containsExactly("final: scratch \u2212 multi-task (10 train tasks; rom/assault)");
    }

    @Test
    void aTaskOrPlaceThatTheRunLacksLeavesAClaimUndecided() {
        SyntheticRun run = games();

        assertThat(judge(run, """
            {"id":"x","kind":"flat","method":"pearl","tasks":["rom/krull"],"where":{"benchmark.train-tasks":5}}\
            """).because()).startsWith("Missing:" + " pearl" + " has no" + " task" + " 'rom/krull'");
        assertThat(judge(run, """
            {"id":"x","kind":"flat","method":"pearl","where":{"benchmark.train-tasks":7}}\
            """).because()).isEqualTo("Missing: no place of the grid has benchmark.train-tasks = 7.");
    }

    @Test
    void eachPartOfAClaimMustHold() {
        SyntheticRun run = games();
        String claim = """
            {"id":"x","parts":[
             {"kind":"flat","method":"pearl","margin":0.2,"where":{"benchmark.train-tasks":5}},
             {"kind":"better","method":"%s","than":["pearl"],"measures":["final"],"where":{"benchmark.train-tasks":5}}]}\
            """;

        Ruling holds = judge(run, claim.formatted("multi-task"));

        assertThat(holds.outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(judge(run).get(0).kinds()).containsExactly("flat", "better");
        assertThat(holds.findings()).hasSize(3);
        assertThat(judge(
                                run,
                                claim.replace("\"than\":[\"pearl\"]", "\"than\":[\"scratch\"]")
                                        .formatted("pearl"))
                        .outcome())
                .isEqualTo(Outcome.DOES_NOT_HOLD);
    }

    @Test
    void namesAllThatIsWrongBeforeAnythingRuns() throws IOException {
        assertThat(flaws("{\"id\":\"x\",\"text\":\"t\",\"kind\":\"falt\"}"))
                .containsExactly("kind: no rule for the kind 'falt'");
        assertThat(flaws("{\"kind\":\"flat\",\"methd\":\"rl2\",\"margin\":-1}"))
                .containsExactly(
                        ": does not say 'id'",
                        ": does not say 'text'",
                        "methd: 'methd' is not said by such a claim",
                        ": does not say 'method', which a claim of kind flat must",
                        "margin: must be a number above 0");
        assertThat(flaws("""
            {"id":"x","text":"t","parts":[{"kind":"similar","method":"a","than":"b","measures":["fnal"],"where":5}]}\
            """))
                .containsExactly(
                        "parts/0/than: must be a list of at least one name",
                        "parts/0/measures: no measure 'fnal'",
                        "parts/0/where: must be a section { coordinate = value }");
        assertThat(flaws("{\"id\":\"x\",\"text\":\"t\",\"parts\":[]}"))
                .containsExactly("parts: must be a list of at least one { kind, \u2026 }");
    }

    @Test
    void namesWhatIsWrongWithQuestionsLooksAndMargins() throws IOException {
        assertThat(flaws("""
            {"id":"x","text":"t","kind":"similar","method":"a","measures":["action-loss"],"about":"those","each-task":1,
             "looks":[3, 5],"assume":{"seeds":0.1}}\
            """))
                .containsExactly(
                        ": does not say 'margin', which a measure that is no normalised score must have: how large a"
                                + " difference is none",
                        "each-task: must be true or false",
                        "about: must be 'these' or 'such' but is 'those'",
                        ": must say either 'than', other methods, or 'along', a coordinate between whose ends nothing"
                                + " changes",
                        "looks: must be ascending numbers of seeds from 5 on, such as [5, 10, 20]",
                        "assume/seeds: 'seeds' is not said by such a claim");
        assertThat(flaws("""
            {"id":"x","text":"t","kind":"better","method":"a","than":["b"],"measures":["rise"],"delta":0.1,"assume":{"seed":-1}}\
            """))
                .containsExactly(
                        "delta: 'delta' is now 'margin'",
                        "measures: 'rise' is now the kinds 'flat' and 'no-improvement', which look at the end minus the"
                                + " start",
                        "assume: must be a section { seed = \u2026, task = \u2026, residual = \u2026 } of standard deviations from 0 on, one of them"
                                + " above it");
    }

    @Test
    void refusesWhatContradictsItself() throws IOException {
        assertThat(flaws("""
            {"id":"x","text":"t","kind":"flat","method":"a","assume":{"seed":0,"task":0,"residual":0}}\
            """)).hasSize(1).first().asString().startsWith("assume: must be a section");
        assertThat(flaws("""
            {"id":"x","text":"t","kind":"flat","method":"a","looked-at":0}\
            """)).containsExactly("looked-at: must be a whole number of seeds from 1 on");
        assertThat(flaws("""
            {"id":"x","text":"t","kind":"flat","method":"a","looked-at":5,"looks":[5,10]}\
            """))
                .containsExactly("looked-at: is not said beside 'looks', which name all looks beforehand");
        assertThat(flaws("""
            {"id":"x","text":"t","kind":"better","method":"a","than":["b","a","b"],"measures":["final","final"]}\
            """))
                .containsExactly(
                        "than: names 'b' twice", "measures: names 'final' twice", "than: compares 'a' with itself");
        assertThat(flaws("""
            {"id":"x","text":"t","kind":"similar","method":"a","than":["b"],"measures":["final"],"each-task":true,"about":"such"}\
            """))
                .containsExactly("about: cannot be 'such': what is said of single tasks is about these tasks");
        assertThat(flaws("""
            {"id":"x","text":"t","kind":"grows","method":"a","less":"a","along":"b","measures":["action-loss"],"fall":0}\
            """)).containsExactly("fall: must be a number above 0", "less: compares 'a' with itself");
        assertThat(flaws("""
            {"id":"x","text":"t","kind":"grows","method":"a","along":"b","measures":["action-loss"]}\
            """))
                .containsExactly(
                        ": does not say 'fall', which a measure that is no normalised score must have: how far it may"
                                + " fall from one place to the next");
    }

    private static List<String> flaws(String claim) throws IOException {
        return Claims.flaws(new ObjectMapper().readTree(claim)).stream()
                .map(flaw -> flaw.at() + ": " + flaw.message())
                .toList();
    }

    @Test
    void aPlanKnowsWhatItsSeedsCanDecide() {
        SyntheticRun run = read(5, 100);
        run.claims("""
            [{"id":"A","text":"t","kind":"better","method":"multi-task","than":["scratch"],"measures":["auc"],
              "assume":{"seed":0.1,"task":0.05,"residual":0.2}},
             {"id":"B","text":"t","kind":"flat","method":"rl2"},
             {"id":"C","text":"t","kind":"similar","method":"rl2","than":["reptile"],"measures":["auc"],"margin":0.001,
              "assume":{"seed":0.1}}]\
            """);
        Study study = Study.of(RunFolder.read(run.root()));

        List<Planned> alone = Claims.plan(study, Optional.empty());
        List<Planned> like = Claims.plan(study, Optional.of(study));

        assertThat(alone.stream().map(Planned::claim)).containsExactly("A", "B", "B", "C");
        Planned lead = alone.get(0);
        assertThat(lead.source()).isEqualTo("assumed");
        assertThat(lead.seeds()).isEqualTo(5);
        assertThat(lead.tasks()).isEqualTo(6);
        assertThat(lead.detectable(About.THESE, 5)).isBetween(0.2, 0.24);
        assertThat(lead.detectable(About.THESE, 20)).isLessThan(lead.detectable(About.THESE, 5));
        assertThat(lead.detectable(About.SUCH, 5)).isGreaterThan(lead.detectable(About.THESE, 5));
        assertThat(lead.cannot(5)).isEmpty();
        assertThat(lead.cannot(4)).hasValue("no verdict below 5 seeds");
        assertThat(alone.get(1).source()).isEqualTo("in standard deviations");
        assertThat(alone.get(1).detectable(About.THESE, 5)).isGreaterThan(1.66);
        assertThat(alone.get(3).mayNot(20))
                .hasValueSatisfying(why -> assertThat(why).contains("that 20 seeds show with a power of 80"));
        assertThat(like.get(1).source()).isEqualTo("from the earlier run");
        assertThat(like.get(1).detectable(About.THESE, 5)).isBetween(0.01, 0.5);
    }

    @Test
    void aPlanKnowsOfLooksAndOfWhatItLacks() {
        SyntheticRun run = read(5, 100);
        run.claims("""
            [{"id":"A","text":"t","kind":"better","method":"multi-task","than":["scratch"],"measures":["auc"],"looks":[5,10,20]},
             {"id":"B","text":"t","kind":"better","method":"multi-task","than":["scratch"],"measures":["auc"],"looks":[10]},
             {"id":"D","text":"t","kind":"better","method":"multi-task","than":["nobody"],"measures":["auc"]},
             {"id":"E","text":"t","kind":"grows","method":"multi-task","along":"benchmark.train-tasks"},
             {"id":"F","text":"t","kind":"flat","method":"rl2","tasks":["coinrun/7"]},
             {"id":"G","text":"t","kind":"better","method":"multi-task","than":["scratch"],"measures":["auc"],"looked-at":5}]\
            """);
        Study study = Study.of(RunFolder.read(run.root()));

        List<Planned> planned = Claims.plan(study, Optional.empty());

        assertThat(planned.get(0).detectable(About.THESE, 5)).isCloseTo(2.192, within(5e-4));
        assertThat(planned.get(0).detectable(About.THESE, 10)).isCloseTo(1.207, within(5e-4));
        assertThat(planned.get(1).cannot(5)).hasValue("its first look is at 10 seeds");
        assertThat(planned.get(1).detectable(About.THESE, 5)).isNaN();
        assertThat(planned.get(1).likeness(About.THESE, 9)).isNaN();
        assertThat(planned.get(1).detectable(About.THESE, 20))
                .isEqualTo(planned.get(1).detectable(About.THESE, 10));
        assertThat(planned.get(0).likeness(About.THESE, 19))
                .isEqualTo(planned.get(0).likeness(About.THESE, 10));
        Planned again = planned.get(planned.size() - 1);
        assertThat(again.detectable(About.THESE, 10))
                .isGreaterThan(1.5 * planned.get(1).detectable(About.THESE, 10));
        assertThat(again.cannot(5)).isEmpty();
        assertThat(again.cannot(10))
                .hasValue("after a look that was not declared nothing is decided about tasks like these");
        assertThat(Claims.lacking(study))
                .containsExactly(
                        "D (paper): the run has no method 'nobody'",
                        "E (paper): no place of the grid has a value of benchmark.train-tasks",
                        "F (paper): rl2 has no task 'coinrun/7'");
    }

    @Test
    void partsThatDifferInTasksOrQuestionAreNumbersOfTheirOwn() throws IOException {
        SyntheticRun run = read(5, 100);
        run.claims("[]");
        Asking asking = new Asking(Study.of(RunFolder.read(run.root())), "paper", false, Integer.MAX_VALUE);
        new Claim(new ObjectMapper().readTree("""
            {"id":"x","text":"t","parts":[
              {"kind":"better","method":"multi-task","than":["scratch"],"measures":["final"],"tasks":["coinrun/10000"]},
              {"kind":"better","method":"multi-task","than":["scratch"],"measures":["final"],"tasks":["coinrun/10001"]},
              {"kind":"better","method":"multi-task","than":["scratch"],"measures":["final"],"about":"these"},
              {"kind":"better","method":"multi-task","than":["scratch"],"measures":["final"],"about":"such"},
              {"kind":"similar","method":"multi-task","than":["scratch"],"measures":["final"],"each-task":true}]}\
            """)).parts().forEach(asking::ask);

        assertThat(asking.asked()).hasSize(10);
        assertThat(asking.asked().stream().map(Asked::key).distinct())
                .hasSize(8); // each task is asked for two of them again
    }

    @Test
    void anOldJournalTellsTheFewestSeedsAlone() throws IOException {
        SyntheticRun run = run(10, 100);
        run.claims("""
            [{"id":"x","text":"t","kind":"better","method":"multi-task","than":["scratch","reptile"],"measures":["auc"],"about":"these"}]\
            """);
        Verdict now = judge(run).get(0);
        Journal.of(run.root()).note(withSeeds(List.of(now), 8));
        Journal journal = Journal.of(run.root());

        assertThat(journal.lookedAt("x", "paper", now.digest(), List.of(8, 10))).isZero();
        assertThat(journal.lookedAt("x", "paper", now.digest(), List.of(9, 10))).isEqualTo(8);
    }

    @Test
    void aLookThatIsOwnedUpToCountsForTheNumberThatHasMore() {
        SyntheticRun run =
                SyntheticRun.of(temporary.resolve("grown"), new Size(List.of("paper"), List.of(100), 10, 6, 3));
        run.drop(cell -> cell.method().equals("reptile") && cell.seed() > 4);

        Ruling ruling = judge(run, """
            {"id":"x","kind":"better","method":"multi-task","than":["scratch","reptile"],"measures":["auc"],"about":"these","looked-at":5}\
            """);

        assertThat(ruling.because())
                .contains("Extended after a look at 5 seeds")
                .doesNotContain("costs nothing");
    }

    @Test
    void aLookIsNoticedOfTheOneNumberThatGrew() {
        SyntheticRun run = run(10, 100);
        run.claims("""
            [{"id":"x","text":"t","kind":"better","method":"multi-task","than":["scratch","reptile"],"measures":["auc"],"about":"these"}]\
            """);
        Verdict now = judge(run).get(0);
        Journal.of(run.root()).note(List.of(withEach(now, 8, 10)));

        assertThat(judge(run).get(0).ruling().because()).contains("Extended after a look at 8 seeds");
        Journal.of(run.root()).note(judge(run));
        assertThat(Journal.of(run.root()).lookedAt("x", "paper", now.digest(), List.of(8, 10)))
                .isZero();
        assertThat(Journal.of(run.root()).lookedAt("x", "paper", now.digest(), List.of(10, 11)))
                .isEqualTo(10);
    }

    private static Verdict withEach(Verdict verdict, int... seeds) {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < seeds.length; i++) {
            Finding now = verdict.ruling().findings().get(i);
            findings.add(new Finding(
                    now.what(),
                    now.demand(),
                    now.value(),
                    now.about(),
                    now.deciding(),
                    now.other(),
                    now.paired(),
                    seeds[i],
                    now.tasks(),
                    List.of(),
                    List.of()));
        }
        return new Verdict(
                verdict.claim(),
                verdict.text(),
                verdict.kinds(),
                verdict.preset(),
                new Ruling(Outcome.UNDECIDED, false, true, seeds[0], 0.025, "", findings),
                verdict.digest());
    }

    @Test
    void whatWasMeasuredAtOtherStepsIsSaidOfStartsAndHeights() {
        SyntheticRun run = run(5, 100);
        run.startsLate("scratch");
        String claim = """
            {"id":"x","kind":"better","method":"multi-task","than":["scratch"],"measures":["%s"]}\
            """;

        assertThat(judge(run, claim.formatted("start")).because())
                .contains("First measured at other steps: multi-task at 100 train levels 0");
        assertThat(judge(run, claim.formatted("auc")).because())
                .contains("Measured at other steps, so heights are of other stretches");
        assertThat(judge(run, claim.formatted("final")).because()).doesNotContain("easured at other steps");
        assertThat(judge(run, claim.formatted("auc").replace("scratch", "reptile"))
                        .because())
                .doesNotContain("easured at other steps");
    }

    @Test
    void whoWasFirstMeasuredLaterHasNoGainThatIsKnown() {
        SyntheticRun run = run(5, 100);
        run.startsLate("scratch");
        run.startsLate("multi-task");

        for (String kind : List.of("flat", "no-improvement")) {
            Ruling ruling =
                    judge(run, "{\"id\":\"x\",\"kind\":\"" + kind + "\",\"method\":\"scratch\",\"margin\":0.9}");
            assertThat(ruling.outcome()).isEqualTo(Outcome.UNDECIDED);
            assertThat(ruling.because())
                    .contains("scratch at 100 train levels was first measured at ")
                    .contains("let measure.points begin with 0");
        }
        assertThat(judge(run, """
            {"id":"x","kind":"better","method":"multi-task","than":["scratch"],"measures":["start"]}\
            """).because()).contains("First measured at ", "not before adaptation");
    }

    @Test
    void aLookCountsSeedsWithAHoleAsTheEndDoes() {
        SyntheticRun run = run(10, 100);
        run.failed(run.find("adapt", "scratch", 100, 3, 2), "broken");
        String claim = """
            {"id":"x","kind":"better","method":"multi-task","than":["scratch"],"measures":["auc"],"looks":%s}\
            """;

        assertThat(judge(run, claim.formatted("[10]")).outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(judge(run, claim.formatted("[10]")).seeds()).isEqualTo(9);
        // four of the first five are whole, which is too few for a verdict
        assertThat(judge(run, claim.formatted("[5, 10]")).seeds()).isEqualTo(9);
    }

    @Test
    void aLookThatDecidesNothingIsProvisionalWhileOthersAreToCome() {
        SyntheticRun run = run(10, 100);
        run.unfinished(run.find("adapt", "scratch", 100, 8, 2));
        String claim = """
            {"id":"x","kind":"similar","method":"multi-task","than":["scratch"],"measures":["auc"],"margin":%s,"looks":[5,10]}\
            """;

        Ruling open = judge(run, claim.formatted("0.3"));
        if (open.outcome() == Outcome.UNDECIDED) {
            assertThat(open.isProvisional()).isTrue();
        }
        Ruling held = judge(run, claim.formatted("0.9999"));
        assertThat(held.isProvisional()).isEqualTo(held.outcome() == Outcome.UNDECIDED);
    }

    @Test
    void saysWhereCellsAreFinishedAndNoSeedIsWhole() {
        SyntheticRun run = run(6, 100);
        for (int seed = 0; seed < 6; seed++) {
            run.failed(run.find("adapt", "scratch", 100, seed, seed), "broken");
        }

        assertThat(judge(run, """
            {"id":"x","kind":"better","method":"multi-task","than":["scratch"],"measures":["auc"]}\
            """).because()).contains("scratch at 100 train levels has no seed that is whole");
    }

    @Test
    void whoWasMeasuredOnceGainedNothingThatIsKnown() {
        SyntheticRun run =
                SyntheticRun.of(temporary.resolve("once"), new Size(List.of("paper"), List.of(100), 5, 6, 1));

        Ruling ruling = judge(run, """
            {"id":"x","kind":"flat","method":"scratch","margin":0.9}\
            """);

        assertThat(ruling.outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(ruling.because()).contains("scratch", "was measured once only, so nothing tells what it gained");
    }

    @Test
    void aPlanKnowsWhatMarginsAndVariationsNeed() {
        SyntheticRun run = read(5, 100);
        run.claims("""
            [{"id":"M","text":"t","kind":"better","method":"multi-task","than":["scratch"],"measures":["final"],"margin":0.3,
              "assume":{"seed":0.1,"task":0.1,"residual":0.2}},
             {"id":"N","text":"t","kind":"no-improvement","method":"scratch","margin":0.05,"about":"these",
              "assume":{"seed":0.5,"task":0.1,"residual":0.5}},
             {"id":"V","text":"t","kind":"varies","method":"multi-task","than":["scratch"],"measures":["final"],
              "assume":{"seed":0.5,"task":0.4,"residual":0.05}},
             {"id":"S","text":"t","kind":"varies","method":"multi-task","than":["scratch"],"measures":["final"],"signs":true,
              "assume":{"seed":0.5,"task":0.4,"residual":0.05}},
             {"id":"L","text":"t","kind":"varies","method":"multi-task","than":["scratch"],"measures":["final"],"looked-at":5},
             {"id":"O","text":"t","kind":"varies","method":"multi-task","than":["scratch"],"measures":["final"],
              "tasks":["coinrun/10000"]}]\
            """);

        List<Planned> planned = Claims.plan(Study.of(RunFolder.read(run.root())), Optional.empty());

        assertThat(planned.stream().map(Planned::claim)).containsExactly("M", "N", "N", "V", "S", "L", "O");

        Planned margin = planned.get(0);
        assertThat(margin.detectable(About.THESE, 5) - 0.3).isBetween(0.15, 0.25);
        assertThat(margin.cannot(5)).isEmpty();
        assertThat(planned.get(1).detectable(About.THESE, 5)).isNaN();
        assertThat(planned.get(1).cannot(5)).isEmpty();
        assertThat(planned.get(1).mayNot(5))
                .hasValueSatisfying(why -> assertThat(why).contains("the margin is smaller"));
        assertThat(margin.mayNot(5)).isEmpty();
        // simulated studies of 7 seeds and 4 tasks with a deviation of 0.278: 0.80 find it
        assertThat(Power.detectableSpread(0.05, 0, 7, 4, 0.8, 0.025)).isCloseTo(0.2777, within(2e-3));
        assertThat(Power.detectableSpread(0.0001, 0.3, 20, 6, 0.8, 0.025)).isBetween(0.4, 0.5);
        assertThat(planned.get(3).detectable(About.THESE, 5)).isBetween(0.1, 0.3);
        assertThat(planned.get(3).cannot(5)).isEmpty();
        assertThat(planned.get(4).detectable(About.THESE, 5)).isNaN();
        assertThat(planned.get(4).cannot(5)).isEmpty();
        assertThat(planned.get(5).cannot(10))
                .hasValue("after a look that was not declared nothing is decided about how tasks differ");
        assertThat(planned.get(6).cannot(5)).hasValue("only one task");
    }
}
