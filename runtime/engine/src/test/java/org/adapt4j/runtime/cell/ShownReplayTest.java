package org.adapt4j.runtime.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Device;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.data.DataSet;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.method.Agent;
import org.adapt4j.api.method.Checkpoint;
import org.adapt4j.api.method.Learner;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.runtime.experiment.CellConfig;
import org.adapt4j.runtime.experiment.PhaseSettings;
import org.adapt4j.runtime.run.JsonLines;
import org.adapt4j.testkit.toy.Toys;
import org.adapt4j.testkit.toy.TwoGoalBenchmark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An off-policy agent is shown what the budget grants before it plays, and goes on from there after a kill. */
final class ShownReplayTest {

    private static final int STATES = 5;
    private static final int EPISODES = 30;

    /** Plain training: the method knows nothing of demonstrations. */
    private static final Learner LEARNER = session -> {
        try (Agent agent = session.agent(Conditioning.none())) {
            agent.collect(TaskSchedule.eachEpisode(session.tasks()));
            session.report(agent.policy(Mode.EXPLOIT));
            while (session.proceed()) {
                agent.update();
            }
            return Checkpoint.of(agent);
        }
    };

    @TempDir
    Path folder;

    private final TaskDistribution benchmark = new TwoGoalBenchmark(new TwoGoalBenchmark.Settings(STATES, 2, 20));

    /** Recordings of many short episodes each: one step that ends. */
    private final DataSet recordings = new DataSet() {
        @Override
        public String title() {
            return "short ones";
        }

        @Override
        public int count(Task task) {
            return 4;
        }

        @Override
        public Demonstration demonstration(Task task, int index) {
            int width = benchmark
                    .spec(TaskSet.of(task))
                    .observation()
                    .get(0)
                    .space()
                    .bytes();
            ByteBuffer states = memory(width * (EPISODES + 1));
            ByteBuffer ends = memory(EPISODES);
            for (int i = 0; i <= EPISODES; i++) {
                states.putFloat(i * width + Float.BYTES * (1 + index % 3), 1);
                if (i < EPISODES) {
                    ends.put(i, (byte) 1);
                }
            }
            return new Demonstration(
                    task,
                    EPISODES,
                    Map.of(
                            "state",
                            states,
                            "action",
                            memory(Integer.BYTES * EPISODES),
                            "reward",
                            memory(Float.BYTES * EPISODES),
                            Demonstration.TERMINATED,
                            ends),
                    0);
        }
    };

    private static ByteBuffer memory(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    private CellJob job(Path where, int demonstrations) {
        PhaseSettings phase = new PhaseSettings(
                1,
                new PhaseSettings.Budget(40, 0, 0, demonstrations),
                CellJob.measure(List.of(0L, 40L), 1, 1, List.of(Split.TRAIN), 1));
        CellConfig cell = new CellConfig(
                "paper",
                3,
                Device.CPU,
                benchmark,
                Toys.q(),
                new CellConfig.Method.Pretrain(LEARNER),
                Optional.of(recordings),
                Optional.empty(),
                Conditioning.none(),
                phase);
        return new CellJob(where, cell, Duration.ofNanos(1));
    }

    @Test
    void learnsFromTheFirstStepOnAndCountsEachDemonstrationOnce() {
        job(folder.resolve("shown"), 4).run(() -> false);
        ObjectNode last = last("shown");

        assertThat(last.path("demonstrations").asInt()).isEqualTo(4);
        assertThat(last.path("updates").asInt())
                .as("each step brings an update, for 60 transitions of each task were there before")
                .isEqualTo(40);
    }

    @Test
    void withoutDemonstrationsItHasToPlayFirst() {
        assertThatThrownBy(() -> job(folder.resolve("alone"), 0).run(() -> false))
                .hasMessageContaining("nothing was learned");
    }

    @Test
    void endsWithTheSameBytesAfterKills() throws IOException {
        job(folder.resolve("calm"), 4).run(() -> false);
        for (int kill = 0; kill < 3; kill++) {
            AtomicInteger passes = new AtomicInteger();
            assertThatThrownBy(() -> job(folder.resolve("harried"), 4).run(() -> passes.incrementAndGet() == 5))
                    .isInstanceOf(InterruptedCellException.class);
        }
        job(folder.resolve("harried"), 4).run(() -> false);

        for (String file : List.of("evaluations.jsonl", "metrics.jsonl", "learned/weights.safetensors")) {
            assertThat(Files.readAllBytes(folder.resolve("harried").resolve(file)))
                    .as(file)
                    .isEqualTo(Files.readAllBytes(folder.resolve("calm").resolve(file)));
        }
    }

    @Test
    void refusesToBeShownLessThanTheBudgetSaysOfASingleTask() {
        PhaseSettings phase = new PhaseSettings(
                1, new PhaseSettings.Budget(40, 0, 0, 9), CellJob.measure(List.of(0L), 1, 1, List.of(Split.TRAIN), 1));
        Task task = benchmark.tasks(Split.TEST).get(0);
        CellConfig cell = new CellConfig(
                "paper",
                3,
                Device.CPU,
                benchmark,
                Toys.q(),
                new CellConfig.Method.Adapt(
                        (learned, session) -> {
                            try (Agent agent = session.agent(Conditioning.none())) {
                                agent.collect(TaskSchedule.fixed(task));
                            }
                        },
                        TaskSet.of(task),
                        Optional.empty()),
                Optional.of(recordings),
                Optional.empty(),
                Conditioning.none(),
                phase);

        assertThatThrownBy(() -> new CellJob(folder.resolve("few"), cell, Duration.ofSeconds(1)).run(() -> false))
                .hasMessageContaining("asks for 9 demonstrations")
                .hasMessageContaining("the data set has 4");
    }

    private ObjectNode last(String name) {
        List<ObjectNode> lines = JsonLines.read(folder.resolve(name).resolve("evaluations.jsonl"));
        return lines.get(lines.size() - 1);
    }
}
