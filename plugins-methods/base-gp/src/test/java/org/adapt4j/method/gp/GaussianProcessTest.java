package org.adapt4j.method.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Device;
import org.adapt4j.api.algorithm.NotFiniteException;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.testkit.PluginArchitecture;
import org.adapt4j.testkit.ReferenceDefaults;
import org.adapt4j.testkit.fake.TestStreams;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class GaussianProcessTest {

    private static final Offset<Double> EXACTLY = within(1e-7);
    private static final EnvironmentSpec LINE =
            new EnvironmentSpec(List.of(new Component("x", Box.vector(1, -9, 9))), Box.vector(1, -1, 1), 5);
    private static final GaussianProcessFactory.Settings SETTINGS = new GaussianProcessFactory.Settings(1, 1, 0.01, 50);

    private static GaussianProcess process() {
        return new GaussianProcess(SETTINGS, LINE);
    }

    private static Map<String, ByteBuffer> at(float... values) {
        ByteBuffer x = ByteBuffer.allocateDirect(4 * values.length).order(ByteOrder.nativeOrder());
        x.asFloatBuffer().put(values);
        return Map.of("x", x);
    }

    /** Pairs of an observation and an action. */
    private static Batch.Imitation pairs(float... values) {
        float[] seen = new float[values.length / 2];
        float[] done = new float[values.length / 2];
        for (int i = 0; i < seen.length; i++) {
            seen[i] = values[2 * i];
            done[i] = values[2 * i + 1];
        }
        return new Batch.Imitation() {
            @Override
            public int size() {
                return seen.length;
            }

            @Override
            public ByteBuffer column(String name) {
                return Objects.requireNonNull(at(name.equals("x") ? seen : done).get("x"));
            }
        };
    }

    /** Squared distances over a squared length that is zero. */
    @Test
    void varianceBeyondReasonIsNamed() {
        GaussianProcess absurd =
                new GaussianProcess(new GaussianProcessFactory.Settings(1e-200, 1e300, 1e-300, 50), LINE);

        assertThatThrownBy(() -> absurd.update(pairs(0, 1, 1, -1), 0))
                .isInstanceOf(NotFiniteException.class)
                .hasMessage("covariance 0, 0 is NaN");
    }

    @Test
    void knowsItsPriorBeforeAnythingWasShown() {
        GaussianProcess process = process();

        assertThat(process.mean(at(3), 1)[0][0]).isZero();
        assertThat(process.covariance(at(0, 1), 2)[0][1]).isEqualTo(0.6065307, EXACTLY);
    }

    @Test
    void conditionsAsWorkedOutByHand() {
        GaussianProcess process = process();

        Map<String, Double> logged = process.update(pairs(0, 0.5f), 0);

        // One observation: k / (1 + noise) of the action, and 1 - k² / (1 + noise) of the variance.
        double k = Math.exp(-0.5);
        assertThat(process.mean(at(1), 1)[0][0]).isEqualTo(0.5 * k / 1.01, EXACTLY);
        assertThat(process.covariance(at(1), 1)[0][0]).isEqualTo(1 - k * k / 1.01, EXACTLY);
        assertThat(logged).containsEntry("pairs", 1.0);
    }

    @Test
    void anUpdateKeepsWhatWasCarriedOverAndSeesItsBatchAnew() {
        GaussianProcess before = process();
        before.update(pairs(0, 0.5f), 0);
        GaussianProcess process = process();
        process.restore(before.snapshot(), Set.of("policy"));

        process.update(pairs(2, -0.5f), 0);
        process.update(pairs(2, -0.5f, 4, 1), 0);

        GaussianProcess all = process();
        all.update(pairs(0, 0.5f, 2, -0.5f, 4, 1), 0);
        assertThat(process.mean(at(1), 1)[0][0]).isEqualTo(all.mean(at(1), 1)[0][0], EXACTLY);
        assertThat(process.count()).isEqualTo(6);
    }

    @Test
    void actsByTheMeanWithinBounds() {
        GaussianProcess process = process();
        process.update(pairs(0, 1f, 0, 1f, 0.5f, 3f), 0);
        StepBlock seen = StepBlock.allocate(LINE, 2, 1);
        seen.step(0).observation("x").putFloat(0, 0.5f).putFloat(4, 9f);
        ActionBlock acted = ActionBlock.allocate(LINE.action(), List.of(), 2, 1);
        Policy policy = process.policy(Mode.EXPLOIT);

        policy.act(seen.step(0), policy.newState(2), acted.step(0));

        assertThat(acted.step(0).continuous().get(0)).isEqualTo(1);
        assertThat(acted.step(0).continuous().get(1)).isEqualTo(0, within(1e-6f));
    }

    @Test
    void comesBackFromDiskAsItWas() throws IOException {
        GaussianProcess process = process();
        process.update(pairs(0, 0.5f, 2, -0.5f), 0);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        process.save(new DataOutputStream(bytes));
        GaussianProcess again = process();

        again.load(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

        assertThat(again.snapshot()).isEqualTo(process.snapshot());
        assertThat(again.mean(at(1), 1)[0][0]).isEqualTo(process.mean(at(1), 1)[0][0]);
    }

    @Test
    void refusesWhatItCannotDo() {
        GaussianProcessFactory factory = new GaussianProcessFactory(SETTINGS);
        EnvironmentSpec choices = new EnvironmentSpec(LINE.observation(), new Discrete(2), 5);
        EnvironmentSpec pictures =
                new EnvironmentSpec(List.of(new Component("x", Box.image(2, 2, 3))), LINE.action(), 5);

        assertThat(factory.objection(request(LINE))).isEmpty();
        assertThat(factory.objection(request(choices)))
                .hasValueSatisfying(why -> assertThat(why).contains("choices"));
        assertThat(factory.objection(request(pictures)))
                .hasValueSatisfying(why -> assertThat(why).contains("pictures"));
        assertThatThrownBy(() -> process().update(pairs(new float[100]), 0)).hasMessageContaining("'pairs' of gp");
        assertThatThrownBy(() -> process().restore(process().snapshot(), Set.of("critic")))
                .hasMessageContaining("critic");
        assertThatThrownBy(() -> process().moveTowards(process().snapshot(), 0.5))
                .hasMessageContaining("what it was shown");
    }

    private static AlgorithmRequest request(EnvironmentSpec spec) {
        return new AlgorithmRequest(spec, Conditioning.none(), 1, Device.CPU, TestStreams.root(1));
    }

    @Test
    void keepsTheRulesOfTheHouse() {
        PluginArchitecture.of(GaussianProcessPlugin.class).check();
        ReferenceDefaults.of(GaussianProcessPlugin.class, "algorithms.gp").match(GaussianProcessFactory.Settings.class);
    }
}
