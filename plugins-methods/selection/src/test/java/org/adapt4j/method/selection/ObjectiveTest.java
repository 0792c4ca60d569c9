package org.adapt4j.method.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.adapt4j.method.selection.Objective.Stretch;
import org.adapt4j.toolkit.kernel.Gram;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Selection orders and scores worked out by hand. */
final class ObjectiveTest {

    private static final Offset<Double> EXACTLY = within(1.5e-7);
    private static final double R = Math.sqrt(0.5);
    private static final double[][] HUB = {{1, 0}, {R, R}, {0, 1}};

    /** Rounds of a problem in which every task has one known demonstration, to be written down as scores of which less is better. */
    private static final class Problem {
        private final double[] targets;
        private final List<int[]> steps;
        private final Objective objective;
        private Posterior now;
        private final List<Integer> order = new ArrayList<>();
        private final List<Double> picked = new ArrayList<>();

        Problem(double[][] gram, double noise, List<int[]> steps, Objective objective, double... targets) {
            now = Posterior.of(gram, noise);
            this.steps = steps;
            this.targets = targets;
            this.objective = objective;
        }

        static Problem of(double[][] features, double noise, Objective objective, double... targets) {
            return new Problem(Gram.linear(features), noise, single(features.length), objective, targets);
        }

        double[] scores() {
            List<Stretch> goal = new ArrayList<>();
            for (int task = 0; task < targets.length; task++) {
                goal.add(new Stretch(steps.get(task), targets[task]));
            }
            return objective.scores(
                    now,
                    steps.stream().map(block -> List.of(new Stretch(block, 1))).toList(),
                    goal);
        }

        Problem knowing(int... observed) {
            now = now.given(observed);
            return this;
        }

        Problem rounds(int count) {
            for (int i = 0; i < count; i++) {
                double[] scores = scores();
                Choice choice = Choice.of(scores);
                order.add(choice.task());
                picked.add(-choice.score());
                now = now.given(steps.get(choice.task()));
            }
            return this;
        }

        void hasScores(double... known) {
            double sign = objective == Objective.REDUCTION ? 1 : -1;
            double[] scores = scores();
            for (int i = 0; i < known.length; i++) {
                assertThat(sign * scores[i]).as("task %d", i).isEqualTo(known[i], EXACTLY);
            }
        }

        void picked(double... known) {
            for (int i = 0; i < known.length; i++) {
                assertThat(picked.get(i)).as("round %d", i).isEqualTo(known[i], EXACTLY);
            }
        }
    }

