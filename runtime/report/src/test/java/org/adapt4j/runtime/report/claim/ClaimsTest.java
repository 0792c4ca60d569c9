package org.adapt4j.runtime.report.claim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.adapt4j.runtime.report.SyntheticRun;
import org.adapt4j.runtime.report.SyntheticRun.Size;
import org.adapt4j.runtime.report.claim.Verdict.Outcome;
import org.adapt4j.runtime.report.folder.RunFolder;
import org.adapt4j.runtime.report.statistics.Bootstrap;
import org.adapt4j.runtime.report.study.Study;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClaimsTest {
    private static final List<String> GAMES =
            List.of("rom/assault", "rom/battle_zone", "rom/beam_rider", "rom/ms_pacman", "rom/pong");

    @TempDir
    private Path temporary;

    private SyntheticRun run(int seeds, Integer... levels) {
        return SyntheticRun.of(temporary.resolve("run"), new Size(List.of("paper"), List.of(levels), seeds, 6, 6));
    }

    private static List<Verdict> judge(SyntheticRun run) {
        return Claims.judge(Study.of(RunFolder.read(run.root()), new Bootstrap(2000, 42)));
    }

    private static Verdict judge(SyntheticRun run, String claim) {
        run.claims("[" + claim.replaceFirst("\\{", "{\"text\":\"a statement\",") + "]");
        return judge(run).get(0);
    }

    @Test
    void theFourClaimsOfThePaperAreJudgedForEachPreset() {
        SyntheticRun run = SyntheticRun.of(
                temporary.resolve("run"), new Size(List.of("paper", "mandi-2022"), List.of(100, 10000), 5, 6, 6));

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
        assertThat(verdicts.subList(0, 2)).allSatisfy(verdict -> {
            assertThat(verdict.outcome()).isEqualTo(Outcome.HOLDS);
            assertThat(verdict.evidence()).hasSize(2 * 3 * 2);
            assertThat(verdict.because()).isEqualTo("Supported by all 12 numbers.");
        });
    }

    @Test
    void betterIsContradictedByOneIntervalBelowZero() {
        Verdict verdict = judge(run(5, 100), """
            {"id":"x","kind":"better","method":"scratch","than":["multi-task"],"measures":["auc"]}\
            """);

        assertThat(verdict.outcome()).isEqualTo(Outcome.DOES_NOT_HOLD);
        assertThat(verdict.because()).isEqualTo("Contradicted by: AUC: scratch \u2212 multi-task (100 train levels).");
        assertThat(verdict.evidence().get(0).paired()).isTrue();
        assertThat(verdict.evidence().get(0).interval().orElseThrow().high()).isNegative();
    }

    @Test
    void lessActionLossIsBetter() {
        SyntheticRun run = SyntheticRun.imitation(temporary.resolve("run"), 5);

        Verdict from10Shots = judge(run, """
            {"id":"x","kind":"better","method":"fine-tuning","than":["scratch"],"measures":["action-loss"],
             "where":{"adapt":{"budget":{"demonstrations":["10","50"]}}}}\
            """);
        Verdict from0Shots = judge(run, """
            {"id":"x","kind":"better","method":"fine-tuning","than":["maml"],"measures":["action-loss"],
             "where":{"adapt":{"budget":{"demonstrations":"0"}}}}\
            """);

        assertThat(from10Shots.outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(from10Shots.evidence())
                .hasSize(2)
                .allSatisfy(evidence -> assertThat(evidence.value()).isBetween(0.0, 0.02));
        assertThat(from0Shots.outcome()).isEqualTo(Outcome.DOES_NOT_HOLD);
    }

    @Test
    void aQuantityThatWasNotMeasuredLeavesAClaimUndecided() {
        Verdict verdict = judge(run(5, 100), """
            {"id":"x","kind":"better","method":"reptile","than":["scratch"],"measures":["action-loss"]}\
            """);

        assertThat(verdict.outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(verdict.because()).contains("not measured");
    }

    @Test
    void improvingNeedsARiseAndAFinalValueBelow() {
        assertThat(judge(run(5, 100), """
            {"id":"x","kind":"improves-below","method":"reptile","below":"multi-task"}\
            """).outcome()).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void improvingIsContradictedByAFinalValueAbove() {
        assertThat(judge(run(5, 100), """
            {"id":"x","kind":"improves-below","method":"multi-task","below":"reptile"}\
            """).outcome()).isEqualTo(Outcome.DOES_NOT_HOLD);
    }

    @Test
    void growthIsFollowedFromValueToValue() {
        Verdict verdict = judge(run(5, 100, 1000, 10000), """
            {"id":"x","kind":"grows","method":"multi-task","along":"benchmark.train-levels"}\
            """);

        assertThat(verdict.outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(verdict.evidence().stream().map(Verdict.Evidence::what))
                .containsExactly(
                        "step 0 of multi-task: 1000 \u2212 100",
                        "step 0 of multi-task: 10\u202f000 \u2212 1000",
                        "step 0 of multi-task: 10\u202f000 \u2212 100");
    }

    @Test
    void growthNeedsTwoValues() {
        Verdict verdict = judge(run(5, 100), """
            {"id":"x","kind":"grows","method":"multi-task","along":"benchmark.train-levels","less":"reptile"}\
            """);

        assertThat(verdict.outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(verdict.because()).isEqualTo("Missing: only one value of train levels.");
        assertThat(verdict.evidence()).hasSize(1);
    }

    @Test
    void flatMeansWithinTheMargin() {
        assertThat(judge(run(5, 100), """
            {"id":"x","kind":"flat","method":"rl2","margin":0.4}\
            """).outcome()).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void aClearRiseIsNotFlat() {
        assertThat(judge(run(5, 100), """
            {"id":"x","kind":"flat","method":"multi-task"}\
            """).outcome()).isEqualTo(Outcome.DOES_NOT_HOLD);
    }

    @Test
    void oneSeedLeavesEverythingUndecided() {
        assertThat(judge(run(1, 100, 1000))).hasSize(4).allSatisfy(verdict -> {
            assertThat(verdict.outcome()).isEqualTo(Outcome.UNDECIDED);
            assertThat(verdict.because()).contains("only one seed");
            assertThat(verdict.evidence()).isNotEmpty().allSatisfy(number -> {
                assertThat(number.value()).isFinite();
                assertThat(number.interval()).isEmpty();
            });
        });
    }

    @Test
    void saysWhatAClaimLacks() {
        SyntheticRun run = run(2, 100);

        assertThat(judge(run, "{\"id\":\"x\",\"kind\":\"best\"}").because())
                .isEqualTo("Missing: no rule for the kind 'best' (known: better, flat, grows, improves-below, similar,"
                        + " varies).");
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

    @Test
    void aFailureIsTakenIntoAccountAndACellGoingOnIsWaitedFor() {
        SyntheticRun run = run(5, 100);
        run.failed(run.find("adapt", "scratch", 100, 1, 2), "broken");

        Verdict failed = judge(run, """
            {"id":"x","kind":"better","method":"multi-task","than":["scratch"],"measures":["auc"]}\
            """);
        run.unfinished(run.find("adapt", "scratch", 100, 2, 2));
        Verdict goingOn = judge(run).get(0);

        assertThat(failed.outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(failed.because()).contains("fewer tasks or seeds count: scratch at 100 train levels");
        assertThat(goingOn.outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(goingOn.because()).contains("scratch is still going on at 100 train levels");
    }

    private SyntheticRun games() {
        return SyntheticRun.games(temporary.resolve("games"), GAMES, 5);
    }

    @Test
    void similarCountsTheTasksThatAreAlike() {
        SyntheticRun run = games();

        Verdict alike = judge(run, """
            {"id":"x","kind":"similar","method":"pearl","than":["reptile"],"measures":["start"],
             "where":{"benchmark":{"train-tasks":[5, 10]}}}\
            """);
        Verdict apart = judge(run, """
            {"id":"x","kind":"similar","method":"pearl","than":["scratch"],"measures":["final"],
             "where":{"benchmark.train-tasks":5}}\
            """);

        assertThat(alike.outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(alike.evidence()).hasSize(2 * GAMES.size());
        assertThat(alike.because())
                .startsWith("Supported by 10 numbers. start: pearl \u2212 reptile (5 train tasks) \u2013 alike on");
        assertThat(apart.outcome()).isEqualTo(Outcome.DOES_NOT_HOLD);
        assertThat(apart.because()).contains("alike on 0 of 5 tasks, apart on all");
    }

    @Test
    void aMarginMakesLikenessMoreThanALackOfDifference() {
        SyntheticRun run = games();
        String claim = """
            {"id":"x","kind":"similar","method":"pearl","than":["reptile"],"measures":["start"],"margin":%s,
             "where":{"benchmark.train-tasks":5}}\
            """;

        assertThat(judge(run, claim.formatted("0.001")).outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(judge(run, claim.formatted("0.2")).outcome()).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void variesNeedsHelpOnOneTaskAndHarmOnAnother() {
        SyntheticRun run = games();

        Verdict both = judge(run, """
            {"id":"x","kind":"varies","method":"multi-task","than":["scratch"],"measures":["final"],
             "where":{"benchmark.train-tasks":5}}\
            """);
        Verdict harm = judge(run, """
            {"id":"x","kind":"varies","method":"pearl","than":["scratch"],"measures":["final"],
             "where":{"benchmark.train-tasks":5}}\
            """);

        assertThat(both.outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(both.because()).contains("rom/pong, below 0 on rom/assault.");
        assertThat(harm.outcome()).isEqualTo(Outcome.DOES_NOT_HOLD);
        assertThat(harm.because()).contains("above 0 on none, below 0 on all");
    }

    @Test
    void aClaimMayBeAboutSomeTasksAndPlaces() {
        Verdict verdict = judge(games(), """
            {"id":"x","kind":"better","method":"scratch","than":["multi-task"],"measures":["final"],
             "tasks":["rom/assault"],"where":{"benchmark.train-tasks":10}}\
            """);

        assertThat(verdict.outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(verdict.evidence().stream().map(Verdict.Evidence::what))
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
            """).because())
                .isEqualTo("Missing: no place of the grid has {\"benchmark.train-tasks\":7}.");
    }

    @Test
    void eachPartOfAClaimMustHold() {
        SyntheticRun run = games();
        String claim = """
            {"id":"x","parts":[
             {"kind":"flat","method":"pearl","margin":0.2,"where":{"benchmark.train-tasks":5}},
             {"kind":"better","method":"%s","than":["pearl"],"measures":["final"],"where":{"benchmark.train-tasks":5}}]}\
            """;

        Verdict holds = judge(run, claim.formatted("multi-task"));

        assertThat(holds.outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(holds.kinds()).containsExactly("flat", "better");
        assertThat(holds.evidence()).hasSize(2);
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

    private static List<String> flaws(String claim) throws IOException {
        return Claims.flaws(new ObjectMapper().readTree(claim)).stream()
                .map(flaw -> flaw.at() + ": " + flaw.message())
                .toList();
    }
}
