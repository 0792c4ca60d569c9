package org.adapt4j.runtime.report.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rulings on numbers made up for the case. */
final class RulingTest {
    private static final Ruling.Circumstances AT_THE_END = new Ruling.Circumstances(false, 1, 0, List.of(), List.of());
    private static final Ruling.Circumstances AFTER_A_LOOK =
            new Ruling.Circumstances(false, 1, 5, List.of(), List.of());

    private static Ruling judge(List<Question> questions) {
        return Ruling.of(questions, AT_THE_END);
    }

    /** Seed means of exactly this mean and deviation, drawn by chance otherwise. */
    private static double[] values(int chance, int seeds, double mean, double deviation) {
        double[] raw = new SplittableRandom(chance).doubles(seeds).toArray();
        double own = Arrays.stream(raw).average().orElseThrow();
        double spread = Math.sqrt(Contrast.variance(raw));
        return Arrays.stream(raw)
                .map(value -> mean + (value - own) / spread * deviation)
                .toArray();
    }

    private static Grid column(double... values) {
        return Grid.ofSeedMeans(IntStream.range(0, values.length).boxed().toList(), values);
    }

    private static Question lead(String rival, Contrast contrast, Demand... demands) {
        return new Question(
                "lead over " + rival,
                new Judge.Key("a \u2212 " + rival, "final", "here"),
                contrast,
                About.THESE,
                List.of(demands),
                Optional.empty());
    }

    private static Question varies(String rival, double margin, boolean signs, double[]... rows) {
        return new Question(
                "lead over " + rival,
                new Judge.Key("a \u2212 " + rival, "final", "here"),
                Contrast.of(Grid.of(rows)),
                About.THESE,
                List.of(),
                Optional.of(new Question.Variation(margin, signs)));
    }

    private static Question onTask(String task, String place, double... values) {
        return new Question(
                task + " at " + place,
                new Judge.Key("a \u2212 b", "final", place, About.THESE, List.of(task)),
                Contrast.of(column(values)),
                About.THESE,
                List.of(Demand.above(0)),
                Optional.empty());
    }

    @Test
    void saysHowManySeedsWouldDecideWhereAllAgree() {
        Contrast all = Contrast.of(List.of(
                        new Contrast.Term(1, Table.of(column(1, 1, 1, 1, 1)), 0, 1),
                        new Contrast.Term(-1, Table.of(column(0, 0, 0, 0, 0)), 0, 1)))
                .orElseThrow();

        assertThat(judge(List.of(lead("b", all, Demand.above(0)))).because())
                .contains("6 seeds would decide, if the others were as those at hand");
    }

