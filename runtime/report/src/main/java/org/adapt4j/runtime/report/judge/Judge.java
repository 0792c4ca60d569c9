package org.adapt4j.runtime.report.judge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The rule by which a claim holds or not. A claim is a conjunction of parts "number &gt; margin".
 *
 * <p>It holds if every part does by itself, uncorrected: all must pass (intersection-union; Berger 1982). It does not hold if some part
 * is refuted after Holm's correction, for that picks the most extreme of many; and five seeds that agree by chance give a tiny variance,
 * so a part is refuted only if the variances pooled over its places, and over all rivals, say so too.
 *
 * @param parts judged
 * @param alpha one-sided level of each
 * @param refuting the p value of each part by which it would be refuted
 * @param adjusted the same, corrected, and after them those of other tests of the claim
 * @param outcome of the claim
 */
public record Judge(List<Part> parts, double alpha, List<Refuting> refuting, List<Double> adjusted, Outcome outcome) {
    /** One-sided level: every verdict can be read off an interval of 95 %. */
    public static final double ALPHA = 0.025;
    /** No verdict below so many seeds: no rank argument reaches 5 % one-sided before, and no shape can be seen. */
    public static final int FEWEST = 5;
    /** From so many seeds on a verdict carries no warning. */
    public static final int RECOMMENDED = 10;
    /** No verdict about other tasks with fewer tasks. */
    public static final int FEWEST_TASKS = 5;
    /** Of the seeds planned so large a share must be whole. */
    public static final double ENOUGH = 0.8;
    /** Margin of normalised scores within which methods count as alike unless a claim says otherwise: one level of ten. */
    public static final double MARGIN = 0.1;

    /** Copies the lists. */
    public Judge {
        parts = List.copyOf(parts);
        refuting = List.copyOf(refuting);
        adjusted = List.copyOf(adjusted);
    }

    /**
     * Which contrast a part is of. Those that differ in anything have variances of their own, which are pooled.
     *
     * @param pair of methods, or a method
     * @param measure by which
     * @param place of the grid
     * @param about what it is to say something about
     * @param tasks over which, by name
     */
    public record Key(String pair, String measure, String place, About about, List<String> tasks) {
        /** Copies the list. */
        public Key {
            tasks = List.copyOf(tasks);
        }

        /** Over the same tasks as all others of the claim, and about these. */
        public Key(String pair, String measure, String place) {
            this(pair, measure, place, About.THESE, List.of());
        }

        /** Whether both are of the same pair by the same measure at the same place. */
        public boolean isBeside(Key other) {
            return pair.equals(other.pair) && measure.equals(other.measure) && place.equals(other.place);
        }
    }

    /**
     * "sign &times; number &gt; margin".
     *
     * @param key the contrast
     * @param sign 1 or &minus;1
     * @param margin that it must exceed
     * @param estimate of the contrast, without the sign
     */
    public record Part(Key key, int sign, double margin, Estimate estimate) {
        /** The number that must exceed the margin. */
        public Estimate signed() {
            return sign > 0 ? estimate : estimate.negated();
        }

        /** The p value by which it holds. */
        public double holding() {
            return signed().notAbove(margin);
        }
    }

    /**
     * How a part would be refuted.
     *
     * @param own p value by its own variance
     * @param places by the variance pooled over the places of its pair and measure, where there are several
     * @param all by that pooled over all pairs too, where that is more
     * @param pooled the number with each of these pooled variances
     */
    public record Refuting(double own, OptionalDouble places, OptionalDouble all, List<Estimate.Spread> pooled) {
        /** Copies the list. */
        public Refuting {
            pooled = List.copyOf(pooled);
        }

        /** The largest, which counts. */
        public double used() {
            return Math.max(own, Math.max(places.orElse(0), all.orElse(0)));
        }
    }

    /** Judges at a level of {@link #ALPHA}, divided by the number of looks that were declared. */
    public static Judge of(List<Part> parts, int looks) {
        return of(parts, List.of(), looks);
    }

