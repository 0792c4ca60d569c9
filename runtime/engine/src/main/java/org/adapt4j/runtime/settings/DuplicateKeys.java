package org.adapt4j.runtime.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds keys that are set twice in one file, which HOCON itself would silently merge. Sections may be continued, and values
 * may be built on the earlier one with a substitution or {@code +=}; anything else is a slip.
 */
final class DuplicateKeys {

    private DuplicateKeys() {}

    /** Where a path was first set to something that no section is, and first to a section. */
    private static final class Places {
        private final Map<String, Integer> scalars = new HashMap<>();
        private final Map<String, Integer> sections = new HashMap<>();
    }

    /** The keys that are set twice, at the second place, naming the first. */
    static List<Problem> in(List<Outline.Entry> entries) {
        List<Problem> problems = new ArrayList<>();
        Map<Outline.Scope, Places> scopes = new HashMap<>();
        for (Outline.Entry entry : entries) {
            boolean own = entry.kind() == Outline.Kind.SCALAR || entry.kind() == Outline.Kind.SECTION;
            if (own && !entry.appends()) {
                note(entry, scopes.computeIfAbsent(entry.scope(), any -> new Places()), problems);
            }
        }
        return problems;
    }

    private static void note(Outline.Entry entry, Places places, List<Problem> problems) {
        boolean scalar = entry.kind() == Outline.Kind.SCALAR;
        Map<String, Integer> same = scalar ? places.scalars : places.sections;
        Integer first = scalar ? same.get(entry.path()) : null;
        if (first == null) {
            first = (scalar ? places.sections : places.scalars).get(entry.path());
        }
        if (first == null) {
            same.putIfAbsent(entry.path(), entry.line());
        } else {
            problems.add(new Problem(
                    entry.file(),
                    entry.line(),
                    entry.scope().display() + entry.path(),
                    "is set twice, here and in line " + first + "; delete one of them"));
        }
    }
}
