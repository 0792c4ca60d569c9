package org.adapt4j.runtime.report.claim;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.adapt4j.runtime.report.folder.Words;
import org.adapt4j.runtime.report.judge.About;
import org.adapt4j.runtime.report.judge.Demand;
import org.adapt4j.runtime.report.judge.Estimate;
import org.adapt4j.runtime.report.judge.Judge;
import org.adapt4j.runtime.report.judge.MeanSquares;
import org.adapt4j.runtime.report.judge.Power;
import org.adapt4j.runtime.report.judge.Question;

/**
 * A number that a claim will ask for, and what can be said of it before anything runs.
 *
 * @param claim id of the claim
 * @param preset it is judged for
 * @param what the number is
 * @param about which question
 * @param seeds planned
 * @param looks at how many seeds it is judged, which share the level; empty for once, at the end
 * @param lookedAt at how many seeds it was judged before, without having said so; 0 for never
 * @param tasks planned
 * @param parts of the claim, all of which must come out
 * @param isPaired whether what is compared has the same seeds
 * @param demands that the number must meet: one for a lead, two for likeness
 * @param variation how it must differ between tasks instead
 * @param components variances that are assumed; empty for none, so that everything is in units of the standard deviation of a seed's mean
 * @param source where these are from, in words
 */
public record Planned(
        String claim,
        String preset,
        String what,
        About about,
        int seeds,
        List<Integer> looks,
        int lookedAt,
        int tasks,
        int parts,
        boolean isPaired,
        List<Demand> demands,
        Optional<Question.Variation> variation,
        Optional<MeanSquares.Components> components,
        String source) {
    /** A variance that is none: its root is what numbers around 1 differ by where they are computed by two ways. */
    private static final double ROUNDING = 1e-24;

    /** Copies the lists. */
    public Planned {
        looks = List.copyOf(looks);
        demands = List.copyOf(demands);
    }

    static Planned of(Claim claim, String preset, Asked asked, int parts, List<Asked> before) {
        Optional<MeanSquares.Components> assumed = claim.assume();
        Optional<MeanSquares.Components> measured = assumed.isPresent() ? Optional.empty() : measured(asked, before);
        return new Planned(
                claim.id(),
                preset,
                asked.what(),
                asked.about(),
                asked.plannedSeeds(),
                claim.looks(),
                claim.lookedAt(),
                asked.tasks().size(),
                parts,
                asked.isPaired(),
                asked.demands(),
                asked.variation(),
                assumed.or(() -> measured),
                assumed.isPresent()
                        ? "assumed"
                        : measured.isPresent() ? "from the earlier run" : "in standard deviations");
    }

    /** Variances of the same number in an earlier run, or of the same measure there. */
    private static Optional<MeanSquares.Components> measured(Asked asked, List<Asked> before) {
        List<MeanSquares.Components> same = components(before.stream()
                .filter(other -> other.key().isBeside(asked.key()))
                .toList());
        List<MeanSquares.Components> alike = same.isEmpty()
                ? components(before.stream()
                        .filter(other ->
                                other.key().measure().equals(asked.key().measure()))
                        .toList())
                : same;
        return alike.isEmpty()
                ? Optional.empty()
                : Optional.of(new MeanSquares.Components(
                        mean(alike, MeanSquares.Components::seed),
                        mean(alike, MeanSquares.Components::task),
                        mean(alike, MeanSquares.Components::residual)));
    }

    private static double mean(List<MeanSquares.Components> some, ToDoubleFunction<MeanSquares.Components> of) {
        return some.stream().mapToDouble(of).average().orElse(0);
    }

    private static List<MeanSquares.Components> components(List<Asked> some) {
        return some.stream()
                .flatMap(asked -> asked.question(Integer.MAX_VALUE).stream())
                .flatMap(question -> question.contrast().components().stream())
                // Where an earlier run shows no spread it says nothing of how much there is.
                .filter(found -> found.seed() + found.residual() > ROUNDING)
                .toList();
    }

    /** Standard deviation of a seed's mean; 1 where nothing is assumed. */
    private double deviation() {
        return components
                .map(found -> Power.deviation(found, Math.max(1, tasks)))
                .orElse(1.0);
    }

    /** What a single demand asks a lead to exceed; 0 for likeness, below 0 where a number may fall short by so much. */
    private double margin() {
        return demands.size() == 1 ? demands.get(0).margin() : 0;
    }

    /**
     * Smallest lead, or deviation between tasks, that so many seeds find with 80 % for all parts together; NaN where it cannot be told, and
     * where none is looked for but that a number falls short by no more than a margin.
     */
    public double detectable(About question, int seedCount) {
        double power = Power.each(parts);
        if (reached(seedCount) == 0) {
            return Double.NaN;
        }
        if (variation.isPresent()) {
            return question == About.THESE
                            && tasks > 1
                            && isPaired
                            && !isExtended(seedCount)
                            && !variation.get().signs()
                    ? components
                            .filter(found -> found.residual() > 0)
                            .map(found -> Power.detectableSpread(
                                    found.residual(),
                                    variation.get().margin(),
                                    reached(seedCount),
                                    tasks,
                                    power,
                                    alpha()))
                            .orElse(Double.NaN)
                    : Double.NaN;
        }
        return margin() < 0 ? Double.NaN : margin() + reach(question, reached(seedCount), power);
    }

    /** Smallest margin that so many seeds show to be kept, if there is no difference; NaN where it cannot be told. */
    public double likeness(About question, int seedCount) {
        double power = Power.each(parts);
        return variation.isPresent() || reached(seedCount) == 0
                ? Double.NaN
                : reach(question, reached(seedCount), margin() < 0 ? power : Power.atEachEnd(power));
    }

    /** How many of so many seeds are looked at: those of the last look that they reach; 0 for none. */
    private int reached(int seedCount) {
        return looks.isEmpty()
                ? seedCount
                : looks.stream().filter(look -> look <= seedCount).reduce(0, Math::max);
    }

    /** Whether it was judged with fewer seeds before, without having said so. */
    private boolean isExtended(int seedCount) {
        return lookedAt > 0 && lookedAt < seedCount;
    }

    private double alpha() {
        return Judge.ALPHA / Math.max(1, looks.size());
    }

    private double reach(About question, int seedCount, double power) {
        double alpha = alpha();
        if (isExtended(seedCount)) {
            return question == About.THESE && isPaired
                    ? Power.detectableAgain(deviation(), seedCount, power)
                    : Double.NaN;
        }
        int sides = isPaired ? 1 : 2; // with seeds of their own, and spreads alike
        if (question == About.THESE) {
            double variance = deviation() * deviation() / seedCount;
            return Power.detectable(new Estimate.Spread(0, variance, sides * (seedCount - 1.0)), power, alpha);
        }
        return components
                .filter(found -> tasks > 1 && !Double.isNaN(found.task()))
                .map(found -> Power.detectable(
                        Power.crossed(
                                Collections.nCopies(
                                        sides,
                                        new MeanSquares.Components(
                                                found.seed() / sides, found.task(), found.residual() / sides)),
                                found.task(),
                                seedCount,
                                tasks),
                        power,
                        alpha))
                .orElse(Double.NaN);
    }

    /** Why so many seeds cannot decide it, in words; empty if they may. */
    public Optional<String> cannot(int seedCount) {
        if (seedCount < Judge.FEWEST) {
            return Optional.of("no verdict below " + Judge.FEWEST + " seeds");
        }
        if (!looks.isEmpty() && seedCount < looks.get(0)) {
            return Optional.of("its first look is at " + looks.get(0) + " seeds");
        }
        if (isExtended(seedCount) && (about == About.SUCH || !isPaired || variation.isPresent())) {
            return Optional.of("after a look that was not declared nothing is decided about "
                    + (variation.isPresent()
                            ? "how tasks differ"
                            : about == About.SUCH ? "tasks like these" : "methods with different seeds"));
        }
        if (variation.isPresent() && !isPaired) {
            return Optional.of("methods with different seeds have no test of whether tasks differ");
        }
        if (variation.isPresent() && tasks < 2) {
            return Optional.of("only one task");
        }
        if (about == About.SUCH && tasks < Judge.FEWEST_TASKS) {
            return Optional.of("a statement about other tasks needs " + Judge.FEWEST_TASKS + " tasks");
        }
        return Optional.empty();
    }

    /** Why so many seeds are not to be relied on for it, in words; empty if they are, or if nothing is assumed of how they vary. */
    public Optional<String> mayNot(int seedCount) {
        boolean isWithin = demands.size() == 2 || margin() < 0;
        return cannot(seedCount).isEmpty()
                        && isWithin
                        && components.isPresent()
                        && !(likeness(about, seedCount) <= -demands.get(0).margin())
                ? Optional.of("the margin is smaller than the " + Words.shortest(likeness(about, seedCount)) + " that "
                        + reached(seedCount) + " seeds show with a power of 80\u00a0%")
                : Optional.empty();
    }
}
