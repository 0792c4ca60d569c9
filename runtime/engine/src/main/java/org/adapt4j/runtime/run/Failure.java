package org.adapt4j.runtime.run;

import java.util.Locale;

/**
 * Why a cell ended without its result.
 *
 * @param kind what sort of reason
 * @param reason a sentence that says what happened and, where there is a remedy, what to do
 */
record Failure(Kind kind, String reason) {
    /** Sorts of failure. All but {@link #EXCEPTION} and {@link #DIVERGED} come from outside, and another try may end otherwise. */
    enum Kind {
        EXCEPTION,
        DIVERGED,
        OUT_OF_MEMORY,
        KILLED,
        UNEXPLAINED;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static boolean isRetryable(String word) {
            return !word.isEmpty() && !word.equals(EXCEPTION.word()) && !word.equals(DIVERGED.word());
        }
    }
}
