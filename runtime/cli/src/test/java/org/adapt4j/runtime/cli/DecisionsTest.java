package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapt4j.runtime.run.PlannedCell;
import org.adapt4j.runtime.run.RunPlan;
import org.junit.jupiter.api.Test;

final class DecisionsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static RunPlan plan(int seeds, int tasks, String claims) throws JsonProcessingException {
        List<PlannedCell> cells = new ArrayList<>();
        for (String method : List.of("multi-task", "scratch")) {
            for (int seed = 0; seed < seeds; seed++) {
                for (int task = 0; task < tasks; task++) {
                    cells.add(new PlannedCell(
                            method + seed + "-" + task,
                            "adapt",
                            method,
                            "paper",
                            Map.of(),
                            seed,
                            Optional.of("coinrun/" + task),
                            Optional.empty(),
                            Optional.empty(),
                            "{}"));
                }
            }
        }
        return new RunPlan("trial", "", Map.of(), (ArrayNode) JSON.readTree(claims), JSON.createArrayNode(), cells, "");
    }

    private static String printed(RunPlan plan, double seconds) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Decisions.of(plan, Optional.empty()).print(new PrintStream(bytes, true, StandardCharsets.UTF_8), seconds);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static final String LEAD = """
        [{"id":"P1","text":"t","kind":"better","method":"multi-task","than":["scratch"],"measures":["auc","final"]%s}]\
        """;

    @Test
    void saysWhatLeadsCanBeFoundInUnitsOfTheSpreadWhereNoneIsAssumed() throws JsonProcessingException {
        String words = printed(plan(5, 6, LEAD.formatted("")), 3600);

        assertThat(words)
                .contains("5 seeds", "10 seeds", "20 seeds", "AUC: multi-task \u2212 scratch and 1 more", " sd")
                .contains("time, one cell at a time: 5 seeds 60 min", "10 seeds 2.0 h")
                .doesNotContain("WARNING");
    }

    @Test
    void saysForBothQuestionsWhatAnAssumedSpreadAllows() throws JsonProcessingException {
        String words = printed(
                plan(5, 6, LEAD.formatted(",\"assume\":{\"seed\":0.1,\"task\":0.1,\"residual\":0.2}")), Double.NaN);

        assertThat(words).contains("tasks like these", "these tasks", "assumed").doesNotContain(" sd", "time,");
    }

    @Test
    void warnsOfClaimsThatThePlannedSeedsOrTasksCannotDecide() throws JsonProcessingException {
        assertThat(printed(plan(3, 6, LEAD.formatted("")), 0))
                .contains(
                        "WARNING claim P1 cannot be decided by this plan (3 seeds, 6 tasks): no verdict below 5 seeds");
        assertThat(printed(plan(5, 3, LEAD.formatted("")), 0)).contains("a statement about other tasks needs 5 tasks");
        assertThat(printed(plan(5, 6, """
            [{"id":"S","text":"t","kind":"similar","method":"multi-task","than":["scratch"],"measures":["auc"],"about":"these",
              "assume":{"seed":0.2}}]\
            """), 0))
                .contains(
                        "WARNING claim S",
                        "may well stay undecided",
                        "the margin is smaller than the ",
                        "that 5 seeds show with a power of 80");
    }

    @Test
    void saysNothingWithoutClaims() throws JsonProcessingException {
        assertThat(printed(plan(5, 6, "[]"), 0)).isEmpty();
    }

    @Test
    void tellsTheSameAsJson() throws JsonProcessingException {
        ArrayNode array = JSON.createArrayNode();

        Decisions.of(plan(3, 6, LEAD.formatted(",\"assume\":{\"seed\":0.1}")), Optional.empty())
                .toJson(array);

        assertThat(array).hasSize(2);
        assertThat(array.get(0).path("cannot").asText()).isEqualTo("no verdict below 5 seeds");
        assertThat(array.get(0).path("reaches")).hasSize(4);
        assertThat(array.get(0)
                        .path("reaches")
                        .get(1)
                        .path("these")
                        .path("lead")
                        .asDouble())
                .isBetween(0.16, 0.25);
    }
}
