package org.adapt4j.method.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.UnaryOperator;
import org.adapt4j.method.ppo.PpoSettings.ValueLoss;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("native")
final class PpoLossTest {

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void thePolicyLossEqualsTheWorkedNumbers() {
        JsonNode oracle = oracle("ppo_policy");

        NDArray loss = policyLoss(logs(oracle.get("new_prob")), oracle);

        assertThat(loss.toFloatArray()).containsExactly(floats(oracle.get("per_sample_loss")), within(1e-5f));
        assertThat(loss.mean().getFloat()).isCloseTo((float) oracle.get("loss").asDouble(), within(1e-5f));
    }

    @Test
    void theReportEqualsTheWorkedNumbers() {
        JsonNode oracle = oracle("ppo_policy");
        float[] now = logs(oracle.get("new_prob"));
        float[] old = logs(oracle.get("old_prob"));
        float[] advantage = floats(oracle.get("advantage"));
        Statistics statistics = new Statistics(TestSettings.of("target-kl = 0.07"));

        statistics.startMinibatch();
        for (int i = 0; i < now.length; i++) {
            statistics.add((double) now[i] - old[i], advantage[i], 0, 0, 0);
        }

        assertThat(statistics.means())
                .hasEntrySatisfying(
                        "policy-loss",
                        v -> assertThat(v).isCloseTo(oracle.get("loss").asDouble(), within(1e-6)))
                .hasEntrySatisfying(
                        "clip-fraction",
                        v -> assertThat(v).isEqualTo(oracle.get("clip_fraction").asDouble()))
                .hasEntrySatisfying(
                        "approximate-kl",
                        v -> assertThat(v).isCloseTo(oracle.get("approx_kl_k3").asDouble(), within(1e-6)));
        assertThat(statistics.isTooFar()).isTrue();
    }

    @Test
    void theGradientFlowsWhereTheRatioMayStillMove() {
        JsonNode oracle = oracle("ppo_policy");

        float[] gradient = gradient(logs(oracle.get("new_prob")), log -> policyLoss(log, oracle));

        for (int i = 0; i < gradient.length; i++) {
            assertThat(gradient[i] != 0)
                    .isEqualTo(oracle.get("gradient_flows").get(i).asBoolean());
        }
    }

    @Test
    void theGradientOfThePolicyLossEqualsFiniteDifferences() {
        JsonNode oracle = oracle("ppo_policy");
        float[] at = {-0.6f, -1.55f, -2.28f, -0.55f};

        float[] gradient = gradient(at, log -> policyLoss(log, oracle));

        for (int i = 0; i < at.length; i++) {
            float[] up = at.clone();
            float[] down = at.clone();
            up[i] += 1e-3f;
            down[i] -= 1e-3f;
            float difference = policyLoss(up, oracle).sum().getFloat()
                    - policyLoss(down, oracle).sum().getFloat();
            assertThat(gradient[i]).isCloseTo(difference / 2e-3f, within(2e-3f));
        }
    }

    @Test
    void theValueLossesEqualTheWorkedNumbers() {
        JsonNode oracle = oracle("ppo_value");
        NDArray old = manager.create(floats(oracle.get("old")));
        NDArray now = manager.create(floats(oracle.get("new")));
        NDArray target = manager.create(floats(oracle.get("ret")));

        NDArray clipped = PpoLoss.value(now, old, target, 0.2, ValueLoss.CLIPPED);
        NDArray plain = PpoLoss.value(now, old, target, 0.2, ValueLoss.PLAIN);

        assertThat(clipped.mean().getFloat())
                .isCloseTo((float) oracle.get("baselines_half_mean_max").asDouble(), within(1e-5f));
        assertThat(plain.mean().getFloat())
                .isCloseTo((float) oracle.get("sb3_mse_unclipped").asDouble(), within(1e-5f));
    }

    private NDArray policyLoss(float[] now, JsonNode oracle) {
        return policyLoss(manager.create(now), oracle);
    }

    private NDArray policyLoss(NDArray now, JsonNode oracle) {
        return PpoLoss.policy(
                now,
                manager.create(logs(oracle.get("old_prob"))),
                manager.create(floats(oracle.get("advantage"))),
                oracle.get("clip").asDouble());
    }

    private float[] gradient(float[] at, UnaryOperator<NDArray> loss) {
        NDArray x = manager.create(at);
        x.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.backward(loss.apply(x).sum());
        }
        return x.getGradient().toFloatArray();
    }

    private static float[] floats(JsonNode list) {
        float[] values = new float[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) list.get(i).asDouble();
        }
        return values;
    }

    private static float[] logs(JsonNode list) {
        float[] values = floats(list);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.log(list.get(i).asDouble());
        }
        return values;
    }

    private static JsonNode oracle(String name) {
        try (InputStream in = PpoLossTest.class.getResourceAsStream("/oracles.json")) {
            return new ObjectMapper().readTree(in).get(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
