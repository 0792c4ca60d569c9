package org.adapt4j.runtime.report.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.adapt4j.runtime.report.folder.Labels;

/**
 * Panels that differ in nothing but how many demonstrations adaptation was given: what a method makes of more and more of them, by its
 * numbers at the end of each adaptation.
 *
 * @param preset name
 * @param labels the other coordinates
 * @param panels by number of demonstrations
 */
public record Shots(String preset, Map<String, String> labels, Map<Integer, Panel> panels) {

    private static final String AXIS = "adapt.budget.demonstrations";

    /** All series of a study; none where the number of demonstrations is not varied. */
    static List<Shots> of(List<Panel> panels) {
        Map<String, Shots> found = new LinkedHashMap<>();
        for (Panel panel : panels) {
            Optional<Double> shots =
                    Optional.ofNullable(panel.labels().get(AXIS)).flatMap(Labels::number);
            if (shots.isPresent()) {
                Map<String, String> others = new LinkedHashMap<>(panel.labels());
                others.remove(AXIS);
                found.computeIfAbsent(
                                panel.preset() + "\u0000" + others,
                                key -> new Shots(panel.preset(), others, new TreeMap<>()))
                        .panels()
                        .put((int) Math.round(shots.get()), panel);
            }
        }
        return found.values().stream()
                .filter(series -> series.panels().size() > 1)
                .toList();
    }

    /** Numbers of demonstrations that occur in some of the series, ascending. */
    public static List<Integer> numbers(List<Shots> all) {
        TreeSet<Integer> numbers = new TreeSet<>();
        all.forEach(shots -> numbers.addAll(shots.panels().keySet()));
        return List.copyOf(numbers);
    }

    /** A method's group at each number of demonstrations for which something is finished that knows the quantity. */
    public Map<Integer, Group> groups(String method, Quantity quantity) {
        Map<Integer, Group> groups = new TreeMap<>();
        panels.forEach((shots, panel) -> panel.group(method)
                .filter(group -> group.knows(quantity))
                .ifPresent(group -> groups.put(shots, group)));
        return groups;
    }

    /** Methods of any of its panels, in the order of the plan. */
    public List<String> methods() {
        List<String> methods = new ArrayList<>();
        panels.values()
                .forEach(panel -> panel.groups().forEach(group -> {
                    if (!methods.contains(group.method())) {
                        methods.add(group.method());
                    }
                }));
        return methods;
    }
}
