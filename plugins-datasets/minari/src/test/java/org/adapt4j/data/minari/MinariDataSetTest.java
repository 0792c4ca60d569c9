package org.adapt4j.data.minari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.space.Box;
import org.adapt4j.data.minari.MinariDataSet.Settings;
import org.adapt4j.testkit.PluginArchitecture;
import org.adapt4j.testkit.ReferenceDefaults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads what h5py wrote in Minari's layout (see {@code src/test/python/minari_files.py}). */
final class MinariDataSetTest {

    static final String PATTERN = "{benchmark}/{task}-v0";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void readsWhatPythonWroteInTheOrderOfTheNumbers() {
        MinariDataSet data = new MinariDataSet(settings(python(), Map.of()), new Stick());

        assertThat(data.count(Stick.BASE)).isEqualTo(12);
        assertThat(data.count(Stick.HEAVY)).isZero();
        for (int k = 0; k < 12; k++) {
            Demonstration episode = data.demonstration(Stick.BASE, k);
            int steps = 3 + k % 2;
            assertThat(episode.steps()).isEqualTo(steps);
            for (int t = 0; t <= steps; t++) {
                assertThat(floats(episode, "state")[2 * t]).isEqualTo(k);
                assertThat(floats(episode, "state")[2 * t + 1]).isEqualTo(t);
            }
            assertThat(floats(episode, "action"))
                    .startsWith(-0.5f, -0.4f, -0.3f)
                    .hasSize(steps);
            assertThat(floats(episode, "reward"))
                    .startsWith(100 * k, 100 * k + 1)
                    .hasSize(steps);
            assertThat(episode.episodeReturn()).isEqualTo(100.0 * k * steps + steps * (steps - 1) / 2.0);
            assertThat(column(episode, "terminated").get(steps - 1)).isEqualTo((byte) (1 - k % 2));
            assertThat(column(episode, "truncated").get(steps - 1)).isEqualTo((byte) (k % 2));
            assertThat(column(episode, "truncated").get(0)).isZero();
        }
        assertThatThrownBy(() -> data.demonstration(Stick.BASE, 12))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageEndingWith(
                        "main_data.hdf5 has 12 episodes of stick/base, so there is no number 12 (from 0). Ask"
                                + " for fewer shots, or record more with: adapt4j record");
    }

    @Test
    void readsPicturesChoicesAndPackedNumbersOfTheOldVersion() {
        MinariDataSet data = new MinariDataSet(settings(python(), Map.of("reach/one", "old/stick-v1")), new Hand());

        Demonstration episode = data.demonstration(Hand.TASK, 0);

        assertThat(floats(episode, "place")).containsExactly(1.5f, 2.5f, 3.5f);
        assertThat(column(episode, "picture").limit()).isEqualTo(12);
        assertThat(Byte.toUnsignedInt(column(episode, "picture").get(11))).isEqualTo(251);
        assertThat(column(episode, "action").getInt(0)).isEqualTo(2);
        assertThat(column(episode, "action").getInt(4)).isZero();
        assertThat(column(episode, "terminated").get(1)).isOne();
    }

    @Test
    void findsThePolicyThatWasRecordedWithIt() throws IOException {
        Files.createDirectories(folder.resolve("imujoco/stick/base-v0/data"));
        Files.createFile(folder.resolve("imujoco/stick/base-v0/data/main_data.hdf5"));
        Files.createDirectory(folder.resolve("policies"));
        Files.writeString(folder.resolve("policies/stick-base.safetensors"), "weights");
        MinariDataSet data = new MinariDataSet(settings(folder, Map.of()), new Stick());

        assertThat(data.policy(Stick.BASE).orElseThrow()).asString().isEqualTo("weights");
        assertThat(data.policy(Stick.HEAVY)).isEmpty();
    }

