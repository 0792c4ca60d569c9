package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RaceVerbTest {

    private final Screen screen = new Screen();

    @TempDir
    private Path folder = Path.of("");

    private Path experiment = Path.of("");

    @BeforeEach
    void writeExperiment() throws IOException {
        experiment = Files.writeString(folder.resolve("race.conf"), """
                name = race
                benchmark { name = integrator, goals = 4, train-goals = 2 }
                pretrain {
                  learner.name = multi-task
                  algorithm { name = ppo, rollout-steps = 8, minibatch-size = 16, network { encoder = mlp, hidden = [8] } }
                  slots   = 4
                  budget  { environment-steps = 320 }
                  measure { points = [320] }
                }
                """);
    }

    @Test
    @Tag("native")
    void racesAgainstWhateverAnswers() throws IOException {
        Path peer = Files.writeString(folder.resolve("peer.sh"), """
                echo race ready
                while read what count; do
                  echo "$what $count" >> "$1"
                  echo something else
                  echo "race 1000$count"
                done
                """);
        Path asked = folder.resolve("asked");

        int exit = screen.run(
                "race",
                experiment.toString(),
                "--against",
                "sh " + peer + " " + asked,
                "--turns",
                "3",
                "--updates",
                "2",
                "--warm-up",
                "0",
                "--train");

        assertThat(screen.err()).isEmpty();
        assertThat(exit).isZero();
        assertThat(Files.readAllLines(asked)).containsExactly("train 1", "train 2", "train 2", "train 2");
        assertThat(screen.out().lines())
                .hasSize(4)
                .element(0)
                .asString()
                // 10002 seconds for two updates.
                .matches(" +[0-9.]+ ms of processor time here, 5001000\\.00 there: [0-9.]+ times as fast");
        assertThat(screen.out()).contains("median of 3 turns: ");
    }

    @Test
    @Tag("native")
    void warmsUpByProcessorTimeAndFillsTurns() throws IOException {
        Path peer = Files.writeString(folder.resolve("peer.sh"), """
                echo race ready
                while read what count; do
                  echo "$count" >> "$1"
                  echo "race 0.$count"
                done
                """);
        Path asked = folder.resolve("asked");

        int exit = screen.run(
                "race",
                experiment.toString(),
                "--against",
                "sh " + peer + " " + asked,
                "--turns",
                "1",
                "--warm-up",
                "0.5");

        assertThat(screen.err()).isEmpty();
        assertThat(exit).isZero();
        assertThat(Files.readAllLines(asked)).startsWith("1", "2", "4").hasSize(4);
        // Far less than two seconds each here, so many of them.
        assertThat(Integer.parseInt(Files.readAllLines(asked).get(3))).isGreaterThan(10);
    }

    @Test
    @Tag("native")
    void saysWhatIsWrongWithTheOther() {
        assertThat(screen.run("race", experiment.toString(), "--against", "no-such-program"))
                .isEqualTo(Exit.USAGE);
        assertThat(screen.run("race", experiment.toString(), "--against", "true"))
                .isEqualTo(Exit.USAGE);

        assertThat(screen.err())
                .contains("no-such-program: cannot be started (")
                .contains("true: ended instead of answering; what it said stands above");
    }

    @Test
    void saysWhatItNeeds() {
        assertThat(screen.run("race", experiment.toString())).isEqualTo(Exit.USAGE);
        assertThat(screen.run("race", experiment.toString(), "--against", "sh", "--turns", "0"))
                .isEqualTo(Exit.USAGE);

        assertThat(screen.err())
                .contains("--against is required: which program to race")
                .contains("--turns must be at least 1, --updates and --warm-up not below 0");
    }
}
