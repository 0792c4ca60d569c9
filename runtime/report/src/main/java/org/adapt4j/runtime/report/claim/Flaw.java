package org.adapt4j.runtime.report.claim;

import java.util.Set;
import java.util.TreeSet;

/**
 * Something wrong with a claim as written.
 *
 * @param at JSON pointer from the claim to what is wrong, such as {@code /parts/0/kind}; empty for the claim itself
 * @param message what is wrong
 * @param name the unknown name, where one was met; empty otherwise
 * @param known what would have been right in its place
 */
public record Flaw(String at, String message, String name, Set<String> known) {
    static Flaw of(String at, String message) {
        return new Flaw(at, message, "", Set.of());
    }

    static Flaw unknown(String at, String message, String name, Set<String> known) {
        return new Flaw(at, message, name, new TreeSet<>(known));
    }

    /** The message with what is known. */
    String text() {
        return known.isEmpty() ? message : message + " (known: " + String.join(", ", known) + ")";
    }
}
