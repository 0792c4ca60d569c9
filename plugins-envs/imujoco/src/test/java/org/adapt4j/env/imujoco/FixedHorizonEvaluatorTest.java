package org.adapt4j.env.imujoco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.evaluation.Evaluation;
import org.adapt4j.api.evaluation.EvaluationRequest;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.testkit.ReferenceDefaults;
import org.adapt4j.testkit.fake.TestStreams;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("native")
final class FixedHorizonEvaluatorTest {

    @Test
    void sumsEveryStepOfTheSpanAndStartsAnewAfterFalls() {
        ImujocoBenchmark benchmark = Play.withoutNoise(Body.HOPPER);
        double byHand = 0;
        int falls = 0;
        try (Play play = new Play(benchmark, "hopper/base")) {
            for (int t = 0; t < 1000; t++) {
                play.step(0, 0, 0);
                byHand += play.seen().rewards().get(0);
                falls += play.is(Flag.TERMINATED) ? 1 : 0;
            }
        }

        Evaluation evaluation = measure(benchmark, 1000, 3, 2);

        assertThat(falls).isGreaterThan(3);
        assertThat(evaluation.results()).singleElement().satisfies(result -> {
            assertThat(result.lengths()).containsExactly(1000, 1000, 1000);
            assertThat(result.returns()).hasSize(3);
        });
        double sum = byHand;
        assertThat(evaluation.results().get(0).returns())
                .allSatisfy(each -> assertThat(each).isCloseTo(sum, within(1e-9)));
        // About 900 to 985 for actions near zero.
        assertThat(byHand).isBetween(900.0, 985.0);
    }

    @Test
    void saysWhatItSums() {
        assertThat(new FixedHorizonEvaluator(new FixedHorizonEvaluator.Settings(250)).span())
                .isEqualTo("250 steps");
        assertThatThrownBy(() -> new FixedHorizonEvaluator.Settings(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("steps");
        ReferenceDefaults.of(ImujocoPlugin.class, "evaluators.fixed-horizon")
                .match(FixedHorizonEvaluator.Settings.class);
    }

    private static Evaluation measure(ImujocoBenchmark benchmark, int steps, int spans, int slots) {
        TaskSet tasks = benchmark.tasks(Split.TRAIN);
        return new FixedHorizonEvaluator(new FixedHorizonEvaluator.Settings(steps))
                .evaluate(
                        new Still(),
                        new EvaluationRequest(
                                benchmark, benchmark.spec(tasks), tasks, spans, slots, TestStreams.root(3)));
    }

    /** Does nothing. */
    private static final class Still implements Policy {

        @Override
        public PolicyState newState(int slots) {
            return PolicyState.none(slots);
        }

        @Override
        public void act(StepBuffers seen, PolicyState state, ActionBuffers actions) {
            for (int i = 0; i < actions.continuous().capacity(); i++) {
                actions.continuous().put(i, 0);
            }
        }
    }
}
