package org.adapt4j.runtime.report.judge;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What it would take to decide what is open, in words. Nothing is concluded from it.
 *
 * @param question with two seeds or more
 * @param refuting how its parts were tested; empty where nothing was
 * @param looks how many were declared, which share the level
 * @param open how many numbers are open, all of which must hold
 * @param corrected how many tests are corrected together where one is refuted
 */
record Prospect(Question question, List<Judge.Refuting> refuting, int looks, int open, int corrected) {
    private static final int MOST = 1000;
    /** A share by which numbers differ that are computed by two ways. */
    private static final double ROUNDING = 1e-3;

    /** What can be seen now, and how many seeds, or tasks, would decide; empty where nothing can be told. */
    String words() {
        if (!now().isKnown() || question.demands().isEmpty()) {
            return "";
        }
        if (!(now() instanceof Estimate.Spread)) {
            return unseen();
        }
        return contrast().seedCount() < Judge.FEWEST ? needed() : seen() + "; " + needed();
    }

    private double alpha() {
        return Judge.ALPHA / looks;
    }

    private Contrast contrast() {
        return question.contrast();
    }

    private Estimate now() {
        return contrast().estimate(question.about());
    }

    /** How far the number lies beyond what a demand asks for; below 0 where it does not meet it. */
    private double beyond(int demand) {
        Demand asked = question.demands().get(demand);
        return asked.sign() * now().value() - asked.margin();
    }

    private IntStream demands() {
        return IntStream.range(0, question.demands().size());
    }

    private boolean meetsAll() {
        return demands().allMatch(demand -> beyond(demand) > 0);
    }

    private boolean isAlike() {
        return question.isEquivalence() && meetsAll();
    }

    private String seen() {
        String with = " with " + contrast().seedCount() + " seeds";
        if (isAlike()) {
            return "a margin of "
                    + Numerals.number(Power.detectable(now(), Power.atEachEnd(Power.TARGET), alpha()))
                    + " can be shown" + with;
        }
        boolean plain = question.isEquivalence() || question.demands().get(0).margin() == 0;
        double lead = Power.detectable(now(), Power.TARGET, alpha());
        boolean isHarder = !meetsAll() && (corrected > 1 || pooled().findAny().isPresent());
        double against = isHarder ? against(now(), 1, 1) : lead;
        return (plain ? "a lead of " : "what lies beyond the margin by ") + Numerals.number(lead) + " can be seen"
                + with
                + (against > lead * (1 + ROUNDING)
                        ? ", and, corrected and with the variances pooled, one of " + Numerals.number(against)
                                + " against the claim"
                        : "");
    }

    /** How many seeds would decide if those to come gave what those at hand did; only the argument of unseen seeds holds them back. */
    private String unseen() {
        OptionalInt seeds = IntStream.rangeClosed(
                        Math.max(Judge.FEWEST, contrast().seedCount() + 1), MOST)
                .filter(this::decidesUnseen)
                .findFirst();
        String each = contrast().isPaired() ? "" : " of each";
        return seeds.isEmpty()
                ? ""
                : seeds.getAsInt() + " seeds" + each + " would decide, if the others were as those at hand";
    }

    private boolean decidesUnseen(int seeds) {
        Estimate then = with(now(), seeds);
        List<Judge.Part> parts = question.demands().stream()
                .map(demand -> new Judge.Part(question.key(), demand.sign(), demand.margin(), then))
                .toList();
        double level = alpha() / Math.max(1, corrected);
        return parts.stream().allMatch(part -> part.holding() <= alpha())
                || parts.stream().anyMatch(part -> part.signed().notBelow(part.margin()) <= level);
    }

    private static Estimate with(Estimate now, int seeds) {
        if (now instanceof Estimate.Constant constant) {
            return new Estimate.Constant(constant.value(), seeds, constant.low(), constant.high());
        }
        if (now instanceof Estimate.Sum sum) {
            return new Estimate.Sum(with(sum.first(), seeds), with(sum.second(), seeds));
        }
        return new Estimate.Spread(now.value(), now.variance() * (now.freedom() + 1) / seeds, seeds - 1.0);
    }