    /**
     * The same of a claim that has other tests too, which are corrected together with the parts where something is refuted.
     *
     * @param others the p value of each by which it would be refuted; {@code adjusted} has them after those of the parts
     */
    public static Judge of(List<Part> parts, List<Double> others, int looks) {
        double alpha = ALPHA / looks;
        Map<Key, Estimate> contrasts = new LinkedHashMap<>();
        parts.forEach(part -> contrasts.putIfAbsent(part.key(), part.estimate()));
        Map<Object, Pool> pools = new HashMap<>();
        List<Refuting> refuting = new ArrayList<>();
        for (Part part : parts) {
            Key key = part.key();
            Pool places = pools.computeIfAbsent(
                    List.of(key.pair(), key.measure()),
                    k -> Pool.of(
                            contrasts,
                            other -> other.pair().equals(key.pair())
                                    && other.measure().equals(key.measure())));
            Pool all = pools.computeIfAbsent(
                    key.measure(),
                    k -> Pool.of(contrasts, other -> other.measure().equals(key.measure())));
            Optional<Estimate.Spread> byPlaces = places.count() > 1 ? places.spread(part) : Optional.empty();
            Optional<Estimate.Spread> byAll = all.count() > places.count() ? all.spread(part) : Optional.empty();
            refuting.add(new Refuting(
                    part.signed().notBelow(part.margin()),
                    notBelow(byPlaces, part.margin()),
                    notBelow(byAll, part.margin()),
                    Stream.concat(byPlaces.stream(), byAll.stream()).toList()));
        }
        double[] adjusted = Holm.adjust(Stream.concat(refuting.stream().map(Refuting::used), others.stream())
                .mapToDouble(Double::doubleValue)
                .toArray());
        boolean refuted = false;
        for (double p : adjusted) {
            refuted |= p <= alpha;
        }
        boolean holds = !parts.isEmpty() && parts.stream().allMatch(part -> part.holding() <= alpha);
        List<Double> boxed = new ArrayList<>();
        for (double p : adjusted) {
            boxed.add(p);
        }
        return new Judge(
                parts,
                alpha,
                refuting,
                boxed,
                refuted ? Outcome.DOES_NOT_HOLD : holds ? Outcome.HOLDS : Outcome.UNDECIDED);
    }

    private static OptionalDouble notBelow(Optional<Estimate.Spread> pooled, double margin) {
        return pooled.map(number -> OptionalDouble.of(number.notBelow(margin))).orElse(OptionalDouble.empty());
    }

    /** Whether another test that was corrected together with the parts is refuted. @param other its index */
    public boolean isOtherRefuted(int other) {
        return adjusted.get(parts.size() + other) <= alpha;
    }

    /** Indices of the parts that are refuted. */
    public List<Integer> refuted() {
        return indices(i -> adjusted.get(i) <= alpha);
    }

    /** Indices of the parts that do not hold by themselves. */
    public List<Integer> open() {
        return indices(i -> parts.get(i).holding() > alpha);
    }

    private List<Integer> indices(Predicate<Integer> which) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            if (which.test(i)) {
                found.add(i);
            }
        }
        return found;
    }

    /** Variances of several contrasts, weighed by their degrees of freedom. */
    private record Pool(int count, double variance, double freedom) {
        static Pool of(Map<Key, Estimate> contrasts, Predicate<Key> which) {
            int count = 0;
            double sum = 0;
            double freedom = 0;
            for (Map.Entry<Key, Estimate> contrast : contrasts.entrySet()) {
                if (which.test(contrast.getKey())) {
                    count++;
                    sum += contrast.getValue().freedom() * contrast.getValue().variance();
                    freedom += contrast.getValue().freedom();
                }
            }
            return new Pool(count, sum / freedom, freedom);
        }

        /** The number of a part with this variance; without any spread the part's own argument stands alone. */
        Optional<Estimate.Spread> spread(Part part) {
            return variance > 0
                    ? Optional.of(new Estimate.Spread(part.signed().value(), variance, freedom))
                    : Optional.empty();
        }
    }
}
