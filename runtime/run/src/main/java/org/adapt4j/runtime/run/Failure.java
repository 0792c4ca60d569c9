package org.adapt4j.runtime.run;

import java.util.Arrays;
import java.util.Locale;

/**
 * Why a cell ended without what it was to learn.
 *
 * @param kind what sort of reason
 * @param reason a sentence that says what happened and, where there is a remedy, what to do
 */
public record Failure(Kind kind, String reason) {
    /** Sorts of failure. */
    public enum Kind {
        /** The cell's own code threw something; it would again. */
        EXCEPTION(false),
        /** Training gave something infinite or no number; it would again. */
        DIVERGED(false),
        /** The cell's own code ended the process; it would again. */
        EXITED(false),
        /** The Java heap, or the memory of the machine, was too small. */
        OUT_OF_MEMORY(true),
        /** A native library crashed. */
        CRASHED(true),
        /** A signal ended the process. */
        KILLED(true),
        /** The folder of the cell was deleted beneath it. */
        DELETED(true),
        /** The process ended without a word. */
        UNEXPLAINED(true);

        private final boolean retryable;

        Kind(boolean retryable) {
            this.retryable = retryable;
        }

        /** Whether it came from outside, so that another try may end otherwise. */
        public boolean isRetryable() {
            return retryable;
        }

        /** The name in files. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** The kind of that name; none is an {@link #EXCEPTION}, an unknown one {@link #UNEXPLAINED}. */
        static Kind of(String word) {
            return word.isEmpty()
                    ? EXCEPTION
                    : Arrays.stream(values())
                            .filter(kind -> kind.word().equals(word))
                            .findFirst()
                            .orElse(UNEXPLAINED);
        }
    }
}
