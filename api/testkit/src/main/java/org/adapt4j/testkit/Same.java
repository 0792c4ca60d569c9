package org.adapt4j.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.method.Checkpoint;
import org.adapt4j.testkit.AlgorithmSubject.Actions;
import org.adapt4j.testkit.fake.FakeSession;

/** Demands that something is the same bit for bit, and says otherwise what differs and what that usually means. */
final class Same {
    /** Of a loop that ends otherwise after a kill. */
    static final String UNSAVED =
            "Your loop remembers something that no checkpoint keeps: a field, a local variable from one pass to the"
                    + " next, a clock, or random numbers of its own. Let it live in the agent, draw it from session.random(), or hand it to"
                    + " session.keep(...) before the loop";

    /** Of what is different each time. */
    static final String OTHER_CHANCE =
            "Something other than the seed has a say: random numbers that do not come from the stream"
                    + " that it was given, the time, the identity or hash of an object, or the order of threads";

    /** Of an algorithm or an environment that goes on otherwise after loading. */
    static final String NOT_LOADED =
            "It remembers something that save() does not write, or load() does not read back: an optimiser's moments,"
                    + " a counter, a normaliser's statistics, the state of its random numbers";

    private Same() {}

    /** The beginning of a message about a run that was killed and resumed. @param proceed at which, counted from 0 */
    static String killedAt(int proceed) {
        return "killed at call " + (proceed + 1) + " of proceed() and resumed";
    }

    /** Demands the same checkpoint. @param when it was made  @param advice what to look for where it is another */
    static void checkpoint(Checkpoint actual, Checkpoint expected, String when, String advice) {
        demand(Difference.of(expected, actual), when + ", what is handed over is not the same", advice);
    }

    /** Demands the same weights. */
    static void weights(Snapshot actual, Snapshot expected, String when, String advice) {
        demand(Difference.of(expected, actual), when + ", the weights are not the same", advice);
    }

    /** Demands agents with the same weights at the end. */
    static void agents(FakeSession actual, FakeSession expected, String when, String advice) {
        int agents = expected.agents().size();
        if (actual.agents().size() != agents) {
            throw new AssertionError(when + ": it made " + actual.agents().size() + " agents instead of " + agents);
        }
        for (int i = 0; i < agents; i++) {
            checkpoint(
                    Checkpoint.of(actual.agents().get(i)),
                    Checkpoint.of(expected.agents().get(i)),
                    when + (agents == 1 ? "" : ", agent " + (i + 1) + " of " + agents),
                    advice);
        }
    }

    /** Demands that all that a session would save is the same, after agents were found to be. */
    static void state(FakeSession actual, FakeSession expected, String when, String advice) {
        Map<String, byte[]> parts = actual.stateByPart();
        List<String> different = expected.stateByPart().entrySet().stream()
                .filter(part -> !Arrays.equals(part.getValue(), parts.get(part.getKey())))
                .map(Map.Entry::getKey)
                .toList();
        demand(
                different.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", different)),
                when + ", the session ends in another state",
                advice);
    }

    /** Demands the same play. */
    static void play(Recording actual, Recording expected, String when, String advice) {
        demand(actual.differenceFrom(expected), when + ", the play is not the same", advice);
    }

    /** Demands the same actions on the same play. */
    static void actions(Actions actual, Actions expected, String when, String advice) {
        demand(actual.differenceFrom(expected), when + ", the actions are not the same", advice);
    }

    /** Demands the same bytes where nothing says what they mean. */
    static void bytes(byte[] actual, byte[] expected, String when, String advice) {
        int at = Arrays.mismatch(expected, actual);
        demand(
                at < 0
                        ? Optional.empty()
                        : Optional.of("byte " + at + " (from 0) is the first that differs, of " + actual.length
                                + " where there were " + expected.length),
                when + ", what is saved is not the same",
                advice);
    }

    private static void demand(Optional<String> difference, String what, String advice) {
        if (difference.isPresent()) {
            throw new AssertionError(what + ": " + difference.get() + ".\n" + advice + ".");
        }
    }
}
