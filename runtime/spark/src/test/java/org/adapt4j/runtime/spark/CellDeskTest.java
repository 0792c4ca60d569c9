package org.adapt4j.runtime.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.DurableFiles;
import org.adapt4j.runtime.run.PlannedCell;
import org.adapt4j.runtime.run.RunFolder;
import org.adapt4j.runtime.run.RunPlan;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both ends of a cell's journey, without Spark between them. */
final class CellDeskTest {
    @TempDir
    private Path temporary = Path.of("");

    private final PlannedCell pretraining = cell("pretrain", Optional.empty());
    private final PlannedCell adapting = cell("adapt", Optional.of(pretraining.id()));
    private Path home = Path.of("");
    private CellDesk desk = new CellDesk(temporary, false, Map.of());

    private static PlannedCell cell(String kind, Optional<String> learned) {
        String resolved = "kind = " + kind + "\n";
        return new PlannedCell(
                CellFolder.idOf(resolved),
                kind,
                "m",
                "paper",
                Map.of(),
                0,
                Optional.empty(),
                learned,
                Optional.empty(),
                resolved);
    }

    @BeforeEach
    void makeARun() throws IOException {
        RunFolder run = RunFolder.create(
                temporary.resolve("run"),
                new RunPlan(
                        "a",
                        "",
                        Map.of(),
                        JsonNodeFactory.instance.arrayNode(),
                        JsonNodeFactory.instance.arrayNode(),
                        List.of(pretraining, adapting),
                        "x = 1\n"));
        DurableFiles.write(run.cell(pretraining).learned().resolve("weights"), "w");
        home = run.cell(adapting).path();
        Files.writeString(home.resolve("lease-1.json"), "{}");
        desk = new CellDesk(run.path(), false, Map.of(adapting.id(), adapting.learned()));
        desk.want(adapting.id());
    }

    private CellShuttle taken(String where) throws Exception {
        CellShuttle shuttle = new CellShuttle(adapting.id(), temporary.resolve(where), desk::answer);
        var order = shuttle.take();
        assertThat(shuttle.verdict()).isEqualTo(Words.GO);
        shuttle.fetch(order);
        return shuttle;
    }

    @Test
    void bringsLogsAndCheckpointsBackAndTheResultLast() throws Exception {
        CellShuttle shuttle = taken("worker");
        Path away = shuttle.folder();
        assertThat(away.resolve("resolved.conf")).hasSameTextualContentAs(home.resolve("resolved.conf"));
        assertThat(away.resolve("lease-1.json")).doesNotExist();
        assertThat(away.resolveSibling(pretraining.id()).resolve("learned/weights"))
                .hasContent("w");
        assertThat(temporary.resolve("worker/experiment.conf")).hasContent("x = 1");

        Files.writeString(away.resolve("metrics.jsonl"), "1\n2\n");
        DurableFiles.write(away.resolve("checkpoint/replay-0.bin"), "a block");
        DurableFiles.write(away.resolve("checkpoint/state.bin"), "at 2");
        Files.writeString(away.resolve("result.json.part"), "half");
        shuttle.bringBack(false);
        assertThat(home.resolve("metrics.jsonl")).hasContent("1\n2\n");
        assertThat(home.resolve("checkpoint/state.bin")).hasContent("at 2");
        assertThat(home.resolve("checkpoint/replay-0.bin")).hasContent("a block");

        Files.writeString(away.resolve("metrics.jsonl"), "1\n2\n3\n");
        Files.delete(away.resolve("checkpoint/replay-0.bin"));
        DurableFiles.write(away.resolve("checkpoint/state.bin"), "at 3");
        DurableFiles.write(away.resolve("learned/weights"), "v".repeat(Words.PIECE + 1));
        DurableFiles.write(away.resolve("result.json"), "done");
        shuttle.bringBack(true);
        assertThat(home.resolve("metrics.jsonl")).hasContent("1\n2\n3\n");
        assertThat(home.resolve("checkpoint/state.bin")).hasContent("at 3");
        assertThat(home.resolve("checkpoint/replay-0.bin")).doesNotExist();
        assertThat(home.resolve("learned/weights")).hasSize(Words.PIECE + 1);
        assertThat(home.resolve("result.json")).hasContent("done");
        assertThat(home.resolve("result.json.part")).doesNotExist();
    }

