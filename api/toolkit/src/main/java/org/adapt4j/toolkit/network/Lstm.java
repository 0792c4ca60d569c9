package org.adapt4j.toolkit.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import org.adapt4j.api.algorithm.WeightPlan;
import org.adapt4j.api.algorithm.Weights;
import org.jspecify.annotations.Nullable;

/**
 * Stacked long short-term memory, unrolled through time, with states zeroed where told (Hochreiter and Schmidhuber 1997;
 * gates and the two biases as in PyTorch, but in the order input, forget, output, candidate).
 *
 * <pre>
 * i, f, o = σ(W·x + b + U·h + d)    g = tanh(…)    c' = f·c + i·g    h' = o·tanh(c')
 * </pre>
 *
 * Weights start uniform in ±1/√units, as in PyTorch.
 */
public final class Lstm {

    private final int units;
    private final int layers;
    private final int[] inputWeight;
    private final int[] inputBias;
    private final int[] stateWeight;
    private final int[] stateBias;

    /**
     * Adds the tensors to a layout.
     *
     * @param name prefix of the tensors
     * @param inputs width of the input
     * @param units of each layer
     * @param layers stacked
     */
    public Lstm(WeightPlan layout, String name, int inputs, int units, int layers) {
        this.units = units;
        this.layers = layers;
        inputWeight = new int[layers];
        inputBias = new int[layers];
        stateWeight = new int[layers];
        stateBias = new int[layers];
        Initialiser start = Initialiser.fanIn(units);
        for (int l = 0; l < layers; l++) {
            String layer = name + "/layer-" + (l + 1);
            inputWeight[l] = layout.add(layer + "/input-weight", start, 4L * units, l == 0 ? inputs : units);
            inputBias[l] = layout.add(layer + "/input-bias", start, 4L * units);
            stateWeight[l] = layout.add(layer + "/state-weight", start, 4L * units, units);
            stateBias[l] = layout.add(layer + "/state-bias", start, 4L * units);
        }
    }

    /** Numbers that one slot remembers: hidden and cell state of every layer. */
    public int stateSize() {
        return 2 * layers * units;
    }

    /** Width of the output. */
    public int units() {
        return units;
    }

    /**
     * Runs over a stretch of time.
     *
     * @param input {@code [steps · slots, inputs]}, time-major; consumed
     * @param state {@code [slots, stateSize]}: for each layer hidden, then cell; what is remembered before the first step
     * @param cleared whether a slot's state is zeroed before a step, {@code [steps · slots]}, time-major
     */
    public Result run(Weights weights, NDArray input, float[] state, boolean[] cleared, int steps) {
        NDManager manager = input.getManager();
        int slots = cleared.length / steps;
        NDArray[] keeps = keeps(manager, cleared, steps, slots);
        float[] after = new float[state.length];
        NDArray sequence = input;
        for (int l = 0; l < layers; l++) {
            NDArray hidden = part(manager, state, slots, 2 * l);
            NDArray cell = part(manager, state, slots, 2 * l + 1);
            NDArray projected = sequence.getNDArrayInternal()
                    .linear(sequence, weights.get(inputWeight[l]), weights.get(inputBias[l]))
                    .get(0);
            sequence.close();
            NDList byStep = steps == 1 ? new NDList(projected) : projected.split(steps, 0);
            List<NDArray> outputs = new ArrayList<>(steps);
            for (int t = 0; t < steps; t++) {
                NDArray keep = keeps[t];
                if (keep != null) {
                    hidden = hidden.mul(keep);
                    cell = cell.mul(keep);
                }
                NDArray recurrent = hidden.getNDArrayInternal()
                        .linear(hidden, weights.get(stateWeight[l]), weights.get(stateBias[l]))
                        .get(0);
                NDArray all = byStep.get(t).add(recurrent);
                recurrent.close();
                NDList split = all.split(new long[] {3L * units}, 1);
                all.close();
                NDArray gates = split.get(0).getNDArrayInternal().sigmoid();
                NDArray candidate = split.get(1).tanh();
                NDList three = gates.split(3, 1);
                NDArray kept = three.get(1).mul(cell);
                NDArray added = three.get(0).mul(candidate);
                cell = kept.add(added);
                NDArray squashed = cell.tanh();
                hidden = three.get(2).mul(squashed);
                split.close();
                gates.close();
                candidate.close();
                three.close();
                kept.close();
                added.close();
                squashed.close();
                outputs.add(hidden);
            }
            store(hidden, after, slots, 2 * l);
            store(cell, after, slots, 2 * l + 1);
            sequence = steps == 1 ? outputs.get(0) : NDArrays.concat(new NDList(outputs), 0);
        }
        return new Result(sequence, after);
    }

    /**
     * What a run leaves.
     *
     * @param output {@code [steps · slots, units]}, of the topmost layer
     * @param state what is remembered after the last step, laid out as the input
     */
    public record Result(NDArray output, float[] state) {}

    private static @Nullable NDArray[] keeps(NDManager manager, boolean[] cleared, int steps, int slots) {
        @Nullable NDArray[] keeps = new NDArray[steps];
        for (int t = 0; t < steps; t++) {
            float[] keep = new float[slots];
            boolean any = false;
            for (int slot = 0; slot < slots; slot++) {
                boolean clear = cleared[t * slots + slot];
                keep[slot] = clear ? 0 : 1;
                any |= clear;
            }
            if (any) {
                keeps[t] = HostArrays.tensor(manager, keep, slots, 1);
            }
        }
        return keeps;
    }

    private NDArray part(NDManager manager, float[] state, int slots, int part) {
        float[] values = new float[slots * units];
        for (int slot = 0; slot < slots; slot++) {
            System.arraycopy(state, slot * stateSize() + part * units, values, slot * units, units);
        }
        return HostArrays.tensor(manager, values, slots, units);
    }

    private void store(NDArray tensor, float[] state, int slots, int part) {
        float[] values = tensor.toFloatArray();
        for (int slot = 0; slot < slots; slot++) {
            System.arraycopy(values, slot * units, state, slot * stateSize() + part * units, units);
        }
    }
}
