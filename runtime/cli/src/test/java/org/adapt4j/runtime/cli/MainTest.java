package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MainTest {
    @TempDir
    private Path folder = Path.of("");

    private final Screen screen = new Screen();

    @Test
    void answersMisuseWithTwoAndTheWayToHelp() {
        assertThat(screen.run()).isEqualTo(2);
        assertThat(screen.run("env")).isEqualTo(2);
        assertThat(screen.run("statu", "x")).isEqualTo(2);
        assertThat(screen.run("status")).isEqualTo(2);
        assertThat(screen.run("status", "--frobnicate", "x")).isEqualTo(2);

        assertThat(screen.err())
                .contains("a verb is missing\nTry: adapt4j --help")
                .contains("Try: adapt4j env --help")
                .contains("Did you mean")
                .contains("Missing required parameter: 'RUN'\nTry: adapt4j status --help")
                .contains("Unknown option: '--frobnicate'");
    }

    @Test
    void answersAMissingExperimentWithTwo() {
        int exit = screen.run("validate", folder.resolve("none.conf").toString());

        assertThat(exit).isEqualTo(2);
        assertThat(screen.err())
                .isEqualTo(folder.resolve("none.conf") + ": there is no such file. Write one with: adapt4j init DIR\n");
    }

    @Test
    void answersWhatIsNoFileWithTwo() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe.conf");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Path file = Files.writeString(folder.resolve("trial.conf"), "benchmark { name = procgen }");
        Path lost = Files.createSymbolicLink(folder.resolve("lost.conf"), Path.of("nowhere"));

        assertThat(screen.run("validate", pipe.toString())).isEqualTo(2);
        assertThat(screen.run("validate", lost.toString())).isEqualTo(2);
        assertThat(screen.run("validate", "caf\uFFFD.conf")).isEqualTo(2);
        String out = folder.resolve("trace.jsonl").toString();
        assertThat(screen.run(
                        "env",
                        "trace",
                        file.toString(),
                        "--task",
                        "coinrun/7",
                        "--actions",
                        pipe.toString(),
                        "--out",
                        out))
                .isEqualTo(2);
        assertThat(screen.run("validate", "@" + pipe)).isEqualTo(2);

        assertThat(screen.err()).isEqualTo("""
            FOLDER/pipe.conf: is a pipe, a socket or a device, and a file is needed there; copy the content to one
            FOLDER/lost.conf: is a link to something that is not there
            argument 'caf\uFFFD.conf': has bytes that are not UTF-8; rename the file
            --actions FOLDER/pipe.conf: is a pipe, a socket or a device, and a file is needed there; copy the content to one. Give a file, random:SEED or expert
            @FOLDER/pipe.conf: there is no such file. Write one with: adapt4j init DIR
            """.replace("FOLDER", folder.toString()));
    }

    @Test
    void refusesAClaimThatNoRuleCanJudge() throws IOException {
        Path file = Files.writeString(folder.resolve("trial.conf"), """
            name = trial
            benchmark { name = procgen }
            claims = [
              { id = P1, text = "flat it is", kind = falt, method = default }
            ]
            """);

        int exit = screen.run("validate", file.toString());

        assertThat(exit).isEqualTo(2);
        assertThat(screen.err())
                .contains("trial.conf: 4:35: claims.P1.kind: no rule for the kind 'falt'; did you mean 'flat'? (known:"
                        + " better,");
    }

    @Test
    void writesAStarterOnce() throws IOException {
        Path file = folder.resolve("new/experiment.conf");

        assertThat(screen.run("init", folder.resolve("new").toString())).isZero();
        assertThat(screen.run("init", folder.resolve("new").toString())).isEqualTo(2);

        assertThat(screen.out()).isEqualTo(file + "\n");
        assertThat(Files.readString(file)).contains("benchmark {", "methods {");
        assertThat(screen.err()).contains(file + ": is there already; choose another folder, or edit it");
    }

    @Test
    void answersAFolderWhereAFileIsNeededWithTwoAndTheOtherWayRound() throws IOException {
        Path file = Files.writeString(folder.resolve("trial.conf"), "benchmark { name = procgen }");

        assertThat(screen.run("validate", folder.toString())).isEqualTo(2);
        assertThat(screen.run("init", file.toString())).isEqualTo(2);
        assertThat(trace(file, "--out", folder.toString())).isEqualTo(2);

        assertThat(screen.err()).isEqualTo("""
            FOLDER: is a folder; name the experiment in it
            FOLDER/trial.conf: is a file, and a folder is needed there. Choose another
            FOLDER: is a folder, and a file is needed there. Choose another
            """.replace("FOLDER", folder.toString()));
    }

    @Test
    void answersANumberThatCannotBeWithTwo() throws IOException {
        Path file = Files.writeString(folder.resolve("trial.conf"), "benchmark { name = procgen }");
        String out = folder.resolve("trace.jsonl").toString();

        assertThat(trace(file, "--out", out, "--steps", "-1")).isEqualTo(2);
        assertThat(screen.run("bench", file.toString(), "--rounds", "0")).isEqualTo(2);
        assertThat(screen.run("bench", file.toString(), "--seconds", "-1")).isEqualTo(2);

        assertThat(screen.err())
                .startsWith("--steps -1: must not be negative\n")
                .contains("--slots and --rounds must be at least 1, and --seconds positive");
    }

    private int trace(Path experiment, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("env", "trace", experiment.toString(), "--task", "coinrun/7", "--actions", "random:1"));
        arguments.addAll(List.of(more));
        return screen.run(arguments.toArray(String[]::new));
    }

    @Test
    void answersAFolderWithoutARunWithTwo() {
        int exit = screen.run("status", folder.toString());

        assertThat(exit).isEqualTo(2);
        assertThat(screen.err()).startsWith(folder + ": is not a run folder, it has no plan.json");
    }
}
