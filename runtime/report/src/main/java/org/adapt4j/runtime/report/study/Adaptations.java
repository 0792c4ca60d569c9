package org.adapt4j.runtime.report.study;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.adapt4j.runtime.report.folder.Cell;
import org.adapt4j.runtime.report.folder.Labels;

/** The adaptation cells of a run with coordinates that tell what may be compared. */
final class Adaptations {
    /** A coordinate of our own: the folder of a task's name, where one run has tasks of several folders. */
    static final String FOLDER = "tasks";

    /** How the coordinate ends that says which part of the tasks is held out. */
    private static final String FOLD = ".fold";

    private Adaptations() {}

    static List<Cell> of(List<Cell> cells) {
        return apart(shortened(cells));
    }

    /**
     * A list as coordinate stands for itself by its length, so that training sets of one size are one place even where each
     * serves another task; and folds of a cross-validation are one place together. Not so where a method would then meet a task twice.
     */
    private static List<Cell> shortened(List<Cell> cells) {
        List<Cell> shorter = cells.stream()
                .map(cell -> {
                    Map<String, String> labels = new LinkedHashMap<>(cell.labels());
                    labels.keySet().removeIf(key -> key.endsWith(FOLD));
                    labels.replaceAll((key, value) -> Labels.elements(value)
                            .map(list -> Integer.toString(list.size()))
                            .orElse(value));
                    return cell.withLabels(labels);
                })
                .toList();
        Set<Object> met = new HashSet<>();
        return shorter.stream()
                        .allMatch(cell ->
                                met.add(List.of(cell.method(), cell.preset(), cell.labels(), cell.seed(), cell.task())))
                ? shorter
                : cells;
    }

    /** Tasks of different folders, such as {@code cartridge/…} and {@code rom/…}, are never averaged: each is a place of its own. */
    private static List<Cell> apart(List<Cell> cells) {
        Map<Object, Set<String>> folders = cells.stream()
                .collect(Collectors.groupingBy(
                        cell -> List.of(cell.method(), cell.preset(), cell.labels()),
                        Collectors.mapping(cell -> folder(cell.task().orElse("")), Collectors.toSet())));
        if (folders.values().stream().allMatch(names -> names.size() == 1)) {
            return cells;
        }
        List<Cell> apart = new ArrayList<>();
        for (Cell cell : cells) {
            Map<String, String> labels = new LinkedHashMap<>(cell.labels());
            labels.put(FOLDER, folder(cell.task().orElse("")));
            apart.add(cell.withLabels(labels));
        }
        return apart;
    }

    /** The first part of a task's name; empty where it has but one. */
    static String folder(String task) {
        return task.contains("/") ? task.substring(0, task.indexOf('/')) : "";
    }
}