    @Test
    void tellsADamagedFile() throws IOException, InterruptedException {
        Path data = Files.createDirectories(folder.resolve("imujoco/stick/base-v0/data"));
        byte[] all = Files.readAllBytes(python().resolve("imujoco/stick/base-v0/data/main_data.hdf5"));
        for (int length : new int[] {0, 100, all.length / 4, all.length / 2, all.length - 1000}) {
            Path file = Files.write(data.resolve("main_data.hdf5"), Arrays.copyOf(all, length));
            MinariDataSet set = new MinariDataSet(settings(folder, Map.of()), new Stick());

            assertThatThrownBy(() -> {
                        for (int k = 0; k < set.count(Stick.BASE); k++) {
                            set.demonstration(Stick.BASE, k);
                        }
                    })
                    .as("%s of %s bytes", length, all.length)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageStartingWith(file + ": ")
                    .hasMessageContaining("opy");
        }
        Files.write(data.resolve("main_data.hdf5"), all);
        Files.writeString(data.resolve("metadata.json"), "{\"data_format\": \"arrow\"}");
        MinariDataSet arrow = new MinariDataSet(settings(folder, Map.of()), new Stick());
        assertThatThrownBy(() -> arrow.count(Stick.BASE))
                .hasMessage(data.resolve("metadata.json")
                        + ": says that the data are in the format arrow; hdf5 can be read."
                        + " In Python: DataCollector(..., data_format='hdf5')");
        Files.writeString(data.resolve("metadata.json"), "{\n\"data_format\": ");
        MinariDataSet broken = new MinariDataSet(settings(folder, Map.of()), new Stick());
        assertThatThrownBy(() -> broken.count(Stick.BASE))
                .hasMessage(data.resolve("metadata.json") + ": is not JSON: line 2. Copy it again");
        for (String file : List.of("metadata.json", "main_data.hdf5")) {
            Files.delete(data.resolve(file));
            assertThat(new ProcessBuilder("mkfifo", data.resolve(file).toString())
                            .start()
                            .waitFor())
                    .isZero();
            assertThatThrownBy(() -> new MinariDataSet(settings(folder, Map.of()), new Stick()).count(Stick.BASE))
                    .hasMessage(data.resolve(file)
                            + ": is a pipe, a socket or a device, and a file is needed there; copy the content to one");
            Files.delete(data.resolve(file));
        }
    }