    @Test
    void numbersOfOtherTasksArePooledInWhateverOrderTheyAreAskedFor() {
        List<Question> questions = new ArrayList<>(List.of(
                onTask("steady", "20", -0.060, -0.068, -0.056, -0.064, -0.061),
                onTask("steady", "200", -0.058, -0.065, -0.050, -0.059, -0.056),
                onTask("failing", "20", -0.31, 0.58, -0.30, 0.57, -0.29),
                onTask("failing", "200", -0.30, 0.57, -0.31, 0.58, -0.30)));
        Ruling first = judge(questions);
        Collections.reverse(questions);

        assertThat(first.outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(judge(questions).outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(judge(questions.subList(2, 4)).outcome()).isEqualTo(Outcome.DOES_NOT_HOLD);
    }

    @Test
    void thatALeadHasOneSignIsCorrectedOverAllThatIsAsked() {
        double[][] both = new double[10][];
        double[][] above = new double[10][];
        double[] weak = values(1, 10, 0.0781, 0.1);
        double[] one = values(2, 10, 1, 0.1);
        for (int s = 0; s < 10; s++) {
            both[s] = new double[] {one[s], -one[s]};
            above[s] = new double[] {one[s], weak[s]};
        }
        List<Question> questions = new ArrayList<>(List.of(varies("sixth", 0, true, above)));
        assertThat(judge(questions).outcome()).isEqualTo(Outcome.DOES_NOT_HOLD);

        IntStream.range(0, 5).forEach(i -> questions.add(varies("rival " + i, 0, true, both)));

        assertThat(judge(questions).outcome()).isEqualTo(Outcome.UNDECIDED);
    }

    @Test
    void whereSeedsAgreeOnHowTasksDifferNothingTellsWhatIsChance() {
        double[] row = {1, 0.5};
        Ruling exact = judge(List.of(varies("b", 0.1, false, row, row, row, row, row)));
        Ruling rounded = judge(List.of(varies(
                "b",
                0.1,
                false,
                new double[] {0.3, 0.1},
                new double[] {0.1 + 0.2, 0.1},
                new double[] {1.3, 1.1},
                new double[] {2.3, 2.1},
                new double[] {3.3, 3.1})));

        assertThat(List.of(exact, rounded)).allSatisfy(ruling -> {
            assertThat(ruling.outcome()).isEqualTo(Outcome.UNDECIDED);
            assertThat(ruling.because()).contains("not tested, for seeds agree on how tasks differ");
        });
    }

    @Test
    void howTasksDifferStaysProvisionalAfterALookThatWasNotDeclared() {
        double[][] rows = new double[6][];
        double[] first = values(3, 6, 0.3, 0.05);
        double[] second = values(4, 6, -0.3, 0.05);
        for (int s = 0; s < 6; s++) {
            rows[s] = new double[] {first[s], second[s]};
        }
        for (boolean signs : new boolean[] {false, true}) {
            List<Question> question = List.of(varies("b", 0.1, signs, rows));

            assertThat(judge(question).label()).isEqualTo("holds");
            Ruling again = Ruling.of(question, AFTER_A_LOOK);
            assertThat(again.label()).isEqualTo("provisional: would hold so far");
            assertThat(again.because()).contains("and not how tasks differ");
        }
    }

    @Test
    void afterALookThatWasNotDeclaredNoPlainIntervalIsShown() {
        double[][] rows = new double[6][];
        double[] one = values(5, 6, 0.4, 0.02);
        for (int s = 0; s < 6; s++) {
            rows[s] = new double[] {one[s], one[s] + 0.1, one[s], one[s] - 0.05, one[s] + 0.02 * s};
        }
        Ruling again = Ruling.of(List.of(lead("b", Contrast.of(Grid.of(rows)), Demand.above(0))), AFTER_A_LOOK);

        assertThat(again.isProvisional()).isFalse();
        assertThat(again.findings().get(0).deciding()).isPresent();
        assertThat(again.findings().get(0).other()).isEmpty();
    }

    @Test
    void aVerdictRestsOnSeedsByTheRuleThatGaveIt() {
        List<Question> corrected = new ArrayList<>();
        corrected.add(lead("b", Contrast.of(column(values(6, 10, -0.117, 0.09))), Demand.above(0)));
        IntStream.range(0, 7)
                .forEach(i -> corrected.add(
                        lead("rival " + i, Contrast.of(column(values(7 + i, 10, 0.5, 0.09))), Demand.above(0))));
        Ruling refuted = judge(corrected);
        Ruling alone = judge(corrected.subList(0, 1));
        Contrast barely = Contrast.of(column(values(20, 7, 0.0365, 0.02)));
        Ruling looked = Ruling.of(List.of(lead("b", barely, Demand.above(0))), AFTER_A_LOOK);

        assertThat(refuted.outcome()).isEqualTo(Outcome.DOES_NOT_HOLD);
        assertThat(refuted.findings().get(0).restsOn()).hasSizeGreaterThanOrEqualTo(5);
        assertThat(alone.findings().get(0).restsOn()).hasSizeLessThan(3);
        assertThat(looked.outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(looked.findings().get(0).restsOn()).hasSizeGreaterThan(4);
        assertThat(judge(List.of(lead("b", barely, Demand.above(0))))
                        .findings()
                        .get(0)
                        .restsOn())
                .isEmpty();
    }

    @Test
    void saysHowManySeedsOfEachWouldDecideWhereTheyAreNotPaired() {
        Grid few = Grid.ofSeedMeans(List.of(100, 101, 102, 103, 104), values(8, 5, 0.1, 0.01));
        Contrast contrast = Contrast.difference(few, column(values(9, 20, 0, 0.3)));

        // 40,000 simulated studies of 73 and 73 seeds: 0.802 find it
        assertThat(judge(List.of(lead("b", contrast, Demand.above(0)))).because())
                .contains("about 73 (59 to 100) seeds of each would decide what is seen");
    }

    @Test
    void saysHowManySeedsWouldRefuteByTheCorrectedLevel() {
        List<Question> questions = new ArrayList<>();
        questions.add(lead("b", Contrast.of(column(values(10, 10, -0.095, 0.0996))), Demand.above(0)));
        IntStream.range(0, 7)
                .forEach(i -> questions.add(
                        lead("rival " + i, Contrast.of(column(values(30 + i, 10, 0.9, 0.0996))), Demand.above(0))));

        // 40,000 simulated studies of 18 seeds: 0.806 refute it at a level of 0.025 / 8
        assertThat(judge(questions).because()).contains("about 18 (");
        assertThat(judge(questions.subList(0, 1)).outcome()).isEqualTo(Outcome.DOES_NOT_HOLD);
    }

    @Test
    void neverNamesFewerSeedsThanDidNotDecide() {
        List<Question> guarded = List.of(
                lead("b", Contrast.of(column(values(11, 10, -0.047, 0.007))), Demand.above(0)),
                lead("c", Contrast.of(column(values(12, 10, 0.04, 0.46))), Demand.above(0)),
                lead("d", Contrast.of(column(values(13, 10, -0.048, 0.45))), Demand.above(0)));

        Ruling ruling = judge(guarded);

        assertThat(ruling.outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(ruling.because())
                .containsPattern(
                        "Lead over b: a lead of 0.007 can be seen with 10 seeds, and, corrected and with the variances"
                                + " pooled, one of 0\\.\\d+ against the claim; about \\d{3,} \\(");
    }

    @Test
    void saysWhatLiesBeyondAMarginAndNothingBelowFiveSeeds() {
        Ruling margin = judge(List.of(lead("b", Contrast.of(column(values(14, 6, 0.35, 0.1))), Demand.above(0.3))));
        Ruling four = judge(List.of(lead("b", Contrast.of(column(values(15, 4, 0.1, 0.01))), Demand.above(0))));

        assertThat(margin.because())
                .contains("What lies beyond the margin by 0.142 can be seen with 6 seeds; about 34 (");
        assertThat(four.because()).contains("4 of 5 seeds. About 5 (").doesNotContain("can be seen with 4");
    }

    @Test
    void lostSeedsAreReplacedFirst() {
        double[][] rows = new double[10][];
        double[] own = values(16, 10, 0.1, 0.02);
        for (int s = 0; s < 10; s++) {
            rows[s] = new double[] {s < 3 ? Double.NaN : own[s]};
        }
        Contrast holes = Contrast.of(List.of(new Contrast.Term(
                        1, new Table(IntStream.range(0, 10).boxed().toList(), rows))))
                .orElseThrow();

        assertThat(judge(List.of(lead("b", holes, Demand.above(0)))).because())
                .contains("7 of 10 planned seeds are whole, fewer than four fifths")
                .contains("about 8 (8 to ");
    }

    @Test
    void valuesWhoseSquaresAreNoNumbersAreNotJudged() {
        Ruling ruling = judge(List.of(lead("b", Contrast.of(column(1e160, 2e160, 1, 2, 3)), Demand.above(0))));

        assertThat(ruling.outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(ruling.because()).contains("too large for their spread to be told");
    }

    @Test
    void whatVariesByTheMarginHoldsThoughNoTaskDepartsByIt() {
        double[][] rows = new double[8][];
        double[] one = values(40, 8, 0.085, 0.01);
        double[] two = values(41, 8, -0.085, 0.01);
        for (int s = 0; s < 8; s++) {
            rows[s] = new double[] {one[s], two[s]};
        }

        assertThat(judge(List.of(varies("b", 0.1, false, rows))).outcome()).isEqualTo(Outcome.HOLDS);
        Ruling alike = judge(List.of(varies("b", 0.3, false, rows)));
        assertThat(alike.outcome()).isEqualTo(Outcome.DOES_NOT_HOLD);
        assertThat(alike.because()).containsPattern("deviation between tasks 0.1\\d*; refuting p < 0.0001");
    }

    @Test
    void howTasksDifferRestsOnSeedsToo() {
        double[][] rows = new double[5][];
        double[] noise = values(42, 5, 0, 0.1);
        for (int s = 0; s < 5; s++) {
            rows[s] = new double[] {0.16 + noise[s], -0.16 - noise[s]};
        }
        Ruling ruling = judge(List.of(varies("b", 0.1, false, rows)));

        assertThat(ruling.outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(ruling.findings().get(0).restsOn()).isNotEmpty();
    }

    @Test
    void eachSideMustHaveFourFifthsOfItsSeeds() {
        double[][] rows = new double[20][];
        double[] own = values(43, 20, 0, 0.05);
        for (int s = 0; s < 20; s++) {
            rows[s] = new double[] {s < 6 ? own[s] : Double.NaN};
        }
        Contrast contrast = Contrast.of(List.of(
                        new Contrast.Term(
                                1,
                                Table.of(Grid.ofSeedMeans(List.of(100, 101, 102, 103, 104), values(44, 5, 1, 0.05)))),
                        new Contrast.Term(
                                -1, new Table(IntStream.range(0, 20).boxed().toList(), rows))))
                .orElseThrow();
        Ruling ruling = judge(List.of(lead("b", contrast, Demand.above(0))));

        assertThat(ruling.outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(ruling.because()).contains("6 of 20 planned seeds are whole, fewer than four fifths");
    }

    @Test
    void saysHowManySeedsRefuteWhereOthersSpreadMore() {
        List<Question> questions = List.of(
                lead("b", Contrast.of(column(values(45, 6, -0.1, 0.12))), Demand.above(0)),
                lead("c", Contrast.of(column(values(46, 6, 0.5, 0.3))), Demand.above(0)),
                lead("d", Contrast.of(column(values(47, 6, 0.5, 0.3))), Demand.above(0)));

        // simulated studies of the whole rule: 52 seeds refute it in 0.803
        assertThat(judge(questions).because()).containsPattern("about 5[1-3] \\(");
    }

    @Test
    void whatIsDecidedAlreadyNeedsNoMoreSeeds() {
        Ruling ruling = judge(List.of(
                lead("b", Contrast.of(column(values(48, 10, 0.2, 0.05))), Demand.above(0)),
                lead("c", Contrast.of(column(values(49, 4, 0.1, 0.05))), Demand.above(0))));

        assertThat(ruling.because()).contains("4 of 5 seeds: lead over c").doesNotContain("Lead over b: ");
    }

    @Test
    void fourTasksAreNotMadeUpForBySeeds() {
        double[][] rows = new double[6][];
        double[] own = values(50, 6, 0.1, 0.1);
        for (int s = 0; s < 6; s++) {
            rows[s] = new double[] {own[s], own[s] + 0.05, own[s] - 0.05, own[s] + 0.02};
        }
        Question question = new Question(
                "lead",
                new Judge.Key("a \u2212 b", "final", "here"),
                Contrast.of(Grid.of(rows)),
                About.SUCH,
                List.of(Demand.above(0)),
                Optional.empty());

        assertThat(judge(List.of(question)).because())
                .contains("4 tasks: a statement about other tasks needs 5")
                .doesNotContainPattern("about \\d+ seeds would decide");
    }
}
