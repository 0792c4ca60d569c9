package org.adapt4j.runtime.cli;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** How fast something goes: steps per second, the mean over the last two minutes. */
final class Pace {
    private static final Duration WINDOW = Duration.ofSeconds(120);

    private record Sample(long nanos, double steps) {}

    private final Deque<Sample> samples = new ArrayDeque<>();

    /**
     * Takes note of how far it has come.
     *
     * @param nanos of a clock that only goes on
     * @param steps that it has come by then
     * @return steps per second; 0 if it was seen only once, or did not go on
     */
    double at(long nanos, double steps) {
        samples.addLast(new Sample(nanos, steps));
        while (samples.size() > 2 && nanos - samples.getFirst().nanos() > WINDOW.toNanos()) {
            samples.removeFirst();
        }
        Sample first = samples.getFirst();
        double seconds = (nanos - first.nanos()) / 1e9;
        return seconds <= 0 ? 0 : Math.max(0, (steps - first.steps()) / seconds);
    }

    /** What there is to say at the end of a line: {@code , 12.5 k steps/s, 3 min left}; empty if it does not go on. */
    static String words(double perSecond, double stepsLeft) {
        return perSecond <= 0
                ? ""
                : ", " + Quantities.count(perSecond) + " steps/s, " + Quantities.duration(stepsLeft / perSecond)
                        + " left";
    }
}
