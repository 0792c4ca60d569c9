package org.adapt4j.runtime.packaging;

import java.util.Map;
import java.util.function.BiFunction;

/**
 * What a re-run does otherwise than the run that was packed, on purpose.
 *
 * @param words what it is, for people
 * @param isComparable whether scores should be the same all the same
 * @param edit gives the configuration of a cell from the packed one, and from the new names of cells by their old ones
 */
public record Change(String words, boolean isComparable, BiFunction<String, Map<String, String>, String> edit) {
    /** Every cell as it was packed. */
    public static final Change NONE = new Change("", true, (resolved, names) -> resolved);
}
