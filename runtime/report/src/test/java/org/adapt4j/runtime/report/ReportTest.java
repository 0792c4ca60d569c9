package org.adapt4j.runtime.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.adapt4j.runtime.report.SyntheticRun.Planned;
import org.adapt4j.runtime.report.SyntheticRun.Size;
import org.adapt4j.runtime.run.StorageException;
import org.adapt4j.testkit.FullDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReportTest {
    private static final Report.Options QUICK = Report.Options.defaults();

    @TempDir
    private Path temporary;

    private static String page(SyntheticRun run) throws IOException {
        return Files.readString(Report.write(run.root(), QUICK).page());
    }

    private static Map<String, String> contents(List<Path> files, Path root) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        for (Path file : files) {
            contents.put(root.relativize(file).toString(), Integer.toString(Arrays.hashCode(Files.readAllBytes(file))));
        }
        return contents;
    }

    @Test
    void showsWhatBecomesOfMoreAndMoreDemonstrationsBesideWhatWasPublished() throws IOException {
        SyntheticRun run = SyntheticRun.imitation(temporary.resolve("run"), 3);
        run.published("""
            [{"method":"maml","source":"Somebody 2023, Table 4","demonstrations":[0,1,10,50],"action-loss":[0.2522,0.0408,0.0109,0.0044],"returns":[]}]\
            """);

        Report.write(run.root(), QUICK);

        assertThat(run.root().resolve("report/figures/shots-action-loss.png")).exists();
        String table = Files.readString(run.root().resolve("report/tables/shots-action-loss.md"));
        assertThat(table)
                .contains("| demonstrations | 0 | 1 | 10 | 50 |")
                .containsPattern("\\| maml \\| 0\\.2\\d+ \\(0\\.2\\d+, 0\\.2\\d+, 0\\.2\\d+\\) \\| 0\\.03\\d+ \\(")
                .contains("published | 0.2522 | 0.0408 | 0.0109 | 0.0044 |")
                .contains("Published: Somebody 2023, Table 4.");
        assertThat(Files.readString(run.root().resolve("report/tables/shots-return.md")))
                .contains("| fine-tuning | ")
                .doesNotContain("published");
        assertThat(Files.readString(run.root().resolve("report/tables/shots-action-loss.csv")))
                .contains("paper,,scratch,50,3,3,0.00");
    }

    @Test
    void setsWhatOthersMeasuredBesideThePreTrainingThatItIsOf() throws IOException {
        SyntheticRun run = SyntheticRun.small(temporary.resolve("run"));
        String cell = run.find("pretrain", "multi-task", 100, 0, 0).id();
        run.published("""
            [{"source":"Somebody 2020, figure 2","split":"train","environment-steps":[1,500,900000000],"returns":[1.25,2.5,9.75],"cells":["CELL"]},
             {"source":"Somebody 2020, figure 2","split":"test","environment-steps":[1,500,900000000],"returns":[1.25,2.25,8.5],"cells":["CELL"]},
             {"method":"reptile","source":"Others 2021","split":"test","environment-steps":[7],"returns":[3.5]}]\
            """.replace("CELL", cell));

        Report.write(run.root(), QUICK);

        String table = Files.readString(run.root().resolve("report/tables/pretraining.md"));
        List<String> rows =
                table.lines().filter(line -> line.startsWith("| ")).skip(1).toList();
        int own = indexOf(rows, "| multi-task | 100 ");
        assertThat(rows.get(own + 1)).contains("published |  |  | 2.50 | 2.25 | +0.25 | 500 |");
        assertThat(rows.get(own + 2)).contains("published |  |  | 9.75 | 8.50 | +1.25 | 900\u00a0M |");
        assertThat(rows.get(indexOf(rows, "| reptile | 1000 ") + 1)).contains("published |  |  | – | 3.50 | – | 7 |");
        assertThat(rows.stream().filter(row -> row.contains("published"))).hasSize(4);
        assertThat(table).contains("Published: Somebody 2020, figure 2.", "Published: Others 2021.");
    }

    private static int indexOf(List<String> rows, String start) {
        return rows.indexOf(
                rows.stream().filter(row -> row.startsWith(start)).findFirst().orElseThrow());
    }

    @Test
    void writesThePageItsFiguresAndItsTables() throws IOException {
        SyntheticRun run = SyntheticRun.small(temporary.resolve("run"));

        Report.Written written = Report.write(run.root(), QUICK);

        assertThat(written.page()).isEqualTo(run.root().resolve("report/report.html"));
        assertThat(written.warnings()).isEmpty();
        assertThat(written.files().stream()
                        .map(file ->
                                run.root().resolve("report").relativize(file).toString())
                        .collect(Collectors.toSet()))
                .contains(
                        "figures/adaptation-return.svg",
                        "figures/adaptation-return.png",
                        "figures/adaptation-return.csv",
                        "figures/adaptation-solved.svg",
                        "figures/iqm.svg",
                        "figures/performance-profile.svg",
                        "figures/probability-of-improvement.svg",
                        "figures/tasks.svg",
                        "figures/pretraining-logged.svg",
                        "figures/pretraining-evaluated.svg",
                        "tables/scores.csv",
                        "tables/scores.md",
                        "tables/scores.tex",
                        "tables/claims.csv");
        assertThat(written.files()).allMatch(Files::isRegularFile);
        for (Path file : written.files()) {
            if (file.toString().endsWith(".svg")) {
                assertThat(wellFormed(Files.readAllBytes(file)))
                        .as(file.toString())
                        .isTrue();
            }
        }
    }

    private static boolean wellFormed(byte[] xml) {
        try {
            DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(xml));
            return true;
        } catch (Exception e) {
            return false;
        }
    }

    @Test
    void theSameFolderGivesTheSameBytes() throws IOException {
        SyntheticRun run = SyntheticRun.imperfect(temporary.resolve("run"));

        Map<String, String> first =
                contents(Report.write(run.root(), QUICK.withTensorBoard()).files(), run.root());
        Map<String, String> second =
                contents(Report.write(run.root(), QUICK.withTensorBoard()).files(), run.root());

        assertThat(second).isEqualTo(first);
    }

    @Test
    void thePageNeedsNothingElse() throws IOException {
        String page = page(SyntheticRun.small(temporary.resolve("run")));

        assertThat(page).doesNotContain("<script").doesNotContain("<link").doesNotContain("url(");
        assertThat(page).doesNotContainPattern("src=\"(?!data:)").doesNotContainPattern("href=\"https?:");
        assertThat(page).contains("data:image/gif;base64,");
    }

    @Test
    void whatAPlanSaysIsTextAndNeverMarkup() throws IOException {
        SyntheticRun run = SyntheticRun.imperfect(temporary.resolve("run"));
        run.claims("""
            [{"id":"<script>1</script>","text":"<script>2</script>","kind":"flat","method":"rl2"},{"id":"X","text":"\\"><img src=x>","kind":"<b>"}]\
            """);
        run.notApplicable(run.find("adapt", "rl2", 100, 2, 1), "<img src=x onerror=alert(1)>");

        assertThat(page(run))
                .contains("&lt;script&gt;1&lt;/script&gt;", "&lt;script&gt;2&lt;/script&gt;", "&lt;img src=x onerror")
                .doesNotContain("<script", "<img src=x");
    }

    @Test
    void saysThatTheDiskIsFullAndKeepsTheReportBefore() throws IOException {
        SyntheticRun run = SyntheticRun.small(temporary.resolve("run"));
        try (FullDisk disk = FullDisk.withPages(run.root().resolve("report"), 5000)) {
            Path page = Report.write(run.root(), QUICK).page();
            byte[] before = Files.readAllBytes(page);
            disk.fill();

            assertThatThrownBy(() -> Report.write(run.root(), QUICK))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining(": the disk is full. Free some space and resume the run");
            assertThat(Files.readAllBytes(page)).isEqualTo(before);
        }
    }

    @Test
    void whatWasJudgedIsNotedBeforeAnybodyCanReadIt() throws IOException {
        SyntheticRun run = SyntheticRun.of(temporary.resolve("run"), new Size(List.of("paper"), List.of(100), 5, 6, 3));
        run.claims("""
            [{"id":"x","text":"t","kind":"better","method":"multi-task","than":["scratch"],"measures":["auc"]}]\
            """);
        Files.createDirectories(run.root().resolve("report"));
        Files.writeString(run.root().resolve("report/tables"), "in the way");

        assertThatThrownBy(() -> Report.write(run.root(), QUICK)).isInstanceOf(StorageException.class);

        assertThat(run.root().resolve("judged.jsonl")).isNotEmptyFile();
    }

    @Test
    void nobodyIsInBoldWhereTasksDiffer() throws IOException {
        SyntheticRun run = SyntheticRun.of(temporary.resolve("run"), new Size(List.of("paper"), List.of(100), 5, 6, 3));
        Report.write(run.root(), QUICK);
        Path table = run.root().resolve("report/tables/scores.md");
        assertThat(Files.readString(table)).containsPattern("\\*\\*\\d+\\.\\d\\d");

        run.drop(cell -> cell.method().equals("reptile") && cell.task().equals("coinrun/10005"));
        Report.write(run.root(), QUICK);

        assertThat(Files.readString(table)).doesNotContainPattern("\\*\\*\\d+\\.\\d\\d");
    }

    @Test
    void aSeedThatNoReportCanTellIsRefused() throws IOException {
        SyntheticRun run = SyntheticRun.small(temporary.resolve("run"));
        Path plan = run.root().resolve("plan.json");
        Files.writeString(plan, Files.readString(plan).replace("\"seed\" : 0", "\"seed\" : 4294967296"));
        SyntheticRun.seal(run.root());

        assertThatThrownBy(() -> Report.write(run.root(), QUICK))
                .hasMessageContaining("has the seed 4294967296")
                .hasMessageContaining("plan.json");
    }

    @Test
    void namesWhatIsMissingAndWhy() throws IOException {
        SyntheticRun run = SyntheticRun.imperfect(temporary.resolve("run"));

        Report.Written written = Report.write(run.root(), QUICK);
        String page = Files.readString(written.page());

        assertThat(page)
                .contains("RL² needs an algorithm with memory; use base-ppo")
                .contains("the cell ran out of memory (exit 137)")
                .contains("java.lang.OutOfMemoryError: &lt;Java heap space&gt;")
                .contains("evaluations.jsonl: 2: this line does not agree with its check sum")
                .contains("1 running")
                .contains("stands on 2 of 3 seeds and 4 of 4 tasks; without result: coinrun/10002 seed 1 (failed)")
                .contains("coinrun/10001 seed 0 (running)")
                .contains("coinrun/10000 seed 2 (damaged)")
                .contains("Incomplete.");
        assertThat(written.warnings()).singleElement().asString().contains("evaluations.jsonl: 2");
    }

    @Test
    void aCellWhoseNumbersRanAwayIsNoFailureOfTheMachine() throws IOException {
        SyntheticRun run = SyntheticRun.small(temporary.resolve("run"));
        run.diverged(run.find("adapt", "reptile", 100, 1, 2), "diverged at update 3: the loss is NaN");

        assertThat(page(run))
                .contains("<h3>Diverged (1)</h3>", "diverged at update 3: the loss is NaN")
                .contains("coinrun/10002 seed 1 (diverged)")
                .doesNotContain("<h3>Failed");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMethodOfWhichNoCellLearnedScoresNothing(boolean othersToo) throws IOException {
        SyntheticRun run = SyntheticRun.of(temporary.resolve("run"), new Size(List.of("paper"), List.of(200), 2, 2, 3));
        for (String method : othersToo ? List.of("multi-task", "reptile", "rl2", "scratch") : List.of("reptile")) {
            for (int seed = 0; seed < 2; seed++) {
                for (int task = 0; task < 2; task++) {
                    SyntheticRun.Planned cell = run.find("adapt", method, 200, seed, task);
                    Files.delete(run.folder(cell).resolve("evaluations.jsonl"));
                    run.diverged(cell, "diverged at update 3: the loss is NaN");
                }
            }
        }

        String page = page(run);

        assertThat(page).contains("diverged at update 3: the loss is NaN");
        assertThat(Files.readString(run.root().resolve("report/tables/scores.csv")))
                .contains(",reptile,2,2,yes,");
    }

    @Test
    void oneSeedHasNoIntervalAnywhere() throws IOException {
        SyntheticRun run = SyntheticRun.of(temporary.resolve("run"), new Size(List.of("paper"), List.of(200), 1, 4, 5));

        String page = page(run);
        String scores = Files.readString(run.root().resolve("report/tables/scores.csv"));

        assertThat(page).contains("One seed.").contains("there is no band").contains("Nothing is bold");
        assertThat(page).doesNotContain("\u00b1 0.0").contains("1 of 5 seeds");
        assertThat(scores.lines().skip(1)).allMatch(line -> line.contains(",,"));
        assertThat(Files.readString(run.root().resolve("report/figures/adaptation-return.csv"))
                        .lines()
                        .skip(1))
                .allMatch(line -> line.endsWith(",,,1"));
    }

    @Test
    void saysWhatHasFewSeedsWhereOthersHaveEnough() throws IOException {
        SyntheticRun run = SyntheticRun.of(temporary.resolve("run"), new Size(List.of("paper"), List.of(200), 5, 2, 3));
        for (int seed = 1; seed < 5; seed++) {
            for (int task = 0; task < 2; task++) {
                run.notApplicable(run.find("adapt", "reptile", 200, seed, task), "left out");
            }
        }

        String page = page(run);

        assertThat(page)
                .contains("Few seeds, in part.")
                .contains("Of reptile (")
                .doesNotContain("One seed.")
                .doesNotContain("no difference on this page");
    }

    @Test
    void aMethodThatCannotBeStandsInTheTableWithItsReason() throws IOException {
        SyntheticRun run = SyntheticRun.of(temporary.resolve("run"), new Size(List.of("paper"), List.of(200), 2, 2, 3));
        for (int seed = 0; seed < 2; seed++) {
            run.notApplicable(run.find("pretrain", "rl2", 200, seed, 0), "rl2 × rainbow: no memory");
            for (int task = 0; task < 2; task++) {
                run.notApplicable(run.find("adapt", "rl2", 200, seed, task), "rl2 × rainbow: no memory");
            }
        }

        assertThat(page(run))
                .contains("<td>rl2</td><td class=\"n\">n/a</td>")
                .contains("rl2 is n/a for 200 train levels, because: rl2 × rainbow: no memory")
                .contains("6 cells of rl2");
    }

    @Test
    void fewSeedsAreWarnedAbout() throws IOException {
        assertThat(page(SyntheticRun.small(temporary.resolve("run"))))
                .contains("Below 5 seeds there is no interval and no verdict")
                .contains("is 2.5 standard deviations of a seed wide")
                .contains("Fewer than 5 seeds have no interval")
                .contains("3 of 5 seeds", "by seed: ", "Nothing is bold")
                .doesNotContain("\u00b1 0.0", "<td><b>", "holds</span>");
    }

    @Test
    void bandsMayHoldWholeCurvesAndAreWiderThen() throws IOException {
        SyntheticRun run = SyntheticRun.of(temporary.resolve("run"), new Size(List.of("paper"), List.of(200), 5, 2, 6));
        Path curves = run.root().resolve("report/figures/adaptation-return.csv");
        Path leads = run.root().resolve("report/figures/adaptation-leads.csv");
        String pointwise = page(run);
        double width = width(curves);
        double lead = width(leads);

        String whole = Files.readString(
                Report.write(run.root(), QUICK.withSimultaneousBands()).page());

        assertThat(pointwise).contains("95\u00a0% at each point, Student over 5 seeds, these tasks");
        assertThat(whole).contains("95\u00a0% for the whole curve, Student over 5 seeds, these tasks");
        assertThat(width(curves)).isGreaterThan(1.5 * width);
        assertThat(width(leads)).isGreaterThan(1.5 * lead);
    }

    /** Of the band at the second point of the first line. */
    private static double width(Path csv) throws IOException {
        String[] fields = Files.readAllLines(csv).get(2).split(",");
        return Double.parseDouble(fields[5]) - Double.parseDouble(fields[4]);
    }

    @Test
    void worksBeforeTheFirstCellIsFinished() throws IOException {
        SyntheticRun run = SyntheticRun.of(temporary.resolve("run"), new Size(List.of("paper"), List.of(200), 1, 1, 3));
        try (var results = Files.walk(run.root().resolve("cells"))) {
            for (Path file : results.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }

        assertThat(page(run)).contains("No adaptation cell is finished yet").contains("7 waiting");
    }

    @Test
    void worksFromTheFirstFinishedCellOn() throws IOException {
        SyntheticRun run = SyntheticRun.small(temporary.resolve("run"));
        Planned first = run.find("adapt", "multi-task", 100, 0, 0);
        try (var results = Files.walk(run.root().resolve("cells"))) {
            for (Path file : results.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(run.folder(first)))
                    .toList()) {
                Files.delete(file);
            }
        }

        assertThat(page(run))
                .containsPattern(
                        "stands on 1 of 3 seeds and 1 of 4 tasks; without result: (\\S+ seed \\d \\(waiting\\),?"
                                + " ?){4}and 7 more, which the page lists under Cells, and adapt4j status")
                .contains("figure-adaptation-return");
    }

    /** One budget of a method that adapts to all tasks at once is not a budget for each. */
    @Test
    void saysWhichMethodsSpendOneBudgetOnAllTasks() throws IOException {
        SyntheticRun run = SyntheticRun.small(temporary.resolve("run"));
        assertThat(page(run)).contains("of adaptation, per task<");

        run.adaptsTogether("multi-task");

        assertThat(page(run)).contains("of adaptation, per task; multi-task: all tasks together<");
    }

    @Test
    void showsWhatIsBelievedAboutTheTaskOnlyWhereSomethingIs() throws IOException {
        SyntheticRun run = SyntheticRun.small(temporary.resolve("run"));

        Report.Written written = Report.write(run.root(), QUICK);

        assertThat(Files.readString(written.page())).doesNotContain("believed about the task");
        assertThat(written.files()).noneMatch(file -> file.toString().contains("belief"));
    }

    @Test
    void tellsADeadContextFromALivingOne() throws IOException {
        SyntheticRun run = SyntheticRun.small(temporary.resolve("run"));
        run.believes("reptile", 1, 0.0625);
        run.believes("rl2", 0.9375, 1.25);

        String page = page(run);
        List<String> table = Files.readAllLines(run.root().resolve("report/tables/belief.csv"));

        assertThat(page)
                .contains("What reptile (100 train levels), reptile (1000 train levels) believes about the task is the"
                        + " prior")
                .contains("figure-belief-adaptation")
                .contains("figure-belief-pretraining")
                .contains("<td>rl2</td><td>100 train levels</td><td>more</td>")
                .doesNotContain("rl2 (100 train levels) believes");
        assertThat(table)
                .hasSize(1 + 2 * 2)
                .contains(
                        "paper,benchmark.train-levels=100,reptile,1,0.0625,1,0.0625,true",
                        "paper,benchmark.train-levels=100,rl2,0.9375,1.25,0.9375,1.25,false");
    }

    @Test
    void beliefsAreDrawnOverStepsAsTheyWereLogged() throws IOException {
        SyntheticRun run = SyntheticRun.small(temporary.resolve("run"));
        run.believes("reptile", 1, 0.0625);
        Report.write(run.root(), QUICK);

        List<String> adaptation = Files.readAllLines(run.root().resolve("report/figures/belief-adaptation.csv"));
        List<String> pretraining = Files.readAllLines(run.root().resolve("report/figures/belief-pretraining.csv"));

        assertThat(adaptation).hasSize(1 + 2 * 20);
        assertThat(adaptation.get(1)).isEqualTo("100 train levels,reptile,1000,0.5,,,3");
        assertThat(adaptation.get(20)).startsWith("100 train levels,reptile,20000,1,");
        assertThat(pretraining.get(20))
                .startsWith("100 train levels,reptile,20000,1,")
                .endsWith(",3");
    }

    @Test
    void aDamagedCellBelievesNothing() throws IOException {
        SyntheticRun run = SyntheticRun.of(temporary.resolve("run"), new Size(List.of("paper"), List.of(100), 1, 1, 3));
        run.believes("reptile", 1, 0.0625);
        run.corrupt(run.folder(run.find("adapt", "reptile", 100, 0, 0)).resolve("metrics.jsonl"), 2);

        Report.write(run.root(), QUICK);

        assertThat(Files.readAllLines(run.root().resolve("report/tables/belief.csv")))
                .element(1)
                .isEqualTo("paper,benchmark.train-levels=100,reptile,1,0.0625,,,true");
    }

    @Test
    void gamesAreShownOneByOneInTheirOwnUnits() throws IOException {
        SyntheticRun run =
                SyntheticRun.games(temporary.resolve("run"), List.of("rom/assault", "rom/ms_pacman", "rom/pong"), 3);
        Report.write(run.root(), QUICK);

        List<String> plotted = Files.readAllLines(run.root().resolve("report/figures/adaptation-tasks.csv"));
        List<String> table = Files.readAllLines(run.root().resolve("report/tables/task-scores.csv"));
        String page = Files.readString(run.root().resolve("report/report.html"));

        assertThat(plotted).hasSize(1 + 3 * (2 + 4 + 4) * 6);
        assertThat(plotted.get(1))
                .startsWith("1 train task \u00b7 assault,multi-task,0,")
                .endsWith(",3");
        assertThat(table).hasSize(1 + 3 * (2 + 4 + 4));
        assertThat(page)
                .contains("figure-adaptation-score", "figure-adaptation-tasks", "Final returns on each held-out task")
                .contains("1: rom/breakout<br>", "3: rom/assault, rom/ms_pacman, rom/pong")
                .doesNotContain("figure-adaptation-solved", "Tasks of several kinds");
    }

    @Test
    void levelsOfOneGameAreNotShownOneByOne() throws IOException {
        assertThat(page(SyntheticRun.small(temporary.resolve("run"))))
                .doesNotContain("figure-adaptation-tasks", "Final returns on each held-out task");
    }

    @Test
    void saysThatTasksOfSeveralKindsStandApart() throws IOException {
        SyntheticRun run =
                SyntheticRun.games(temporary.resolve("run"), List.of("cartridge/court", "rom/assault", "rom/pong"), 2);

        String page = page(run);

        assertThat(page).contains("cartridge/\u2026, rom/\u2026 cannot be compared", "5 train tasks, rom tasks");
        assertThat(Files.readString(run.root().resolve("report/tables/scores.csv")))
                .contains("benchmark.train-tasks=5 tasks=cartridge", "benchmark.train-tasks=5 tasks=rom");
    }

    @Test
    void plottedNumbersAreTheMeanOverTasksThenSeeds() throws IOException {
        SyntheticRun run = SyntheticRun.small(temporary.resolve("run"));
        Report.write(run.root(), QUICK);

        List<String> lines = Files.readAllLines(run.root().resolve("report/figures/adaptation-return.csv"));

        assertThat(lines.get(0)).isEqualTo("panel,series,x,y,low,high,n");
        assertThat(lines).hasSize(1 + 2 * 4 * 6);
        assertThat(lines.get(1)).startsWith("100 train levels,multi-task,0,").endsWith(",3");
    }
}
