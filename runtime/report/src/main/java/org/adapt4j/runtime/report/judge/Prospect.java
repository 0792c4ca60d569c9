package org.adapt4j.runtime.report.judge;

import java.util.OptionalInt;
import java.util.function.DoubleFunction;

/** What it would take to decide what is open, in words. Nothing is concluded from it. */
final class Prospect {
    private static final int MOST = 1000;

    private Prospect() {}

    /** Of a question with two seeds or more: what can be seen now, and how many seeds, or tasks, would decide. */
    static String of(Question question, int parts, double alpha) {
        Contrast contrast = question.contrast();
        Estimate now = contrast.estimate(question.about());
        if (!(now instanceof Estimate.Spread) || question.demands().isEmpty()) {
            return "";
        }
        double power = Power.each(parts);
        boolean alike = question.isEquivalence() && isWithin(question, now.value());
        double wanted = alike
                ? -question.demands().get(0).margin()
                : question.demands().stream()
                        .mapToDouble(demand -> Math.abs(demand.sign() * now.value() - demand.margin()))
                        .min()
                        .orElse(0);
        String seen = (alike
                        ? "a margin of " + Numerals.number(Power.detectable(now, Power.atEachEnd(Power.TARGET), alpha))
                                + " can be shown with "
                        : "a lead of " + Numerals.number(Power.detectable(now, Power.TARGET, alpha))
                                + " can be seen with ")
                + contrast.seedCount() + " seeds";
        String end = alike ? " would show likeness, if there is no difference" : " would decide what is seen";
        double deviation = Math.sqrt(contrast.estimate(About.THESE).variance() * contrast.seedCount());
        if (question.about() == About.SUCH && contrast.meanSquares().isPresent()) {
            return seen + "; " + crossed(contrast, wanted, alike ? Power.atEachEnd(power) : power, alpha, end);
        }
        DoubleFunction<OptionalInt> needed =
                sd -> Power.seedsFor(sd, wanted, alike ? Power.atEachEnd(power) : power, alpha);
        Interval range = Power.range(deviation, contrast.seedCount());
        return seen + "; " + about(needed.apply(deviation), needed.apply(range.low()), needed.apply(range.high()))
                + end;
    }

    private static boolean isWithin(Question question, double value) {
        return question.demands().stream().allMatch(demand -> demand.sign() * value > demand.margin());
    }

    private static String about(OptionalInt seeds, OptionalInt least, OptionalInt most) {
        return seeds.isEmpty()
                ? "more than " + MOST + " seeds"
                : "about " + seeds.getAsInt() + " ("
                        + (least.isPresent() ? least.getAsInt() : "more than " + MOST) + " to "
                        + (most.isPresent() ? most.getAsInt() : "more than " + MOST) + ") seeds";
    }

    private static String crossed(Contrast contrast, double wanted, double power, double alpha, String end) {
        MeanSquares.Components components = contrast.meanSquares().orElseThrow().components();
        int tasks = contrast.taskCount();
        for (int seeds = Judge.FEWEST; seeds <= MOST; seeds++) {
            if (reach(components, seeds, tasks, power, alpha) <= wanted) {
                return "about " + seeds + " seeds" + end;
            }
        }
        for (int more = tasks + 1; more <= MOST; more++) {
            if (reach(components, contrast.seedCount(), more, power, alpha) <= wanted) {
                return "no number of seeds decides it; about " + more + " tasks" + end;
            }
        }
        return "no number of seeds decides it on so few tasks";
    }

    private static double reach(MeanSquares.Components components, int seeds, int tasks, double power, double alpha) {
        return Power.detectable(Power.crossed(components, seeds, tasks), power, alpha);
    }
}
