package org.adapt4j.env.procgen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.EnvironmentRequest.Purpose;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.testkit.fake.TestStreams;
import org.junit.jupiter.api.Test;

final class LevelStreamsTest {

    private static final int SLOTS = 4;

    @Test
    void levelsOfAnIntervalComeInTheNativeOrder() {
        for (JsonNode sequence : Golden.read("level_seed_sequences").get("sequences")) {
            ProcgenBenchmark benchmark = benchmark(sequence);
            TaskSchedule schedule = TaskSchedule.eachEpisode(benchmark.tasks(Split.TRAIN));
            StepBlock block = StepBlock.allocate(benchmark.spec(schedule.tasks()), SLOTS, 1);

            try (VectorEnvironment environment = benchmark.open(new EnvironmentRequest(
                    benchmark.spec(schedule.tasks()), schedule, SLOTS, TestStreams.root(1), Purpose.TRAINING))) {
                JsonNode seeds = sequence.get("level_seeds_per_env");
                for (int episode = 0; episode < seeds.get(0).size(); episode++) {
                    environment.receive(block.step(0));
                    for (int slot = 0; slot < SLOTS; slot++) {
                        assertThat(environment.info(slot))
                                .as("%s slot %d episode %d", sequence.get("rand_seed"), slot, episode)
                                .containsEntry(
                                        "level-seed",
                                        seeds.get(slot).get(episode).asInt());
                    }
                    environment.reassign(schedule);
                }
            }
        }
    }

    private static ProcgenBenchmark benchmark(JsonNode sequence) {
        int levels = sequence.get("num_levels").asInt();
        int start = sequence.get("start_level").asInt();
        Setup setup = new Setup();
        setup.startLevel = start;
        setup.trainLevels = levels;
        setup.testStartLevel = start + levels;
        setup.useBackgrounds = false;
        setup.useMonochromeAssets = true;
        setup.randSeed = Optional.of(sequence.get("rand_seed").asInt());
        return setup.benchmark();
    }
}
