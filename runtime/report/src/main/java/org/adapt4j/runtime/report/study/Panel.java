package org.adapt4j.runtime.report.study;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapt4j.runtime.report.folder.Labels;

/**
 * The methods that can be compared with each other: one preset, one set of coordinates.
 *
 * @param preset name
 * @param labels the other coordinates
 * @param groups in the order of the methods; a method without a coordinate stands in every panel that has it
 */
public record Panel(String preset, Map<String, String> labels, List<Group> groups) {
    /** Copies the list. */
    public Panel {
        groups = List.copyOf(groups);
    }

    /** The group of a method. */
    public Optional<Group> group(String method) {
        return groups.stream().filter(group -> group.method().equals(method)).findFirst();
    }

    /** Groups with something finished. */
    public List<Group> shown() {
        return groups.stream().filter(group -> !group.isEmpty()).toList();
    }

    /** Coordinates in words, without the preset. */
    public String title() {
        return Labels.describe(labels);
    }
}
