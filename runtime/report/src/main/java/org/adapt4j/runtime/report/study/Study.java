package org.adapt4j.runtime.report.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.adapt4j.runtime.report.folder.Cell;
import org.adapt4j.runtime.report.folder.Labels;
import org.adapt4j.runtime.report.folder.RunFolder;
import org.adapt4j.runtime.report.judge.About;
import org.adapt4j.runtime.report.judge.Judge;

/** A run arranged for comparison; each aggregate and interval is computed once. */
public final class Study {
    private static final int MOST_GAMES = 12;

    private final RunFolder run;
    private final List<Cell> adaptations;
    private final List<String> methods;
    private final Optional<String> baseline;
    private final List<Panel> panels;
    private final Map<Group, Summary> summaries;
    private final Map<Panel, List<Comparison>> comparisons;
    private final boolean simultaneous;

    private Study(RunFolder run, boolean simultaneous) {
        this.simultaneous = simultaneous;
        this.run = run;
        adaptations = Adaptations.of(run.adaptations());
        baseline = findBaseline(run);
        methods = findMethods(run, baseline);
        panels = findPanels();
        List<Group> groups = panels.stream()
                .flatMap(panel -> panel.shown().stream())
                .distinct()
                .toList();
        Map<Group, Summary> summarised =
                groups.parallelStream().collect(Collectors.toConcurrentMap(group -> group, group -> Summary.of(group)));
        summaries = summarised;
        comparisons =
                panels.parallelStream().collect(Collectors.toConcurrentMap(panel -> panel, panel -> compare(panel)));
    }

    /** Arranges a run. */
    public static Study of(RunFolder run) {
        return new Study(run, false);
    }

    /** The same with bands that hold the whole of a curve with 95 %, rather than each of its points. */
    public static Study withSimultaneousBands(RunFolder run) {
        return new Study(run, true);
    }

    /** Whether bands hold whole curves. */
    public boolean isSimultaneous() {
        return simultaneous;
    }

    /** The share that a band of so many points leaves on each side of each of them, by Bonferroni's inequality where they are to hold together. */
    public double tail(int points) {
        return simultaneous ? Judge.ALPHA / points : Judge.ALPHA;
    }

    private static Optional<String> findBaseline(RunFolder run) {
        Set<String> names = new LinkedHashSet<>();
        Set<String> learning = new LinkedHashSet<>();
        for (Cell cell : run.adaptations()) {
            names.add(cell.method());
            if (cell.learned().isPresent()) {
                learning.add(cell.method());
            }
        }
        if (names.contains("scratch")) {
            return Optional.of("scratch");
        }
        names.removeAll(learning);
        return names.size() == 1 && !learning.isEmpty() ? names.stream().findFirst() : Optional.empty();
    }

    private static List<String> findMethods(RunFolder run, Optional<String> baseline) {
        Set<String> names = new LinkedHashSet<>();
        run.cells().forEach(cell -> names.add(cell.method()));
        baseline.ifPresent(name -> {
            names.remove(name);
            names.add(name);
        });
        return List.copyOf(names);
    }

    private List<Panel> findPanels() {
        Map<String, List<Cell>> byGroup = new LinkedHashMap<>();
        for (Cell cell : adaptations) {
            String key = cell.preset() + "\u0000" + cell.labels() + "\u0000" + cell.method();
            byGroup.computeIfAbsent(key, k -> new ArrayList<>()).add(cell);
        }
        List<Group> groups = byGroup.values().stream()
                .map(cells -> new Group(
                        cells.get(0).method(),
                        cells.get(0).preset(),
                        cells.get(0).labels(),
                        cells,
                        adaptations,
                        this::failedToLearn))
                .toList();
        List<Panel> found = new ArrayList<>();
        for (String preset : groups.stream().map(Group::preset).distinct().toList()) {
            List<Group> own = groups.stream()
                    .filter(group -> group.preset().equals(preset))
                    .toList();
            List<Map<String, String>> places =
                    own.stream().map(Group::labels).distinct().toList();
            places.stream()
                    .filter(place -> places.stream().noneMatch(other -> isProperPart(place, other)))
                    .sorted(Labels.order())
                    .forEach(place -> found.add(new Panel(
                            preset,
                            place,
                            methods.stream()
                                    .flatMap(method -> own.stream()
                                            .filter(group -> group.method().equals(method))
                                            .filter(group -> place.entrySet()
                                                    .containsAll(group.labels().entrySet())))
                                    .toList())));
        }
        return found;
    }

    /** Whether a cell has no result because its learner, or the one it starts from, diverged. */
    private boolean failedToLearn(Cell cell) {
        return cell.state() == Cell.State.DIVERGED
                || !cell.isDone()
                        && cell.learned()
                                .flatMap(run::cell)
                                .filter(learned -> learned.state() == Cell.State.DIVERGED)
                                .isPresent();
    }

    private static boolean isProperPart(Map<String, String> place, Map<String, String> other) {
        return other.size() > place.size() && other.entrySet().containsAll(place.entrySet());
    }

    private static List<Comparison> compare(Panel panel) {
        List<Comparison> pairs = new ArrayList<>();
        List<Group> shown = panel.shown();
        for (int i = 0; i < shown.size(); i++) {
            for (int j = i + 1; j < shown.size(); j++) {
                Comparison.of(shown.get(i), shown.get(j)).ifPresent(pairs::add);
            }
        }
        return pairs;
    }

    /** Orders task names by letters, then by the number they end in. */
    public static Comparator<String> taskOrder() {
        return Comparator.comparing(Study::game)
                .thenComparing((a, b) -> Labels.compare(tail(a), tail(b)))
                .thenComparing(Comparator.naturalOrder());
    }

    private static String tail(String task) {
        return task.substring(game(task).length());
    }

