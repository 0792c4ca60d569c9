package org.adapt4j.runtime.settings;

import com.typesafe.config.ConfigUtil;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds values that are lost because their key, or a section above it, is set again in the same file, which HOCON itself would
 * silently merge. Sections may be continued, and values may be built on the earlier one with a substitution or {@code +=}.
 */
final class DuplicateKeys {
    private final List<Problem> problems = new ArrayList<>();
    private final Map<Outline.Scope, Places> scopes = new HashMap<>();

    private DuplicateKeys() {}

    /** Lines where the paths of a scope were first set, to a value or as a section. */
    private static final class Places {
        private final Map<String, Integer> values = new HashMap<>();
        private final Map<String, Integer> built = new HashMap<>();
        private final Map<String, Integer> sections = new HashMap<>();
    }

    /** The keys that are set twice, at the second place, naming the first. */
    static List<Problem> in(List<Outline.Entry> entries) {
        DuplicateKeys keys = new DuplicateKeys();
        entries.stream().filter(entry -> entry.kind() != Outline.Kind.INCLUDE).forEach(keys::note);
        return keys.problems;
    }

    private void note(Outline.Entry entry) {
        Places places = scopes.computeIfAbsent(entry.scope(), any -> new Places());
        String path = "";
        List<String> keys = ConfigUtil.splitPath(entry.path());
        for (String key : keys.subList(0, keys.size() - 1)) {
            path = Keys.join(path, key);
            section(places, entry, path);
        }
        path = entry.path();
        if (entry.kind() == Outline.Kind.SECTION) {
            section(places, entry, path);
        } else if (entry.kind() == Outline.Kind.BUILT_ON_ANOTHER || entry.appends()) {
            places.built.putIfAbsent(path, entry.line());
        } else {
            Integer first = places.values.get(path);
            if (first == null) {
                first = places.sections.get(path);
            }
            if (first == null) {
                first = places.built.get(path);
            }
            twice(entry, path, first);
            places.values.putIfAbsent(path, entry.line());
        }
    }

    private void section(Places places, Outline.Entry entry, String path) {
        twice(entry, path, places.values.remove(path));
        places.sections.putIfAbsent(path, entry.line());
    }

    private void twice(Outline.Entry entry, String path, @Nullable Integer first) {
        if (first != null) {
            problems.add(new Problem(
                    entry.file(),
                    entry.line(),
                    entry.scope().display() + path,
                    "is set twice, here and in line " + first + "; delete one of them"));
        }
    }
}
