package org.adapt4j.testkit.fake;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.adapt4j.api.policy.ConditionedState;

/**
 * Remembers, per slot and since its trial began: steps, ends of episodes, and the sum of rewards. Beside it, the vector it was
 * conditioned on.
 */
public final class FakeMemory implements ConditionedState {

    private static final int STEPS = 0;
    private static final int ENDS = 1;
    private static final int REWARD = 2;
    private static final int ACTED = 3;
    private static final int NUMBERS = 4;

    private final double[][] origin;
    private final double[][] present;
    private final float[][] vectors;

    FakeMemory(int slots) {
        origin = new double[slots][NUMBERS];
        present = new double[slots][NUMBERS];
        vectors = new float[slots][0];
    }

    /** Steps in this trial whose outcome was seen. */
    public int steps(int slot) {
        return (int) present[slot][STEPS];
    }

    /** Ends of episodes seen in this trial. */
    public int ends(int slot) {
        return (int) present[slot][ENDS];
    }

    /** Sum of the rewards seen in this trial. */
    public double reward(int slot) {
        return present[slot][REWARD];
    }

    /** What a slot was conditioned on last; empty at first. */
    public float[] vector(int slot) {
        return vectors[slot].clone();
    }

    @Override
    public void condition(int slot, float[] vector) {
        vectors[slot] = vector.clone();
    }

    boolean hasActed(int slot) {
        return present[slot][ACTED] > 0;
    }

    void act(int slot) {
        present[slot][ACTED] = 1;
    }

    void returnToOrigin(int slot) {
        present[slot] = origin[slot].clone();
    }

    void takeIn(int slot, boolean end, double reward) {
        present[slot][STEPS]++;
        present[slot][ENDS] += end ? 1 : 0;
        present[slot][REWARD] += reward;
    }

    @Override
    public int slots() {
        return present.length;
    }

    @Override
    public FakeMemory spread(int slots) {
        FakeMemory spread = new FakeMemory(slots);
        for (int slot = 0; slot < slots; slot++) {
            spread.origin[slot] = present[slot % present.length].clone();
            spread.present[slot] = present[slot % present.length].clone();
            spread.vectors[slot] = vectors[slot % present.length].clone();
        }
        return spread;
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        for (double[][] part : new double[][][] {origin, present}) {
            for (double[] slot : part) {
                for (double value : slot) {
                    out.writeDouble(value);
                }
            }
        }
        for (float[] vector : vectors) {
            out.writeInt(vector.length);
            for (float value : vector) {
                out.writeFloat(value);
            }
        }
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        for (double[][] part : new double[][][] {origin, present}) {
            for (double[] slot : part) {
                for (int i = 0; i < slot.length; i++) {
                    slot[i] = in.readDouble();
                }
            }
        }
        for (int slot = 0; slot < vectors.length; slot++) {
            vectors[slot] = new float[in.readInt()];
            for (int i = 0; i < vectors[slot].length; i++) {
                vectors[slot][i] = in.readFloat();
            }
        }
    }
}
