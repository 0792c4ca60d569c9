package org.adapt4j.toolkit.training;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.algorithm.Tensor;
import org.adapt4j.api.run.Stateful;

/**
 * Adam over snapshots, in 64-bit floats and without an engine: for an outer loop, whose steps the optimiser of the algorithm below must know
 * nothing of ({@link Adam} is that one). The mean of all gradients gathered since the last step is what a step goes by.
 *
 * <pre>
 * m = β₁m + (1 − β₁)g    v = β₂v + (1 − β₂)g²    w −= rate · m̂ / (√v̂ + ε)
 * </pre>
 *
 * <p>Kingma and Ba 2015, Algorithm 1, with the decays (0.9, 0.999) and the ε (1e-8) that they suggest.
 */
public final class SnapshotAdam implements Stateful {

    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final double rate;
    private final Map<String, double[]> sums = new TreeMap<>();
    private final Map<String, double[]> first = new TreeMap<>();
    private final Map<String, double[]> second = new TreeMap<>();
    private int gathered;
    private long steps;

    /** An optimiser without memory. */
    public SnapshotAdam(double rate) {
        this.rate = rate;
    }

    /** Adds a gradient to those that the next step goes by the mean of. */
    public void gather(Snapshot gradient) {
        gathered++;
        gradient.tensors().forEach((name, tensor) -> {
            double[] g = tensor.doubles();
            double[] sum = sums.computeIfAbsent(name, unused -> new double[g.length]);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += g[i];
            }
        });
    }

    /** The weights one step on; the same if nothing was gathered. */
    public Snapshot step(Snapshot weights) {
        if (gathered == 0) {
            return weights;
        }
        steps++;
        Map<String, Tensor> moved = new TreeMap<>(weights.tensors());
        sums.forEach((name, sum) -> moved.computeIfPresent(name, (unused, tensor) -> moved(name, tensor, sum)));
        sums.clear();
        gathered = 0;
        return Snapshot.of(moved);
    }

    private Tensor moved(String name, Tensor tensor, double[] sum) {
        double[] m = first.computeIfAbsent(name, unused -> new double[sum.length]);
        double[] v = second.computeIfAbsent(name, unused -> new double[sum.length]);
        double correction1 = 1 - Math.pow(BETA_1, steps);
        double correction2 = 1 - Math.pow(BETA_2, steps);
        double[] values = tensor.doubles();
        for (int i = 0; i < values.length; i++) {
            double g = sum[i] / gathered;
            m[i] = BETA_1 * m[i] + (1 - BETA_1) * g;
            v[i] = BETA_2 * v[i] + (1 - BETA_2) * g * g;
            values[i] -= rate * (m[i] / correction1) / (Math.sqrt(v[i] / correction2) + EPSILON);
        }
        return like(tensor, values);
    }

    private static Tensor like(Tensor tensor, double[] values) {
        ByteBuffer data = ByteBuffer.allocate(tensor.data().limit()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < values.length; i++) {
            if (tensor.type() == Tensor.Type.FLOAT64) {
                data.putDouble(8 * i, values[i]);
            } else {
                data.putFloat(4 * i, (float) values[i]);
            }
        }
        return new Tensor(tensor.type(), tensor.shape(), data);
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        out.writeLong(steps);
        write(first, out);
        write(second, out);
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        steps = in.readLong();
        read(first, in);
        read(second, in);
    }

    private static void write(Map<String, double[]> moments, DataOutputStream out) throws IOException {
        out.writeInt(moments.size());
        for (Map.Entry<String, double[]> moment : moments.entrySet()) {
            out.writeUTF(moment.getKey());
            out.writeInt(moment.getValue().length);
            for (double number : moment.getValue()) {
                out.writeDouble(number);
            }
        }
    }

    private static void read(Map<String, double[]> moments, DataInputStream in) throws IOException {
        moments.clear();
        for (int left = in.readInt(); left > 0; left--) {
            String name = in.readUTF();
            double[] moment = new double[in.readInt()];
            for (int i = 0; i < moment.length; i++) {
                moment[i] = in.readDouble();
            }
            moments.put(name, moment);
        }
    }
}
