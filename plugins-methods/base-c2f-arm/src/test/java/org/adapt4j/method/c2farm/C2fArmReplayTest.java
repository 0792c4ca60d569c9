package org.adapt4j.method.c2farm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.Diet;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.task.Task;
import org.adapt4j.testkit.ReferenceDefaults;
import org.adapt4j.toolkit.replay.Replays;
import org.junit.jupiter.api.Test;

/** What the replay holds of recorded macro steps, and how many of them an update waits for, against the authors' buffer and runner. */
final class C2fArmReplayTest {

    private static final JsonNode ORIGINAL = Original.file("replay.json");
    private static final int[] FIRST_TASK = {0};

    /**
     * A recording of three keyframes with a later start, both of which end in success, and an episode that runs out of time. Where nothing comes
     * after, the authors keep the last picture in a slot of its own, which no update looks at; here it takes none.
     */
    @Test
    void rowsAreThoseOfTheAuthorsBuffer() {
        EnvironmentSpec spec =
                new EnvironmentSpec(List.of(new Component("frame", Box.vector(1, 0, 100))), Box.vector(1, -1, 1), 10);
        Demonstration recorded = demonstration(
                new float[] {0, 6, 12, 10, 12, 29},
                new float[] {0, 0, 100, 0, 100},
                new byte[] {0, 0, 1, 0, 1},
                new byte[5]);
        Demonstration late =
                demonstration(new float[] {50, 51, 52}, new float[] {0, 0}, new byte[] {0, 0}, new byte[] {0, 1});
        C2fArmSettings settings = SettingsOf.paper("time-limit = ends, replay.start = 4, replay.batch = 64");

        Map<String, Integer> drawn = new TreeMap<>();
        try (Replays replays = new Replays(spec, settings.plan(), 1, 1, 0, 0)) {
            replays.add(recorded, 0);
            replays.add(late, 0);
            SplittableRandom random = new SplittableRandom(1);
            for (int i = 0; i < 20; i++) {
                count(replays.draw(FIRST_TASK, 0.5, random), drawn);
            }
        }

        Map<String, Integer> expected = new TreeMap<>();
        for (JsonNode row : ORIGINAL.get("sampled_valid")) {
            boolean last = row.get("terminal").asInt() == 1;
            String key = row(
                    row.get("frame").asDouble(),
                    row.get("reward").asDouble(),
                    last,
                    row.get("next_frame").asDouble());
            expected.merge(key, 1, Integer::sum);
        }
        assertThat(drawn.keySet()).containsExactlyElementsOf(expected.keySet());
        // 12 comes twice, as the last step from both starts; new rows are equally likely.
        int all = 20 * 64;
        expected.forEach(
                (row, times) -> assertThat(drawn.get(row)).as(row).isBetween((int) (0.7 * times * all / 7), (int)
                        (1.3 * times * all / 7)));
    }

    private static void count(Batch.Transitions batch, Map<String, Integer> drawn) {
        for (int i = 0; i < batch.size(); i++) {
            boolean last = batch.column("discount").getFloat(4 * i) == 0;
            String key = row(
                    batch.column("frame").getFloat(4 * i),
                    batch.column("reward").getFloat(4 * i),
                    last,
                    batch.column("next-frame").getFloat(4 * i));
            drawn.merge(key, 1, Integer::sum);
        }
    }

    private static String row(double frame, double reward, boolean last, double next) {
        return (int) frame + " earns " + (int) reward + (last ? ", the last" : ", then " + (int) next);
    }

    private static Demonstration demonstration(float[] frames, float[] rewards, byte[] terminated, byte[] truncated) {
        Map<String, ByteBuffer> columns = Map.of(
                "frame",
                floats(frames),
                "reward",
                floats(rewards),
                "action",
                floats(new float[rewards.length]),
                Demonstration.TERMINATED,
                ByteBuffer.wrap(terminated),
                Demonstration.TRUNCATED,
                ByteBuffer.wrap(truncated));
        return new Demonstration(new Task("recordings", "recorded", Map.of()), rewards.length, columns, 0);
    }

    private static ByteBuffer floats(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.nativeOrder());
        bytes.asFloatBuffer().put(values);
        return bytes;
    }

    /** The authors draw as many rows for each new one as a batch has; in the study's Reptile a fifth of that, as its runner counts inner updates twice. */
    @Test
    void anUpdateWaitsForAsManyStepsAsTheAuthorsRunner() {
        JsonNode slots = ORIGINAL.get("slots_per_update");
        JsonNode batch = ORIGINAL.get("batch");
        ReferenceDefaults defaults = ReferenceDefaults.of(C2fArmPlugin.class, "algorithms.c2f-arm");

        assertThat(defaults.with("reference").getInt("replay.batch"))
                .isEqualTo(batch.get("arm").asInt());
        assertThat(stepsPerUpdate("")).isEqualTo(slots.get("arm").asInt());
        assertThat(defaults.with("mandi-2022").getInt("replay.batch"))
                .isEqualTo(batch.get("study_multi_task").asInt());
        assertThat(stepsPerUpdate("")).isEqualTo(slots.get("study_multi_task").asInt());
        assertThat(stepsPerUpdate(
                        "replay.batch = " + batch.get("study_fine_tuning").asInt()))
                .isEqualTo(slots.get("study_fine_tuning").asInt());
        assertThat(stepsPerUpdate("steps-per-update = 5"))
                .isEqualTo(slots.get("study_reptile").asInt());
    }

    private static double stepsPerUpdate(String overrides) {
        Diet.OffPolicy diet = (Diet.OffPolicy) new C2fArm(SettingsOf.paper(overrides)).diet();
        return (double) diet.steps() / diet.replay().updates();
    }
}
