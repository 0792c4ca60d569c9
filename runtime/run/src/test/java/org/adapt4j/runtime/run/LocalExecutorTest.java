package org.adapt4j.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalExecutorTest {
    @TempDir
    private Path run = Path.of("");

    private static CellProcess processes(boolean accelerated) {
        return new CellProcess(
                cell -> new CellResources(32, 1, accelerated), FakeCell.class.getName(), Optional.empty());
    }

    private static String device(CellLauncher.Running cell) throws IOException {
        String variables = Files.readString(Path.of("/proc/" + cell.pid() + "/environ"));
        return List.of(variables.split("\0")).stream()
                .filter(variable -> variable.startsWith("CUDA_VISIBLE_DEVICES="))
                .findFirst()
                .orElse("");
    }

    @Test
    void givesEachCellAnAcceleratorAndNeverMoreThanThereAre() throws Exception {
        RunFolder folder = RunFolder.create(
                run, Plans.of(Plans.pretrain("wait once", 0), Plans.pretrain("wait once", 1), Plans.pretrain("", 2)));
        List<PlannedCell> cells = folder.plan().cells();
        LocalExecutor.Settings settings = new LocalExecutor.Settings(9, List.of(2, 5), 1);
        List<CellLauncher.Running> started = new ArrayList<>();
        try (CellLauncher launcher = new LocalExecutor().open(folder, settings, processes(true))) {
            assertThat(launcher.most()).hasValue(2);
            assertThat(launcher.capacity()).hasValue(9);
            started.add(launcher.start(folder.cell(cells.get(0))));
            started.add(launcher.start(folder.cell(cells.get(1))));

            assertThat(List.of(device(started.get(0)), device(started.get(1))))
                    .containsExactly("CUDA_VISIBLE_DEVICES=2", "CUDA_VISIBLE_DEVICES=5");
            assertThatThrownBy(() -> launcher.start(folder.cell(cells.get(2))))
                    .isInstanceOf(IllegalStateException.class);
            started.get(0).kill();
            started.get(0).exit().join();
            started.add(launcher.start(folder.cell(cells.get(2))));
            assertThat(started.get(2).exit().join()).isZero();
        } finally {
            started.forEach(CellLauncher.Running::kill);
        }
    }

    @Test
    void leavesCellsAloneThatNeedNoAccelerator() throws Exception {
        RunFolder folder = RunFolder.create(run, Plans.of(Plans.pretrain("wait once", 0)));
        LocalExecutor.Settings settings = new LocalExecutor.Settings(0, List.of(2), 3);
        try (CellLauncher launcher = new LocalExecutor().open(folder, settings, processes(false))) {
            assertThat(launcher.most()).isEmpty();
            assertThat(launcher.capacity()).isEmpty();
            CellLauncher.Running cell =
                    launcher.start(folder.cell(folder.plan().cells().get(0)));

            assertThat(device(cell)).isEmpty();
            cell.kill();
        }
    }

    @Test
    void refusesAcceleratorsThatAreNotThere() throws IOException {
        Files.createDirectories(run.resolve("devices/0000:01:00.0"));

        LocalExecutor.demandDevices(List.of(0), run.resolve("devices"));
        assertThatThrownBy(() -> LocalExecutor.demandDevices(List.of(0, 1), run.resolve("devices")))
                .hasMessage("run.gpus: there is no accelerator 1 on this machine; it has 1, numbered from 0");
    }
}