    @Test
    void tellsADataSetOfAnotherBody() {
        Path file = python().resolve("imujoco/stick/base-v0/data/main_data.hdf5");
        Stick wide = new Stick("stick", Box.vector(3, -9, 9), 1000);

        assertThatThrownBy(() -> new MinariDataSet(settings(python(), Map.of()), wide).demonstration(Stick.BASE, 0))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(file
                        + ": /episode_0/observations has the shape [4, 2], but stick/base needs 4 rows of 3 numbers."
                        + " Is it a data set of another task?");
        assertThatThrownBy(() -> new MinariDataSet(
                                settings(python(), Map.of("reach/one", "imujoco/stick/base-v0")), new Hand())
                        .demonstration(Hand.TASK, 0))
                .hasMessageContaining("is one array, but the benchmark shows [picture, place]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1|episode_1/actions is a link to /nowhere, which is not there. Mend the file",
                "2|episode_2/actions is a link to another file (other.hdf5:/two), which is not followed. Copy what it leads"
                        + " to into this one",
                "3|episode_3/actions holds truth values, not numbers. Save plain numbers, in Python: a.astype('float32'), or"
                        + " 'int64' for choices",
                "4|episode_4/actions: row 1, column 0 (both from 0) is 1.5, but numbers lie in [-1, 1] here. Take the episode"
                        + " out, or record it again",
                "5|episode_5/actions: row 1, column 0 (both from 0) is NaN, but numbers must be finite in single precision."
                        + " Take the episode out, or record it again",
                "6|episode_6/rewards: row 1, column 0 (both from 0) is 1.0E39, but numbers must be finite in single"
                        + " precision. Take the episode out, or record it again",
                "7|episode_7/rewards is a single number, but needs one a step. Take the episode out, or record it again",
                "8|episode_8/ has no step. Take it out, in Python: del f['episode_8']",
                "9|episode_9/terminations: row 1 (from 0) is 2, but whether an episode ends is told by 1 or 0. Take the"
                        + " episode out, or record it again",
                "10|episode_10/ is terminated at row 0 (from 0), but goes on until row 1. Cut it there into two episodes",
                "11|episode_11/observations has the shape [2, 2], but stick/base needs 3 rows of 2 numbers. Are steps"
                        + " missing? Observations have one row more than actions, rewards and flags",
            })
    void refusesWhatNobodyCanLearnFrom(int index, String message) {
        MinariDataSet data = new MinariDataSet(settings(python(), Map.of("stick/base", "odd/stick-v1")), new Stick());

        assertThat(data.count(Stick.BASE)).isEqualTo(12);
        assertThat(floats(data.demonstration(Stick.BASE, 0), "action")).containsExactly(0.5f, -0.5f);
        assertThatThrownBy(() -> data.demonstration(Stick.BASE, index))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(python().resolve("odd/stick-v1/data/main_data.hdf5") + ": /" + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "1| has the shape [3, 3, 4, 5], but stick/base needs 3 rows of [4, 5, 3]. Its pictures have the channels"
                        + " first. Save them with numpy.moveaxis(a, 1, -1)",
                "2|: row 0, column 1 (both from 0) is 0.00392156862745098, but the benchmark shows whole numbers from 0 to"
                        + " 255. Pictures as floats of 0 to 1 are saved with (255 * a).round().astype('uint8'). Take the"
                        + " episode out, or record it again",
                "3| holds pictures as floats of which none is above 1, but the benchmark shows 0 to 255. Save them with (255"
                        + " * a).round().astype('uint8')",
                "4|: row 0, column 56 (both from 0) is 256, but the benchmark shows whole numbers from 0 to 255. Take the"
                        + " episode out, or record it again",
                "5| has the shape [3, 60], but stick/base needs 3 rows of [4, 5, 3]. The numbers lie in another order. Save"
                        + " them with that shape",
                "6| holds rows that differ in length, not numbers. Are its pictures JPEG-coded (Minari's jpeg_encoding)? Save"
                        + " them decoded, uint8 of height, width and channels: jpeg_encoding=False",
            })
    void refusesPicturesThatWouldBeOthers(int index, String message) {
        MinariDataSet data = new MinariDataSet(
                settings(python(), Map.of("stick/base", "odd/picture-v1")), new Stick("stick", Box.image(4, 5, 3), 9));

        assertThat(column(data.demonstration(Stick.BASE, 0), "state").get(59)).isEqualTo((byte) 59);
        assertThatThrownBy(() -> data.demonstration(Stick.BASE, index))
                .hasMessage(python().resolve("odd/picture-v1/data/main_data.hdf5") + ": /episode_" + index
                        + "/observations" + message);
    }

