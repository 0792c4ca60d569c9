package org.adapt4j.runtime.settings;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * How long a configuration becomes once its substitutions are filled in, estimated from above without filling them in: forty lines that
 * each take in the one before twice would be a trillion.
 */
final class Expansion {

    /** What a path counts that is not among the entries: a default. */
    private static final long ELSEWHERE = 100;

    private final List<Outline.Entry> entries;
    private final Map<Integer, Long> known = new HashMap<>();
    private final Set<Integer> asked = new HashSet<>();

    private Expansion(List<Outline.Entry> entries) {
        this.entries = entries;
    }

    /** The first entry that becomes too long, if one does. @param entries in the order in which they are set, weakest first */
    static Optional<Problem> excess(List<Outline.Entry> entries) {
        long substitutions =
                entries.stream().mapToLong(entry -> entry.takesIn().size()).sum();
        if (substitutions > Limits.SUBSTITUTIONS) {
            return Optional.of(new Problem(
                    entries.get(0).file(),
                    0,
                    "",
                    String.format(
                            Locale.ROOT,
                            "has too many substitutions: at most %,d ${…} are filled in",
                            Limits.SUBSTITUTIONS)));
        }
        Expansion expansion = new Expansion(entries);
        long all = 0;
        for (int i = 0; i < entries.size(); i++) {
            all = sum(all, expansion.length(i));
            if (all > Limits.EXPANDED) {
                Outline.Entry entry = entries.get(i);
                return Optional.of(new Problem(
                        entry.file(),
                        entry.line(),
                        entry.place(),
                        String.format(
                                Locale.ROOT,
                                "makes the experiment too long: more than %,d characters once every ${…} is filled in."
                                        + " Take in less",
                                Limits.EXPANDED)));
            }
        }
        return Optional.empty();
    }

    private long length(int index) {
        Outline.Entry entry = entries.get(index);
        if (entry.takesIn().isEmpty()) {
            return entry.characters();
        }
        Long before = known.get(index);
        if (before != null) {
            return before;
        }
        if (!asked.add(index)) {
            return entry.characters(); // a circle, which the library refuses
        }
        long length = entry.characters();
        for (String path : entry.takesIn()) {
            length = sum(length, lengthOf(path, index));
        }
        asked.remove(index);
        known.put(index, length);
        return length;
    }

    /** Length of what a path stands for in the value of an entry; one that builds on itself sees what was set before it. */
    private long lengthOf(String written, int user) {
        String path = canonical(written);
        boolean own = isWithin(path, entries.get(user).place())
                || isWithin(entries.get(user).place(), path);
        int end = own ? user : entries.size();
        TreeMap<String, Long> set = new TreeMap<>();
        long above = 0;
        for (int i = 0; i < end; i++) {
            Outline.Entry entry = entries.get(i);
            String place = entry.place();
            if (isWithin(place, path)) {
                if (entry.kind() != Outline.Kind.SECTION
                        && entry.scope().owner().isEmpty()
                        && !entry.appends()) {
                    set.remove(place);
                    set.subMap(place + ".", place + "/").clear(); // all that it had within
                }
                long length = length(i);
                set.merge(place, length, Expansion::sum);
            } else if (isWithin(path, place) && !entry.takesIn().isEmpty()) {
                above = sum(above, length(i));
            }
        }
        long sum = above;
        for (long length : set.values()) {
            sum = sum(sum, length);
        }
        return sum > 0 ? sum : fromOutside(path);
    }

    private static long fromOutside(String path) {
        String variable = System.getenv(path);
        return variable == null ? ELSEWHERE : variable.length();
    }

    private static boolean isWithin(String path, String section) {
        return path.equals(section) || path.startsWith(section + ".");
    }

    private static String canonical(String path) {
        try {
            return ConfigUtil.joinPath(ConfigUtil.splitPath(path));
        } catch (ConfigException e) {
            return path; // which the library refuses
        }
    }

    private static long sum(long one, long other) {
        return Math.min(one + other, Limits.EXPANDED + 1);
    }
}
