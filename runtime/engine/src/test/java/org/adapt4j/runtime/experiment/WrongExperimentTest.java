package org.adapt4j.runtime.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
