package org.adapt4j.toolkit.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.random.RandomGenerator;
import org.adapt4j.api.run.Stateful;

/**
 * One draw of factorised Gaussian noise for all noisy layers of a network (Fortunato et al. 2018): for each layer a vector
 * over its inputs and one over its outputs, of numbers {@code f(x) = sign(x)·√|x|} of standard normal x. Zeros until the
 * first {@link #redraw}.
 */
public final class Noise implements Stateful {

    private final float[] values;
    private final NDArray flat;
    private final NDArray[] parts;

    /**
     * Allocates.
     *
     * @param manager owns the numbers
     */
    public Noise(NDManager manager, NoisePlan plan) {
        values = new float[plan.count()];
        flat = manager.zeros(new Shape(plan.count()));
        NDList views = flat.split(plan.cuts(), 0);
        parts = new NDArray[views.size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = views.get(i);
        }
    }

    /** Draws anew. The numbers are made in Java: the engine's seed belongs to the whole process. */
    public void redraw(RandomGenerator random) {
        for (int i = 0; i < values.length; i++) {
            values[i] = shaped(random.nextGaussian());
        }
        HostArrays.write(flat, values);
    }

    /** {@code f(x) = sign(x)·√|x|}. */
    static float shaped(double x) {
        return (float) Math.copySign(Math.sqrt(Math.abs(x)), x);
    }

    /** Takes over shaped numbers. */
    void set(float... shaped) {
        System.arraycopy(shaped, 0, values, 0, values.length);
        HostArrays.write(flat, values);
    }

    NDArray part(int index) {
        return parts[index];
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        for (float value : values) {
            out.writeFloat(value);
        }
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readFloat();
        }
        HostArrays.write(flat, values);
    }
}
