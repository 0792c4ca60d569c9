package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MainTest {
    @TempDir
    private Path folder = Path.of("");

    private final Screen screen = new Screen();

    @Test
    void listsItsVerbsButNotTheInternalOne() {
        int exit = screen.run("--help");

        assertThat(exit).isZero();
        assertThat(screen.out())
                .contains(
                        "init",
                        "validate",
                        "plan",
                        "run",
                        "resume",
                        "status",
                        "report",
                        "plugins",
                        "doctor",
                        "bench",
                        "env")
                .doesNotContain("  cell");
    }

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
                .contains("trial.conf: 4: claims.P1.kind: no rule for the kind 'falt'; did you mean 'flat'? (known:"
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
    void answersAFolderWithoutARunWithTwo() {
        int exit = screen.run("status", folder.toString());

        assertThat(exit).isEqualTo(2);
        assertThat(screen.err()).startsWith(folder + ": is not a run folder, it has no plan.json");
    }
}