    private static List<int[]> single(int count) {
        List<int[]> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            steps.add(new int[] {i});
        }
        return steps;
    }

    @Test
    void orthogonalTasksTakeTurns() {
        Problem problem = Problem.of(new double[][] {{1, 0}, {0, 1}}, 1, Objective.VARIANCE, 0.5, 0.5);

        problem.hasScores(0.75, 0.75);
        problem.rounds(1).hasScores(0.6666667, 0.5);
        problem.rounds(5);

        assertThat(problem.order).containsExactly(0, 1, 0, 1, 0, 1);
        problem.picked(0.75, 0.5, 0.4166667, 0.3333333, 0.2916667, 0.25);
    }

    @Test
    void whatPretrainingLeftOutComesFirst() {
        Problem problem = Problem.of(new double[][] {{1, 0}, {0, 1}}, 1, Objective.VARIANCE, 0.5, 0.5)
                .knowing(new int[8]);

        problem.hasScores(0.55, 0.3055556);
        problem.rounds(8).hasScores(0.1055556, 0.1055556);
        problem.rounds(4);

        assertThat(problem.order).containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1);
    }

    @Test
    void targetsThatCountMoreComeMoreOften() {
        Problem problem = Problem.of(new double[][] {{1, 0}, {0, 1}}, 1, Objective.VARIANCE, 0.9, 0.1)
                .rounds(10);

        assertThat(problem.order).containsExactly(0, 0, 0, 1, 0, 0, 0, 1, 0, 0);
        problem.picked(0.55, 0.4, 0.325, 0.275, 0.23, 0.2, 0.1785714, 0.1619048, 0.1458333, 0.1333333);
    }

    @Test
    void theTaskThatSharesMostComesFirst() {
        double third = 1.0 / 3;
        Problem variance = Problem.of(HUB, 1, Objective.VARIANCE, third, third, third);
        variance.hasScores(0.75, 0.6666667, 0.75);
        variance.rounds(1).hasScores(0.5238095, 0.5555556, 0.5238095);
        variance.rounds(1).hasScores(0.4666667, 0.4333333, 0.3888889);
        variance.rounds(1);
        assertThat(variance.order).containsExactly(1, 0, 2);

        Problem entropy = Problem.of(HUB, 1, Objective.ENTROPY, third, third, third);
        entropy.hasScores(1.2554670, 1.2075200, 1.2554670);
        entropy.rounds(1).hasScores(1.0804272, 1.1006814, 1.0804272);
        entropy.rounds(1).hasScores(1.0061155, 0.9804237, 0.9440136);

        Problem quiet = Problem.of(HUB, 0.1, Objective.VARIANCE, third, third, third);
        quiet.hasScores(0.5454545, 0.3939394, 0.5454545);
        assertThat(quiet.rounds(3).order).containsExactly(1, 0, 2);
    }

    @Test
    void tasksThatDoNotCountAreNotAskedFor() {
        double[][] features = {{1, 0, 0}, {0.8, 0.6, 0}, {0, 0, 3}};
        Problem problem = Problem.of(features, 1, Objective.VARIANCE, 0.5, 0.5, 0);

        problem.hasScores(0.59, 0.59, 1.0);
        Problem.of(features, 1, Objective.REDUCTION, 0.5, 0.5, 0).hasScores(0.41, 0.41, 0);
        assertThat(problem.rounds(1).order).containsExactly(0);
    }

    @Test
    void aClusterComesBeforeAnOutlier() {
        double[][] features = {{1, 0, 0}, {0.96, 0.28, 0}, {0.96, -0.28, 0}, {0, 0, 1.2}};
        Problem problem = Problem.of(features, 0.1, Objective.VARIANCE, 0.25, 0.25, 0.25, 0.25);

        problem.hasScores(0.4638182, 0.5116849, 0.5116849, 0.7733766);
        problem.rounds(1).hasScores(0.4330476, 0.4314471, 0.4314471, 0.1271948);

        assertThat(problem.rounds(1).order).containsExactly(0, 3);
    }

    @Test
    void aBatchChosenWithConditioningHoldsNoTwins() {
        double[][] features = {{1.2, 0}, {1.2 * Math.cos(0.1), 1.2 * Math.sin(0.1)}, {0, 1}};
        double third = 1.0 / 3;
        Problem problem = Problem.of(features, 0.1, Objective.VARIANCE, third, third, third);

        problem.hasScores(0.4001444, 0.3970379, 0.9859539);
        Choice first = Choice.of(problem.scores());
        assertThat(List.of(first.task(), first.runnerUp())).containsExactly(1, 0);
        problem.rounds(1).hasScores(0.3446630, 0.3669608, 0.0932728);

        assertThat(problem.rounds(1).order).containsExactly(1, 2);
    }

    @Test
    void wholeDemonstrationsAreBlocks() {
        double[][] features = {{1, 0, 0}, {0.6, 0.8, 0}, {0, 1, 0}, {0, 0.8, 0.6}, {0, 0, 1}, {0, 0, 0.5}};
        List<int[]> steps = List.of(new int[] {0, 1}, new int[] {2, 3}, new int[] {4, 5});
        double third = 1.0 / 3;
        Problem problem = new Problem(Gram.linear(features), 0.5, steps, Objective.VARIANCE, third, third, third);

        problem.hasScores(1.0067196, 0.9652795, 1.3666667);
        problem.rounds(1).hasScores(0.5796337, 0.8122222, 0.7565383);
        problem.rounds(1).hasScores(0.5033958, 0.4531008, 0.3791114);
        problem.rounds(1).hasScores(0.3066493, 0.3151687, 0.3317410);

        assertThat(problem.rounds(1).order).containsExactly(1, 0, 2, 0);
        double noise = 1e7;
        double[] reductions =
                new Problem(Gram.linear(features), noise, steps, Objective.REDUCTION, third, third, third).scores();
        double[] limit = {1.2565333, 1.5932, 0.6708333};
        for (int task = 0; task < 3; task++) {
            assertThat(noise * reductions[task]).isEqualTo(limit[task], within(1e-6));
        }
    }

    @Test
    void theWholeEquationWithImportanceWeights() {
        double[][] known = {
            {0.15289731, 0.13167895}, {3.04000945, 0.91984884},
            {0.15175142, 0.11773754}, {2.93197776, 0.86312954},
            {0.15941561, 0.11875926}, {3.12512836, 0.84435096}
        };
        double[][] reductions = {
            {3.57993409, 4.13937324}, {0.69282194, 3.35120335},
            {3.52677892, 3.56079281}, {0.74655259, 2.81540080},
            {3.71870939, 3.75936574}, {0.75299664, 3.03377404}
        };
        ImportanceWeights[] kinds = {ImportanceWeights.EQ3, ImportanceWeights.SELF_NORMALISED, ImportanceWeights.HARD};
        for (int kind = 0; kind < 3; kind++) {
            for (int without = 0; without < 2; without++) {
                double[] left = equation92(kinds[kind], without == 0, Objective.VARIANCE);
                double[] explained = equation92(kinds[kind], without == 0, Objective.REDUCTION);
                for (int task = 0; task < 2; task++) {
                    assertThat(-left[task]).isEqualTo(known[2 * kind + without][task], within(1e-6));
                    assertThat(explainedWithPast(explained[task], task, kinds[kind], without == 0))
                            .isEqualTo(reductions[2 * kind + without][task], within(1e-6));
                }
                assertThat(Choice.of(left).task()).isEqualTo(1);
                assertThat(Choice.of(explained).task()).isEqualTo(1);
            }
        }
        double[] entropy = equation92(ImportanceWeights.SELF_NORMALISED, true, Objective.ENTROPY);
        assertThat(-entropy[0]).isEqualTo(-0.16311286, within(1e-6));
        assertThat(-entropy[1]).isEqualTo(-0.29065841, within(1e-6));
    }

    /** The worked examples count what the past explains too; we count from what is known now. */
    private static double explainedWithPast(double explained, int task, ImportanceWeights kind, boolean history) {
        if (!history) {
            return explained;
        }
        double weight = 0;
        for (double[] shares : kind.shares(ImportanceWeightsTest.LOG_LIKELIHOODS, ImportanceWeightsTest.TASKS)) {
            weight += shares[task];
        }
        return explained + weight * (uncertainty(kind, false) - uncertainty(kind, true));
    }

    /** Weighted sum of variances before a candidate is looked at: those that no candidate explains, and those that are left. */
    private static double uncertainty(ImportanceWeights kind, boolean history) {
        double[] left = equation92(kind, history, Objective.VARIANCE);
        double[] explained = equation92(kind, history, Objective.REDUCTION);
        double weight = 0;
        for (double[] shares : kind.shares(ImportanceWeightsTest.LOG_LIKELIHOODS, ImportanceWeightsTest.TASKS)) {
            weight += shares[0];
        }
        return (explained[0] - left[0]) / weight;
    }

    private static double[] equation92(ImportanceWeights kind, boolean history, Objective objective) {
        double[][] states = {{1, 0.5}, {1, 0.4}, {1, 2}};
        double[][] shares = kind.shares(ImportanceWeightsTest.LOG_LIKELIHOODS, ImportanceWeightsTest.TASKS);
        double[][] features = new double[12][3];
        for (int j = 0; j < 3; j++) {
            for (int c = 0; c < 2; c++) {
                for (int t = 0; t < 2; t++) {
                    features[4 * j + 2 * c + t][c] = states[j][t];
                    features[4 * j + 2 * c + t][2] = states[j][t] / 2;
                }
            }
        }
        Posterior now = Posterior.of(Gram.linear(features), 0.25);
        now = history ? now.given(0, 1, 4, 5, 10, 11) : now;
        List<List<Stretch>> candidates = List.of(new ArrayList<>(), new ArrayList<>());
        List<Stretch> targets = new ArrayList<>();
        for (int j = 0; j < 3; j++) {
            for (int c = 0; c < 2; c++) {
                int[] points = {4 * j + 2 * c, 4 * j + 2 * c + 1};
                candidates.get(c).add(new Stretch(points, shares[j][c]));
                targets.add(new Stretch(points, 0.5 * shares[j][c]));
            }
        }
        return objective.scores(now, candidates, targets);
    }

    @Test
    void weightsThatSumToOneKeepATaskThatWasNeverShown() {
        double[][] raw = {{2, 1e-9, 1e-6}, {1e-9, 2, 1e-6}};
        double[][] normalised = new double[2][3];
        for (int c = 0; c < 3; c++) {
            for (int j = 0; j < 2; j++) {
                normalised[j][c] = raw[j][c] / (raw[0][c] + raw[1][c]);
            }
            raw[0][c] /= 2;
            raw[1][c] /= 2;
        }

        assertThat(Choice.of(neverShown(raw, Objective.VARIANCE)).task()).isEqualTo(2);
        assertThat(-neverShown(raw, Objective.VARIANCE)[2]).isEqualTo(6.06e-8, within(1e-9));
        assertThat(-neverShown(raw, Objective.VARIANCE)[0]).isEqualTo(0.0461764 + 1e-7 / 3, within(1e-6));
        assertThat(Choice.of(neverShown(normalised, Objective.VARIANCE)).task()).isEqualTo(2);
        assertThat(Choice.of(neverShown(normalised, Objective.REDUCTION)).task())
                .isEqualTo(2);
        double[] variances = neverShown(normalised, Objective.VARIANCE);
        assertThat(-variances[0]).isEqualTo(0.3795094, within(1e-6));
        assertThat(-variances[2]).isEqualTo(0.0909091, within(1e-6));
    }

    private static double[] neverShown(double[][] shares, Objective objective) {
        // A point per task: the embedding depends on the task only.
        Posterior now = Posterior.of(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}, 0.1)
                .given(0, 1);
        List<List<Stretch>> candidates = new ArrayList<>();
        List<Stretch> targets = new ArrayList<>();
        for (int c = 0; c < 3; c++) {
            List<Stretch> of = new ArrayList<>();
            for (int j = 0; j < 2; j++) {
                of.add(new Stretch(new int[] {c}, shares[j][c]));
                targets.add(new Stretch(new int[] {c}, shares[j][c] / 3));
            }
            candidates.add(of);
        }
        return objective.scores(now, candidates, targets);
    }

    @Test
    void aSmoothKernelOnALine() {
        double[][] gram = Gram.rbf(new double[][] {{0}, {1}, {3}}, 1, 1);
        assertThat(gram[0][1]).isEqualTo(0.6065307, EXACTLY);
        double third = 1.0 / 3;
        Problem variance = new Problem(gram, 0.01, single(3), Objective.VARIANCE, third, third, third);
        variance.hasScores(0.54851391, 0.54250987, 0.66388150);
        variance.rounds(1).hasScores(0.33131088, 0.54023380, 0.21686601);
        variance.rounds(1).hasScores(0.00986115, 0.21460119, 0.21521612);
        variance.rounds(1).hasScores(0.00823324, 0.00823394, 0.00821983);
        assertThat(variance.rounds(1).order).containsExactly(1, 2, 0, 2);

        Problem entropy = new Problem(
                Gram.rbf(new double[][] {{0}, {1}, {3}}, 1, 1),
                0.01,
                single(3),
                Objective.ENTROPY,
                third,
                third,
                third);
        entropy.hasScores(0.57424316, 0.57121340, 0.64668129);
        entropy.rounds(1).hasScores(-0.12566963, 0.45602496, -0.19629041);
        entropy.rounds(1).hasScores(-0.89063941, -0.31146761, -0.31097945);
        entropy.rounds(1).hasScores(-1.00486622, -1.00484266, -1.00531556);
        assertThat(entropy.rounds(1).order).containsExactly(1, 2, 0, 2);
    }

    @Test
    void permutingTasksPermutesScores() {
        double[][] features = {{1, 0.2, 0}, {0.3, 1, 0.5}, {0, 0.1, 2}};
        double[] scores =
                Problem.of(features, 0.4, Objective.VARIANCE, 0.2, 0.3, 0.5).scores();
        double[][] turned = {features[2], features[0], features[1]};

        double[] others =
                Problem.of(turned, 0.4, Objective.VARIANCE, 0.5, 0.2, 0.3).scores();

        assertThat(others[0]).isEqualTo(scores[2], EXACTLY);
        assertThat(others[1]).isEqualTo(scores[0], EXACTLY);
        assertThat(others[2]).isEqualTo(scores[1], EXACTLY);
    }

    @Test
    void scalingTheEmbeddingWithTheNoiseScalesTheScores() {
        double[][] features = {{1, 0.2}, {0.3, 1}};
        double[][] larger = {{3, 0.6}, {0.9, 3}};

        double[] scores =
                Problem.of(features, 0.4, Objective.VARIANCE, 0.5, 0.5).scores();
        double[] others =
                Problem.of(larger, 9 * 0.4, Objective.VARIANCE, 0.5, 0.5).scores();

        assertThat(others[0]).isEqualTo(9 * scores[0], EXACTLY);
        assertThat(others[1]).isEqualTo(9 * scores[1], EXACTLY);
    }

    @Test
    void demonstrationsThatFitTellNothing() {
        double[][] gram = Gram.lossGradient(new double[][] {{1, 2}, {2, 1}}, new double[][] {{0.5}, {0}}, 2, true);
        Problem problem = new Problem(gram, 0.1, single(2), Objective.REDUCTION, 0.5, 0.5);

        assertThat(problem.scores()[1]).isZero();
        assertThat(problem.scores()[0]).isPositive();
    }

    @Test
    void equalScoresGoToTheFirstAndForbiddenOnesToNobody() {
        assertThat(Choice.of(new double[] {1, 1 + 1e-14, 0})).isEqualTo(new Choice(0, 1, 1, 1 + 1e-14));
        assertThat(Choice.of(new double[] {Double.NEGATIVE_INFINITY, 3})).isEqualTo(new Choice(1, 3, -1, Double.NaN));
        assertThat(Arrays.asList(new double[] {}, new double[] {Double.NEGATIVE_INFINITY}))
                .allSatisfy(none -> org.assertj.core.api.Assertions.assertThatThrownBy(() -> Choice.of(none))
                        .hasMessageContaining("may be chosen"));
    }

    /** The integrator of section 5.3 without noise: five states on the way to each of twelve goals. */
    @Test
    void theIntegratorAsksForUnseenTasksFirst() {
        double[][] inputs = new double[60][];
        List<int[]> steps = new ArrayList<>();
        for (int task = 0; task < 12; task++) {
            double x = 3 * Math.cos(Math.toRadians(30 * task));
            double y = 3 * Math.sin(Math.toRadians(30 * task));
            for (int t = 0; t < 5; t++) {
                inputs[5 * task + t] = new double[] {x * t / 4, y * t / 4, x, y};
            }
            steps.add(new int[] {5 * task, 5 * task + 1, 5 * task + 2, 5 * task + 3, 5 * task + 4});
        }
        double[] targets = new double[12];
        Arrays.fill(targets, 1.0 / 60);
        double[][] gram = Gram.rbf(inputs, 1, 1);
        assertThat(gram[0][5]).isEqualTo(0.2994609, EXACTLY);
        assertThat(gram[4][9]).isEqualTo(0.0896768, EXACTLY);
        assertThat(gram[0][1]).isEqualTo(0.7548396, EXACTLY);

        Problem half = new Problem(gram, 0.09, steps, Objective.VARIANCE, targets);
        for (int task = 0; task < 6; task++) {
            half.knowing(steps.get(task)).knowing(steps.get(task));
        }
        double[] first = {
            .508000, .508051, .508054, .508054, .508051, .508000, .431032, .423084, .423012, .423012, .423084, .431032
        };
        double[] scores = half.scores();
        for (int task = 0; task < 12; task++) {
            assertThat(-scores[task]).isEqualTo(first[task], within(1e-6));
        }
        half.rounds(10);
        assertThat(half.order).containsExactly(8, 10, 7, 9, 6, 11, 8, 10, 7, 9);
        double[] values = {.423012, .337228, .258834, .188566, .118926, .049286, .046926, .044566, .042210, .039859};
        for (int i = 0; i < 10; i++) {
            assertThat(half.picked.get(i)).isEqualTo(values[i], within(1e-6));
        }

        Problem all = new Problem(gram, 0.09, steps, Objective.VARIANCE, targets);
        for (int task = 0; task < 12; task++) {
            all.knowing(steps.get(task));
        }
        for (double score : all.scores()) {
            assertThat(-score).isEqualTo(.061065, within(1e-6));
        }
        assertThat(new Problem(gram, 0.09, steps, Objective.VARIANCE, targets).rounds(12).order)
                .doesNotHaveDuplicates();
    }
}
