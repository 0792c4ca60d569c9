package org.adapt4j.runtime.report.judge;

import java.util.List;
import java.util.Optional;

/**
 * One number that a verdict looked at.
 *
 * @param what it is, in words
 * @param demand what it must be
 * @param value over seeds and tasks
 * @param about what decides
 * @param deciding its interval; empty below five seeds
 * @param other that of the other question, which decides nothing
 * @param paired whether both sides have the same seeds
 * @param seeds it stands on
 * @param tasks it stands on
 * @param seedValues each seed's number, where there are ten or fewer and they are paired
 * @param restsOn seeds without which it would say something else
 */
public record Finding(
        String what,
        String demand,
        double value,
        About about,
        Optional<Interval> deciding,
        Optional<Interval> other,
        boolean paired,
        int seeds,
        int tasks,
        List<Double> seedValues,
        List<Integer> restsOn) {
    /** Copies the lists. */
    public Finding {
        seedValues = List.copyOf(seedValues);
        restsOn = List.copyOf(restsOn);
    }

    /** The interval of a question, whichever decides. */
    public Optional<Interval> interval(About question) {
        return question == about ? deciding : other;
    }

    /** "rests on seed 3", where some do. */
    public String mark() {
        return restsOn.isEmpty()
                ? ""
                : restsOn.size() == seeds && seeds > 1 ? "rests on every seed" : "rests on " + Numerals.seeds(restsOn);
    }
}
