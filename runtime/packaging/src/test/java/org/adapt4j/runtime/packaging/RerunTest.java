package org.adapt4j.runtime.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.adapt4j.runtime.run.ChangedConfigurationException;
import org.adapt4j.runtime.run.PlannedCell;
import org.adapt4j.runtime.run.RunFolder;
import org.adapt4j.runtime.run.RunPlan;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RerunTest {
    private static final Change HALF =
            new Change("a budget of 0.5", false, (resolved, names) -> resolved + "budget = half\n");

    @TempDir
    private static Path shared;

    private static Path template = Path.of("");

    @TempDir
    private Path folder;

    private Path archive = Path.of("");

    @BeforeAll
    static void pack() {
        template = pack("run", 0, 0.1);
    }

    private static Path pack(String name, double lead, double margin) {
        return PackageMaker.create(
                        SmallRun.write(shared.resolve(name), lead, 5, SmallRun.machine("avx2")),
                        new PackageMaker.Options(Set.of(), new Terms(margin)),
                        new PackageMaker.Jars(List.of(), Optional.empty(), Set.of()),
                        shared.resolve(name + ".zip"))
                .file();
    }

    @BeforeEach
    void copy() throws IOException {
        archive = Files.copy(template, folder.resolve("small.zip"));
    }

    private RunPlan plan(Optional<Integer> most, Change change) {
        Rerun rerun = Rerun.unpack(archive, folder.resolve("again"));
        rerun.plan(most, change);
        return RunFolder.open(rerun.run()).plan();
    }

    @Test
    void takesCellsOfEveryKindInTurn() {
        assertThat(plan(Optional.of(3), Change.NONE).cells())
                .extracting(PlannedCell::method)
                .containsExactly("reptile", "reptile", "scratch");
    }

    @Test
    void keepsTheClaimsOnlyWhereEveryCellIsRunAgain() {
        assertThat(plan(Optional.empty(), Change.NONE).claims()).hasSize(2);
        assertThat(Rerun.unpack(archive, folder.resolve("other"))).satisfies(rerun -> {
            rerun.plan(Optional.of(2), Change.NONE);
            assertThat(RunFolder.open(rerun.run()).plan().claims()).isEmpty();
        });
    }

    @Test
    void keepsOfTheClaimsWhatIsScaleFreeWhereTheBudgetIsSmaller() {
        RunPlan plan = plan(Optional.empty(), HALF);

        assertThat(plan.claims()).hasSize(1);
        assertThat(plan.claims().get(0).path("id").asText()).isEqualTo("free");
        assertThat(plan.cells())
                .hasSize(10)
                .allSatisfy(cell -> assertThat(cell.resolved()).endsWith("budget = half\n"));
    }

    @Test
    void saysThatCellsOfAnotherConfigurationNeedNotBeTheSame() {
        Path old = shared.resolve("run");
        Path changed = SmallRun.write(folder.resolve("changed"), 0, 5, SmallRun.machine("avx2"), "threads = 2\n");

        Level bits = Comparison.of(old, changed).levels().get(0);

        assertThat(bits.outcome()).isEqualTo(Level.Outcome.NOT_APPLICABLE);
        assertThat(bits.words()).contains("another configuration").contains("threads = 2");
    }

    @Test
    void takesUpWhatItUnpackedBeforeAndRefusesThatOfAnotherPackage() throws IOException {
        assertThat(plan(Optional.of(2), Change.NONE).cells()).hasSize(2);
        assertThat(plan(Optional.of(2), Change.NONE).cells()).hasSize(2);
        assertThatThrownBy(() -> plan(Optional.of(2), HALF)).isInstanceOf(ChangedConfigurationException.class);

        Files.copy(pack("second", 0.1, 0.05), archive, StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> Rerun.unpack(archive, folder.resolve("again")))
                .hasMessageContaining("is a re-run of another package");
    }

    @Test
    void refusesWhatWasChangedWhereItIsUnpacked() throws IOException {
        Rerun rerun = Rerun.unpack(archive, folder.resolve("again"));
        Files.writeString(rerun.packed().resolve("experiment.conf"), "name = other\n");

        assertThatThrownBy(() -> Rerun.unpack(archive, folder.resolve("again")))
                .hasMessageContaining("experiment.conf: does not hold what was packed");
    }

    @Test
    void knowsItsMargin() {
        assertThat(Terms.of(PackageFile.unpack(archive, folder.resolve("x")))).isEqualTo(new Terms(0.1));
        assertThatThrownBy(() -> new Terms(0)).hasMessageContaining("must lie above 0 and below 1");
    }
}
