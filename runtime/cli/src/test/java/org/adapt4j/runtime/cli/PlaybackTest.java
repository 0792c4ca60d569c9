package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.task.Split;
import org.adapt4j.testkit.toy.BanditBenchmark;
import org.junit.jupiter.api.Test;

final class PlaybackTest {
    @Test
    void describesEachStepAsALine() throws IOException {
        BanditBenchmark benchmark = new BanditBenchmark(new BanditBenchmark.Settings(0.9, 0.1));
        List<String> lines = new ArrayList<>();

        try (Playback playback =
                new Playback(benchmark, benchmark.tasks(Split.TRAIN).get(0), 0)) {
            playback.play(
                    Actions.parse("random:1", new Discrete(2)),
                    5,
                    step -> lines.add(playback.line(step).toString()));
        }

        assertThat(lines).hasSize(6);
        assertThat(lines.get(0))
                .startsWith("{\"step\":0,\"task\":\"")
                .contains("\"flags\":[\"FIRST\"", "\"reward\":0.0");
        assertThat(lines.get(5)).contains("\"observation\":{\"state\":[").endsWith("}");
    }
}
