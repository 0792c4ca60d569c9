package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.adapt4j.runtime.cell.DivergedException;
import org.adapt4j.runtime.plugins.PluginLoader;
import org.adapt4j.runtime.program.CellWork;
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.PlannedCell;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the algorithm: numbers that run away are a failure that names them, and no score. */
@Tag("protocol")
@Tag("native")
final class DivergingTest {

    @TempDir
    private Path temporary = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"diverging.conf", "diverging-choices.conf"})
    void aLearningRateBeyondReasonIsNoScore(String name) throws IOException {
        List<PlannedCell> cells =
                Engine.open(Optional.empty()).plan(write(name), List.of()).cells();

        for (PlannedCell cell : cells) {
            if (cell.kind().equals("pretrain")) {
                CellFolder folder = folder(cell);
                assertThatThrownBy(() -> CellWork.run(
                                folder,
                                PluginLoader.load(CellWork.class.getClassLoader(), Optional.empty()),
                                () -> false))
                        .as(cell.title())
                        .isInstanceOf(DivergedException.class)
                        .hasMessageMatching("diverged at update \\d+: [a-z0-9 /-]+ is -?(NaN|Infinity)[.;] .*")
                        .hasMessageEndingWith("Lower the learning rate, or see what else drives the algorithm so far");
                assertThat(folder.path().resolve("learned")).doesNotExist();
            }
        }
    }

    private Path write(String name) throws IOException {
        Path file = temporary.resolve(name);
        try (InputStream conf = DivergingTest.class.getResourceAsStream(name)) {
            assertThat(conf).isNotNull();
            Files.write(file, conf.readAllBytes());
        }
        return file;
    }

    private CellFolder folder(PlannedCell cell) throws IOException {
        Path path = temporary.resolve("cells").resolve(cell.id());
        Files.createDirectories(path);
        Files.writeString(path.resolve("resolved.conf"), cell.resolved());
        return CellFolder.at(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pretrain.slots=7 of 400 environment steps 399 will be spent: 7 environments step together",
                "pretrain.budget.updates=3 of 400 environment steps 48 will be spent: then its 3 updates are made",
                "pretrain.budget.updates=30 of 400 environment steps 129 will be spent: then its 30 updates are made",
                "methods.rainbow.pretrain.algorithm.replay.start=401 no update can be made: a task needs 401 transitions"
            })
    void aPlanSaysWhatWillBeSpentAndWhatCannotBeLearned(String overrideAndRemark) throws IOException {
        String override = overrideAndRemark.substring(0, overrideAndRemark.indexOf(' '));
        Workbench workbench = Engine.open(Optional.empty());

        List<String> remarks = workbench.plan(write("diverging-choices.conf"), List.of(override)).cells().stream()
                .flatMap(cell -> workbench.work(cell).remarks().stream())
                .toList();

        assertThat(remarks).anyMatch(remark -> remark.startsWith(overrideAndRemark.substring(override.length() + 1)));
    }

    @Test
    void aPlanSaysWhereNothingIsShownAndLearningStartsByLuck() throws IOException {
        Workbench workbench = Engine.open(Optional.empty());

        List<String> byLuck = workbench.plan(write("voxel-reach.conf"), List.of()).cells().stream()
                .filter(cell -> workbench.work(cell).remarks().stream()
                        .anyMatch(remark -> remark.contains("learning starts by luck")))
                .map(cell -> cell.method() + " " + cell.labels().get("adapt.budget.demonstrations"))
                .toList();

        assertThat(byLuck).containsOnly("scratch 0");
    }
}
