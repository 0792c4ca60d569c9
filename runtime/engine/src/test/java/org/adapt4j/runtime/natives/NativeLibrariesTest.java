package org.adapt4j.runtime.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NativeLibrariesTest {

    private static final List<String> PROPERTIES = List.of(
            "PYTORCH_LIBRARY_PATH", "PYTORCH_FLAVOR", "DJL_CACHE_DIR", "org.bytedeco.javacpp.cachedir", "jna.tmpdir");

    @TempDir
    private Path temporary = Path.of("");

    private final Map<String, String> before = new LinkedHashMap<>();
    private Path own = Path.of("");
    private Path torch = Path.of("");
    private Path binding = Path.of("");
    private Path arcade = Path.of("");

    @BeforeEach
    void makeJars() throws IOException {
        PROPERTIES.forEach(name -> before.put(name, String.valueOf(System.getProperty(name))));
        own = Files.createDirectory(temporary.resolve("own"));
        torch = jar(
                "torch.jar",
                Map.of(
                        "native/lib/pytorch.properties",
                        text("version=2.7.1\nflavor=cpu\nclassifier=linux-x86_64\nlibraries=libtorch.so,libc10.so"),
                        "pytorch/cpu/linux-x86_64/libtorch.so",
                        bytes(1),
                        "pytorch/cpu/linux-x86_64/libc10.so",
                        bytes(2)));
        binding = jar(
                "binding.jar",
                Map.of(
                        "jnilib/pytorch.properties",
                        text("jni_version=2.7.1-0.35.1"),
                        "jnilib/linux-x86_64/cpu/libdjl_torch.so",
                        bytes(3),
                        "jnilib/linux-x86_64/cu128/libdjl_torch.so",
                        bytes(8),
                        "jnilib/linux-aarch64/cpu/libdjl_torch.so",
                        bytes(4)));
        arcade = jar(
                "arcade-1.0.jar",
                Map.of("org/arcade/linux-x86_64/libarcade.so.2", bytes(5), "org/arcade/Arcade.class", bytes(6)));
    }

    @AfterEach
    void putPropertiesBack() {
        before.forEach((name, value) -> {
            if (value.equals("null")) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }

    @Test
    void unpacksWhereTheLoadersLook() {
        Path tensors = libraries().readyForTensors().orElseThrow();
        Path environments = libraries().readyForEnvironments();

        assertThat(tensors.resolve("libtorch.so")).hasBinaryContent(bytes(1));
        assertThat(tensors.resolve("libc10.so")).hasBinaryContent(bytes(2));
        assertThat(tensors.resolve("libdjl_torch.so")).hasBinaryContent(bytes(3));
        assertThat(environments.resolve("arcade-1.0.jar/org/arcade/linux-x86_64/libarcade.so.2"))
                .hasBinaryContent(bytes(5));
        assertThat(environments).isDirectoryNotContaining("glob:**torch*");
        assertThat(System.getProperty("PYTORCH_LIBRARY_PATH")).isEqualTo(tensors.toString());
        assertThat(System.getProperty("PYTORCH_FLAVOR")).isEqualTo("cpu");
        assertThat(System.getProperty("org.bytedeco.javacpp.cachedir")).isEqualTo(environments.toString());
        assertThat(own).isDirectoryNotContaining("glob:**unpacking-*");
    }

    @Test
    void unpacksAgainWhateverDoesNotAgreeWithItsJar() throws IOException {
        Path file = libraries().readyForTensors().orElseThrow().resolve("libtorch.so");
        byte[] sound = Files.readAllBytes(file);

        for (int bit = 0; bit < 8 * sound.length; bit += 7) {
            byte[] changed = sound.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            Files.write(file, changed);
            libraries().readyForTensors();
            assertThat(file).hasBinaryContent(sound);
        }
        Files.write(file, new byte[3]);
        libraries().readyForTensors();
        assertThat(file).hasBinaryContent(sound);
        Files.delete(file);
        Files.createSymbolicLink(file, torch);
        libraries().readyForTensors();
        assertThat(file).hasBinaryContent(sound);
    }

    @Test
    void deletesWhatIsFromNoJar() throws IOException {
        Path tensors = libraries().readyForTensors().orElseThrow();
        Files.write(tensors.resolve("libevil.so"), bytes(9));
        Files.write(own.resolve("unpacking-1.part"), bytes(9));

        libraries().readyForTensors();

        assertThat(tensors.resolve("libevil.so")).doesNotExist();
        assertThat(own.resolve("unpacking-1.part")).doesNotExist();
    }

    @Test
    void keepsLibrariesOfTheSameNameApart() throws IOException {
        Path first = libraries().readyForEnvironments();
        jar("arcade-1.0.jar", Map.of("org/arcade/linux-x86_64/libarcade.so.2", bytes(7)));

        Path second = libraries().readyForEnvironments();

        assertThat(second).isNotEqualTo(first);
        assertThat(first.resolve("arcade-1.0.jar/org/arcade/linux-x86_64/libarcade.so.2"))
                .hasBinaryContent(bytes(5));
        assertThat(second.resolve("arcade-1.0.jar/org/arcade/linux-x86_64/libarcade.so.2"))
                .hasBinaryContent(bytes(7));
    }

    @Test
    void keepsTheTimesByWhichJavaCppKnowsWhatItUnpacked() throws IOException {
        Path file = libraries().readyForEnvironments().resolve("arcade-1.0.jar/org/arcade/linux-x86_64/libarcade.so.2");

        assertThat(Files.getLastModifiedTime(file).toMillis()).isEqualTo(1_600_000_000_000L);
    }

    @Test
    void saysThatAJarIsDamaged() throws IOException {
        byte[] sound = Files.readAllBytes(arcade);
        int inside = new String(sound, StandardCharsets.ISO_8859_1)
                .indexOf(new String(bytes(5), StandardCharsets.ISO_8859_1));
        sound[inside + 100] ^= 1;
        Files.write(arcade, sound);

        assertThatThrownBy(() -> libraries().readyForEnvironments())
                .isInstanceOf(DamagedLibraryException.class)
                .hasMessage(
                        arcade + ": the library org/arcade/linux-x86_64/libarcade.so.2 in it does not agree with its"
                                + " check sum: build or fetch the jar anew");
        assertThat(own).isDirectoryNotContaining("glob:**unpacking-*");
    }

    @Test
    void findsNothingWhereNoJarHoldsLibtorch() {
        assertThat(NativeLibraries.of(List.of(arcade), own, Map.of()).readyForTensors())
                .isEmpty();
    }

    private NativeLibraries with(String... variables) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return NativeLibraries.of(List.of(torch, binding, arcade), own, environment);
    }

    /** A libtorch of the user's own. */
    private Path libtorch(String version, String... files) throws IOException {
        Path folder = Files.createDirectories(temporary.resolve("libtorch-" + version + "/lib"));
        Files.writeString(folder.resolveSibling("build-version"), version + "\n");
        for (String file : files) {
            Files.createFile(folder.resolve(file));
        }
        return folder;
    }

    @Test
    void readiesTheBindingThatFitsTheUsersLibrary() throws IOException {
        Path accelerated = libtorch("2.7.1+cu128", "libtorch.so", "libtorch_cuda.so");
        Path plain = libtorch("2.7.1+cpu", "libtorch.so");

        assertThat(with("PYTORCH_LIBRARY_PATH", accelerated.toString()).readyForTensors())
                .isEmpty();

        Path djl = own.resolve("djl/pytorch");
        assertThat(djl.resolve("2.7.1-cu128-linux-x86_64/0.35.1-libdjl_torch.so"))
                .hasBinaryContent(bytes(8));
        assertThat(System.getProperty("PYTORCH_FLAVOR")).isEqualTo("cu128");
        assertThat(System.getProperty("DJL_CACHE_DIR"))
                .isEqualTo(own.resolve("djl").toString());
        assertThat(with("PYTORCH_LIBRARY_PATH", accelerated.toString()).describeTensors())
                .isEqualTo("cu128, from " + accelerated);

        with("PYTORCH_LIBRARY_PATH", "/nowhere:" + plain.resolve("libtorch.so")).readyForTensors();

        assertThat(djl.resolve("2.7.1-cpu-linux-x86_64/0.35.1-libdjl_torch.so")).hasBinaryContent(bytes(3));
        assertThat(System.getProperty("PYTORCH_FLAVOR")).isEqualTo("cpu");
    }

    @Test
    void refusesALibraryThatNoBindingFits() throws IOException {
        Path old = libtorch("2.5.0+cpu", "libtorch.so");
        Path plain = libtorch("2.7.1+cpu", "libtorch.so");
        Path accelerated = libtorch("2.7.1+cu128", "libtorch.so", "libtorch_cuda.so");

        assertThatThrownBy(() -> with("PYTORCH_LIBRARY_PATH", "/nowhere").readyForTensors())
                .isInstanceOf(WrongLibraryException.class)
                .hasMessage("PYTORCH_LIBRARY_PATH=/nowhere: there is no libtorch.so in it. Name the folder lib of an"
                        + " unpacked libtorch, or unset the variable");
        assertThatThrownBy(() -> with("PYTORCH_LIBRARY_PATH", old.toString()).readyForTensors())
                .hasMessage("PYTORCH_LIBRARY_PATH=" + old + ": is libtorch 2.5.0+cpu, and the binding is for 2.7.1."
                        + " Unset PYTORCH_LIBRARY_PATH to use the library that comes with this program");
        assertThatThrownBy(() -> with("PYTORCH_LIBRARY_PATH", accelerated.toString(), "PYTORCH_FLAVOR", "cu121")
                        .readyForTensors())
                .hasMessageContaining(": would need a binding of the flavour 'cu121', and there are only cpu, cu128;"
                        + " PYTORCH_FLAVOR chooses one.");
        assertThatThrownBy(() -> with("PYTORCH_LIBRARY_PATH", plain.toString(), "PYTORCH_FLAVOR", "cu128")
                        .readyForTensors())
                .hasMessageContaining(": is for the processor alone, and PYTORCH_FLAVOR is cu128, which does not fit");
        assertThatThrownBy(() -> with("PYTORCH_LIBRARY_PATH", accelerated.toString(), "PYTORCH_FLAVOR", "cpu")
                        .readyForTensors())
                .hasMessageContaining(": is for CUDA, and PYTORCH_FLAVOR is cpu, which does not fit");
    }

    private NativeLibraries libraries() {
        return with();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(int seed) {
        byte[] bytes = new byte[200];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** Stored, not deflated, so that a test can change what lies in it. */
    private Path jar(String name, Map<String, byte[]> entries) throws IOException {
        Path file = temporary.resolve(name);
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> each : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(each.getKey());
                CRC32 crc = new CRC32();
                crc.update(each.getValue());
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(each.getValue().length);
                entry.setCrc(crc.getValue());
                entry.setTime(1_600_000_000_000L);
                zip.putNextEntry(entry);
                zip.write(each.getValue());
                zip.closeEntry();
            }
        }
        return file;
    }
}
