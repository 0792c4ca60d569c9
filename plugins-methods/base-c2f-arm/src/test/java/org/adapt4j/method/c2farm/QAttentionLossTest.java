package org.adapt4j.method.c2farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Random;
import org.adapt4j.api.algorithm.ReplayPlan;
import org.adapt4j.toolkit.network.Initialiser;
import org.adapt4j.toolkit.network.Layout;
import org.adapt4j.toolkit.network.WeightVector;
import org.adapt4j.toolkit.training.Adam;
import org.adapt4j.toolkit.training.GradientScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One update of one depth on given values, against the authors' update run on stubs that return them. */
@Tag("native")
final class QAttentionLossTest {

    private static final JsonNode ORIGINAL = Original.file("loss.json");
    private static final int SIDE = 4;

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void updatesAsJamesEtAlDo() {
        C2fArmSettings settings = SettingsOf.original("");
        float[] first = assertUpdate("ARM_depth0", settings, 0);
        float[] second = assertUpdate("ARM_depth1", settings, 1);
        assertPriorities("ARM_stack_priority", first, second);
    }

    @Test
    void updatesAsMandiEtAlDo() {
        C2fArmSettings settings = SettingsOf.paper("");
        float[] first = assertUpdate("RB_depth0", settings, 0);
        float[] second = assertUpdate("RB_depth1", settings, 1);
        assertPriorities("RB_stack_priority", first, second);
    }

    /** @return the depth's part of the priorities */
    private float[] assertUpdate(String name, C2fArmSettings settings, int depth) {
        JsonNode known = ORIGINAL.get(name);
        int rows = known.get("batch").asInt();
        Heads heads = new Heads(settings.attention(), depth, SIDE);
        int dense = known.get("dense").asInt();
        assertThat(heads.dense()).isEqualTo(dense);
        float[] wanted = targets(known, settings, heads, rows);
        assertThat(wanted).as(name).containsExactly(Original.floats(known.get("target")), within(1e-6f));

        long[] voxels = new long[rows];
        long[] beside = new long[rows * heads.beside()];
        for (int i = 0; i < rows; i++) {
            int[] at = Original.integers(known.get("chosen_xyz").get(i));
            int[] turns = known.get("chosen_rot_grip").isNull()
                    ? new int[4]
                    : Original.integers(known.get("chosen_rot_grip").get(i));
            int gripper = heads.cells() > SIDE * SIDE * SIDE ? turns[3] : 0;
            voxels[i] = ((gripper * (long) SIDE + at[0]) * SIDE + at[1]) * SIDE + at[2];
            for (int part = 0; part < heads.beside(); part++) {
                beside[i * heads.beside() + part] = 72L * part + turns[part];
            }
        }
        float[] importance = importance(known);
        assertThat(importance).containsExactly(Original.floats(known.get("importance_weights")), within(1e-6f));
        WeightVector values = values(rows, heads, dense);
        Adam adam =
                new Adam(values, 0.9, 0.999, 1e-8, new Adam.Restraint(settings.gradientClip(), settings.weightDecay()));
        float[] deltas = new float[rows];
        try (GradientScope scope = new GradientScope(manager)) {
            scope.add((inputs, tracked) -> {
                var views = tracked.of(values);
                NDArray loss = new QAttentionLoss(heads, settings.regulariser())
                        .of(
                                inputs,
                                new QAttentionNetwork.Output(views.get(0), dense == 0 ? null : views.get(1)),
                                voxels,
                                beside,
                                wanted,
                                importance,
                                deltas);
                assertThat((double) loss.getFloat())
                        .as("loss of %s", name)
                        .isCloseTo(known.get("total_loss").asDouble(), within(1e-6));
                return loss;
            });
            adam.step(scope.gradient(values), settings.learningRate());
        }
        assertThat(Arrays.copyOf(values.flat().toFloatArray(), 8))
                .as("after Adam")
                .containsExactly(Original.floats(known.get("q_after_adam_first8")), within(1e-6f));
        assertHuber(known, deltas);
        QAttentionLoss.priorities(deltas);
        return deltas;
    }

    private static void assertHuber(JsonNode known, float[] deltas) {
        JsonNode huber = known.get("huber");
        for (int i = 0; i < deltas.length; i++) {
            double sum = 0;
            int count = 0;
            for (JsonNode kind : huber) {
                // A list of rows, each a number or a list of heads; of a single head the rows lie one level deeper.
                JsonNode row =
                        kind.size() == deltas.length ? kind.get(i) : kind.get(0).get(i);
                for (double each : Original.numbers(row)) {
                    sum += each;
                    count++;
                }
            }
            assertThat((double) deltas[i]).isCloseTo(sum / Math.max(1, count), within(1e-6));
        }
    }

