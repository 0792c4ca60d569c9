package org.adapt4j.method.bc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Device;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Space;
import org.adapt4j.testkit.ReferenceDefaults;
import org.adapt4j.testkit.fake.TestStreams;

/** Pairs written by hand, and what is trained on them. */
record Pairs(int size, Map<String, ByteBuffer> columns) implements Batch.Imitation {

    static Pairs of(float[][] states, float[][] actions) {
        return new Pairs(states.length, Map.of("state", buffer(states), "action", buffer(actions)));
    }

    static Pairs of(float[][] states, int... choices) {
        ByteBuffer action = ByteBuffer.allocateDirect(4 * choices.length).order(ByteOrder.nativeOrder());
        action.asIntBuffer().put(choices);
        return new Pairs(states.length, Map.of("state", buffer(states), "action", action));
    }

    private static ByteBuffer buffer(float[][] rows) {
        ByteBuffer buffer =
                ByteBuffer.allocateDirect(4 * rows.length * rows[0].length).order(ByteOrder.nativeOrder());
        int at = 0;
        for (float[] row : rows) {
            buffer.asFloatBuffer().put(at, row);
            at += row.length;
        }
        return buffer;
    }

    @Override
    public ByteBuffer column(String name) {
        return Objects.requireNonNull(columns.get(name), name);
    }

    static BcSettings settings(String overrides) {
        return ReferenceDefaults.of(BcPlugin.class, "algorithms.bc").settings(BcSettings.class, overrides);
    }

    static EnvironmentSpec spec(int width, Space action) {
        return new EnvironmentSpec(List.of(new Component("state", Box.vector(width, -9, 9))), action, 1000);
    }

    static AlgorithmRequest request(EnvironmentSpec spec, Conditioning conditioning) {
        return new AlgorithmRequest(spec, conditioning, 1, Device.CPU, TestStreams.root(1));
    }

    static BcAlgorithm algorithm(String settings, EnvironmentSpec spec) {
        return (BcAlgorithm) new Bc(settings(settings)).create(request(spec, Conditioning.none()));
    }
}
