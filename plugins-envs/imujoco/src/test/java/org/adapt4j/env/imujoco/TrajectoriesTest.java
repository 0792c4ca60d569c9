package org.adapt4j.env.imujoco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.env.mujoco.Model;
import org.adapt4j.env.mujoco.Simulation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Against trajectories that a C program recorded with MuJoCo 2.2.2 from Gymnasium's models (README of the oracles): to 1e-12 over
 * the first 5 steps and 1e-9 after that.
 */
@Tag("native")
final class TrajectoriesTest {

    private static final JsonNode FULL = read("full.json.gz");
    private static final JsonNode COMPACT = read("compact.json.gz");

    private static final List<String> SCENARIOS = List.of("zero", "sine", "plus1", "minus1");

    private static JsonNode read(String name) {
        try (InputStream in = new GZIPInputStream(TrajectoriesTest.class.getResourceAsStream("/oracle/" + name))) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static List<String> recordedInFull() {
        List<String> names = new ArrayList<>();
        FULL.fieldNames().forEachRemaining(names::add);
        return names;
    }

    static List<String> recordedInShort() {
        List<String> names = new ArrayList<>();
        COMPACT.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Body body(String word) {
        return Body.valueOf(word.toUpperCase(Locale.ROOT));
    }

    @ParameterizedTest
    @MethodSource("recordedInFull")
    void holdsEveryStepAndReward(String file) {
        Body body = body(file.substring(0, file.indexOf('-')));
        String task = body.word() + "/" + file.substring(file.indexOf('-') + 1).replace('_', '-');
        for (Map.Entry<String, JsonNode> scenario : fields(FULL.get(file).get("scenarios"))) {
            JsonNode steps = scenario.getValue().get("steps");
            if (scenario.getKey().contains("seed")) {
                continue; // starts from NumPy's noise, which a task cannot be given; see startsAnywhere
            }
            try (Play endless = new Play(Play.endless(body), task)) {
                for (JsonNode step : steps) {
                    endless.step(numbers(step.get("action")));
                    String where = file + " " + scenario.getKey() + " step " + step.get("t");
                    assertState(where, step.get("t").asInt(), endless, step);
                    assertThat(endless.number("reward"))
                            .as(where)
                            .isCloseTo(step.get("reward_v5").asDouble(), within(1e-9));
                    assertThat(endless.info().get("healthy"))
                            .as(where)
                            .isEqualTo(step.get("healthy").asInt() == 1);
                }
            }
            try (Play v4 = new Play(Play.withoutNoise(body), task)) {
                for (JsonNode step : steps) {
                    v4.step(numbers(step.get("action")));
                    assertThat(v4.number("reward"))
                            .isCloseTo(step.get("reward_v3v4").asDouble(), within(1e-9));
                    assertThat(v4.is(Flag.TERMINATED))
                            .isEqualTo(step.get("healthy").asInt() == 0);
                    if (v4.is(Flag.TERMINATED)) {
                        assertThat(v4.numbers("last-qpos")).containsExactly(numbers(step.get("qpos")), within(1e-9));
                        break;
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("recordedInShort")
    void holdsForHalfOfTheVariants(String name) {
        JsonNode recorded = COMPACT.get(name);
        String task = name.toLowerCase(Locale.ROOT);
        Body body = body(task.substring(0, task.indexOf('/')));
        for (String scenario : SCENARIOS) {
            try (Play play = new Play(Play.endless(body), task)) {
                assertThat(play.numbers("qpos")).containsExactly(numbers(recorded.get("qpos0")), within(1e-12));
                for (int t = 0; t < 20; t++) {
                    double[] action = new double[body.actions()];
                    for (int i = 0; i < action.length; i++) {
                        action[i] = action(scenario, t, i);
                    }
                    play.step(action);
                    String step = Integer.toString(t + 1);
                    if (recorded.get(scenario).get("qpos_after").has(step)) {
                        assertNear(
                                name + " " + scenario + " step " + step,
                                t < 5 ? 1e-12 : 1e-9,
                                play,
                                recorded.get(scenario).get("qpos_after").get(step),
                                recorded.get(scenario).get("qvel_after").get(step));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void startsAnywhere(Body body) {
        JsonNode recorded = FULL.get(body.word() + "-base");
        try (Model model = new Models(Play.settings(body)).compile(Optional.empty());
                Simulation simulation = new Simulation(model)) {
            assertThat(model.mass())
                    .isCloseTo(recorded.get("facts").get("total_mass").asDouble(), within(1e-12));
            for (Map.Entry<String, JsonNode> scenario : fields(recorded.get("scenarios"))) {
                simulation.reset();
                JsonNode start = scenario.getValue().get("reset");
                simulation.qpos().put(0, numbers(start.get("qpos")));
                simulation.qvel().put(0, numbers(start.get("qvel")));
                simulation.forward();
                for (JsonNode step : scenario.getValue().get("steps")) {
                    simulation.ctrl().put(0, numbers(step.get("action")));
                    simulation.step(body.frameSkip);
                    double[] qpos = new double[model.positions()];
                    simulation.qpos().get(0, qpos);
                    assertThat(qpos).as(scenario.getKey()).containsExactly(numbers(step.get("qpos")), within(1e-12));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("recordedInFull")
    void compilesToTheSameNumbers(String file) {
        Body body = body(file.substring(0, file.indexOf('-')));
        JsonNode facts = FULL.get(file).get("facts");
        String variant = file.substring(file.indexOf('-') + 1).replace('_', '-');
        try (Model model = new Models(Play.settings(body)).compile(Variant.parse(body, variant))) {
            assertThat(model.mass()).isCloseTo(facts.get("total_mass").asDouble(), within(1e-12));
            for (int i = 0; i < model.bodies().size(); i++) {
                JsonNode expected = facts.get("bodies").get(i);
                assertThat(model.bodies().get(i)).isEqualTo(expected.get("name").asText());
                assertThat(model.raw().body_mass().get(i))
                        .isCloseTo(expected.get("mass").asDouble(), within(1e-12));
                for (int axis = 0; axis < 3; axis++) {
                    assertThat(model.raw().body_inertia().get(3L * i + axis))
                            .isCloseTo(expected.get("inertia").get(axis).asDouble(), within(1e-12));
                    assertThat(model.raw().body_pos().get(3L * i + axis))
                            .isCloseTo(expected.get("pos").get(axis).asDouble(), within(1e-12));
                }
            }
            for (int i = 0; i < model.geoms().size(); i++) {
                JsonNode expected = facts.get("geoms").get(i);
                assertThat(model.geoms().get(i)).isEqualTo(expected.get("name").asText());
                for (int k = 0; k < 3; k++) {
                    assertThat(model.raw().geom_friction().get(3L * i + k))
                            .isCloseTo(expected.get("friction").get(k).asDouble(), within(1e-15));
                    assertThat(model.raw().geom_size().get(3L * i + k))
                            .isCloseTo(expected.get("size").get(k).asDouble(), within(1e-15));
                }
            }
            for (int i = 0; i < model.joints().size(); i++) {
                JsonNode range = facts.get("joints").get(i).get("range");
                assertThat(model.raw().jnt_range().get(2L * i))
                        .isCloseTo(range.get(0).asDouble(), within(1e-15));
                assertThat(model.raw().jnt_range().get(2L * i + 1))
                        .isCloseTo(range.get(1).asDouble(), within(1e-15));
            }
        }
    }

    private static void assertState(String where, int t, Play play, JsonNode step) {
        assertNear(where, t <= 5 ? 1e-12 : 1e-9, play, step.get("qpos"), step.get("qvel"));
    }

    private static void assertNear(String where, double tolerance, Play play, JsonNode qpos, JsonNode qvel) {
        assertThat(apart(play.numbers("qpos"), qpos)).as(where).isLessThan(tolerance);
        assertThat(apart(play.numbers("qvel"), qvel)).as(where).isLessThan(tolerance);
    }

    /** The largest difference of two numbers. */
    private static double apart(double[] found, JsonNode expected) {
        assertThat(found).hasSize(expected.size());
        double largest = 0;
        for (int i = 0; i < found.length; i++) {
            largest = Math.max(largest, Math.abs(found[i] - expected.get(i).asDouble()));
        }
        return largest;
    }

    private static double[] numbers(JsonNode array) {
        double[] numbers = new double[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = array.get(i).asDouble();
        }
        return numbers;
    }

    private static List<Map.Entry<String, JsonNode>> fields(JsonNode object) {
        return new ArrayList<>(object.properties());
    }

    static List<String> returns() throws IOException {
        try (InputStream in = TrajectoriesTest.class.getResourceAsStream("/oracle/returns.tsv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    /** All 156 tasks against sums measured on the original bodies, with six decimals. */
    @ParameterizedTest
    @MethodSource("returns")
    void everyTaskHasItsMassAndReturns(String line) {
        String[] cells = line.split("\t");
        Body body = body(cells[0].substring(0, cells[0].indexOf('/')));
        Optional<Variant> variant = Variant.parse(body, cells[0].substring(cells[0].indexOf('/') + 1));
        try (Model model = new Models(Play.settings(body)).compile(variant);
                Simulation simulation = new Simulation(model)) {
            assertThat(model.mass()).isCloseTo(Double.parseDouble(cells[1]), within(6e-7));
            for (int scenario = 0; scenario < SCENARIOS.size(); scenario++) {
                double sum = 0;
                simulation.reset();
                simulation.forward();
                for (int t = 0; t < 20; t++) {
                    double cost = 0;
                    for (int i = 0; i < body.actions(); i++) {
                        double action = action(SCENARIOS.get(scenario), t, i);
                        simulation.ctrl().put(i, action);
                        cost += action * action;
                    }
                    double before = simulation.qpos().get(0);
                    simulation.step(body.frameSkip);
                    double velocity = (simulation.qpos().get(0) - before) / (model.timestep() * body.frameSkip);
                    sum += velocity + (body.canFall ? 1 : 0) - body.controlCost * cost;
                }
                assertThat(sum)
                        .as(SCENARIOS.get(scenario))
                        .isCloseTo(Double.parseDouble(cells[2 + scenario]), within(6e-7));
            }
        }
    }

    private static double action(String scenario, int t, int motor) {
        return switch (scenario) {
            case "zero" -> 0;
            case "plus1" -> 1;
            case "minus1" -> -1;
            default -> Math.rint(0.6 * Math.sin(0.35 * t + 0.9 * motor) * 1e6) / 1e6;
        };
    }

    @Test
    void recordsAreThere() throws IOException {
        assertThat(returns()).hasSize(153 + 3);
        assertThat(FULL.size()).isEqualTo(13);
        assertThat(COMPACT.size()).isEqualTo(80);
    }
}