    private float[] targets(JsonNode known, C2fArmSettings settings, Heads heads, int rows) {
        int dense = heads.dense();
        float[] online = waves(rows * heads.cells(), 0.5, 0.23, 0, 0.1);
        float[] target = waves(rows * heads.cells(), 0.5, 0.19, 0.3, 0.1);
        float[] denseOnline = waves(rows * dense, 0.4, 0.27, 0, 0);
        float[] denseTarget = waves(rows * dense, 0.4, 0.17, 0.2, 0.2);
        int[] voxels = new int[rows];
        int[] turns = new int[4 * rows];
        float[] wanted = new float[rows];
        for (int i = 0; i < rows; i++) {
            heads.best(online, denseOnline, i, voxels, turns);
            Grid grid = new Grid(SIDE);
            assertThat(new int[] {grid.along(0, voxels[i]), grid.along(1, voxels[i]), grid.along(2, voxels[i])})
                    .containsExactly(Original.integers(
                            known.get("argmax_next_online_xyz").get(i)));
            if (!known.get("argmax_next_online_rot_grip").isNull()) {
                assertThat(Arrays.copyOfRange(turns, 4 * i, 4 * i + 4))
                        .containsExactly(Original.integers(
                                known.get("argmax_next_online_rot_grip").get(i)));
            }
            double discount = known.get("terminal").get(i).asInt() == 1 ? 0 : settings.discount();
            wanted[i] = QAttentionLoss.target(
                    0.01 * known.get("reward").get(i).asDouble(),
                    discount,
                    heads.value(target, denseTarget, i, voxels, turns),
                    settings.targets());
        }
        return wanted;
    }

    /** As the replay makes them: priorities to the power of −β, in parts of the batch's largest. */
    private static float[] importance(JsonNode known) {
        double[] priorities = Original.numbers(known.get("sum_tree_values"));
        ReplayPlan.Priorities plan = SettingsOf.paper("").plan().priorities().orElseThrow();
        double largest = Arrays.stream(priorities)
                .map(p -> Math.pow(p, -plan.weightEnd()))
                .max()
                .orElseThrow();
        float[] weights = new float[priorities.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (Math.pow(priorities[i], -plan.weightStart()) / largest);
        }
        return weights;
    }

    private WeightVector values(int rows, Heads heads, int dense) {
        Layout layout = new Layout();
        layout.add("q/volumes", Initialiser.constant(0), rows, heads.cells());
        float[] all = Arrays.copyOf(sines(rows * heads.cells(), 0.6, 0.37, 0.2), rows * heads.cells() + rows * dense);
        if (dense > 0) {
            layout.add("q/beside", Initialiser.constant(0), rows, dense);
            System.arraycopy(sines(rows * dense, 0.4, 0.31, 0.1), 0, all, rows * heads.cells(), rows * dense);
        }
        WeightVector values = new WeightVector(manager, layout, new Random(1));
        values.write(all);
        return values;
    }

    private static float[] sines(int count, double amplitude, double frequency, double offset) {
        float[] values = new float[count];
        for (int n = 0; n < count; n++) {
            values[n] = (float) (amplitude * Math.sin(frequency * n) + offset);
        }
        return values;
    }

    private static float[] waves(int count, double amplitude, double frequency, double phase, double offset) {
        float[] values = new float[count];
        for (int n = 0; n < count; n++) {
            values[n] = (float) (amplitude * Math.cos(frequency * n + phase) + offset);
        }
        return values;
    }

    private static void assertPriorities(String name, float[] first, float[] second) {
        double[] known = Original.numbers(ORIGINAL.at("/" + name + "/new_sum_tree_value"));
        double exponent = SettingsOf.paper("").plan().priorities().orElseThrow().exponent();
        for (int i = 0; i < known.length; i++) {
            double error = QAttentionLoss.share(0, 2) * first[i] + QAttentionLoss.share(1, 2) * second[i];
            assertThat(Math.pow(error, exponent)).isCloseTo(known[i], within(1e-5));
        }
    }

    @Test
    void keepsTargetsWithinTheirInterval() {
        JsonNode clamp = ORIGINAL.get("clamp");
        double[] values = Original.numbers(ORIGINAL.at("/ARM_depth0/target"));
        for (int i = 0; i < 3; i++) {
            double reward = 0.01 * clamp.get("reward").get(i).asDouble();
            // Of rows that go on the value of what follows is what the target has beyond the reward.
            double value = (clamp.at("/target_ARM/" + i).asDouble() - Math.max(0, reward)) / 0.99;
            assertThat((double) QAttentionLoss.target(reward, 0.99, value, C2fArmSettings.Targets.NOT_NEGATIVE))
                    .isCloseTo(clamp.at("/target_ARM/" + i).asDouble(), within(1e-6));
            assertThat((double) QAttentionLoss.target(reward, 0.99, value, C2fArmSettings.Targets.UNIT))
                    .isCloseTo(clamp.at("/target_study/" + i).asDouble(), within(1e-6));
        }
        assertThat(values[0]).isPositive();
        assertThat(QAttentionLoss.target(-0.01, 0.99, -0.5, C2fArmSettings.Targets.UNIT))
                .isZero();
        assertThat(QAttentionLoss.target(0, 1, Double.NaN, C2fArmSettings.Targets.UNIT))
                .isNaN();
    }

    /** What a time limit means is the replay's matter: the plan says it, and the row comes with a discount of 0 or without. */
    @Test
    void expectsAfterTimeLimitsWhatTheAuthorsDo() {
        JsonNode rule = ORIGINAL.get("timeout_rule");
        double value = rule.at("/target_study/0").asDouble() / 0.99;

        assertThat(SettingsOf.paper("").plan().limitsEnd()).isFalse();
        assertThat(SettingsOf.paper("time-limit = ends").plan().limitsEnd()).isTrue();
        assertThat((double) QAttentionLoss.target(0, 0, value, C2fArmSettings.Targets.NOT_NEGATIVE))
                .isEqualTo(rule.at("/target_ARM/0").asDouble());
        assertThat((double) QAttentionLoss.target(0, 0.99, value, C2fArmSettings.Targets.UNIT))
                .isCloseTo(rule.at("/target_study/0").asDouble(), within(1e-6));
    }
}
