package org.adapt4j.runtime.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.adapt4j.api.evaluation.Evaluation;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.runtime.run.JsonLines;
import org.adapt4j.testkit.toy.Toys;
import org.adapt4j.toolkit.run.BudgetMeter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LiveEventsTest {
    @TempDir
    private Path folder = Path.of("");

    private final BudgetMeter budget = new BudgetMeter(Map.of(Resource.ENVIRONMENT_STEPS, 1_000L), 4);

    @Test
    void writesWhatIsLoggedAsItGoesOn() throws IOException {
        try (CellLogs logs = logs()) {
            train(logs, 10, 0.5);
            assertThat(scalars()).containsExactly("10 training/loss 0.5");

            train(logs, 10, 0.25);
            logs.record(20, Split.TEST, measured(3), task -> OptionalDouble.empty());

            assertThat(scalars())
                    .containsExactly(
                            "10 training/loss 0.5",
                            "20 training/loss 0.25",
                            "20 return/test/goal-0 3.0",
                            "20 score/test/goal-0 " + (float) Toys.twoGoal().normalise(task(), 3));
        }
        assertThat(new String(file(), StandardCharsets.ISO_8859_1))
                .contains("_hparams_/session_start_info", "loss", "ppo");
    }

    @Test
    void aResumedCellHasEachPointOnce() throws IOException {
        ByteArrayOutputStream checkpoint = new ByteArrayOutputStream();
        try (CellLogs killed = logs()) {
            train(killed, 10, 0.5);
            killed.save(new DataOutputStream(checkpoint));
            train(killed, 10, 99);
            train(killed, 10, 98);
        }
        budget.spend(Resource.ENVIRONMENT_STEPS, -20);

        try (CellLogs resumed = logs()) {
            resumed.load(new DataInputStream(new ByteArrayInputStream(checkpoint.toByteArray())));
            train(resumed, 10, 0.25);
        }

        assertThat(scalars()).containsExactly("10 training/loss 0.5", "20 training/loss 0.25");
        assertThat(JsonLines.read(folder.resolve("metrics.jsonl"))).hasSize(2);
    }

    private CellLogs logs() {
        return new CellLogs(
                folder,
                budget,
                Toys.twoGoal(),
                "an episode",
                Optional.of(new LiveEvents(
                        folder.resolve("tensorboard/here"), Map.of("algorithm.name", "ppo", "seed", 3))));
    }

    private void train(CellLogs logs, long steps, double loss) {
        budget.spend(Resource.ENVIRONMENT_STEPS, steps);
        logs.record(Map.of("loss", loss));
    }

    private static Task task() {
        return Toys.twoGoal().tasks(Split.TEST).get(0);
    }

    private static Evaluation measured(double episodeReturn) {
        return new Evaluation(List.of(new Evaluation.TaskResult(task(), List.of(episodeReturn), List.of(5))));
    }

    private byte[] file() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("tensorboard/here"))) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return Files.readAllBytes(all.get(0));
        }
    }

    /** Step, tag and value of each scalar. */
    private List<String> scalars() throws IOException {
        List<String> scalars = new ArrayList<>();
        ByteBuffer file = ByteBuffer.wrap(file()).order(ByteOrder.LITTLE_ENDIAN);
        while (file.hasRemaining()) {
            int length = (int) file.getLong();
            file.getInt();
            Fields event = new Fields(file.slice(file.position(), length));
            file.position(file.position() + length + 4);
            if (event.messages.containsKey(5)) {
                Fields value = event.message(5).message(1);
                if (value.singles.containsKey(2)) {
                    scalars.add(event.wholes.get(2) + " " + value.text(1) + " " + value.singles.get(2));
                }
            }
        }
        return scalars;
    }

    /** The fields of a protocol buffer message, by number. */
    private static final class Fields {
        private final Map<Integer, Long> wholes = new HashMap<>();
        private final Map<Integer, Float> singles = new HashMap<>();
        private final Map<Integer, ByteBuffer> messages = new HashMap<>();

        private Fields(ByteBuffer message) {
            ByteBuffer in = message.order(ByteOrder.LITTLE_ENDIAN);
            while (in.hasRemaining()) {
                int key = (int) variable(in);
                switch (key & 7) {
                    case 0 -> wholes.put(key >> 3, variable(in));
                    case 1 -> in.getDouble();
                    case 2 -> {
                        int length = (int) variable(in);
                        messages.put(key >> 3, in.slice(in.position(), length));
                        in.position(in.position() + length);
                    }
                    default -> singles.put(key >> 3, in.getFloat());
                }
            }
        }

        private static long variable(ByteBuffer in) {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                byte part = in.get();
                value |= (part & 0x7fL) << shift;
                if (part >= 0) {
                    return value;
                }
            }
        }

        private Fields message(int field) {
            return new Fields(bytes(field));
        }

        private String text(int field) {
            return StandardCharsets.UTF_8.decode(bytes(field)).toString();
        }

        private ByteBuffer bytes(int field) {
            ByteBuffer bytes = messages.get(field);
            assertThat(bytes).isNotNull();
            return bytes == null ? ByteBuffer.allocate(0) : bytes.duplicate();
        }
    }
}
