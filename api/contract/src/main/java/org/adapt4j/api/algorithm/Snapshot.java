package org.adapt4j.api.algorithm;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apiguardian.api.API;

/**
 * Parameters at one moment: tensors by name. A name is {@code group/layer/weight}; what stands before the first slash is
 * the group.
 *
 * @param tensors sorted by name
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Snapshot(SortedMap<String, Tensor> tensors) {

    /** Sorts and freezes the map. */
    public Snapshot {
        tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
    }

    /** A snapshot of the given tensors. */
    public static Snapshot of(Map<String, Tensor> tensors) {
        return new Snapshot(new TreeMap<>(tensors));
    }

    /** The groups that occur. */
    public Set<String> groups() {
        Set<String> groups = new TreeSet<>();
        for (String name : tensors.keySet()) {
            groups.add(groupOf(name));
        }
        return groups;
    }

    /** The part of some groups, or of parts of a group such as {@code policy/mean}. */
    public Snapshot only(Set<String> groups) {
        SortedMap<String, Tensor> part = new TreeMap<>(tensors);
        part.keySet().removeIf(name -> !covers(groups, name));
        return new Snapshot(part);
    }

    /** Whether a tensor belongs to one of these groups, or parts of a group: its name begins with theirs up to a slash. */
    public static boolean covers(Set<String> groups, String name) {
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            if (groups.contains(name.substring(0, slash))) {
                return true;
            }
        }
        return groups.contains(name);
    }

    private static String groupOf(String name) {
        int slash = name.indexOf('/');
        return slash < 0 ? name : name.substring(0, slash);
    }
}
