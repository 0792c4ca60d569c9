package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Records a toy's policies, and copies what was recorded. */
@Tag("protocol")
@Tag("native")
@Timeout(240)
final class RecordVerbTest {
    private static final String EXPERIMENT = """
        name = toy-experts
        description = "One policy for both goals"
        preset = paper
        benchmark { name = toy-two-goal }
        pretrain {
          learner { name = multi-task }
          algorithm { name = ppo, rollout-steps = 16, minibatch-size = 64, network { encoder = mlp, hidden = [16], heads = [] } }
          slots = 4
          budget { environment-steps = 128 }
          measure { episodes = 2, tasks = 2, splits = [train] }
        }
        run { heap = 256 }
        """;

    private static final int INTEGRATOR_STEPS = 5;

    @TempDir
    private static Path shared = Path.of("");

    @TempDir
    private Path temporary = Path.of("");

    private final Screen screen = new Screen();

    @BeforeAll
    static void train() throws IOException {
        Files.writeString(shared.resolve("toy.conf"), EXPERIMENT);
        Screen screen = new Screen();
        assertThat(screen.run("run", shared.resolve("toy.conf").toString(), "--out", run().toString(), "--slots", "1"))
                .as(screen.err())
                .isZero();
    }

    private static Path run() {
        return shared.resolve("run");
    }

    @Test
    void recordsTheSameHoweverOftenItWasStopped() throws IOException {
        assertThat(record("once", 5)).as(screen.err()).isZero();
        assertThat(record("twice", 2)).isZero();

        assertThat(record("twice", 5)).isZero();

        assertThat(files("twice").keySet())
                .contains(
                        "DATACARD.md",
                        "policies/goal-0.safetensors",
                        "toy_two_goal/goal/0-v0/data/main_data.hdf5",
                        "toy_two_goal/goal/0-v0/data/metadata.json")
                .noneMatch(name -> name.contains(".part") || name.contains(".tmp"));
        files("once")
                .forEach((name, content) ->
                        assertThat(temporary.resolve("twice").resolve(name)).hasBinaryContent(content));
        assertThat(Files.readString(temporary.resolve("once/DATACARD.md")))
                .contains("5 recordings, ", " steps, 1 tasks of toy two-goal. Format: minari. Licence: not stated.")
                .contains("by multi-task with ppo (settings: paper), in the run toy-experts, training seed 0.")
                .containsPattern("\\| goal/0 \\| 5 \\| \\d+ \\| [\\d.]+ ± [\\d.]+ \\|")
                .contains("| state | float32 [5] in [0.0, 1.0] | toy two-goal |")
                .contains("| action | one of 2 choices | toy two-goal |")
                .containsPattern("\\| java \\| 17|\\| java \\| \\d+");
    }

    @Test
    void copiesADataSetIntoAnotherPlace() throws IOException {
        assertThat(record("first", 3, "--steps", "7")).as(screen.err()).isZero();
        Path copy = Files.writeString(
                temporary.resolve("copy.conf"),
                "benchmark { name = toy-two-goal }\ndata-set { name = minari, root = \"" + temporary.resolve("first")
                        + "\" }\n");
        Screen second = new Screen();

        assertThat(second.run(
                        "record",
                        copy.toString(),
                        "--format",
                        "minari",
                        "--out",
                        temporary.resolve("second").toString()))
                .as(second.err())
                .isZero();

        assertThat(Files.readString(temporary.resolve("second/DATACARD.md"))).contains("Copied from: minari, ");
        assertThat(temporary.resolve("second/policies/goal-0.safetensors"))
                .hasSameBinaryContentAs(temporary.resolve("first/policies/goal-0.safetensors"));
        assertThat(second.err()).contains("goal/0: ").contains(" recorded, return ");
        Screen tooMany = new Screen();
        assertThat(tooMany.run(
                        "record",
                        copy.toString(),
                        "--format",
                        "minari",
                        "--out",
                        temporary.resolve("third").toString(),
                        "--episodes",
                        "500"))
                .isEqualTo(2);
        assertThat(tooMany.err()).contains("--episodes 500: minari, ").contains(" episodes of goal/0 only");
        Files.writeString(temporary.resolve("first/toy_two_goal/goal/0-v0/data/main_data.hdf5"), "no HDF5");
        Screen broken = new Screen();
        assertThat(broken.run("env", "expert", copy.toString())).isEqualTo(2);
        assertThat(broken.err()).contains("main_data.hdf5: is not an HDF5 file").doesNotContain("\tat ");
    }

    @Test
    void isShownToRainbowBeforeItPlays() throws IOException {
        assertThat(record("shown", 4, "--steps", "10")).as(screen.err()).isZero();
        String benchmark = "toy-two-goal";
        String rainbow = "rainbow, network { encoder = mlp }";

        assertThat(updates(benchmark, "shown", rainbow, 4) - updates(benchmark, "shown", rainbow, 0))
                .isEqualTo(4 * 10);
    }

