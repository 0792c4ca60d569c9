package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.PlannedCell;
import org.adapt4j.runtime.run.RunFolder;
import org.adapt4j.runtime.run.Sums;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which weights a run leaves, and that another program plays with them. */
@Tag("protocol")
final class AdaptedPolicyTest {
    private static final String PYTHON = "/usr/bin/python3";

    @TempDir
    private Path temporary = Path.of("");

    @Test
    void whatIsKeptPlaysTheSameInPyTorch() throws Exception {
        CellFolder cell = onlyCell(run("adapted", "run.keep=adapted"));

        Sums sums = Sums.read(cell.adapted(), "");
        assertThat(new String(sums.bytes("README.md"), StandardCharsets.UTF_8))
                .contains("# Policy of ppo after adapting to identity")
                .contains("| learned by | nobody: from scratch |")
                .contains("| `state` | FLOAT32 | [4] | 0.0 to 1.0 |")
                .contains("One of 4 choices, numbered from 0.")
                .contains("| `encoder/linear-1/weight` | [16, 4] | FLOAT32 |")
                .contains("| `policy/output/bias` | [4] | FLOAT32 |")
                .doesNotContain("optimizer");
        assertThat(sums.bytes("weights.safetensors")).isNotEmpty();
        assertThat(lastReturn(cell)).as("says what it sees in all ten steps").isEqualTo(10);

        assumeTrue(
                Files.isExecutable(Path.of(PYTHON)) && ends(cell.adapted(), PYTHON, "-c", "import torch"),
                "apt-get install python3-torch");
        assertThat(output(cell.adapted(), PYTHON, "-c", shown())).isEqualTo("[0, 1, 2, 3]\n");
    }

    @Test
    void weightsAreKeptOnlyWhereTheyAreAskedFor() throws Exception {
        CellFolder kept = onlyCell(run("adapted", "run.keep=adapted"));
        CellFolder not = onlyCell(run("learned"));

        assertThat(kept.adapted()).isDirectoryContaining("glob:**/weights.safetensors");
        assertThat(not.adapted()).doesNotExist();
        for (Path log : List.of(kept.metrics(), kept.evaluations())) {
            assertThat(log).hasSameBinaryContentAs(not.path().resolve(log.getFileName()));
        }
    }

    @Test
    void ofARunThatKeepsNoneNothingStaysOnceAllIsDone() throws Exception {
        Path experiment = temporary.resolve("toy.conf");
        try (var toy = AdaptedPolicyTest.class.getResourceAsStream("toy.conf")) {
            assertThat(toy).isNotNull();
            Files.write(experiment, toy.readAllBytes());
        }
        Path folder = temporary.resolve("none");
        Screen screen = new Screen();

        int exit = screen.run("run", experiment.toString(), "--out", folder.toString(), "run.keep=none");

        assertThat(exit).as(screen.err()).isZero();
        RunFolder run = RunFolder.open(folder);
        PlannedCell pretraining = run.plan().cells().stream()
                .filter(cell -> cell.learned().isEmpty())
                .findFirst()
                .orElseThrow();
        assertThat(run.cell(pretraining).learned().resolve("SHA256SUMS")).isNotEmptyFile();
        assertThat(run.cell(pretraining).learned().resolve("weights.safetensors"))
                .doesNotExist();
        assertThat(screen.run("resume", folder.toString())).as(screen.err()).isZero();
    }

    private RunFolder run(String name, String... settings) throws IOException {
        Path experiment = temporary.resolve("identity.conf");
        Files.writeString(experiment, """
                name = identity
                benchmark { name = toy-identity }
                adapt {
                  algorithm {
                    name = ppo, rollout-steps = 16, minibatch-size = 32, learning-rate = 1e-2
                    network { encoder = mlp, hidden = [16], heads = [] }
                  }
                  slots = 8
                  budget { environment-steps = 8192 }
                  measure { points = [8192], episodes = 2, slots = 2 }
                }
                methods { scratch { adapt.adapter.name = fine-tune } }
                run { heap = 256 }
                """);
        Path folder = temporary.resolve(name);
        Screen screen = new Screen();
        int exit = screen.run(
                Stream.concat(Stream.of("run", experiment.toString(), "--out", folder.toString()), Stream.of(settings))
                        .toArray(String[]::new));
        assertThat(exit).as(screen.err()).isZero();
        return RunFolder.open(folder);
    }

    private static CellFolder onlyCell(RunFolder run) {
        return run.cell(run.plan().cells().get(0));
    }

    private static double lastReturn(CellFolder cell) {
        var lines = cell.lines(cell.evaluations());
        return lines.get(lines.size() - 1).path("returns").get(0).asDouble();
    }

    /** The Python of the README. */
    private static String shown() throws IOException {
        String page = Files.readString(Path.of("../../plugins-methods/base-ppo/README.md"));
        Matcher block = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    private static boolean ends(Path folder, String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(10, TimeUnit.MINUTES) && process.exitValue() == 0;
    }

    private static String output(Path folder, String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        return output;
    }
}
