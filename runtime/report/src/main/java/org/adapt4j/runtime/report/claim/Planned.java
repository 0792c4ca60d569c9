package org.adapt4j.runtime.report.claim;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.adapt4j.runtime.report.judge.About;
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
 * @param isEquivalence whether it asks for likeness rather than for a lead
 * @param margin of likeness, or that a lead must exceed
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
        boolean isEquivalence,
        double margin,
        Optional<MeanSquares.Components> components,
        String source) {

    static Planned of(Claim claim, String preset, Asked asked, int parts, List<Asked> before) {
        Optional<MeanSquares.Components> assumed = claim.assume();
        Optional<MeanSquares.Components> measured = assumed.isPresent() ? Optional.empty() : measured(asked, before);
        double margin = asked.variation()
                .map(Question.Variation::margin)
                .orElseGet(() -> Math.abs(asked.demands().get(0).margin()));
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
                asked.isEquivalence() || asked.variation().isPresent(),
                margin,
                assumed.or(() -> measured),
                assumed.isPresent()
                        ? "assumed"
                        : measured.isPresent() ? "from the earlier run" : "in standard deviations");
    }

    /** Variances of the same number in an earlier run, or of the same measure there. */
    private static Optional<MeanSquares.Components> measured(Asked asked, List<Asked> before) {
        List<MeanSquares.Components> same = components(
                before.stream().filter(other -> other.key().equals(asked.key())).toList());
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
                .filter(found -> found.seed() + found.residual() > 0)
                .toList();
    }

    /** Standard deviation of a seed's mean; 1 where nothing is assumed. */
    private double deviation() {
        return components
                .map(found -> Power.deviation(found, Math.max(1, tasks)))
                .orElse(1.0);
    }

    /** Smallest lead that so many seeds find with 80 % for all parts together; NaN where it cannot be told. */
    public double detectable(About question, int seedCount) {
        return reach(question, seedCount, Power.each(parts));
    }

    /** Smallest margin within which so many seeds show likeness, if there is no difference. */
    public double likeness(About question, int seedCount) {
        return reach(question, seedCount, Power.atEachEnd(Power.each(parts)));
    }

    private double reach(About question, int seedCount, double power) {
        double alpha = Judge.ALPHA / Math.max(1, looks.size());
        if (lookedAt > 0 && lookedAt < seedCount) {
            return question == About.THESE ? Power.detectableAgain(deviation(), seedCount, power) : Double.NaN;
        }
        if (question == About.THESE) {
            return Power.detectable(deviation(), seedCount, power, alpha);
        }
        return components
                .filter(found -> tasks > 1 && !Double.isNaN(found.task()))
                .map(found -> Power.detectable(Power.crossed(found, seedCount, tasks), power, alpha))
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
        if (lookedAt >= seedCount) {
            return Optional.of("it says that " + lookedAt + " seeds were looked at before, which are no fewer");
        }
        if (lookedAt > 0 && about == About.SUCH) {
            return Optional.of("after a look that was not declared nothing is decided about tasks like these");
        }
        if (about == About.SUCH && tasks < Judge.FEWEST_TASKS) {
            return Optional.of("a statement about other tasks needs " + Judge.FEWEST_TASKS + " tasks");
        }
        return isEquivalence && components.isPresent() && !(likeness(about, seedCount) <= margin)
                ? Optional.of("cannot decide: the margin is smaller than what these seeds can show")
                : Optional.empty();
    }
}
