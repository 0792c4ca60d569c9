package org.adapt4j.data.imujoco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads what NumPy wrote (see {@code src/test/python/numpy_files.py}). */
final class NpzTest {

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"stored-f8", "deflated-f4", "fortran-f4", "big-endian-f8", "version-2", "version-3"})
    void readsWhatNumPyWrote(String name) {
        Npz file = Npz.of(numpy(name));

        Npz.Array array = array(file, "data").orElseThrow();

        assertThat(file.shape("data")).contains(List.of(8, 5));
        assertThat(array.shape()).containsExactly(8, 5);
        for (int row = 0; row < 8; row++) {
            assertThat(Arrays.copyOfRange(array.numbers(), 5 * row, 5 * row + 5))
                    .containsExactly(row, row + 0.5f, (float) (row / 10.0 - 0.5), 10 * row, row % 3 == 2 ? 1 : 0);
        }
        assertThat(array(file, "other")).isEmpty();
    }

    @Test
    void readsFromAResourceToo() throws URISyntaxException {
        URL resource = Objects.requireNonNull(NpzTest.class.getResource("/numpy/deflated-f4.npz"));

        assertThat(array(Npz.of(resource), "data").orElseThrow().numbers())
                .containsExactly(array(Npz.of(numpy("deflated-f4")), "data")
                        .orElseThrow()
                        .numbers());
        assertThat(Npz.of(resource).name()).isEqualTo("deflated-f4.npz");
    }

    @Test
    void refusesWholeNumbers() {
        assertThatThrownBy(() -> array(Npz.of(numpy("whole-numbers")), "data"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(
                        numpy("whole-numbers") + ": its array 'data' holds numbers of type <i8; f4 and f8 can be read:"
                                + " save it with .astype('float32')");
    }

    @Test
    void tellsATruncatedFileAtAnyLength() throws IOException {
        byte[] all = Files.readAllBytes(numpy("deflated-f4"));

        for (int length = 0; length < all.length; length += 7) {
            Path file = Files.write(folder.resolve("cut-" + length + ".npz"), Arrays.copyOf(all, length));

            assertThatThrownBy(() -> array(Npz.of(file), "data"))
                    .as("%s bytes", length)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageStartingWith(file + ": is not an .npz file, or was damaged or truncated (")
                    .hasMessageEndingWith("). Copy it again");
        }
    }

    /** What NumPy would refuse: a wrong bit in a check sum, a size, a name, the numbers or the end, in both ways of packing. */
    @ParameterizedTest
    @ValueSource(strings = {"stored-f8", "deflated-f4"})
    void tellsAnyDamage(String name) throws IOException {
        byte[] all = Files.readAllBytes(numpy(name));
        int directory = new String(all, StandardCharsets.ISO_8859_1).lastIndexOf("PK\1\2");
        for (int at : new int[] {8, 14, 31, all.length / 2, directory + 16, directory + 24, directory + 47}) {
            byte[] wrong = all.clone();
            wrong[at] ^= 1;
            expectDamage("bit of byte " + at, wrong);
        }
        expectDamage("something after the end", Arrays.copyOf(all, all.length + 4));
        byte[] shifted = new byte[all.length + 4];
        System.arraycopy(all, 0, shifted, 4, all.length);
        expectDamage("something before the beginning", shifted);
    }

    private void expectDamage(String what, byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("wrong.npz"), bytes);

        assertThatThrownBy(() -> array(Npz.of(file), "data"))
                .as(what)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageEndingWith("Copy it again");
    }

    @Test
    void tellsDamageOfWhatIsNotReadToo() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.setLevel(0);
            zip.putNextEntry(new ZipEntry("data.npy"));
            zip.write(new Npy("<f4", false, List.of(1)).header());
            zip.write(new byte[4]);
            zip.putNextEntry(new ZipEntry("other.npz"));
            zip.write("something else".getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(array(Npz.of(Files.write(folder.resolve("right.npz"), bytes.toByteArray())), "data"))
                .isPresent();
        byte[] wrong = bytes.toByteArray();
        wrong[new String(wrong, StandardCharsets.ISO_8859_1).indexOf("something")] ^= 1;
        Path file = Files.write(folder.resolve("wrong.npz"), wrong);

        assertThatThrownBy(() -> array(Npz.of(file), "data"))
                .hasMessage(file
                        + ": is not an .npz file, or was damaged or truncated (the check sum of other.npz is wrong)."
                        + " Copy it again");
    }

    @Test
    void tellsAnArrayThatEndsEarly() throws IOException {
        Path file = folder.resolve("short.npz");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("data.npy"));
            zip.write(new Npy("<f4", false, List.of(2, 3)).header());
            zip.write(new byte[20]);
            zip.putNextEntry(new ZipEntry("text.npy"));
            zip.write("no array".getBytes(StandardCharsets.US_ASCII));
        }

        assertThatThrownBy(() -> array(Npz.of(file), "data"))
                .hasMessage(
                        file + ": its array 'data' ends after 5 of 6 numbers: the file is truncated. Copy it again");
        assertThatThrownBy(() -> array(Npz.of(file), "text"))
                .hasMessage(file + ": its array 'text' is not in NumPy's format");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("data.npy"));
            zip.write(new Npy("<f4", false, List.of(2_000_000, 30)).header());
            zip.putNextEntry(new ZipEntry("more.npy"));
            zip.write(new Npy("<f4", false, List.of(1)).header());
            zip.write(new byte[5]);
        }
        assertThatThrownBy(() -> array(Npz.of(file), "data"))
                .hasMessage(file
                        + ": its array 'data' has the shape [2000000, 30], which takes 240000000 bytes, but only 128"
                        + " are there: the file is damaged. Copy it again");
    }

    @Test
    void tellsASizeThatCannotBe() throws IOException {
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999, 5), }";
        Path file = folder.resolve("huge.npz");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("data.npy"));
            zip.write(Arrays.copyOf(new Npy("<f4", false, List.of()).header(), 8));
            zip.write(new byte[] {(byte) header.length(), 0});
            zip.write(header.getBytes(StandardCharsets.US_ASCII));
        }

        assertThatThrownBy(() -> Npz.of(file).shape("data"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(file + ": its array 'data' has the impossible size '99999999999' in its header: the file is"
                        + " damaged. Copy it again");
    }

    @Test
    void writesTheHeaderThatNumPyWrites() throws IOException {
        byte[] written = new Npy("<f4", false, List.of(8, 5)).header();

        try (var zip = new ZipFile(numpy("deflated-f4").toFile());
                var in = zip.getInputStream(zip.getEntry("data.npy"))) {
            assertThat(written).isEqualTo(in.readNBytes(written.length));
        }
        assertThat(new String(new Npy("|b1", false, List.of(8)).header(), StandardCharsets.ISO_8859_1))
                .contains("'shape': (8,), }");
    }

    static Optional<Npz.Array> array(Npz file, String name) {
        return Optional.ofNullable(file.arrays(Set.of(name)).get(name));
    }

    static Path numpy(String name) {
        try {
            return Path.of(Objects.requireNonNull(NpzTest.class.getResource("/numpy/" + name + ".npz"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
