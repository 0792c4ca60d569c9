package org.adapt4j.data.imujoco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.space.Box;
import org.adapt4j.data.imujoco.ImujocoRollouts.Settings;
import org.adapt4j.testkit.PluginArchitecture;
import org.adapt4j.testkit.ReferenceDefaults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImujocoRolloutsTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void namesFilesAsTheAuthorsDo() {
        assertThat(Layout.file(Stick.named("hopper/massinc-300-torsogeom")))
                .isEqualTo("sac-hopper-massinc_300_torsogeom.npz");
        assertThat(Layout.file(Stick.named("halfcheetah/jointdec-25-bfoot")))
                .isEqualTo("sac-halfcheetah-jointdec_25_bfoot.npz");
        assertThat(Layout.file(Stick.named("walker2d/base"))).isEqualTo("sac-walker2d.npz");
    }

    @Test
    void cutsWholeEpisodes() throws IOException {
        copy("stored-f8", "sac-stick.npz");
        ImujocoRollouts data = rollouts(Cut.BY_DONE);

        assertThat(data.count(Stick.BASE)).isEqualTo(3);
        assertThat(data.count(Stick.HEAVY)).isZero();
        Demonstration second = data.demonstration(Stick.BASE, 1);
        assertThat(second.steps()).isEqualTo(3);
        assertThat(floats(second, "state")).containsExactly(3, 3.5f, 4, 4.5f, 5, 5.5f, 5, 5.5f);
        assertThat(floats(second, "action")).containsExactly(-0.2f, -0.1f, 0);
        assertThat(floats(second, "reward")).containsExactly(30, 40, 50);
        assertThat(second.episodeReturn()).isEqualTo(120);
        assertThat(bytes(second, "terminated")).containsExactly(0, 0, 1);
        assertThat(bytes(second, "truncated")).containsExactly(0, 0, 0);
        Demonstration last = data.demonstration(Stick.BASE, 2);
        assertThat(last.steps()).isEqualTo(2);
        assertThat(bytes(last, "terminated")).containsExactly(0, 0);
    }

    @Test
    void anEpisodeOfTheGreatestLengthWasCutOff() throws IOException {
        copy("stored-f8", "sac-stick.npz");
        Stick threeSteps = new Stick("stick", Box.vector(2, -9, 9), 1, 3);

        Demonstration first = new ImujocoRollouts(new Settings(Optional.of(folder), Cut.BY_DONE), threeSteps)
                .demonstration(Stick.BASE, 0);

        assertThat(bytes(first, "terminated")).containsExactly(0, 0, 0);
        assertThat(bytes(first, "truncated")).containsExactly(0, 0, 1);
    }

    @Test
    void toleratesUnknownColumnsInTheMiddleAndNone() throws IOException {
        copy("more-columns", "sac-stick-base.npz");
        copy("no-reward", "sac-stick-massinc_300_tip.npz");
        ImujocoRollouts data = rollouts(Cut.BY_DONE);

        Demonstration more = data.demonstration(Stick.BASE, 0);
        Demonstration none = data.demonstration(Stick.HEAVY, 0);

        assertThat(floats(more, "reward")).containsExactly(0, 10, 20);
        assertThat(bytes(more, "terminated")).containsExactly(0, 0, 1);
        assertThat(floats(none, "reward")).containsExactly(0, 0, 0);
        assertThat(floats(none, "action")).isEqualTo(floats(more, "action"));
        assertThat(bytes(none, "terminated")).containsExactly(0, 0, 1);
    }

    @Test
    void cutsAThousandRowsWhateverEndsWithin() throws IOException {
        write("sac-stick.npz", 2500, 5, (row, column) -> column == 0 ? row : column == 4 && row % 700 == 699 ? 1 : 0);

        ImujocoRollouts data = rollouts(Cut.FIXED_1000);

        assertThat(data.count(Stick.BASE)).isEqualTo(2);
        Demonstration second = data.demonstration(Stick.BASE, 1);
        assertThat(second.steps()).isEqualTo(1000);
        assertThat(floats(second, "state")).startsWith(1000, 0, 1001, 0).endsWith(1999, 0, 1999, 0);
        assertThat(bytes(second, "terminated")[399]).isOne();
        assertThat(bytes(second, "terminated")).containsOnlyOnce(1);
        assertThatThrownBy(() -> data.demonstration(Stick.BASE, 2))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage(
                        folder + " has 2 trajectories of stick/base, so there is no number 2 (from 0). Ask for fewer"
                                + " shots, or record more with: adapt4j record");
    }

    @Test
    void saysThatAFileIsTooShortForATrajectory() throws IOException {
        write("sac-stick.npz", 999, 5, (row, column) -> 0);

        assertThatThrownBy(() -> rollouts(Cut.FIXED_1000).count(Stick.BASE))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(folder.resolve("sac-stick.npz") + ": has 999 rows, fewer than the 1000 of one trajectory."
                        + " Record with --steps 1000, or set data-set.cut = by-done");
        assertThat(rollouts(Cut.BY_DONE).count(Stick.BASE)).isOne();
    }

    @Test
    void findsTheAuthorsInnerFolder() throws IOException {
        Path outer = folder;
        folder = Files.createDirectory(folder.resolve("dataset"));
        copy("stored-f8", "sac-stick.npz");

        ImujocoRollouts data = new ImujocoRollouts(new Settings(Optional.of(outer), Cut.BY_DONE), new Stick());

        assertThat(data.count(Stick.BASE)).isEqualTo(3);
        assertThat(data.title()).isEqualTo("imujoco-rollouts, " + folder + ", cut by-done");
    }

    @Test
    void saysWhatIsWrongWithAFile() throws IOException {
        expect(
                5,
                (row, column) -> row == 3 && column == 1 ? Float.NaN : 0,
                "row 3, column 1 (both from 0) is NaN, but numbers must be finite in single precision. Take");
        expect(
                5,
                (row, column) -> row == 7 && column == 3 ? Float.POSITIVE_INFINITY : 0,
                "row 7, column 3 (both from 0) is Infinity, but numbers must be finite in single precision. Take");
        expect(
                5,
                (row, column) -> column == 2 ? 3 : 0,
                "row 0, column 2 (both from 0) is 3, but numbers lie in [-1, 1] here. Take the trajectory out,"
                        + " or record it again. Is it a file of another body?");
        expect(
                5,
                (row, column) -> column == 4 ? 0.25f : 0,
                "row 0, column 4 (both from 0) is 0.25, but the last column says by 1 or 0");
        expect(
                3,
                (row, column) -> 0,
                "its array 'data' has the shape [8, 3], but needs rows of 2 numbers seen, 1 done and one for the end:"
                        + " at least 4 columns. Is it a file of another body?");
    }

    private void expect(int columns, Content content, String message) throws IOException {
        write("sac-stick.npz", 8, columns, content);
        ImujocoRollouts data = rollouts(Cut.BY_DONE);

        assertThatThrownBy(() -> data.count(Stick.BASE))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith(folder.resolve("sac-stick.npz") + ": " + message);
    }

    @Test
    void refusesFoldersThatCannotBe() throws IOException {
        Path missing = folder.resolve("nowhere");
        assertThatThrownBy(() -> new Settings(Optional.of(missing), Cut.BY_DONE))
                .hasMessage("folder: must be a folder, but there is no " + missing);
        assertThatThrownBy(() -> rollouts(Cut.BY_DONE))
                .hasMessage("folder: " + folder + " has no rollouts of imujoco stick: no file such as sac-stick.npz; it"
                        + " has no .npz file at all. Record some with: adapt4j record RUN --format imujoco-rollouts");
        copy("stored-f8", "sac-other.npz");
        assertThatThrownBy(() -> rollouts(Cut.BY_DONE)).hasMessageContaining("; it has sac-other.npz. Record");
        assertThatThrownBy(() -> new ImujocoRollouts(
                        new Settings(Optional.empty(), Cut.FIXED_1000), new Stick("stick", Box.image(8, 8, 3), 1, 10)))
                .hasMessageStartingWith("imujoco-rollouts holds one vector of floats to see and one to do, but");
    }

    @Test
    void keepsTheRulesOfTheHouse() {
        ReferenceDefaults.of(ImujocoRolloutsPlugin.class, "data-sets.imujoco-rollouts")
                .match(Settings.class);
        ReferenceDefaults.of(ImujocoRolloutsPlugin.class, "data-set-writers.imujoco-rollouts")
                .match(ImujocoRolloutsWriter.Settings.class);
        PluginArchitecture.of(ImujocoRolloutsPlugin.class).check();
    }

    private ImujocoRollouts rollouts(Cut cut) {
        return new ImujocoRollouts(new Settings(Optional.of(folder), cut), new Stick());
    }

    private void copy(String numpy, String name) throws IOException {
        Files.copy(NpzTest.numpy(numpy), folder.resolve(name));
    }

    /** Number at a row and a column. */
    private interface Content {
        float at(int row, int column);
    }

    private void write(String name, int rows, int columns, Content content) throws IOException {
        var numbers = ByteBuffer.allocate(rows * columns * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < rows * columns; i++) {
            numbers.putFloat(content.at(i / columns, i % columns));
        }
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            zip.putNextEntry(new ZipEntry("data.npy"));
            zip.write(new Npy("<f4", false, List.of(rows, columns)).header());
            zip.write(numbers.array());
        }
    }

    static float[] floats(Demonstration episode, String name) {
        var column = Objects.requireNonNull(episode.columns().get(name));
        float[] numbers = new float[column.limit() / 4];
        column.duplicate()
                .order(ByteOrder.nativeOrder())
                .rewind()
                .asFloatBuffer()
                .get(numbers);
        return numbers;
    }

    static int[] bytes(Demonstration episode, String name) {
        var column = Objects.requireNonNull(episode.columns().get(name));
        int[] numbers = new int[column.limit()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = column.get(i);
        }
        return numbers;
    }
}
