package org.adapt4j.runtime.report.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.adapt4j.runtime.report.SyntheticRun;
import org.adapt4j.runtime.report.SyntheticRun.Planned;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunFolderTest {
    @TempDir
    private Path temporary;

    private SyntheticRun run;

    @BeforeEach
    void writeRun() {
        run = SyntheticRun.small(temporary.resolve("run"));
    }

    private Cell read(Planned cell) {
        return RunFolder.read(run.root()).cell(cell.id()).orElseThrow();
    }

    @Test
    void readsThePlanAndWhatTheCellsMeasured() {
        RunFolder folder = RunFolder.read(run.root());

        assertThat(folder.name()).isEqualTo("coinrun-synthetic");
        assertThat(folder.pretrainings()).hasSize(3 * 2 * 3);
        assertThat(folder.adaptations()).hasSize(4 * 2 * 3 * 4);
        assertThat(folder.claims()).hasSize(4);
        assertThat(folder.versions()).containsEntry("djl", "0.35.1");
        Cell cell = folder.adaptations().get(0);
        assertThat(cell.isDone()).isTrue();
        assertThat(cell.labels()).containsEntry("benchmark.train-levels", "100");
        assertThat(cell.evaluations()).hasSize(6);
        assertThat(cell.evaluations().get(5).declared()).isEqualTo(50_000);
        assertThat(cell.evaluations().get(5).solved())
                .hasValueSatisfying(share -> assertThat(share * 10)
                        .isEqualTo(cell.evaluations().get(5).meanReturn()));
        assertThat(cell.training()).hasSize(20);
        assertThat(cell.result().orElseThrow().film()).isPresent();
    }

    @Test
    void keepsTheReasonOfWhatCannotBeAndOfWhatFailed() {
        Planned impossible = run.find("adapt", "rl2", 100, 0, 0);
        Planned broken = run.find("adapt", "reptile", 100, 0, 1);
        run.notApplicable(impossible, "RL² needs memory");
        run.failed(broken, "out of memory", "first", "last");

        assertThat(read(impossible).state()).isEqualTo(Cell.State.NOT_APPLICABLE);
        assertThat(read(impossible).reason()).isEqualTo("RL² needs memory");
        assertThat(read(broken).state()).isEqualTo(Cell.State.FAILED);
        assertThat(read(broken).logTail()).containsExactly("first", "last");
    }

    @Test
    void leavesOutTheTornLastLineOfACellThatRuns() {
        Planned cell = run.find("adapt", "reptile", 100, 0, 1);
        run.unfinished(cell);

        assertThat(read(cell).state()).isEqualTo(Cell.State.RUNNING);
        assertThat(read(cell).evaluations()).hasSize(3);
    }

    @Test
    void namesFileAndLineOfADamagedLineAndReadsTheOthers() {
        Planned evaluations = run.find("adapt", "reptile", 100, 0, 1);
        Planned metrics = run.find("adapt", "reptile", 100, 0, 2);
        run.corrupt(run.folder(evaluations).resolve("evaluations.jsonl"), 3);
        run.corrupt(run.folder(metrics).resolve("metrics.jsonl"), 20);

        assertThat(read(evaluations).state()).isEqualTo(Cell.State.DAMAGED);
        assertThat(read(evaluations).reason())
                .startsWith("cells/" + evaluations.id()
                        + "/evaluations.jsonl: 3: this line does not agree with its check sum");
        assertThat(read(metrics).reason())
                .startsWith(
                        "cells/" + metrics.id() + "/metrics.jsonl: 20: this line does not agree with its check sum");
        assertThat(RunFolder.read(run.root()).cells().stream().filter(Cell::isDone))
                .hasSize(18 + 96 - 2);
    }

    @Test
    void aPointStandsAtWhatWasSpentWhenItWasMeasured() throws IOException {
        Planned cell = run.find("adapt", "reptile", 100, 0, 1);
        Path log = run.folder(cell).resolve("evaluations.jsonl");
        Files.delete(log);
        String rest = ",\"split\":\"test\",\"task\":\"a\",\"returns\":[1],\"normalised\":1";
        SyntheticRun.append(log, "{\"declared\":0,\"environment-steps\":0,\"updates\":0" + rest);
        SyntheticRun.append(log, "{\"declared\":101,\"environment-steps\":128,\"updates\":2" + rest);
        SyntheticRun.append(
                log, "{\"declared\":5,\"declared-in\":\"updates\",\"environment-steps\":640,\"updates\":6" + rest);
        SyntheticRun.append(log, "{\"declared\":900,\"environment-steps\":640,\"updates\":10" + rest);
        SyntheticRun.seal(run.folder(cell));

        assertThat(read(cell).evaluations())
                .extracting(Cell.Evaluation::declared)
                .as("the last one of a method that had stopped before")
                .containsExactly(0L, 128L, 6L, 900L);
    }

    @Test
    void aFinishedCellMayNotEndInATornLine() throws IOException {
        Planned cell = run.find("adapt", "reptile", 100, 0, 1);
        Path file = run.folder(cell).resolve("metrics.jsonl");
        Files.writeString(file, Files.readString(file).substring(0, 500));

        assertThat(read(cell).state()).isEqualTo(Cell.State.DAMAGED);
        assertThat(read(cell).reason()).contains("/metrics.jsonl: 5: this line does not agree with its check sum");
    }

    @Test
    void aBrokenResultDamagesItsCellOnly() throws IOException {
        Planned cell = run.find("adapt", "reptile", 100, 0, 1);
        Files.writeString(run.folder(cell).resolve("result.json"), "{\"status\":");

        assertThat(read(cell).state()).isEqualTo(Cell.State.DAMAGED);
        assertThat(read(cell).reason())
                .contains(
                        "result.json: does not agree with its check sum in SHA256SUMS: the file was changed or the disk"
                                + " is failing.");
    }

    @Test
    void anUntouchedCellWaits() throws IOException {
        Planned cell = run.find("adapt", "reptile", 100, 0, 1);
        for (String file : new String[] {"result.json", "state.jsonl", "metrics.jsonl", "evaluations.jsonl"}) {
            Files.delete(run.folder(cell).resolve(file));
        }

        assertThat(read(cell).state()).isEqualTo(Cell.State.WAITING);
    }

    @Test
    void saysWhatToDoWithAFolderThatIsNoRun() throws IOException {
        assertThatThrownBy(() -> RunFolder.read(temporary))
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining("no plan.json")
                .hasMessageContaining("adapt4j run");

        Files.writeString(run.root().resolve("plan.json"), "{\n\"name\": oops}");
        assertThatThrownBy(() -> RunFolder.read(run.root()))
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining(
                        "plan.json: does not agree with its check sum in SHA256SUMS: the file was changed");
    }
}
