package org.adapt4j.data.minari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jhdf.HdfFile;
import io.jhdf.api.Group;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.adapt4j.api.data.Demonstration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MinariWriterTest {

    private static final Map<Integer, String> ENDS = Map.of(1, "terminated", 4, "truncated");

    @TempDir
    private Path root = Path.of("");

    @Test
    void splitsRecordingsIntoEpisodesThatEnd() throws IOException {
        try (MinariWriter writer = writer(true, 0)) {
            writer.add(Stick.recording(Stick.HEAVY, 7, 6, ENDS));
            writer.add(Stick.recording(Stick.HEAVY, 8, 2, Map.of(1, "terminated")));
            assertThat(writer.count(Stick.HEAVY)).isEqualTo(2);
        }

        MinariDataSet data = reader();
        assertThat(data.count(Stick.HEAVY)).isEqualTo(4);
        Demonstration first = data.demonstration(Stick.HEAVY, 0);
        assertThat(first.steps()).isEqualTo(2);
        assertThat(MinariDataSetTest.floats(first, "state")).containsExactly(7, 0, 7, 1, 7, 1);
        assertThat(MinariDataSetTest.column(first, "terminated").get(1)).isOne();
        Demonstration second = data.demonstration(Stick.HEAVY, 1);
        assertThat(MinariDataSetTest.floats(second, "state")).containsExactly(7, 2, 7, 3, 7, 4, 7, 4);
        assertThat(MinariDataSetTest.floats(second, "reward")).containsExactly(9, 10, 11);
        assertThat(MinariDataSetTest.column(second, "truncated").get(2)).isOne();
        Demonstration third = data.demonstration(Stick.HEAVY, 2);
        assertThat(MinariDataSetTest.floats(third, "state")).containsExactly(7, 5, 7, 6);
        assertThat(MinariDataSetTest.column(third, "truncated").get(0)).isOne();
        JsonNode metadata = metadata("imujoco/stick/massinc_300_tip-v0");
        assertThat(metadata.path("total_episodes").asInt()).isEqualTo(4);
        assertThat(metadata.path("total_steps").asInt()).isEqualTo(8);
        try (MinariWriter again = writer(true, 0)) {
            assertThat(again.count(Stick.HEAVY)).isEqualTo(2);
        }
    }

    @Test
    void keepsRecordingsWholeIfAsked() {
        try (MinariWriter writer = writer(false, 6)) {
            writer.add(Stick.recording(Stick.BASE, 7, 6, ENDS));
        }

        Demonstration whole = reader().demonstration(Stick.BASE, 0);
        Demonstration before = Stick.recording(Stick.BASE, 7, 6, ENDS);
        for (String name : List.of("state", "action", "reward")) {
            assertThat(MinariDataSetTest.floats(whole, name)).isEqualTo(MinariDataSetTest.floats(before, name));
        }
        assertThat(MinariDataSetTest.column(whole, "terminated"))
                .isEqualTo(MinariDataSetTest.column(before, "terminated"));
        assertThat(whole.episodeReturn()).isEqualTo(before.episodeReturn());
    }

    @Test
    void writesTheLayoutOfMinari() throws IOException {
        try (MinariWriter writer = writer(true, 0)) {
            writer.add(Stick.recording(Stick.BASE, 0, 3, Map.of(2, "terminated")));
        }

        Path data = root.resolve("imujoco/stick/base-v0/data");
        assertThat(root.resolve("imujoco/namespace_metadata.json")).hasContent("{}");
        assertThat(root.resolve("imujoco/stick/namespace_metadata.json")).hasContent("{}");
        assertThat(Files.readString(data.resolve("metadata.json")))
                .contains("\"dataset_id\":\"imujoco/stick/base-v0\"")
                .contains("\"minari_version\":\"0.5.3\"")
                .contains("\\\"low\\\":[-Infinity,-Infinity],\\\"high\\\":[Infinity,Infinity]")
                .contains("\\\"low\\\":[-1.0],\\\"high\\\":[1.0]")
                .contains("\"author\":[\"A. Uthor\"]");
        try (HdfFile file = new HdfFile(data.resolve("main_data.hdf5"));
                Stream<Path> files = Files.list(data)) {
            var group = (Group) file.getChild("episode_0");
            assertThat(group.getAttribute("id").getData()).isEqualTo(0L);
            assertThat(group.getAttribute("total_steps").getData()).isEqualTo(3L);
            assertThat(group.getAttribute("rewards_sum").getData()).isEqualTo(3.0);
            assertThat((double) group.getAttribute("rewards_std").getData()).isEqualTo(Math.sqrt(2 / 3.0));
            assertThat(group.getAttribute("rewards_max").getData()).isEqualTo(2.0);
            assertThat(group.getChildren().keySet())
                    .containsExactlyInAnyOrder("observations", "actions", "rewards", "terminations", "truncations");
            assertThat(file.getDatasetByPath("episode_0/rewards").getJavaType()).isEqualTo(double.class);
            assertThat(file.getDatasetByPath("episode_0/observations").getDimensions())
                    .containsExactly(4, 2);
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void writesPicturesAndChoices() {
        ByteBuffer pictures = ByteBuffer.allocate(12);
        ByteBuffer places = ByteBuffer.allocate(12).order(ByteOrder.nativeOrder());
        ByteBuffer actions = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
        ByteBuffer rewards = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
        for (int i = 0; i < 12; i++) {
            pictures.put(i, (byte) (240 + i));
        }
        places.putFloat(0, 1).putFloat(4, 2).putFloat(8, 3);
        actions.putInt(0, 2).putInt(4, 1);
        Demonstration before = new Demonstration(
                Hand.TASK, 2, Map.of("picture", pictures, "place", places, "action", actions, "reward", rewards), 0);

        try (MinariWriter writer = new MinariWriter(settings(true, 0), new Hand(), root)) {
            writer.add(before);
        }

        MinariDataSet data = new MinariDataSet(MinariDataSetTest.settings(root, Map.of()), new Hand());
        Demonstration after = data.demonstration(Hand.TASK, 0);
        for (String name : List.of("picture", "place", "action", "reward")) {
            assertThat(MinariDataSetTest.column(after, name))
                    .as(name)
                    .isEqualTo(MinariDataSetTest.column(before, name));
        }
    }

    @Test
    void goesOnWhereAKilledWriterStopped() throws IOException {
        MinariWriter killed = writer(true, 0);
        killed.add(Stick.recording(Stick.BASE, 0, 6, ENDS));
        try (MinariWriter writer = writer(true, 0)) {
            assertThat(writer.count(Stick.BASE)).isEqualTo(1);
            writer.add(Stick.recording(Stick.BASE, 1, 3, Map.of()));
        }
        Files.delete(root.resolve("imujoco/stick/base-v0/data/metadata.json"));
        try (MinariWriter writer = writer(true, 0)) {
            assertThat(writer.count(Stick.BASE)).isEqualTo(2);
        }

        assertThat(reader().count(Stick.BASE)).isEqualTo(4);
        assertThat(metadata("imujoco/stick/base-v0").path("total_episodes").asInt())
                .isEqualTo(4);
        assertThat(MinariDataSetTest.floats(reader().demonstration(Stick.BASE, 3), "state"))
                .startsWith(1, 0);
    }

    @Test
    void leavesFilesOfOthersAlone() throws Exception {
        Path data = Files.createDirectories(root.resolve("imujoco/stick/base-v0/data"));
        try (var in = MinariWriterTest.class.getResourceAsStream("/minari/imujoco/stick/base-v0/data/main_data.hdf5")) {
            Files.copy(Objects.requireNonNull(in), data.resolve("main_data.hdf5"));
        }

        try (MinariWriter writer = writer(true, 0)) {
            assertThatThrownBy(() -> writer.add(Stick.recording(Stick.BASE, 0, 6, ENDS)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(data
                            + ": was written by another program, and what it keeps beside the episodes would be lost."
                            + " Choose another folder");
        }
    }

    private MinariWriter writer(boolean split, int deflate) {
        return new MinariWriter(settings(split, deflate), new Stick(), root);
    }

    private static MinariWriter.Settings settings(boolean split, int deflate) {
        return new MinariWriter.Settings(
                MinariDataSetTest.PATTERN,
                Map.of(),
                split,
                deflate,
                List.of("A. Uthor"),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private MinariDataSet reader() {
        return new MinariDataSet(MinariDataSetTest.settings(root, Map.of()), new Stick());
    }

    private JsonNode metadata(String id) throws IOException {
        return new ObjectMapper().readTree(Files.readAllBytes(root.resolve(id).resolve("data/metadata.json")));
    }
}
