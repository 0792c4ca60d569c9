package org.adapt4j.runtime.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.adapt4j.runtime.report.claim.Claims;
import org.adapt4j.runtime.report.claim.Planned;
import org.adapt4j.runtime.report.folder.RunFolder;
import org.adapt4j.runtime.report.folder.Words;
import org.adapt4j.runtime.report.judge.About;
import org.adapt4j.runtime.report.study.Study;
import org.adapt4j.runtime.run.RunPlan;

/** What the claims of a plan can decide with its seeds, before anything runs. */
final class Decisions {
    /** Seeds that are thought of beside those declared: the least for a verdict, the recommended, twice these. */
    private static final List<Integer> SEEDS = List.of(5, 10, 20);

    private final List<Planned> numbers;
    private final List<String> lacking;

    private Decisions(List<Planned> numbers, List<String> lacking) {
        this.numbers = numbers;
        this.lacking = lacking;
    }

    /** Of a plan, with the variances of an earlier run if there is one. */
    static Decisions of(RunPlan plan, Optional<Path> like) {
        Study study = Study.of(RunFolder.planned(plan));
        return new Decisions(Claims.plan(study, like.map(run -> Study.of(RunFolder.read(run)))), Claims.lacking(study));
    }

    private int declared() {
        return numbers.stream().mapToInt(Planned::seeds).min().orElse(0);
    }

    private List<Integer> seeds() {
        Set<Integer> all = new TreeSet<>(SEEDS);
        if (declared() > 1) {
            all.add(declared());
        }
        return List.copyOf(all);
    }

    /**
     * As a table, with a warning for each claim that cannot, or need not, be decided.
     *
     * @param seconds that all cells of the plan take, NaN where that is not known
     */
    void print(PrintStream out, double seconds) {
        if (!numbers.isEmpty()) {
            table(out, seconds);
        }
        warnings().forEach(out::println);
    }

    private void table(PrintStream out, double seconds) {
        out.println();
        out.println(
                "what the claims can decide: the smallest lead, or deviation between tasks, that is found / margin that is shown to be kept,");
        out.println("with a power of 80 % for all parts of a claim together");
        List<String> head = new ArrayList<>(List.of("claim", "number", "about", "variances"));
        seeds().forEach(count -> head.add(Words.plural(count, "seed")));
        Table table = new Table(head.toArray(String[]::new));
        Map<List<String>, List<Planned>> alike = new LinkedHashMap<>();
        for (Planned number : numbers) {
            for (About about : List.of(number.about(), number.about().other())) {
                List<String> cells = new ArrayList<>(List.of(number.claim(), about.label(), number.source()));
                seeds().forEach(count -> cells.add(reach(number, about, count)));
                if (cells.stream().skip(3).anyMatch(cell -> !cell.equals("?"))) {
                    alike.computeIfAbsent(cells, key -> new ArrayList<>()).add(number);
                }
            }
        }
        alike.forEach((cells, some) -> {
            List<String> row = new ArrayList<>(List.of(
                    cells.get(0),
                    some.get(0).what() + (some.size() == 1 ? "" : " and " + (some.size() - 1) + " more"),
                    cells.get(1),
                    cells.get(2)));
            row.addAll(cells.subList(3, cells.size()));
            table.add(row.toArray(String[]::new));
        });
        table.print(out);
        cost(out, seconds);
    }

    private void cost(PrintStream out, double seconds) {
        if (declared() > 0 && seconds > 0) {
            List<String> words = new ArrayList<>();
            seeds().forEach(count ->
                    words.add(Words.plural(count, "seed") + " " + Quantities.duration(seconds * count / declared())));
            out.println("time, one cell at a time: " + String.join(", ", words));
        }
    }

    private static String reach(Planned number, About about, int seeds) {
        double lead = number.detectable(about, seeds);
        double margin = number.likeness(about, seeds);
        String unit = number.components().isPresent() ? "" : " sd";
        return Double.isNaN(lead) && Double.isNaN(margin) ? "?" : number(lead) + " / " + number(margin) + unit;
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "\u2013" : Words.shortest(value);
    }

    /** What cannot, or need not, be decided, each reason once for each claim. */
    private Set<String> warnings() {
        Set<String> warnings = new LinkedHashSet<>();
        lacking.forEach(what -> warnings.add("WARNING claim " + what + ", so this plan cannot decide it"));
        for (Planned number : numbers) {
            String with = " by this plan (" + Words.plural(number.seeds(), "seed") + ", "
                    + Words.plural(number.tasks(), "task") + "): ";
            number.cannot(number.seeds())
                    .ifPresent(reason ->
                            warnings.add("WARNING claim " + number.claim() + " cannot be decided" + with + reason));
            number.mayNot(number.seeds())
                    .ifPresent(reason -> warnings.add(
                            "WARNING claim " + number.claim() + " may well stay undecided" + with + reason));
        }
        return warnings;
    }

    void toJson(ArrayNode array) {
        for (Planned number : numbers) {
            ObjectNode node = array.addObject();
            node.put("claim", number.claim()).put("preset", number.preset()).put("number", number.what());
            node.put("about", number.about().key()).put("seeds", number.seeds()).put("tasks", number.tasks());
            node.put("parts", number.parts()).put("variances", number.source());
            ArrayNode reaches = node.putArray("reaches");
            for (int count : seeds()) {
                ObjectNode reach = reaches.addObject().put("seeds", count);
                for (About about : About.values()) {
                    double lead = number.detectable(about, count);
                    double margin = number.likeness(about, count);
                    if (!Double.isNaN(lead)) {
                        reach.withObjectProperty(about.key()).put("lead", lead);
                    }
                    if (!Double.isNaN(margin)) {
                        reach.withObjectProperty(about.key()).put("margin", margin);
                    }
                }
            }
            number.cannot(number.seeds()).ifPresent(reason -> node.put("cannot", reason));
            number.mayNot(number.seeds()).ifPresent(reason -> node.put("may-not", reason));
        }
    }
}
