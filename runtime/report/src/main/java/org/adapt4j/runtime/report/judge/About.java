package org.adapt4j.runtime.report.judge;

import java.util.Arrays;
import java.util.Optional;

/** What a number is to say something about. */
public enum About {
    /** How other seeds would do on exactly these tasks: seeds are random, tasks are not. */
    THESE("these", "these tasks"),
    /** How other seeds would do on other tasks of the same kind: seeds and tasks are random, and crossed. */
    SUCH("such", "tasks like these");

    private final String key;
    private final String label;

    About(String key, String label) {
        this.key = key;
        this.label = label;
    }

    /** As written in a claim. */
    public String key() {
        return key;
    }

    /** Words for people. */
    public String label() {
        return label;
    }

    /** The question of a key. */
    public static Optional<About> of(String key) {
        return Arrays.stream(values()).filter(about -> about.key.equals(key)).findFirst();
    }

    /** The other question, which is answered too. */
    public About other() {
        return this == THESE ? SUCH : THESE;
    }
}
