package org.adapt4j.runtime.report.page;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.adapt4j.runtime.report.figure.TileFigure;
import org.adapt4j.runtime.report.folder.Cell;
import org.adapt4j.runtime.report.study.Group;
import org.adapt4j.runtime.report.study.Panel;
import org.adapt4j.runtime.report.study.Study;

/** What methods logged that choose the task of the next demonstration, such as AMF: a map of rounds and tasks. */
final class Choices {
    /** Metric: index of the task chosen, in the order in which the cell's test tasks were measured. */
    static final String CHOSEN = "chosen";

    /** Metric and name of a task: demonstrations of it in pre-training. */
    static final String PRETRAINED = "pretrained/";

    private Choices() {}

    static Optional<Section> of(Study study) {
        List<Part> maps = maps(study);
        return maps.isEmpty() ? Optional.empty() : Optional.of(new Section("choices", "What was asked for", maps));
    }

    /** A map for each place of the grid in which something was chosen. */
    private static List<Part> maps(Study study) {
        List<Part> maps = new ArrayList<>();
        List<Panel> panels = study.panels();
        for (int i = 0; i < panels.size(); i++) {
            Panel panel = panels.get(i);
            List<TileFigure.Block> blocks = panel.groups().stream()
                    .flatMap(group -> block(group).stream())
                    .toList();
            int rounds = blocks.stream()
                    .mapToInt(block -> block.rows().get(0).values().size())
                    .max()
                    .orElse(0);
            if (rounds > 0) {
                long seeds = panel.groups().stream()
                        .mapToLong(group -> group.cells().stream()
                                .filter(Cell::isDone)
                                .filter(cell -> !chosen(cell).isEmpty())
                                .count())
                        .max()
                        .orElse(0);
                String place = Look.heading(study, panel);
                maps.add(new CaptionedFigure(
                        "choices" + (panels.size() == 1 ? "" : "-" + (i + 1)),
                        "Which task was chosen" + (panels.size() == 1 ? "" : ", " + place),
                        "Each column is a choice, from the first after the warm start to the last; each row a task, with an"
                                + " asterisk where pre-training had demonstrations of it."
                                + (seeds == 1
                                        ? " A dark tile is what was chosen."
                                        : " The darker a tile, the greater the share of the " + seeds
                                                + " seeds that chose the task then."),
                        new TileFigure(
                                "Share of seeds that chose a task, by round",
                                "choice",
                                numbers(rounds),
                                share -> "",
                                blocks)));
            }
        }
        return maps;
    }

    private static List<String> numbers(int count) {
        List<String> numbers = new ArrayList<>();
        for (int round = 1; round <= count; round++) {
            numbers.add(Integer.toString(round));
        }
        return numbers;
    }

    private static Optional<TileFigure.Block> block(Group group) {
        List<List<String>> chosen = group.cells().stream()
                .filter(Cell::isDone)
                .map(Choices::chosen)
                .filter(names -> !names.isEmpty())
                .toList();
        int rounds = chosen.stream().mapToInt(List::size).max().orElse(0);
        if (rounds == 0) {
            return Optional.empty();
        }
        String folder = Look.commonFolder(group.plannedTasks());
        Set<String> pretrained = pretrained(group);
        List<TileFigure.Row> rows = new ArrayList<>();
        for (String task : group.plannedTasks()) {
            List<Double> shares = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                int at = round;
                long seeds = chosen.stream().filter(names -> names.size() > at).count();
                long here = chosen.stream()
                        .filter(names -> names.size() > at && names.get(at).equals(task))
                        .count();
                shares.add(here / (double) seeds);
            }
            rows.add(new TileFigure.Row(
                    task.substring(folder.length()) + (pretrained.contains(task) ? " *" : ""), shares));
        }
        return Optional.of(new TileFigure.Block(group.method(), rows));
    }

    /** The tasks of which a seed's pre-training had demonstrations. */
    private static Set<String> pretrained(Group group) {
        Set<String> tasks = new HashSet<>();
        for (Cell cell : group.cells()) {
            for (Cell.TrainingPoint point : cell.training()) {
                point.values().forEach((name, count) -> {
                    if (name.startsWith(PRETRAINED) && count > 0) {
                        tasks.add(name.substring(PRETRAINED.length()));
                    }
                });
            }
        }
        return tasks;
    }

    /** The tasks that a cell chose, in order; the order of its tasks is that of its first measurement. */
    private static List<String> chosen(Cell cell) {
        List<String> tasks = cell.evaluations().stream()
                .filter(evaluation -> evaluation.split().equals("test"))
                .map(Cell.Evaluation::task)
                .distinct()
                .toList();
        List<String> chosen = new ArrayList<>();
        for (Cell.TrainingPoint point : cell.training()) {
            Double index = point.values().get(CHOSEN);
            if (index != null && index >= 0 && index < tasks.size()) {
                chosen.add(tasks.get(index.intValue()));
            }
        }
        return chosen;
    }
}