    @Test
    void shiftsChoicesAsTheDataSetsOwnSpaceSays() throws IOException {
        Path data = Files.createDirectories(folder.resolve("hands/reach/one-v0/data"));
        Files.copy(python().resolve("old/stick-v1/data/main_data.hdf5"), data.resolve("main_data.hdf5"));
        MinariDataSet set = new MinariDataSet(settings(folder, Map.of()), new Hand());

        Files.writeString(data.resolve("metadata.json"), actionSpace(0, 3));
        assertThat(column(set.demonstration(Hand.TASK, 0), "action").getInt(0)).isEqualTo(2);
        Files.writeString(data.resolve("metadata.json"), actionSpace(1, 3));
        assertThatThrownBy(() -> set.demonstration(Hand.TASK, 0))
                .hasMessageContaining(
                        "/episode_0/actions: row 1, column 0 (both from 0) is -1, but an action is one of the"
                                + " whole numbers 0 to 2, once the first choice, 1, counts as 0. Take");
        Files.writeString(data.resolve("metadata.json"), actionSpace(0, 18));
        assertThatThrownBy(() -> set.demonstration(Hand.TASK, 0))
                .hasMessageContaining("/episode_0/actions is of a space of 18 choices, but the benchmark has 3. Is it");
        Files.writeString(data.resolve("metadata.json"), actionSpace(-1, 3).replace("}", ""));
        assertThatThrownBy(() -> set.demonstration(Hand.TASK, 0)).hasMessageContaining("is not JSON");
        Files.writeString(data.resolve("metadata.json"), "[]");
        assertThatThrownBy(() -> set.demonstration(Hand.TASK, 0))
                .hasMessageEndingWith("metadata.json: holds no JSON object. Copy it again");
        Files.writeString(data.resolve("metadata.json"), "[".repeat(10_000));
        assertThatThrownBy(() -> set.demonstration(Hand.TASK, 0))
                .hasMessageContaining("metadata.json: is not JSON: ")
                .hasMessageEndingWith("Copy it again");
    }

    private static String actionSpace(int start, int choices) {
        return "{\"action_space\": \"{\\\"type\\\": \\\"Discrete\\\", \\\"start\\\": " + start + ", \\\"n\\\": "
                + choices + "}\"}";
    }

    @Test
    void refusesFoldersAndNamesThatCannotBe() throws IOException {
        Path missing = folder.resolve("nowhere");
        assertThatThrownBy(() -> settings(missing, Map.of()))
                .hasMessage("root: must be a folder, but there is no " + missing);
        assertThatThrownBy(() -> new MinariDataSet(settings(folder, Map.of()), new Stick()))
                .hasMessageStartingWith("root: " + folder + " has no data set of imujoco stick: none such as"
                        + " imujoco/stick/base-v0; it has none at all. Name them under data-sets");
        assertThatThrownBy(() -> new MinariDataSet(settings(python(), Map.of()), new Hand()))
                .hasMessageContaining(
                        "none such as hands/reach/one-v0; it has imujoco/stick/base-v0, odd/picture-v1, odd/stick-v1, …. Name");
        assertThatThrownBy(() -> new Settings(Optional.empty(), "{benchmark}-v0", Map.of()))
                .hasMessageStartingWith("id: must hold {task}");
        assertThatThrownBy(() -> new Settings(Optional.empty(), "{benchmark}/{task}", Map.of()))
                .hasMessageStartingWith("id: must be words of letters")
                .hasMessageEndingWith("but is '{benchmark}/{task}'");
        assertThatThrownBy(() -> settings(folder, Map.of("stick/base", "no version")))
                .hasMessageStartingWith("data-sets: must hold ids");
    }

    @Test
    void keepsTheRulesOfTheHouse() {
        ReferenceDefaults.of(MinariPlugin.class, "data-sets.minari").match(Settings.class);
        ReferenceDefaults.of(MinariPlugin.class, "data-set-writers.minari").match(MinariWriter.Settings.class);
        PluginArchitecture.of(MinariPlugin.class)
                .seeing("io.jhdf..", "com.fasterxml.jackson..")
                .check();
    }

    static Settings settings(Path root, Map<String, String> dataSets) {
        return new Settings(Optional.of(root), PATTERN, dataSets);
    }

    private static Path python() {
        try {
            return Path.of(Objects.requireNonNull(MinariDataSetTest.class.getResource("/minari"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static ByteBuffer column(Demonstration episode, String name) {
        return Objects.requireNonNull(episode.columns().get(name)).duplicate().order(ByteOrder.nativeOrder());
    }

    static float[] floats(Demonstration episode, String name) {
        ByteBuffer column = column(episode, name);
        float[] numbers = new float[column.limit() / Float.BYTES];
        column.rewind().order(ByteOrder.nativeOrder()).asFloatBuffer().get(numbers);
        return numbers;
    }
}
