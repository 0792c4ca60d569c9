package org.adapt4j.runtime.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One section of the page.
 *
 * @param id anchor of its heading
 * @param title of it
 * @param parts from top to bottom
 */
record Section(String id, String title, List<Part> parts) {
    /** Copies the list. */
    Section {
        parts = List.copyOf(parts);
    }

    /** Of those parts that there is something for; empty if there is none. */
    @SafeVarargs
    static Optional<Section> of(String id, String title, Optional<? extends Part>... parts) {
        List<Part> found = new ArrayList<>();
        for (Optional<? extends Part> part : parts) {
            part.ifPresent(found::add);
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(new Section(id, title, found));
    }
}
