package org.adapt4j.toolkit.policy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.adapt4j.api.policy.ConditionedState;

/** The vector of each slot, as somebody else inferred it. It stays over the borders of episodes and trials. */
public final class ContextVectors implements ConditionedState {

    private final int slots;
    private final int width;
    private final float[] vectors;

    /** Zeros. @param width numbers of a vector */
    public ContextVectors(int slots, int width) {
        this.slots = slots;
        this.width = width;
        vectors = new float[slots * width];
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public void condition(int slot, float[] vector) {
        if (vector.length != width) {
            throw new IllegalArgumentException("the vector has " + vector.length + " numbers instead of " + width);
        }
        System.arraycopy(vector, 0, vectors, slot * width, width);
    }

    @Override
    public ContextVectors spread(int others) {
        ContextVectors spread = new ContextVectors(others, width);
        for (int slot = 0; slot < others; slot++) {
            System.arraycopy(vectors, slot % slots * width, spread.vectors, slot * width, width);
        }
        return spread;
    }

    /** All vectors, {@code [slots, width]}; live. */
    public float[] vectors() {
        return vectors;
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        for (float value : vectors) {
            out.writeFloat(value);
        }
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = in.readFloat();
        }
    }
}