    /** The run itself. */
    public RunFolder run() {
        return run;
    }

    /** All methods in the order of the plan, the one that starts from nothing last. */
    public List<String> methods() {
        return methods;
    }

    /** The method that starts from nothing: called scratch, or the only one that never starts from something learned. */
    public Optional<String> baseline() {
        return baseline;
    }

    /** Panels, preset after preset, coordinates ascending. */
    public List<Panel> panels() {
        return panels;
    }

    /** Presets in the order of the plan. */
    public List<String> presets() {
        return run.cells().stream().map(Cell::preset).distinct().toList();
    }

    /** Series of panels over numbers of demonstrations; empty where these are not varied. */
    public List<Shots> shots() {
        return Shots.of(panels);
    }

    /** Coordinates that occur in any panel, ascending. */
    public List<Map<String, String>> places() {
        return panels.stream()
                .map(Panel::labels)
                .distinct()
                .sorted(Labels.order())
                .toList();
    }

    /** Panel of a preset and a place. */
    public Optional<Panel> panel(String preset, Map<String, String> labels) {
        return panels.stream()
                .filter(panel -> panel.preset().equals(preset) && panel.labels().equals(labels))
                .findFirst();
    }

    /** All groups with something finished, each once. */
    public Stream<Group> groups() {
        return panels.stream().flatMap(panel -> panel.shown().stream()).distinct();
    }

    /** Aggregates of a group with something finished. */
    public Summary summary(Group group) {
        Summary summary = summaries.get(group);
        if (summary == null) {
            throw new IllegalArgumentException("nothing of " + group.method() + " is finished");
        }
        return summary;
    }

    /** All pairs of methods of a panel. */
    public List<Comparison> comparisons(Panel panel) {
        return comparisons.getOrDefault(panel, List.of());
    }

    /** Tasks of the plan, in order. */
    public List<String> tasks() {
        return panels.stream()
                .flatMap(panel -> panel.groups().stream())
                .flatMap(group -> group.plannedTasks().stream())
                .distinct()
                .sorted(taskOrder())
                .toList();
    }

    /** Seeds of the plan's adaptation cells, ascending. */
    public List<Integer> seeds() {
        return run.adaptations().stream().map(Cell::seed).distinct().sorted().toList();
    }

    /** Fewest seeds any shown number stands on; 0 when nothing is shown. */
    public int fewestSeeds() {
        return groups().mapToInt(group -> group.seeds().size()).min().orElse(0);
    }

    /** Most seeds any shown number stands on; 0 when nothing is shown. */
    public int mostSeeds() {
        return groups().mapToInt(group -> group.seeds().size()).max().orElse(0);
    }

    /**
     * The quantity of the main curves: returns where all tasks are levels of one game and so share their units,
     * normalised scores otherwise.
     */
    public Quantity mainQuantity() {
        return tasks().stream().map(Study::game).distinct().count() <= 1 ? Quantity.RETURN : Quantity.SCORE;
    }

    /**
     * What is said of some tasks unless a claim says otherwise: tasks that differ in nothing but the number they end in, such as levels,
     * stand for others of their kind; tasks with names are meant themselves.
     */
    public static About about(List<String> tasks) {
        return tasks.size() > 1
                        && tasks.stream().map(Study::game).distinct().count() == 1
                        && tasks.stream().noneMatch(task -> game(task).equals(task))
                ? About.SUCH
                : About.THESE;
    }

    /** Title of an axis. */
    public String label(Quantity quantity) {
        if (quantity != Quantity.RETURN) {
            return quantity.label();
        }
        List<String> spans = Stream.concat(run.adaptations().stream(), run.pretrainings().stream())
                .flatMap(cell -> cell.evaluations().stream().map(Cell.Evaluation::span))
                .distinct()
                .sorted()
                .toList();
        return spans.isEmpty() || spans.equals(List.of("episode"))
                ? "mean episode return"
                : "mean return of " + String.join(", ", spans);
    }

    /** Folders of the tasks, where there are several, so that panels stand apart by them. */
    public List<String> folders() {
        return adaptations.stream()
                .map(cell -> cell.labels().getOrDefault(Adaptations.FOLDER, ""))
                .filter(folder -> !folder.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }

    /** Whether some evaluation during pre-training was of tasks of several folders, whose mean is shown all the same. */
    public boolean mixesFolders() {
        return run.pretrainings().stream()
                .anyMatch(cell -> cell.evaluations().stream()
                        .collect(Collectors.groupingBy(
                                Cell.Evaluation::split,
                                Collectors.mapping(
                                        evaluation -> Adaptations.folder(evaluation.task()), Collectors.toSet())))
                        .values()
                        .stream()
                        .anyMatch(folders -> folders.size() > 1));
    }

    /** The tasks of a panel that deserve to be shown one by one: a few different games, not levels of one. */
    public List<String> games(Panel panel) {
        List<String> tasks = panel.groups().stream()
                .flatMap(group -> group.plannedTasks().stream())
                .distinct()
                .sorted(taskOrder())
                .toList();
        return mainQuantity() == Quantity.SCORE && tasks.size() <= MOST_GAMES ? tasks : List.of();
    }

    /** A task's name without the number of its level. */
    private static String game(String task) {
        return task.replaceAll("\\d+$", "");
    }

    /** Whether the solved fraction is known throughout, and says something: of different games, that some episode was solved. */
    public boolean knowsSolved() {
        return groups().findAny().isPresent()
                && groups().allMatch(group -> group.knows(Quantity.SOLVED))
                && (mainQuantity() == Quantity.RETURN
                        || groups().anyMatch(group -> group.band(Quantity.SOLVED).points().stream()
                                .anyMatch(point -> point.sample().mean() > 0)));
    }
}
