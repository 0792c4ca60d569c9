package org.adapt4j.toolkit.value;

import org.adapt4j.api.settings.Check;

/**
 * Values as distributions over equally spaced numbers, the atoms (C51, Bellemare et al. 2017).
 * Distributions are rows of probabilities on the host.
 *
 * @param atoms how many, at least 2
 * @param lowest value of the first atom
 * @param highest value of the last atom
 */
public record CategoricalValues(int atoms, double lowest, double highest) {

    /** Checks that the atoms differ. */
    public CategoricalValues {
        Check.that(atoms >= 2, "atoms", "must be at least 2 but is " + atoms);
        Check.that(lowest < highest, "lowest-value", "must be below the highest of " + highest + " but is " + lowest);
    }

    /** The value of an atom. */
    public double value(int atom) {
        return lowest + atom * spacing();
    }

    /** The values of all atoms. */
    public float[] values() {
        float[] values = new float[atoms];
        for (int i = 0; i < atoms; i++) {
            values[i] = (float) value(i);
        }
        return values;
    }

    /**
     * The mean of a distribution.
     *
     * @param from index of its first probability
     */
    public double mean(float[] probabilities, int from) {
        double mean = 0;
        for (int i = 0; i < atoms; i++) {
            mean += probabilities[from + i] * value(i);
        }
        return mean;
    }

    /**
     * Adds the distribution of {@code reward + discount · Z}, where Z is distributed as given: each shifted atom is cut off at
     * the ends and split between its two neighbours in proportion to nearness.
     *
     * @param from index of the first probability of Z
     * @param reward what was earned until Z
     * @param discount what Z counts; 0 after the end of an episode
     * @param target rows of the same width, zeros where the result is wanted
     * @param at index of the first number of the row
     */
    public void project(float[] probabilities, int from, double reward, double discount, float[] target, int at) {
        double spacing = spacing();
        for (int j = 0; j < atoms; j++) {
            double moved = Math.max(lowest, Math.min(highest, reward + discount * value(j)));
            double position = Math.min(atoms - 1, (moved - lowest) / spacing);
            int below = Math.min(atoms - 2, (int) position);
            double above = position - below;
            float probability = probabilities[from + j];
            target[at + below] += (float) (probability * (1 - above));
            target[at + below + 1] += (float) (probability * above);
        }
    }

    private double spacing() {
        return (highest - lowest) / (atoms - 1);
    }
}
