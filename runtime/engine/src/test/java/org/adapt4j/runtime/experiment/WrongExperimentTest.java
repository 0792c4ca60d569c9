package org.adapt4j.runtime.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.adapt4j.runtime.plugins.PluginLoader;
import org.adapt4j.runtime.settings.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Slips of the hand and what the user reads; all of it stands in wrong-experiments.txt. */
final class WrongExperimentTest {

    private static final String RIGHT = """
            name = trial
            benchmark { name = toy-two-goal }
            pretrain {
              algorithm { name = toy-policy-gradient }
              slots = 4, budget { environment-steps = 1000 }, measure { every = 500, episodes = 3 }
            }
            adapt {
              algorithm { name = toy-policy-gradient, steps = 10 }
              slots = 2, budget { environment-steps = 500 }
            }
            methods {
              plain   { pretrain.learner.name = test-learner, adapt.adapter.name = test-adapter }
              scratch { adapt.adapter.name = test-adapter }
            }
            """;

    private final Catalogue catalogue = PluginLoader.load(WrongExperimentTest.class.getClassLoader(), Optional.empty());

    @TempDir
    private Path folder;

    @Test
    void saysWhereWhatAndWhatToDo() throws IOException {
        String golden;
        try (InputStream in = WrongExperimentTest.class.getResourceAsStream("wrong-experiments.txt")) {
            golden = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        List<String> slips =
                golden.lines().filter(line -> line.startsWith("### ")).toList();

        StringBuilder said = new StringBuilder();
        for (String slip : slips) {
            said.append(slip).append('\n').append(said(slip.substring(4))).append("\n\n");
        }

        assertThat(said.toString().strip()).isEqualTo(golden.strip());
    }

    @Test
    void theCommandLineWinsOverAnAxisOfTheGridAndTheLabelSaysSo() throws IOException {
        Path file =
                Files.writeString(folder.resolve("trial.conf"), RIGHT + "grid { \"benchmark.limit\" = [10, 20] }\n");

        var plan = Experiment.plan(file, List.of("benchmark.limit=7"), catalogue);

        assertThat(plan.cells())
                .hasSize(5)
                .allSatisfy(cell -> assertThat(cell.labels()).containsEntry("benchmark.limit", "7"))
                .allSatisfy(cell -> assertThat(cell.resolved()).contains("limit = 7"));
    }

    @Test
    void whoeverJudgesClaimsSaysBeforeAnythingRunsWhereOneIsWrong() throws IOException {
        Path file = Files.writeString(folder.resolve("trial.conf"), RIGHT + """
                claims = [
                  { id = A1, text = t, kind = flat }
                  { text = u, parts = [
                    { kind = flat }
                    { kind = falt }
                  ] }
                ]
                """);
        ClaimRules rules = claim -> claim.has("parts")
                ? List.of(
                        new ClaimRules.Flaw("parts/1/kind", "no kind 'falt'", "falt", Set.of("flat", "grows")),
                        ClaimRules.Flaw.of("", "does not say 'id'"))
                : List.of();

        assertThatThrownBy(() -> Experiment.plan(file, List.of(), catalogue, rules))
                .hasMessageContaining("trial.conf: 17: claims.2: does not say 'id'")
                .hasMessageContaining(
                        "trial.conf: 19: claims.2.parts.1.kind: no kind 'falt'; did you mean 'flat'? (known: flat, grows)");
    }

    /** A line that begins with {@code --} goes to the command line, any other to the end of the file. */
    private String said(String slip) throws IOException {
        List<String> overrides = new ArrayList<>();
        String file = RIGHT;
        if (slip.startsWith("--")) {
            overrides.add(slip.substring(2).strip());
        } else {
            file += slip + "\n";
        }
        Path path = Files.writeString(folder.resolve("trial.conf"), file);
        try {
            return "accepted: "
                    + Experiment.plan(path, overrides, catalogue).cells().size() + " cells";
        } catch (ConfigurationException e) {
            return String.valueOf(e.getMessage()).replace(folder + "/", "");
        }
    }
}
