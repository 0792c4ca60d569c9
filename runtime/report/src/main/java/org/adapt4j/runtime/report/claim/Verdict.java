package org.adapt4j.runtime.report.claim;

import java.util.List;
import org.adapt4j.runtime.report.judge.Ruling;

/**
 * What the numbers say about one claim under one preset.
 *
 * @param claim id of the claim
 * @param text in the words of the plan
 * @param kinds of its parts, as written in the plan
 * @param preset it was judged for
 * @param ruling what was judged, and why
 * @param digest of the claim as written
 */
public record Verdict(String claim, String text, List<String> kinds, String preset, Ruling ruling, String digest) {
    /** Copies the list. */
    public Verdict {
        kinds = List.copyOf(kinds);
    }
}
