package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.adapt4j.runtime.program.Reasons;
import org.adapt4j.runtime.run.Failure;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
@Timeout(300)
final class NativeCheckTest {
    @TempDir
    private Path cache = Path.of("");

    @Test
    void findsLibtorch() {
        assertThat(NativeCheck.version()).matches("PyTorch [0-9.]+ loads, from its jar");
    }

    @Test
    void saysWhatToDoWhenLibtorchIsMissing() throws IOException, InterruptedException {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(":"))
                .filter(jar -> !jar.contains("pytorch-native") && !jar.contains("pytorch-jni"))
                .collect(Collectors.joining(":"));
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dai.djl.offline=true",
                "-cp",
                classPath,
                Main.class.getName(),
                "doctor");
        builder.environment().put("DJL_CACHE_DIR", cache.toString());

        Process doctor = builder.redirectErrorStream(true).start();
        String said = new String(doctor.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(doctor.waitFor()).isEqualTo(2);
        assertThat(said)
                .contains("PROBLEM  libtorch")
                .contains("-> the jars pytorch-native-cpu and pytorch-jni must be on the class path");
    }

    @Test
    void fetchesWithoutTheLibraryThatComesWithTheProgram() {
        TorchFetch fetch = new TorchFetch(cache, false);

        List<String> command = fetch.command("/lib/djl-api.jar:/lib/pytorch-native-cpu-2.7.1.jar:/lib/pytorch-jni.jar");

        assertThat(command)
                .contains("/lib/djl-api.jar:/lib/pytorch-jni.jar")
                .contains("-Dai.djl.offline=false", "-DPYTORCH_FLAVOR=cu128", "-DDJL_CACHE_DIR=" + cache);
    }

    @Test
    void whatCannotBeFetchedIsSaidWithWhatToDo() {
        assertThatThrownBy(() -> new TorchFetch(cache, true).fetch())
                .isInstanceOf(NativeLibraryException.class)
                .hasMessageStartingWith("libtorch for CUDA could not be fetched (")
                .hasMessageContaining("ffline")
                .hasMessageEndingWith("let PYTORCH_LIBRARY_PATH name its folder lib");
    }

    @Test
    void whatWasFetchedIsNotFetchedAgain() throws IOException {
        Path folder = Files.createDirectories(cache.resolve("pytorch/2.7.1-cu128-linux-x86_64"));
        Files.createFile(folder.resolve("libtorch_cuda.so"));

        assertThat(new TorchFetch(cache, true).fetch()).isEqualTo(folder);
    }

    @Test
    void isNotWhatAFailedOperationReads() {
        Throwable outOfBounds = catchThrowable(() -> {
            try (NDManager manager = NDManager.newBaseManager()) {
                manager.arange(10f).get(new NDIndex("12"));
            }
        });
        Throwable tooLarge = catchThrowable(() -> {
            try (NDManager manager = NDManager.newBaseManager()) {
                manager.zeros(new Shape(1L << 24, 1L << 24));
            }
        });

        assertThat(Reasons.of(outOfBounds).reason())
                .startsWith("a tensor operation failed: index 12 is out of bounds for dimension 0 with size 10, in"
                        + " org.adapt4j.runtime.cli.NativeCheckTest.");
        assertThat(Reasons.of(tooLarge).kind()).isEqualTo(Failure.Kind.OUT_OF_MEMORY);
        assertThat(Reasons.of(tooLarge).reason()).startsWith("out of memory: ").contains("--slots");
    }
}
