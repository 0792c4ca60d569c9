package org.adapt4j.env.gymnasium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.EnvironmentRequest.Purpose;
import org.adapt4j.api.benchmark.Finding;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.benchmark.UnplayableTaskException;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.testkit.fake.TestStreams;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Environments in a Python of this machine, beside a Gymnasium that is of the tests. */
@Tag("native")
final class GymnasiumBenchmarkTest {

    @TempDir
    private Path folder;

    private Installation installation;

    @BeforeEach
    void install() {
        installation = new Installation(folder);
    }

    @Test
    void saysWhatIsSeenAndDone() {
        EnvironmentSpec walk = spec(installation.benchmark("Walk-v0"));
        EnvironmentSpec pair = spec(installation.benchmark("Pair-v0"));

        assertThat(walk.observation())
                .containsExactly(new Component("observation", Box.vector(2, -Float.MAX_VALUE, Float.MAX_VALUE)));
        assertThat(walk.action()).isEqualTo(new Discrete(2));
        assertThat(walk.maxEpisodeSteps()).isEqualTo(30);
        assertThat(pair.observation())
                .containsExactly(new Component("lamp", new Discrete(3)), new Component("picture", Box.image(2, 3, 3)));
        assertThat(pair.action()).isEqualTo(Box.vector(2, -1, 1));
    }

    @Test
    void carriesNumbersBothWays() {
        GymnasiumBenchmark benchmark = installation.benchmark("Pair-v0");
        try (Visit visit = new Visit(benchmark)) {
            visit.actions.step(0).continuous().put(0, new float[] {0.5f, -0.5f});

            visit.step();

            // From [-1, 1] onto [0, 1] and [-10, 10].
            assertThat(visit.seen.step(1).rewards().get(0)).isCloseTo(0.75f - 5000, within(1e-3f));
            assertThat(visit.seen.step(1).observation(0).getInt(0)).isEqualTo(1);
            assertThat(visit.seen.step(1).observation(1).get(17)).isEqualTo((byte) 1);
            for (int i = 0; i < 4; i++) {
                visit.step();
            }
            assertThat(visit.seen.step(1).is(Flag.TRUNCATED, 0)).isTrue();
            assertThat(visit.seen.step(1).is(Flag.TERMINATED, 0)).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "raise, step raised RuntimeError: the legs are tired",
        "nan,   is NaN",
        "shape, has shape (3) instead of (2)",
        "exit,  ended with 7. It said: stepping | out of here"
    })
    void saysWhatAnEnvironmentDoesWrong(String fault, String message) {
        try (Visit visit = new Visit(installation.benchmark("Walk-v0?fault=" + fault))) {
            assertThatThrownBy(visit::step)
                    .isInstanceOf(GymnasiumException.class)
                    .hasMessageContaining("gymnasium/Walk-v0?fault=" + fault)
                    .satisfies(problem -> assertThat(
                                    String.valueOf(problem.getMessage()).replace(",)", ")"))
                            .contains(message));
        }
    }

    @Test
    void waitsNoLongerThanItMay() {
        try (Visit visit = new Visit(new GymnasiumBenchmark(installation.settings(1, "Walk-v0?fault=hang")))) {
            assertThatThrownBy(visit::step).hasMessageContaining("did not answer in time; see benchmark.step-seconds");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Words-v0,         observation is a Text; supported are Box and Discrete",
        "None-v0,          KeyError",
        "Walk-v0?goals=3,  unexpected keyword argument",
        "Walk-v0?goal,     is no argument; write name=value"
    })
    void refusesWhatCannotBePlayed(String task, String message) {
        GymnasiumBenchmark benchmark = installation.benchmark(task);

        assertThatThrownBy(() -> spec(benchmark))
                .isInstanceOf(UnplayableTaskException.class)
                .satisfies(problem -> assertThat(
                                String.valueOf(problem.getMessage()).replace("'", ""))
                        .contains(message.replace("'", "")));
    }

    @Test
    void refusesTasksOfDifferentSpaces() {
        GymnasiumBenchmark benchmark = installation.benchmark("Walk-v0", "Pair-v0");

        assertThatThrownBy(() -> spec(benchmark)).hasMessageContaining("tasks of one experiment share their spaces");
    }

    @Test
    void tellsTheDoctorWhatIsThere() {
        assertThat(installation.benchmark("Walk-v0").inspect())
                .singleElement()
                .satisfies(found -> assertThat(found.found()).contains("gymnasium 0.0 of the test", "numpy"));
        assertThat(installation.benchmark("None-v0").inspect()).noneMatch(Finding::good);
    }

    private static EnvironmentSpec spec(TaskDistribution benchmark) {
        return benchmark.spec(benchmark.tasks(Split.TRAIN));
    }

    private static final class Visit implements AutoCloseable {
        private final VectorEnvironment environment;
        private final StepBlock seen;
        private final ActionBlock actions;

        Visit(GymnasiumBenchmark benchmark) {
            TaskSet tasks = benchmark.tasks(Split.TRAIN);
            EnvironmentSpec spec = benchmark.spec(tasks);
            environment = benchmark.open(new EnvironmentRequest(
                    spec, TaskSchedule.eachEpisode(tasks), 1, TestStreams.root(1), Purpose.TRAINING));
            seen = StepBlock.allocate(spec, 1, 2);
            actions = ActionBlock.allocate(spec.action(), List.of(), 1, 1);
            environment.receive(seen.step(0));
        }

        void step() {
            environment.send(actions.step(0));
            environment.receive(seen.step(1));
        }

        @Override
        public void close() {
            environment.close();
        }
    }
}
