package org.adapt4j.runtime.report.judge;

import java.util.Optional;
import java.util.function.DoubleFunction;

/** A number with what is known of its uncertainty. */
public sealed interface Estimate {

    /** The number itself. */
    double value();

    /** The interval that leaves a share on each side: 0.025 for one of 95 %; empty where none can be told. */
    Optional<Interval> interval(double tail);

    /** How unlikely what was seen would be if the truth were a margin or less: small speaks for more. */
    double notAbove(double margin);

    /** How unlikely what was seen would be if the truth were a margin or more: small speaks for less. */
    double notBelow(double margin);

    /** Variance of the value; 0 where no spread was seen. */
    double variance();

    /** Its degrees of freedom. */
    double freedom();

    /** The same of the number with its sign changed. */
    Estimate negated();

    /** Whether anything can be concluded from it. */
    default boolean isKnown() {
        return true;
    }

    /** The interval of 95 %. */
    default Optional<Interval> interval() {
        return interval(Judge.ALPHA);
    }

    /**
     * Student's: (value &minus; truth) / &radic;variance is t distributed.
     *
     * @param value of the sample
     * @param variance of the value, above 0
     * @param freedom degrees of freedom, a real number
     */
    record Spread(double value, double variance, double freedom) implements Estimate {
        @Override
        public Optional<Interval> interval(double tail) {
            double half = Student.quantile(1 - tail, freedom) * Math.sqrt(variance);
            return Optional.of(new Interval(value - half, value + half));
        }

        @Override
        public double notAbove(double margin) {
            return Student.upper((value - margin) / Math.sqrt(variance), freedom);
        }

        @Override
        public double notBelow(double margin) {
            return Student.cumulative((value - margin) / Math.sqrt(variance), freedom);
        }

        @Override
        public Spread negated() {
            return new Spread(-value, variance, freedom);
        }
    }

    /**
     * Every seed gave the same value, and values are known to lie in a range: with a share p of seeds that would give another, no
     * such seed is met with probability (1 &minus; p)<sup>S</sup>.
     *
     * @param value of all seeds
     * @param seeds how many
     * @param low least that a seed can give
     * @param high most that a seed can give
     */
    record Constant(double value, int seeds, double low, double high) implements Estimate {
        @Override
        public Optional<Interval> interval(double tail) {
            double unseen = 1 - Math.pow(tail, 1.0 / seeds);
            return Optional.of(new Interval(value - (value - low) * unseen, value + (high - value) * unseen));
        }

        @Override
        public double notAbove(double margin) {
            return value > margin ? Math.pow(Math.max(0, 1 - (value - margin) / (value - low)), seeds) : 1;
        }

        @Override
        public double notBelow(double margin) {
            return value < margin ? Math.pow(Math.max(0, 1 - (margin - value) / (high - value)), seeds) : 1;
        }

        @Override
        public double variance() {
            return 0;
        }

        @Override
        public double freedom() {
            return seeds - 1.0;
        }

        @Override
        public Constant negated() {
            return new Constant(-value, seeds, -high, -low);
        }
    }

    /**
     * The sum of two that have nothing to do with each other, of which one at least has no spread: each keeps half of the share on each side. To
     * take no spread for certainty would let five seeds of a learner that mostly succeeds lead twenty that fail as often.
     *
     * @param first one
     * @param second the other
     */
    record Sum(Estimate first, Estimate second) implements Estimate {
        private static final int HALVINGS = 200;

        @Override
        public double value() {
            return first.value() + second.value();
        }

        @Override
        public Optional<Interval> interval(double tail) {
            Interval one = first.interval(tail / 2).orElseThrow();
            Interval two = second.interval(tail / 2).orElseThrow();
            return Optional.of(new Interval(one.low() + two.low(), one.high() + two.high()));
        }

        @Override
        public double notAbove(double margin) {
            return smallest(tail -> interval(tail).orElseThrow().low() > margin);
        }

        @Override
        public double notBelow(double margin) {
            return smallest(tail -> interval(tail).orElseThrow().high() < margin);
        }

        /** The smallest share on each side with which an interval still tells something. */
        private static double smallest(DoubleFunction<Boolean> tells) {
            if (!tells.apply(1)) {
                return 1;
            }
            double yes = 1;
            double no = 0;
            for (int i = 0; i < HALVINGS; i++) {
                double middle = (yes + no) / 2;
                if (middle > 0 && tells.apply(middle)) {
                    yes = middle;
                } else {
                    no = middle;
                }
            }
            return yes;
        }

        @Override
        public double variance() {
            return first.variance() + second.variance();
        }

        @Override
        public double freedom() {
            double variance = variance();
            return variance == 0
                    ? first.freedom() + second.freedom()
                    : variance * variance / (squares(first) + squares(second));
        }

        private static double squares(Estimate one) {
            return one.variance() * one.variance() / one.freedom();
        }

        @Override
        public Sum negated() {
            return new Sum(first.negated(), second.negated());
        }
    }

    /**
     * Valid however often it was looked at before: the normal-mixture likelihood ratio of {@link Sequence}.
     *
     * @param value mean over seeds
     * @param deviation of the seeds
     * @param seeds how many, in all
     */
    record AlwaysValid(double value, double deviation, int seeds) implements Estimate {
        @Override
        public Optional<Interval> interval(double tail) {
            double critical = Sequence.critical(seeds, 2 * tail).orElse(Double.POSITIVE_INFINITY);
            double half = critical * deviation / Math.sqrt(seeds);
            return Double.isInfinite(half) ? Optional.empty() : Optional.of(new Interval(value - half, value + half));
        }

        @Override
        public double notAbove(double margin) {
            return value > margin ? one(margin) : 1;
        }

        @Override
        public double notBelow(double margin) {
            return value < margin ? one(margin) : 1;
        }

        private double one(double margin) {
            double t = (value - margin) / (deviation / Math.sqrt(seeds));
            return Math.min(1, 1 / (2 * Sequence.likelihoodRatio(seeds, t)));
        }

        @Override
        public double variance() {
            return deviation * deviation / seeds;
        }

        @Override
        public double freedom() {
            return seeds - 1.0;
        }

        @Override
        public AlwaysValid negated() {
            return new AlwaysValid(-value, deviation, seeds);
        }
    }

    /**
     * A number of which nothing can be concluded.
     *
     * @param value the number
     * @param reason why not, in words
     */
    record Bare(double value, String reason) implements Estimate {
        @Override
        public Optional<Interval> interval(double tail) {
            return Optional.empty();
        }

        @Override
        public double notAbove(double margin) {
            return 1;
        }

        @Override
        public double notBelow(double margin) {
            return 1;
        }

        @Override
        public double variance() {
            return 0;
        }

        @Override
        public double freedom() {
            return 0;
        }

        @Override
        public Bare negated() {
            return new Bare(-value, reason);
        }

        @Override
        public boolean isKnown() {
            return false;
        }
    }
}
