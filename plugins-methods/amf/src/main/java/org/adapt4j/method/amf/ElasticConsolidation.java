package org.adapt4j.method.amf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.adapt4j.api.algorithm.FisherInformation;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.algorithm.Tensor;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.method.Agent;
import org.adapt4j.api.method.Session;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;

/**
 * Elastic weight consolidation (Kirkpatrick et al. 2017): the penalty {@code ½ λ Σ Fᵢ (θᵢ - θ₀ᵢ)²}, as a pull after each update, see {@link
 * PullToStart}.
 *
 * <p>Departures: 1. {@code F} is measured on the demonstrations of the warm start, before the first update, for what was pre-trained on is
 * not to be had. 2. It is divided by its mean, so that the strength means the same whatever the loss. 3. No
 * weight is pulled further than back. Logs the penalty for {@code λ = 1}.
 */
final class ElasticConsolidation implements Forgetting {

    private final Agent acting;
    private final Session session;
    private final double strength;
    private final Snapshot start;
    private Snapshot sensitivity = Snapshot.of(Map.of());

    ElasticConsolidation(Agent acting, Session session, double strength) {
        this.acting = acting;
        this.session = session;
        this.strength = strength;
        start = acting.parameters().snapshot(acting.parameters().groups());
    }

    @Override
    public Policy policy() {
        return acting.policy(Mode.EXPLOIT);
    }

    /** Measures the sensitivity at the start, once, whatever the weights are now: a resumed run does so again. */
    @Override
    public void begin(List<Demonstration> warmStart) {
        if (!sensitivity.tensors().isEmpty()) {
            return;
        }
        Snapshot now = acting.parameters().snapshot(acting.parameters().groups());
        acting.parameters().restore(start);
        Map<String, ByteBuffer> columns = new TreeMap<>();
        int rows = warmStart.stream().mapToInt(Demonstration::steps).sum();
        for (Component component : session.spec().observation()) {
            columns.put(
                    component.name(),
                    joined(warmStart, component.name(), component.space().bytes(), rows));
        }
        columns.put(
                "action", joined(warmStart, "action", session.spec().action().bytes(), rows));
        sensitivity = acting.ability(FisherInformation.class).orElseThrow().fisherDiagonal(columns, rows);
        acting.parameters().restore(now);
    }

    private static ByteBuffer joined(List<Demonstration> demonstrations, String name, int bytes, int rows) {
        ByteBuffer all = ByteBuffer.allocateDirect(rows * bytes).order(ByteOrder.nativeOrder());
        int at = 0;
        for (Demonstration demonstration : demonstrations) {
            ByteBuffer column = Objects.requireNonNull(demonstration.columns().get(name), name);
            all.put(at, column, 0, demonstration.steps() * bytes);
            at += demonstration.steps() * bytes;
        }
        return all;
    }

    @Override
    public void updated() {
        Snapshot now = acting.parameters().snapshot(acting.parameters().groups());
        acting.parameters().restore(pulled(now, start, sensitivity, strength));
    }

    @Override
    public Map<String, Double> fit(List<Demonstration> demonstrations) {
        Snapshot now = acting.parameters().snapshot(acting.parameters().groups());
        return Map.of("drift", PullToStart.drift(now, start), "penalty", penalty(now, start, sensitivity));
    }

    /** {@code ½ Σ Fᵢ (θᵢ - θ₀ᵢ)²}. */
    static double penalty(Snapshot now, Snapshot start, Snapshot sensitivity) {
        double sum = 0;
        for (Map.Entry<String, Tensor> entry : sensitivity.tensors().entrySet()) {
            Tensor from = start.tensors().get(entry.getKey());
            Tensor moved = now.tensors().get(entry.getKey());
            if (from != null && moved != null) {
                double[] matters = entry.getValue().doubles();
                double[] origin = from.doubles();
                double[] to = moved.doubles();
                for (int i = 0; i < matters.length; i++) {
                    sum += matters[i] * (to[i] - origin[i]) * (to[i] - origin[i]);
                }
            }
        }
        return sum / 2;
    }

    /** Each weight moved to its start by {@code strength F / mean F}, at most the whole way. */
    static Snapshot pulled(Snapshot now, Snapshot start, Snapshot sensitivity, double strength) {
        double sum = 0;
        long count = 0;
        for (Tensor tensor : sensitivity.tensors().values()) {
            for (double value : tensor.doubles()) {
                sum += value;
                count++;
            }
        }
        double mean = count == 0 ? 0 : sum / count;
        Map<String, Tensor> pulled = new TreeMap<>(now.tensors());
        sensitivity.tensors().forEach((name, tensor) -> {
            Tensor from = now.tensors().get(name);
            Tensor to = start.tensors().get(name);
            if (from != null && to != null && mean > 0) {
                float[] values = from.floats();
                float[] origin = to.floats();
                float[] matters = tensor.floats();
                for (int i = 0; i < values.length; i++) {
                    double fraction = Math.min(1, strength * matters[i] / mean);
                    values[i] += (float) (fraction * (origin[i] - values[i]));
                }
                pulled.put(name, Tensor.of(from.shape(), values));
            }
        });
        return new Snapshot(new TreeMap<>(pulled));
    }
}
