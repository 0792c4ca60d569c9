package org.adapt4j.env.rlbench;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.env.rlbench.describe.Description;
import org.adapt4j.env.rlbench.task.Tasks;
import org.adapt4j.toolkit.environment.Ending;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every task there is. */
@Tag("native")
final class TasksTest {

    private static final int MOST_STEPS = 900;

    static Collection<String> tasks() {
        return Tasks.names();
    }

    /** Of two layouts one must be played to the end: the expert may fail where it planned badly, and is asked again then. */
    @ParameterizedTest
    @MethodSource("tasks")
    void theExpertDoesIt(String name) {
        RlbenchBenchmark benchmark = Benches.of("tasks = [" + name + "], episode { max-steps = " + MOST_STEPS + " }");
        Task task = benchmark.task("rlbench/" + name).orElseThrow();
        List<String> reasons = new ArrayList<>();
        try (RlbenchBenchmark.Models models = new RlbenchBenchmark.Models();
                RlbenchSlot slot = benchmark.slot(models, TaskSet.of(task), new SplittableRandom(3))) {
            for (int attempt = 0; attempt < 3; attempt++) {
                slot.begin(task);
                assertThat(slot.isDone()).isFalse();
                float[] action = new float[8];
                double reward = 0;
                for (int step = 0; step < MOST_STEPS && slot.ending() == Ending.NONE && slot.show(action); step++) {
                    assertThat(reward).isZero();
                    reward += slot.act(action);
                }
                if (slot.isDone()) {
                    assertThat(reward).isEqualTo(1);
                    return;
                }
                reasons.add(slot.reason());
            }
        }
        assertThat(reasons).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void doingNothingDoesNotDoIt(String name) {
        RlbenchBenchmark benchmark = Benches.of("tasks = [" + name + "], action { absolute = false }");
        Task task = benchmark.task("rlbench/" + name).orElseThrow();
        try (RlbenchBenchmark.Models models = new RlbenchBenchmark.Models();
                RlbenchSlot slot = benchmark.slot(models, TaskSet.of(task), new SplittableRandom(5))) {
            slot.begin(task);
            float[] nothing = {0, 0, 0, 0, 0, 0, 0, 1};

            for (int step = 0; step < 20; step++) {
                assertThat(slot.act(nothing)).isZero();
            }

            assertThat(slot.ending()).isEqualTo(Ending.NONE);
        }
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void everyVariationHasItsInstructions(String name) {
        Description task = Tasks.all().get(name);
        assertThat(task).isNotNull();
        if (task == null) {
            return;
        }

        assertThat(task.variations()).isPositive();
        for (int variation = 0; variation < task.variations(); variation++) {
            assertThat(task.instructions(variation)).isNotEmpty().noneMatch(String::isBlank);
        }
    }

    @Test
    void nothingButItsOwnFileNamesATask() throws IOException {
        Path sources = Path.of("src/main/java/org/adapt4j/env/rlbench");
        List<String> named = new ArrayList<>();
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                String text = Files.readString(file);
                for (String name : Tasks.names()) {
                    String type =
                            requireNonNull(Tasks.all().get(name)).getClass().getSimpleName();
                    boolean own = file.getFileName().toString().equals(type + ".java");
                    if (!own && (text.contains("\"" + name + "\"") || text.matches("(?s).*\\b" + type + "\\b.*"))) {
                        named.add(file + " names " + name);
                    }
                }
            }
        }

        assertThat(named).isEmpty();
    }
}
