package org.adapt4j.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/** Whoever judges the claims of an experiment says here what is wrong with one as written, before anything runs. */
@FunctionalInterface
public interface ClaimRules {

    /** Takes any claim. */
    ClaimRules NONE = claim -> List.of();

    /** All that is wrong with a claim; nothing if it can be judged. */
    List<Flaw> flaws(JsonNode claim);

    /**
     * Something wrong with a claim.
     *
     * @param at where, by keys and indices from the claim, such as {@code parts/0/kind}; empty for the claim itself
     * @param message what is wrong
     * @param name the unknown name, where one was met; empty otherwise
     * @param known what would have been right in its place
     */
    record Flaw(String at, String message, String name, Set<String> known) {

        /** A flaw that is no unknown name. */
        public static Flaw of(String at, String message) {
            return new Flaw(at, message, "", Set.of());
        }
    }
}
