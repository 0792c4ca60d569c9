package org.adapt4j.env.rlbench;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.EnvironmentRequest.Purpose;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.env.rlbench.bridge.BridgeException;
import org.adapt4j.testkit.fake.TestStreams;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The benchmark with RLBench itself behind it, for which something stands that is of Python's standard library alone. */
final class BackEndTest {

    private static final String BRIDGE = "back-end = bridge, ";

    @TempDir
    private Path folder;

    @Test
    void rlbenchItselfHasTasksThatAreNotKnownHere() {
        RlbenchBenchmark bridge = Benches.of(BRIDGE + "tasks = [hang_frame_on_hanger, straighten_rope/7]");

        assertThat(bridge.backEnd()).isEqualTo("bridge-rlbench");
        assertThat(bridge.tasks(Split.TRAIN).tasks())
                .extracting(Task::name)
                .containsExactly("rlbench/hang_frame_on_hanger", "rlbench/straighten_rope/7");
        assertThat(bridge.task("rlbench/hockey/2")).isPresent();
        assertThatThrownBy(() -> Benches.of("tasks = [straighten_rope]"))
                .hasMessageContaining("there is no task 'straighten_rope'");
        assertThatThrownBy(() -> Benches.of(BRIDGE + "tasks = [straighten_rope], variations = [all]"))
                .hasMessageContaining("must hold numbers from 0 on for straighten_rope");
    }

    @Test
    void theTasksStateHasTheWidthThatIsSet() {
        RlbenchBenchmark bridge = Benches.of(BRIDGE + "bridge { state-width = 33 }");

        EnvironmentSpec spec = bridge.spec(bridge.tasks(Split.TRAIN));

        assertThat(spec.observation())
                .filteredOn(each -> each.name().equals("task-low-dim-state"))
                .singleElement()
                .satisfies(each -> assertThat(((Box) each.space()).width()).isEqualTo(33));
    }

    @Test
    @Tag("native")
    @Timeout(120)
    void slotsPlayInSimulatorsOfTheirOwn() throws Exception {
        RlbenchBenchmark bridge = standIn("tell-task = true, cameras { front { size = [2, 3] } }");
        EnvironmentSpec spec = bridge.spec(bridge.tasks(Split.TRAIN));
        TaskSchedule schedule =
                TaskSchedule.fixed(bridge.tasks(Split.TRAIN).tasks().get(0));

        try (VectorEnvironment environment =
                bridge.open(new EnvironmentRequest(spec, schedule, 2, TestStreams.root(1), Purpose.TRAINING))) {
            StepBlock seen = StepBlock.allocate(spec, 2, 1);
            environment.receive(seen.step(0));

            ByteBuffer states = seen.step(0).observation(2);
            assertThat(states.getFloat(0)).isNotEqualTo(states.getFloat(4 * 4));
            assertThat(seen.step(0).observation(3).getFloat(0)).isEqualTo(1);
            assertThat(seen.step(0).observation(4).get(17) & 255).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "joint-position, true, 3, 1, 0.1",
        "joint-position, false, 3, 1, 0",
        "joint-velocity, true, 3, 0.25, 0.25",
        "ee-pose-planning, true, 1, 0.3, 0",
    })
    @Tag("native")
    @Timeout(120)
    void theExpertIsRlbenchsOwn(String arm, boolean absolute, int steps, float first, float second) throws Exception {
        RlbenchBenchmark bridge =
                standIn("action { arm = " + arm + ", absolute = " + absolute + " }, episode { reward = 100 }");
        RlbenchExpert expert = new RlbenchExpert(bridge, new RlbenchExpert.Settings(5, 7, 10));
        Task task = bridge.tasks(Split.TRAIN).tasks().get(0);

        Demonstration play = expert.demonstration(task, 3);

        ByteBuffer actions = requireNonNull(play.columns().get("action"));
        assertThat(play.steps()).isEqualTo(steps);
        assertThat(actions.getFloat(0)).isEqualTo(first);
        assertThat(actions.getFloat(Float.BYTES)).isEqualTo(second);
        assertThat(actions.getFloat(7 * Float.BYTES)).isEqualTo(1);
        assertThat(play.episodeReturn()).isEqualTo(100);
        assertThat(requireNonNull(play.columns().get("joint-positions")).limit())
                .isEqualTo(7 * Float.BYTES * (steps + 1));
    }

    @Test
    @Tag("native")
    @Timeout(120)
    void aMissingRlbenchIsToldWhereEpisodesBegin() {
        RlbenchBenchmark bridge = Benches.of(BRIDGE + "bridge { python = /no/python }");
        TaskSet tasks = bridge.tasks(Split.TRAIN);

        assertThatThrownBy(() -> bridge.open(new EnvironmentRequest(
                        bridge.spec(tasks),
                        TaskSchedule.fixed(tasks.tasks().get(0)),
                        1,
                        TestStreams.root(1),
                        Purpose.TRAINING)))
                .isInstanceOf(BridgeException.class)
                .hasMessageContaining("bridge.python");
        assertThat(bridge.inspect())
                .filteredOn(each -> !each.good())
                .extracting(each -> each.what())
                .contains("rlbench/python");
    }

    private RlbenchBenchmark standIn(String written) throws IOException, URISyntaxException, InterruptedException {
        assumeTrue(new ProcessBuilder("sh", "-c", "command -v python3").start().waitFor() == 0, "no python3");
        Path installation =
                Path.of(BackEndTest.class.getResource("bridge/installation").toURI());
        Path python = folder.resolve("python");
        Files.writeString(
                python,
                "#!/bin/sh\nexec env PYTHONDONTWRITEBYTECODE=1 PYTHONPATH='" + installation + "' python3 \"$@\"\n");
        Files.setPosixFilePermissions(python, PosixFilePermissions.fromString("rwx------"));
        String state = "state = [gripper-open, joint-positions, task-low-dim-state], ";
        return Benches.of(BRIDGE + "tasks = [reach_target/1], " + state + "bridge { state-width = 4, python = \""
                + python + "\" }, " + written);
    }
}