    @Test
    void isShownToSacBeforeItPlays() throws IOException {
        Path plays = Files.writeString(
                temporary.resolve("plays.conf"),
                "benchmark { name = integrator, goals = 2, train-goals = 1 }\ndata-set { name = integrator-expert }\n");
        assertThat(screen.run(
                        "record",
                        plays.toString(),
                        "--format",
                        "minari",
                        "--out",
                        temporary.resolve("played").toString(),
                        "--episodes",
                        "4"))
                .as(screen.err())
                .isZero();
        String benchmark = "integrator, goals = 2, train-goals = 1";
        String sac = "sac, network { hidden = [16] }";

        assertThat(updates(benchmark, "played", sac, 4) - updates(benchmark, "played", sac, 0))
                .isEqualTo(4 * INTEGRATOR_STEPS);
    }

    /** How many an agent makes in a hundred steps of play, learning from the sixtieth transition on, played or shown. */
    private int updates(String benchmark, String data, String algorithm, int demonstrations) throws IOException {
        Path file = Files.writeString(temporary.resolve("learns.conf"), """
                name = learns
                benchmark { name = %s }
                data-set { name = minari, root = "%s" }
                adapt {
                  adapter.name = fine-tune
                  algorithm { name = %s, replay { start = 60 } }
                  slots = 1
                  budget { environment-steps = 100, demonstrations = %d }
                  measure { points = [100], episodes = 1 }
                  tasks = 1
                }
                run { heap = 256, film-frames = 0 }
                """.formatted(
                        benchmark, temporary.resolve(data), algorithm, demonstrations));
        Path out = temporary.resolve("learned-from-" + demonstrations);
        Screen learning = new Screen();
        assertThat(learning.run("run", file.toString(), "--out", out.toString(), "--slots", "1"))
                .as(learning.err())
                .isZero();
        try (Stream<Path> files = Files.walk(out)) {
            Path result = files.filter(path -> path.endsWith("result.json"))
                    .findFirst()
                    .orElseThrow();
            return new ObjectMapper().readTree(result.toFile()).path("updates").asInt();
        }
    }

    @Test
    void refusesWhatWouldMixExpertsOrCannotBe() throws IOException {
        assertThat(record("mixed", 1)).isZero();
        assertThat(screen.err())
                .as("the spread of one is not known")
                .containsPattern("goal/0: 1 recorded, return [-\\d.]+ \\(one recording\\)")
                .doesNotContain("±");
        assertThat(Files.readString(temporary.resolve("mixed/DATACARD.md")))
                .containsPattern("\\| goal/0 \\| 1 \\| \\d+ \\| [-\\d.]+ \\(one recording\\) \\|");

        expect(
                "holds 1 episodes of goal/0 with another seed (0, now 4)",
                "mixed",
                "--episodes",
                "2",
                "--task",
                "goal/0",
                "--seed",
                "4");
        expect(
                "holds 1 episodes of goal/0 with another steps (none, now 9)",
                "mixed",
                "--episodes",
                "2",
                "--task",
                "goal/0",
                "--steps",
                "9");
        expect(
                "passed over: pretrain default paper seed 0 learned 2 tasks; say which with --task",
                "new",
                "--episodes",
                "2");
        expect("has no finished pre-training cell of goal/9", "new", "--episodes", "2", "--task", "goal/9");
        expect("--episodes is missing", "new", "--task", "goal/0");
        expect(
                "--weights nothing: the weights have the groups [",
                "new",
                "--episodes",
                "2",
                "--task",
                "goal/0",
                "--weights",
                "nothing");
        expect(
                "format.deflate: must lie in [0, 9] but is 11",
                "new",
                "--episodes",
                "2",
                "--task",
                "goal/0",
                "deflate=11");
        expect("'deflate' is not a setting: write key=value", "new", "--episodes", "2", "--task", "goal/0", "deflate");
        Screen unknown = new Screen();
        assertThat(unknown.run(
                        "record",
                        run().toString(),
                        "--format",
                        "minary",
                        "--out",
                        temporary.resolve("new").toString(),
                        "--episodes",
                        "1",
                        "--task",
                        "goal/0"))
                .isEqualTo(2);
        assertThat(unknown.err()).contains("no data-set-writer 'minary'; did you mean 'minari'?");
        assertThat(temporary.resolve("new/recording.jsonl")).doesNotExist();
        Screen missing = new Screen();
        assertThat(missing.run("record", "nowhere", "--format", "minari", "--out", "x", "--episodes", "1"))
                .isEqualTo(2);
        assertThat(missing.err()).contains("nowhere: there is neither a run nor an experiment of that name");
    }

    private void expect(String message, String out, String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                "record",
                run().toString(),
                "--format",
                "minari",
                "--out",
                temporary.resolve(out).toString()));
        all.addAll(List.of(arguments));
        Screen wrong = new Screen();

        assertThat(wrong.run(all.toArray(String[]::new))).as(wrong.err()).isEqualTo(2);
        assertThat(wrong.err()).contains(message).doesNotContain("should not happen");
    }

    private int record(String out, int episodes, String... more) {
        List<String> all = new ArrayList<>(List.of(
                "record",
                run().toString(),
                "--format",
                "minari",
                "--out",
                temporary.resolve(out).toString(),
                "--episodes",
                Integer.toString(episodes),
                "--task",
                "goal/0"));
        all.addAll(List.of(more));
        return screen.run(all.toArray(String[]::new));
    }

    private Map<String, byte[]> files(String folder) throws IOException {
        Map<String, byte[]> content = new TreeMap<>();
        Path root = temporary.resolve(folder);
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                content.put(root.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return content;
    }
}
