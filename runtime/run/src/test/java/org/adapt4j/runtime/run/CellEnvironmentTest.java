package org.adapt4j.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CellEnvironmentTest {
    @Test
    void startsFromTheClassDataThatLieBesideTheJars(@TempDir Path lib) throws IOException {
        String classPath = lib.resolve("a.jar") + File.pathSeparator + "/elsewhere/b.jar";

        List<String> without = CellEnvironment.shortCuts(classPath);
        Files.createFile(lib.resolve("cells.jsa"));
        List<String> empty = CellEnvironment.shortCuts(classPath);
        Files.writeString(lib.resolve("cells.jsa"), "data");
        List<String> with = CellEnvironment.shortCuts(classPath);

        assertThat(without).isEmpty();
        assertThat(empty).isEmpty();
        assertThat(with).startsWith("-XX:SharedArchiveFile=" + lib.resolve("cells.jsa"));
    }

    @Test
    void isTheSameWhateverTheNumericalLibrariesWereToldBefore() {
        Map<String, String> bare = new HashMap<>(Map.of("HOME", "/home/a"));
        Map<String, String> told = new HashMap<>(Map.of(
                "HOME",
                "/home/a",
                "OMP_NUM_THREADS",
                "64",
                "OMP_DYNAMIC",
                "true",
                "ATEN_CPU_CAPABILITY",
                "default",
                "MKL_CBWR",
                "AVX",
                "MALLOC_ARENA_MAX",
                "8"));

        CellEnvironment.apply(new CellResources(256, 3), bare);
        CellEnvironment.apply(new CellResources(256, 3), told);

        assertThat(told)
                .isEqualTo(bare)
                .containsEntry("OMP_NUM_THREADS", "3")
                .containsEntry("MKL_NUM_THREADS", "3")
                .containsEntry("MALLOC_ARENA_MAX", "1")
                .containsEntry("HOME", "/home/a");
    }

    @Test
    void allowsNativeCodeWhereJavaAsks() {
        assertThat(CellEnvironment.ofLaterJava(17)).isEmpty();
        assertThat(CellEnvironment.ofLaterJava(25)).contains("--enable-native-access=ALL-UNNAMED");
        assertThat(CellEnvironment.options(new CellResources(256, 1), Path.of("cell")))
                .containsAll(CellEnvironment.ofLaterJava(Runtime.version().feature()));
    }
}
