package org.adapt4j.runtime.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.adapt4j.runtime.run.ClaimRules;
import org.adapt4j.runtime.run.RunPlan;
import org.adapt4j.runtime.settings.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Slips of the hand and what the user reads; all of it stands in wrong-experiments.txt. */
final class WrongExperimentTest {

    private final Trial trial;

    WrongExperimentTest(@TempDir Path folder) {
        trial = new Trial(folder);
    }

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
        String text = Trial.RIGHT + "grid { \"benchmark.limit\" = [10, 20] }\n";

        RunPlan plan = trial.plan(text, List.of("benchmark.limit=7"));

        assertThat(plan.cells())
                .hasSize(5)
                .allSatisfy(cell -> assertThat(cell.labels()).containsEntry("benchmark.limit", "7"))
                .allSatisfy(cell -> assertThat(cell.resolved()).contains("limit = 7"));
    }

    @Test
    void whoeverJudgesClaimsSaysBeforeAnythingRunsWhereOneIsWrong() throws IOException {
        String text = Trial.RIGHT + """
            claims = [
              { id = A1, text = t, kind = flat }
              { text = u, parts = [
                { kind = flat }
                { kind = falt }
              ] }
            ]
            """;
        ClaimRules rules = claim -> claim.has("parts")
                ? List.of(
                        new ClaimRules.Flaw("parts/1/kind", "no kind 'falt'", "falt", Set.of("flat", "grows")),
                        ClaimRules.Flaw.of("", "does not say 'id'"))
                : List.of();

        assertThatThrownBy(() -> trial.plan(text, List.of(), rules))
                .hasMessageContaining("trial.conf: 17: claims.2: does not say 'id'")
                .hasMessageContaining(
                        "trial.conf: 19: claims.2.parts.1.kind: no kind 'falt'; did you mean 'flat'? (known: flat,"
                                + " grows)");
    }

    /** A line that begins with {@code --} goes to the command line, any other to the end of the file. */
    private String said(String slip) throws IOException {
        List<String> overrides = new ArrayList<>();
        String file = Trial.RIGHT;
        if (slip.startsWith("--")) {
            overrides.add(slip.substring(2).strip());
        } else {
            file += slip + "\n";
        }
        try {
            return "accepted: " + trial.plan(file, overrides).cells().size() + " cells";
        } catch (ConfigurationException e) {
            return trial.shown(String.valueOf(e.getMessage()));
        }
    }
}
