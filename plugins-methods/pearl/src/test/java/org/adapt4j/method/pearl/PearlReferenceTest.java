package org.adapt4j.method.pearl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.adapt4j.api.algorithm.Belief;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.algorithm.Weights;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.space.Space;
import org.adapt4j.method.pearl.Pearl.ActionInput;
import org.adapt4j.method.pearl.Pearl.KlOver;
import org.adapt4j.testkit.Fixture;
import org.adapt4j.testkit.fake.WrittenDraws;
import org.adapt4j.toolkit.network.HostArrays;
import org.adapt4j.toolkit.network.Initialisation;
import org.adapt4j.toolkit.network.Layer;
import org.adapt4j.toolkit.network.Layers;
import org.adapt4j.toolkit.network.Layout;
import org.adapt4j.toolkit.network.WeightVector;
import org.adapt4j.toolkit.training.GradientScope;
import org.adapt4j.toolkit.training.GradientScope.Found;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Beliefs, divergence, and the gradient that reaches the encoder through a critic, against a reference in 64 bits ({@code
 * src/test/python/pearl_reference.py}). All are sums of a few tens of numbers of size 1, so 32 bits are right to 10⁻⁵.
 */
@Tag("native")
final class PearlReferenceTest {

    private static final float ROUNDING = 1e-5f;

    static Stream<Fixture> cases() {
        return Fixture.of(PearlReferenceTest.class, "pearl-reference.json").cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void beliefsAndTheirGradientEqualTheReference(Fixture known) {
        Layout layout = new Layout();
        Conditioning.Network encoder = encoder(known).join(layout, spec(known));
        int seen = known.integer("seen");
        int tasks = known.integer("tasks");
        int rows = known.integer("rows");
        int width = known.integer("width");
        Layer critic = Layers.hidden(
                        layout,
                        "critic",
                        seen + width,
                        List.of(known.integer("critic")),
                        Layers.relu(),
                        Initialisation.uniform())
                .then(Layers.linear(layout, "critic/output", known.integer("critic"), 1, Initialisation.uniform()));
        try (NDManager manager = NDManager.newBaseManager();
                WeightVector weights = new WeightVector(manager, layout, new SplittableRandom(1));
                GradientScope scope = new GradientScope(manager)) {
            weights.take(
                    known.weights("weights", Snapshot.of(weights.tensors())).tensors(), every -> true);
            Context context = context(known, 0, tasks);

            float[] vectors = scope.addFinding((inputs, tracked) -> {
                Weights now = tracked.of(weights);
                Conditioning.Encoding encoding =
                        encoder.encode(inputs, now, context, WrittenDraws.of(known.doubles("noise")));
                NDArray spread = inputs.zeros(new Shape(tasks, rows, width))
                        .add(encoding.vector().reshape(tasks, 1, width))
                        .reshape(tasks * rows, width);
                NDArray states = HostArrays.tensor(inputs, known.floats("batch"), tasks * rows, seen);
                NDArray values = critic.apply(now, states.concat(spread, 1)).reshape(-1);
                NDArray loss = values.sub(HostArrays.tensor(inputs, known.floats("goals"), tasks * rows))
                        .square()
                        .mean();
                assertThat(encoding.regulariser().getFloat())
                        .isCloseTo((float) known.number("regulariser"), within(ROUNDING));
                assertThat(loss.getFloat()).isCloseTo((float) known.number("loss"), within(ROUNDING));
                return new Found<>(
                        loss.add(encoding.regulariser()), encoding.vector().toFloatArray());
            });

            assertThat(vectors).containsExactly(known.floats("vectors"), within(ROUNDING));
            known.assertWeights(
                    "gradient",
                    Snapshot.of(weights.named(scope.gradient(weights).toFloatArray())),
                    ROUNDING);
            for (int task = 0; task < tasks; task++) {
                Belief belief = encoder.infer(manager, weights.constants(), context(known, task, task + 1));
                assertThat(floats(belief.mean()))
                        .containsExactly(part(known.floats("means"), task, tasks), within(ROUNDING));
                assertThat(floats(belief.variance()))
                        .containsExactly(part(known.floats("variances"), task, tasks), within(ROUNDING));
            }
        }
    }

    private static ContextEncoder encoder(Fixture known) {
        return new ContextEncoder(
                known.integer("width"),
                IntStream.of(known.integers("hidden")).boxed().toList(),
                known.text("input").equals("raw") ? ActionInput.RAW : ActionInput.ONE_HOT,
                new ContextEncoder.Divergence(
                        known.number("weight"), known.text("over").equals("mean") ? KlOver.MEAN : KlOver.SUM));
    }

    private static EnvironmentSpec spec(Fixture known) {
        int actions = known.integer("actions");
        Space action = isContinuous(known) ? Box.vector(actions, -1, 1) : new Discrete(actions);
        return new EnvironmentSpec(
                List.of(new Component("state", Box.vector(known.integer("seen"), -9, 9))), action, 10);
    }

    private static boolean isContinuous(Fixture known) {
        return known.text("input").equals("continuous");
    }

    /** The transitions of some tasks. */
    private static Context context(Fixture known, int from, int to) {
        int all = known.integer("tasks");
        Context context = new Context((to - from) * known.integer("size"), to - from)
                .with("state", part(known.floats("states"), from, to, all))
                .with("reward", part(known.floats("rewards"), from, to, all));
        if (isContinuous(known)) {
            return context.with("action", part(known.floats("taken"), from, to, all));
        }
        int share = known.integer("size");
        return context.with("action", Arrays.copyOfRange(known.integers("taken"), from * share, to * share));
    }

    private static float[] part(float[] all, int task, int tasks) {
        return part(all, task, task + 1, tasks);
    }

    private static float[] part(float[] all, int from, int to, int tasks) {
        int share = all.length / tasks;
        return Arrays.copyOfRange(all, from * share, to * share);
    }

    private static float[] floats(List<Float> list) {
        float[] floats = new float[list.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = list.get(i);
        }
        return floats;
    }
}