    private String needed() {
        String end = (looks > 1 ? ", looked at as often," : "")
                + (isAlike() ? " would show likeness, if there is no difference" : " would decide what is seen");
        String each = contrast().isPaired() ? "" : " of each";
        boolean isSuch = question.about() == About.SUCH;
        OptionalInt seeds = isSuch && contrast().taskCount() < Judge.FEWEST_TASKS ? OptionalInt.empty() : seedsFor(1);
        if (isSuch) {
            if (seeds.isPresent()) {
                return "about " + seeds.getAsInt() + " seeds" + each + end;
            }
            int with = Math.max(contrast().seedCount(), contrast().fewest());
            OptionalInt tasks = IntStream.rangeClosed(Math.max(contrast().taskCount() + 1, Judge.FEWEST_TASKS), MOST)
                    .filter(more -> reach(with, more, 1) <= wanted())
                    .findFirst();
            return tasks.isPresent()
                    ? "no number of seeds decides it; about " + tasks.getAsInt() + " tasks"
                            + (with > contrast().seedCount() ? " and " + with + " seeds" : "") + end
                    : "no number of seeds decides it on so few tasks";
        }
        Interval range = Power.range(1, freedom());
        return (seeds.isEmpty()
                        ? "more than " + MOST + " seeds"
                        : "about " + seeds.getAsInt() + " (" + bound(seedsFor(range.low())) + " to "
                                + bound(seedsFor(range.high())) + ") seeds")
                + each
                + end;
    }

    /** Degrees of freedom of the variance on which most depends: its own, or where it is to be refuted, the pooled one that is largest. */
    private double freedom() {
        return Stream.concat(Stream.of(now()), meetsAll() ? Stream.empty() : pooled())
                .max(Comparator.comparingDouble(Estimate::variance))
                .orElseThrow()
                .freedom();
    }

    private static String bound(OptionalInt seeds) {
        return seeds.isPresent() ? Integer.toString(seeds.getAsInt()) : "more than " + MOST;
    }

    /** What must be reached: the whole margin for likeness, the distance to the margin, or the largest by which one is not met. */
    private double wanted() {
        if (isAlike()) {
            return -question.demands().get(0).margin();
        }
        return meetsAll()
                ? demands().mapToDouble(this::beyond).min().orElse(0)
                : demands().mapToDouble(demand -> -beyond(demand)).max().orElse(0);
    }

    /** Fewest seeds that reach it if the deviation is so many times what is seen; more than there are, unless some of these are lost. */
    private OptionalInt seedsFor(double factor) {
        int fewest = contrast().lacks().isEmpty()
                ? contrast().seedCount() + 1
                : contrast().fewest();
        double wanted = wanted();
        return IntStream.rangeClosed(fewest, MOST)
                .filter(seeds -> reach(seeds, contrast().taskCount(), factor) <= wanted)
                .findFirst();
    }

    /** What so many seeds and tasks find: to hold, all that is open must come out; to be refuted, one of all, by the pooled variances too. */
    private double reach(int seeds, int tasks, double factor) {
        Estimate.Spread then = then(seeds, tasks);
        if (meetsAll()) {
            double power = Power.each(open);
            return factor * Power.detectable(then, isAlike() ? Power.atEachEnd(power) : power, alpha());
        }
        return factor * against(then, then.variance() / now().variance(), then.freedom() / now().freedom());
    }

    /**
     * By how much a number must miss a margin to be refuted: it scatters by its own variance, and must be clear by the pooled ones too.
     *
     * @param variance times which the pooled variances are then
     * @param freedom times which they have degrees of freedom then
     */
    private double against(Estimate own, double variance, double freedom) {
        double level = alpha() / Math.max(1, corrected);
        Stream<Estimate> then =
                pooled().map(wider -> new Estimate.Spread(0, wider.variance() * variance, wider.freedom() * freedom));
        double clear = Stream.concat(Stream.of(own), then)
                .mapToDouble(each -> Student.quantile(1 - level, each.freedom()) * Math.sqrt(each.variance()))
                .max()
                .orElseThrow();
        return clear + Student.quantile(Power.TARGET, own.freedom()) * Math.sqrt(own.variance());
    }

    /** The number with so many seeds on each side and so many tasks, if they vary as those at hand do. */
    private Estimate.Spread then(int seeds, int tasks) {
        if (question.about() == About.SUCH) {
            return Power.crossed(contrast().sideComponents(), contrast().taskComponent(), seeds, tasks);
        }
        return contrast().welch(side -> seeds);
    }

    /** The number with the variances by which it must be clear to be refuted, beside its own. */
    private Stream<Estimate.Spread> pooled() {
        return refuting.stream().flatMap(part -> part.pooled().stream());
    }
}
