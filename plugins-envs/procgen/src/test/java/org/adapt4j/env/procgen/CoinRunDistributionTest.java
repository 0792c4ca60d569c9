package org.adapt4j.env.procgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Holds what 2,000 levels have in common against the native library: what levels are made of, and how four policies fare.
 * Levels are equal one by one, so these distributions are equal too, to the rounding of the measured file.
 */
final class CoinRunDistributionTest {

    private static final int LEVELS = 2000;

    /** The file rounds means and deviations to four digits. */
    private static final Offset<Double> ROUNDING = within(6e-5);

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"EASY", "HARD"})
    void levelsAreMadeOfTheSameThingsEquallyOften(Mode mode) {
        JsonNode native2000 = summary(mode);
        CoinRun game = Golden.game(mode, false);
        Map<String, int[]> counts = new TreeMap<>();
        for (int seed = 0; seed < LEVELS; seed++) {
            game.start(seed);
            for (Map.Entry<String, Integer> fact : facts(game).entrySet()) {
                counts.computeIfAbsent(fact.getKey(), name -> new int[LEVELS])[seed] = fact.getValue();
            }
            int[] plan = plan(mode, seed);
            counts.computeIfAbsent("difficulty", name -> new int[LEVELS])[seed] = plan[0];
            counts.computeIfAbsent("sections", name -> new int[LEVELS])[seed] = plan[1];
            counts.computeIfAbsent("danger", name -> new int[LEVELS])[seed] = plan[2];
        }

        counts.forEach((name, values) -> {
            JsonNode histogram = native2000.get(name + "_histogram");
            JsonNode quantiles = native2000.get(name);
            assertThat(histogram != null || quantiles != null).as(name).isTrue();
            if (histogram != null) {
                assertHistogram(name, values, histogram);
            }
            if (quantiles != null) {
                assertQuantiles(name, doubles(LEVELS, i -> values[i]), quantiles);
            }
        });
    }

    /** What the level is made of, by the names of the measured file. */
    private static Map<String, Integer> facts(CoinRun game) {
        World world = game.world;
        Map<String, Integer> facts = new TreeMap<>();
        facts.put("background", game.background);
        facts.put("player_theme", game.agent.theme);
        facts.put("wall_theme", game.wallTheme);
        facts.put("enemies", Golden.count(world, CoinRun.ENEMY));
        facts.put("crates", Golden.count(world, CoinRun.CRATE));
        facts.put("saws", Golden.count(world, CoinRun.SAW));
        facts.put("lava_cells", 0);
        facts.put("barrier_cells", 0);
        facts.put("max_surface", 0);
        for (int y = 0; y < CoinRun.SIDE; y++) {
            for (int x = 0; x < CoinRun.SIDE; x++) {
                switch (world.cell(x, y)) {
                    case CoinRun.COIN -> {
                        facts.put("coin_x", x);
                        facts.put("coin_y", y);
                    }
                    case CoinRun.LAVA_BODY, CoinRun.LAVA_TOP -> facts.merge("lava_cells", 1, Integer::sum);
                    case CoinRun.BARRIER -> facts.merge("barrier_cells", 1, Integer::sum);
                    case CoinRun.WALL_TOP -> facts.merge("max_surface", y + 1, Math::max);
                    default -> {}
                }
            }
        }
        return facts;
    }

    /** Difficulty, sections and danger of a level, drawn in the generator's order: they leave no mark in the world. */
    private static int[] plan(Mode mode, int seed) {
        MersenneTwister random = new MersenneTwister(seed);
        random.unit();
        random.below(62);
        random.raw();
        random.raw();
        if (mode == Mode.HARD) {
            random.below(5);
            random.below(6);
        }
        int difficulty = random.below(3) + 1;
        int sections = random.below(difficulty) + difficulty;
        return new int[] {difficulty, sections, random.below(3)};
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"EASY", "HARD"})
    void fourPoliciesFareAsInTheNativeLibrary(Mode mode) {
        CoinRun game = Golden.game(mode, false);
        JsonNode native2000 = summary(mode);

        assertPolicy(mode, game, native2000.get("policy_always_right_jump_8"), 0, draw -> 8);
        assertPolicy(mode, game, native2000.get("policy_always_right_7"), 0, draw -> 7);
        assertPolicy(mode, game, native2000.get("policy_random_uniform15"), 0, draw -> draw % 15);
        assertPolicy(mode, game, native2000.get("policy_biased_right_jump"), 0x5bd1e995, Golden::biased);
    }

    private static void assertPolicy(Mode mode, CoinRun game, JsonNode measured, int mask, IntUnaryOperator choose) {
        double total = 0;
        int[] lengths = new int[LEVELS];
        boolean[] solved = new boolean[LEVELS];
        Map<End, Integer> ends = new EnumMap<>(End.class);
        int[] levels = new int[4];
        int[] solvedLevels = new int[4];
        for (int seed = 0; seed < LEVELS; seed++) {
            int state = seed ^ mask;
            game.start(seed);
            while (game.end() == End.NONE) {
                state = state * 1664525 + 1013904223;
                total += game.step(choose.applyAsInt(state >>> 16));
                lengths[seed]++;
            }
            solved[seed] = game.end() == End.GOAL;
            ends.merge(game.end(), 1, Integer::sum);
            int difficulty = plan(mode, seed)[0];
            levels[difficulty]++;
            solvedLevels[difficulty] += solved[seed] ? 1 : 0;
        }

        assertThat(total / LEVELS).isCloseTo(measured.get("return_mean").asDouble(), ROUNDING);
        assertThat(share(ends, End.GOAL))
                .isCloseTo(measured.get("solved_fraction").asDouble(), ROUNDING);
        assertThat(share(ends, End.DEATH))
                .isCloseTo(measured.get("death_fraction").asDouble(), ROUNDING);
        // The native library does not tell why an episode ended: the file counts all of full length, coin or not.
        assertThat(Arrays.stream(lengths).filter(length -> length == 1000).count() / (double) LEVELS)
                .isCloseTo(measured.get("timeout_fraction").asDouble(), ROUNDING);
        assertQuantiles("length", doubles(LEVELS, i -> lengths[i]), measured.get("length"));
        for (int difficulty = 1; difficulty <= 3; difficulty++) {
            assertThat((double) solvedLevels[difficulty] / levels[difficulty])
                    .isCloseTo(
                            measured.get("solved_by_difficulty")
                                    .get(Integer.toString(difficulty))
                                    .asDouble(),
                            ROUNDING);
        }
    }

    private static double share(Map<End, Integer> ends, End end) {
        return ends.getOrDefault(end, 0) / (double) LEVELS;
    }

    private static void assertHistogram(String name, int[] values, JsonNode histogram) {
        Map<String, Integer> ours = new TreeMap<>();
        for (int value : values) {
            ours.merge(Integer.toString(value), 1, Integer::sum);
        }
        Map<String, Integer> theirs = new TreeMap<>();
        histogram
                .properties()
                .forEach(bar -> theirs.put(bar.getKey(), bar.getValue().asInt()));
        assertThat(ours).as(name).isEqualTo(theirs);
    }

    private static void assertQuantiles(String name, double[] values, JsonNode measured) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double mean = Arrays.stream(values).average().orElseThrow();
        double variance = Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow();
        assertThat(mean).as(name + " mean").isCloseTo(measured.get("mean").asDouble(), ROUNDING);
        assertThat(Math.sqrt(variance))
                .as(name + " deviation")
                .isCloseTo(measured.get("std").asDouble(), ROUNDING);
        assertThat(sorted[0]).as(name + " min").isEqualTo(measured.get("min").asDouble());
        assertThat(sorted[sorted.length - 1])
                .as(name + " max")
                .isEqualTo(measured.get("max").asDouble());
        for (int percent : new int[] {5, 25, 50, 75, 95}) {
            double at = percent / 100.0 * (sorted.length - 1);
            int below = (int) at;
            double quantile =
                    sorted[below] + (at - below) * (sorted[Math.min(below + 1, sorted.length - 1)] - sorted[below]);
            assertThat(quantile)
                    .as(name + " " + percent + " %")
                    .isCloseTo(measured.get("p%02d".formatted(percent)).asDouble(), within(1e-6));
        }
    }

    private static double[] doubles(int count, IntToDoubleFunction value) {
        double[] values = new double[count];
        Arrays.setAll(values, value);
        return values;
    }

    private static JsonNode summary(Mode mode) {
        JsonNode file = Golden.read(mode == Mode.EASY ? "coinrun_easy_summary" : "coinrun_hard_summary");
        assertThat(file.get("num_levels").asInt()).isEqualTo(LEVELS);
        return file.get("summary");
    }
}