    @Test
    void saysThatACellIsDoneOnlyOnceItsResultIsThere() throws Exception {
        for (int answered = 0; !Files.exists(home.resolve("result.json")); answered++) {
            int mostAnswers = answered;
            AtomicInteger asked = new AtomicInteger();
            AtomicBoolean ends = new AtomicBoolean();
            CellShuttle shuttle = new CellShuttle(adapting.id(), temporary.resolve("worker" + answered), message -> {
                if (ends.get() && asked.incrementAndGet() > mostAnswers) {
                    throw new IOException("the driver was killed");
                }
                return desk.answer(message);
            });
            shuttle.fetch(shuttle.take());
            Path away = shuttle.folder();
            DurableFiles.write(away.resolve("learned/weights"), "w");
            DurableFiles.write(away.resolve("result.json"), "done");
            Files.writeString(
                    away.resolve("state.jsonl"), "done\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            ends.set(true);

            try {
                shuttle.bringBack(false);
                shuttle.bringBack(true);
            } catch (IOException e) {
                assertThat(e).hasMessage("the driver was killed");
            }

            if (!Files.exists(home.resolve("result.json")) && Files.exists(home.resolve("state.jsonl"))) {
                assertThat(home.resolve("state.jsonl")).content().doesNotContain("done");
            }
        }
    }

    @Test
    void goesOnFromWhatCameBack() throws Exception {
        CellShuttle first = taken("one");
        Files.writeString(first.folder().resolve("metrics.jsonl"), "1\n2\n3\n");
        DurableFiles.write(first.folder().resolve("checkpoint/state.bin"), "at 2");
        first.bringBack(false);

        CellShuttle second = taken("two");
        assertThat(home.resolve("state.jsonl")).content().contains("its executor was lost");
        assertThat(second.folder().resolve("checkpoint/state.bin")).hasContent("at 2");
        Files.writeString(
                second.folder().resolve("metrics.jsonl"), "1\n2\n"); // what the checkpoint does not know of is cut off
        second.bringBack(false);

        assertThat(home.resolve("metrics.jsonl")).hasContent("1\n2\n");
        // The first is not dead after all.
        Files.writeString(first.folder().resolve("metrics.jsonl"), "1\n2\n3\n4\n");
        assertThatThrownBy(() -> first.bringBack(true)).hasMessageContaining("given the cell to another worker");
        assertThat(first.beat()).isEqualTo(Words.END);
        assertThat(home.resolve("metrics.jsonl")).hasContent("1\n2\n");
        assertThat(second.beat()).isEqualTo(Words.GO);
    }

    @Test
    void tellsACellWhatIsWishedOfIt() throws Exception {
        CellShuttle shuttle = taken("worker");

        desk.wish(adapting.id(), Words.STOP);
        assertThat(shuttle.beat()).isEqualTo(Words.STOP);
        desk.forget(adapting.id());
        assertThat(shuttle.beat()).isEqualTo(Words.END);
        CellShuttle late = new CellShuttle(adapting.id(), temporary.resolve("late"), desk::answer);
        var unused = late.take();
        assertThat(late.verdict()).isEqualTo(Words.END);
    }

    @Test
    void readsAndWritesNothingThatIsNotTheCells() throws Exception {
        Files.writeString(temporary.resolve("secret"), "s");
        var unused = new CellShuttle(adapting.id(), temporary.resolve("w"), desk::answer).take();

        for (String name : List.of("../secret", temporary.resolve("secret").toString(), "plan.json")) {
            assertThatThrownBy(() -> desk.answer(Words.of(Words.READ, out -> {
                        out.writeUTF(adapting.id());
                        out.writeLong(1);
                        out.writeUTF(name);
                        out.writeLong(0);
                    })))
                    .hasMessageContaining("no file that the cell " + adapting.id() + " needs");
        }
        for (String name : List.of("../../plan.json", "lock", "", "lease-9.json")) {
            assertThatThrownBy(() -> desk.answer(Words.of(Words.APPEND, out -> {
                        out.writeUTF(adapting.id());
                        out.writeLong(1);
                        out.writeUTF(name);
                        out.writeLong(0);
                        out.writeInt(0);
                    })))
                    .hasMessageContaining("no file that a cell brings back");
        }
    }
}
