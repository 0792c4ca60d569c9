package org.adapt4j.toolkit.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.adapt4j.toolkit.Oracles;
import org.junit.jupiter.api.Test;

/** Against what the keyframe discovery and the replay filling of C2F-ARM's authors gave. */
final class KeyframesTest {

    private static final JsonNode ORACLE = Oracles.file("keyframes.json");

    @Test
    void findsThoseOfTheOriginal() {
        for (JsonNode recording : ORACLE.get("keyframe_cases")) {
            assertThat(keyframes(recording))
                    .as(recording.get("name").asText())
                    .containsExactly(integers(recording.get("keyframes")));
        }
    }

    @Test
    void aSingleFrameHasNone() {
        assertThat(Keyframes.find(new boolean[] {true}, new double[] {0})).isEmpty();
        assertThat(Keyframes.find(new boolean[0], new double[0])).isEmpty();
        assertThat(Keyframes.episodes(new int[0], 1, 10)).isEmpty();
    }

    @Test
    void startsAnewEverySoManyFrames() {
        JsonNode recording = ORACLE.get("recording");
        int frames = recording.get("frames").asInt();

        for (JsonNode rows : ORACLE.get("rows")) {
            List<String> made = new ArrayList<>();
            for (int[] visited : Keyframes.episodes(
                    keyframes(recording), frames, rows.get("every").asInt())) {
                for (int i = 0; i < visited.length; i++) {
                    made.add((i == visited.length - 1 ? "final " : "add ") + visited[i]);
                }
            }
            List<String> original = new ArrayList<>();
            rows.get("rows")
                    .forEach(row ->
                            original.add(row.get(0).asText() + " " + row.get(1).asInt()));
            assertThat(made).as("every %s", rows.get("every")).isEqualTo(original);
        }
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> Keyframes.find(new boolean[2], new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("3 speeds for 2 frames");
        assertThatThrownBy(() -> Keyframes.episodes(new int[] {1}, 2, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1");
    }

    private static int[] keyframes(JsonNode recording) {
        int[] open = integers(recording.get("gripper_open"));
        boolean[] gripper = new boolean[open.length];
        double[] speeds = new double[open.length];
        for (int i = 0; i < open.length; i++) {
            gripper[i] = open[i] == 1;
            speeds[i] = recording.get("max_abs_joint_velocity").get(i).asDouble();
        }
        return Keyframes.find(gripper, speeds);
    }

    private static int[] integers(JsonNode list) {
        int[] numbers = new int[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = list.get(i).asInt();
        }
        return numbers;
    }
}
