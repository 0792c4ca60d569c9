package org.adapt4j.env.bandit;

/**
 * What the best possible player believes of the arms, given what each has paid: the posterior of the distribution that bandits are drawn
 * from. Of an arm's pulls it remembers one number, 0 before the first; arms of equal numbers are alike.
 */
interface Belief {

    /** The number of an arm that was pulled once more; from 0 to 65535, so that it fits a {@code char}. */
    int after(int remembered, boolean paid);

    /** The probability that an arm pays, of all that is remembered of all arms. */
    double chance(char[] remembered, int arm);

    /** Arms that pay with probabilities drawn from U(0, 1), each by itself: Beta posteriors (Duan et al. 2016, section 3.1). */
    final class Uniform implements Belief {

        private static final int PULLS = 256;

        @Override
        public int after(int remembered, boolean paid) {
            return remembered + (paid ? PULLS : 1);
        }

        @Override
        public double chance(char[] remembered, int arm) {
            int paid = remembered[arm] / PULLS;
            int failed = remembered[arm] % PULLS;
            return (paid + 1.0) / (paid + failed + 2.0);
        }
    }

    /** One arm pays with probability {@code good}, all others with {@code bad}; each arm is equally likely to be the good one. */
    final class OneGood implements Belief {

        private static final int PULLS = 256;

        private final double good;
        private final double bad;

        OneGood(double good, double bad) {
            this.good = good;
            this.bad = bad;
        }

        @Override
        public int after(int remembered, boolean paid) {
            return remembered + (paid ? PULLS : 1);
        }

        @Override
        public double chance(char[] remembered, int arm) {
            double sum = 0;
            double own = likelihood(remembered[arm]);
            for (char each : remembered) {
                sum += likelihood(each);
            }
            return bad + (good - bad) * own / sum;
        }

        /** How much likelier the arm's pulls are if it is the good one. */
        private double likelihood(char pulls) {
            return Math.pow(good / bad, pulls / PULLS) * Math.pow((1 - good) / (1 - bad), pulls % PULLS);
        }
    }
}
