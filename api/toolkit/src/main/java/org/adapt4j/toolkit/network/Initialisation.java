package org.adapt4j.toolkit.network;

/** How a layer starts, given its fan-in. */
public sealed interface Initialisation {

    /** First values of the weights. */
    Initialiser weight(int fanIn);

    /** First values of the bias. */
    Initialiser bias(int fanIn);

    /**
     * Orthogonal weights, no bias.
     *
     * @param gain scale of the rows
     */
    record Orthogonal(double gain) implements Initialisation {

        @Override
        public Initialiser weight(int fanIn) {
            return Initialiser.orthogonal(gain);
        }

        @Override
        public Initialiser bias(int fanIn) {
            return Initialiser.constant(0);
        }
    }

    /** Uniform in ±1/√fan-in, weights and bias: PyTorch's default. */
    record Uniform() implements Initialisation {

        @Override
        public Initialiser weight(int fanIn) {
            return Initialiser.fanIn(fanIn);
        }

        @Override
        public Initialiser bias(int fanIn) {
            return Initialiser.fanIn(fanIn);
        }
    }

    /** Uniform in ±√(6 / (fan-in + fan-out)), no bias (Glorot and Bengio 2010). */
    record Glorot() implements Initialisation {

        @Override
        public Initialiser weight(int fanIn) {
            return Initialiser.glorot();
        }

        @Override
        public Initialiser bias(int fanIn) {
            return Initialiser.constant(0);
        }
    }

    /**
     * Uniform in ±√(6 / ((1 + slope²) · fan-in)), no bias: signals keep their size through leaky rectifiers (He et al. 2015, section 2.2).
     *
     * @param slope of the rectifier below 0
     */
    record LeakyHe(double slope) implements Initialisation {

        @Override
        public Initialiser weight(int fanIn) {
            return Initialiser.uniform(Math.sqrt(6 / ((1 + slope * slope) * fanIn)));
        }

        @Override
        public Initialiser bias(int fanIn) {
            return Initialiser.constant(0);
        }
    }

    /** Returns {@link Orthogonal}. */
    static Initialisation orthogonal(double gain) {
        return new Orthogonal(gain);
    }

    /** Returns {@link Uniform}. */
    static Initialisation uniform() {
        return new Uniform();
    }

    /** Returns {@link Glorot}. */
    static Initialisation glorot() {
        return new Glorot();
    }

    /** Returns {@link LeakyHe}. */
    static Initialisation leakyHe(double slope) {
        return new LeakyHe(slope);
    }
}
