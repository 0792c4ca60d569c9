package org.adapt4j.runtime.packaging;

import static j2html.TagCreator.body;
import static j2html.TagCreator.document;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.head;
import static j2html.TagCreator.html;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.style;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.title;
import static j2html.TagCreator.tr;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.adapt4j.runtime.report.Report;
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.CodeLog;
import org.adapt4j.runtime.run.Fingerprint;
import org.adapt4j.runtime.run.Origin;
import org.adapt4j.runtime.run.RunFolder;
import org.adapt4j.runtime.run.StorageException;

/** Two runs side by side, packed or not: how they were configured, where they were computed, what they gave and what follows. */
public final class Differences {
    /**
     * Something that is not the same on both sides.
     *
     * @param what it is, in words
     * @param one what it is in the first; {@code absent} where it is not there
     * @param other what it is in the second
     */
    public record Row(String what, String one, String other) {}

    private static final String ABSENT = "absent";

    private final Map<String, List<Row>> sections = new LinkedHashMap<>();

    private Differences() {}

    /** Compares. @param one and other each a package or the folder of a run */
    public static Differences of(Path one, Path other) {
        try (Scratch scratch = Scratch.make()) {
            Path left = run(one, scratch.path().resolve("one"));
            Path right = run(other, scratch.path().resolve("other"));
            Differences found = new Differences();
            found.add("Configuration", configuration(left), configuration(right));
            found.add("Code and machine", surroundings(left), surroundings(right));
            SortedMap<String, String> before = scores(left);
            SortedMap<String, String> after = scores(right);
            found.add("Results", before, after);
            found.add("Claims", claims(left), claims(right));
            return found;
        }
    }

    /** A copy whose report can be written anew. */
    private static Path run(Path given, Path scratch) {
        Path run = scratch.resolve("run");
        Path source = given;
        if (!Files.isDirectory(given)) {
            PackageFile file = PackageFile.unpack(given, scratch.resolve("package"));
            Verification.demandWhole(file);
            source = file.run();
        }
        // Opened once where it lies, for its message names the folder that the user gave.
        var unused = RunFolder.open(source);
        Scratch.copy(
                source,
                run,
                path -> !path.startsWith("report") && !path.toString().contains("checkpoint"));
        Report.write(run, Report.Options.defaults());
        return run;
    }

    private void add(String section, Map<String, String> one, Map<String, String> other) {
        List<Row> rows = new ArrayList<>();
        TreeSet<String> keys = new TreeSet<>(one.keySet());
        keys.addAll(other.keySet());
        for (String key : keys) {
            String left = one.getOrDefault(key, ABSENT);
            String right = other.getOrDefault(key, ABSENT);
            if (!Numbers.same(left, right)) {
                rows.add(new Row(key, left, right));
            }
        }
        sections.put(section, rows);
    }

    /** Each line of the experiment as it was resolved, under the sections that it stands in. */
    private static SortedMap<String, String> configuration(Path run) {
        SortedMap<String, String> settings = new TreeMap<>();
        List<String> path = new ArrayList<>();
        for (String line : RunFolder.experiment(run).split("\n")) {
            String text = line.strip();
            if (text.endsWith("{")) {
                path.add(text.substring(0, text.length() - 1).strip());
            } else if (text.equals("}") && !path.isEmpty()) {
                path.remove(path.size() - 1);
            } else if (!text.isEmpty()) {
                int equals = text.indexOf(" = ");
                String key = equals < 0 ? text : text.substring(0, equals);
                String full = path.isEmpty() ? key : String.join(".", path) + "." + key;
                settings.merge(full, equals < 0 ? "" : text.substring(equals + 3), (a, b) -> a + ", " + b);
            }
        }
        return settings;
    }

    private static SortedMap<String, String> surroundings(Path run) {
        SortedMap<String, String> facts = new TreeMap<>();
        CodeLog.of(run).last().ifPresent(code -> {
            facts.put("java", code.java());
            code.parts().forEach(part -> facts.put(part.name(), part.sha256().substring(0, 16)));
        });
        CodeLog.of(run).entries().stream()
                .filter(entry -> !entry.difference().isEmpty())
                .forEach(entry -> facts.put(
                        "accepted change of code " + entry.at(),
                        entry.difference().strip()));
        Origin.read(run).ifPresent(origin -> {
            origin.inputs().forEach((path, sum) -> facts.put("data " + path, sum.isEmpty() ? "gone" : sum));
            for (int i = 0; i < origin.accepted().size(); i++) {
                facts.put(
                        "accepted change of data " + (i + 1), origin.accepted().get(i));
            }
        });
        RunFolder.open(run).plan().cells().stream()
                .flatMap(cell -> CellFolder.at(run.resolve("cells").resolve(cell.id())).fingerprints().stream())
                .findFirst()
                .ifPresent(fingerprint -> add(facts, fingerprint));
        return facts;
    }

    private static void add(Map<String, String> facts, Fingerprint fingerprint) {
        facts.putAll(fingerprint.facts());
        fingerprint.natives().forEach((name, sum) -> facts.put(name, sum.substring(0, Math.min(16, sum.length()))));
    }

    /** Each field of the table of final scores, under its row's coordinates. */
    private static SortedMap<String, String> scores(Path run) {
        return fields(run.resolve("report/tables/scores.csv"), 3);
    }

    private static SortedMap<String, String> fields(Path table, int coordinates) {
        SortedMap<String, String> fields = new TreeMap<>();
        if (!Files.isRegularFile(table)) {
            return fields;
        }
        try {
            List<List<String>> rows = CsvFile.rows(Files.readString(table));
            for (List<String> row : rows.subList(1, rows.size())) {
                String place = String.join(
                        ", ",
                        row.subList(0, coordinates).stream()
                                .filter(part -> !part.isEmpty())
                                .toList());
                for (int column = coordinates; column < row.size(); column++) {
                    fields.put(place + ": " + rows.get(0).get(column), row.get(column));
                }
            }
            return fields;
        } catch (IOException e) {
            throw StorageException.of(table, e);
        }
    }

    private static SortedMap<String, String> claims(Path run) {
        SortedMap<String, String> found = new TreeMap<>();
        for (JsonNode claim : Claims.of(RunFolder.open(run).plan().claims(), run.resolve("report"))) {
            String id = claim.path("statement").path("id").asText();
            for (JsonNode line : claim.path("found")) {
                String verdict = line.path("verdict").asText();
                found.put(
                        id + " (" + line.path("preset").asText() + "): "
                                + claim.path("statement").path("text").asText(),
                        verdict);
            }
        }
        return found;
    }

    /** Rows by section; a section without rows is the same on both sides. */
    public Map<String, List<Row>> sections() {
        return sections;
    }

    /** Whether nothing differs that decides results: configuration, results and claims. */
    public boolean isSame() {
        return sections.entrySet().stream()
                .filter(section -> !section.getKey().equals("Code and machine"))
                .allMatch(section -> section.getValue().isEmpty());
    }

    /** For a terminal. */
    public String text() {
        StringBuilder text = new StringBuilder();
        sections.forEach((name, rows) -> {
            text.append(name).append(rows.isEmpty() ? ": the same\n" : ":\n");
            rows.forEach(row -> text.append("  ")
                    .append(row.what())
                    .append(": ")
                    .append(row.one())
                    .append(" | ")
                    .append(row.other())
                    .append('\n'));
        });
        return text.toString();
    }

    /** A page that needs no other file. @param one and other names of the two */
    public String page(String one, String other) {
        return document(html(
                        head(
                                meta().withCharset("utf-8"),
                                meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
                                title(one + " and " + other),
                                style(rawHtml("body{font-family:sans-serif;margin:2rem auto;max-width:60rem;padding:0"
                                        + " 1rem}table{border-collapse:collapse}td,th{border-bottom:1px solid"
                                        + " #999;padding:.3rem .6rem;text-align:left;overflow-wrap:anywhere}"))),
                        body(
                                h1(one + " and " + other),
                                each(
                                        new ArrayList<>(sections.entrySet()),
                                        section -> each(
                                                h2(section.getKey()),
                                                section.getValue().isEmpty()
                                                        ? p("The same.")
                                                        : table(
                                                                thead(tr(
                                                                        th("what")
                                                                                .attr("scope", "col"),
                                                                        th(one).attr("scope", "col"),
                                                                        th(other)
                                                                                .attr("scope", "col"))),
                                                                tbody(each(
                                                                        section.getValue(),
                                                                        row -> tr(
                                                                                td(row.what()),
                                                                                td(row.one()),
                                                                                td(row.other()))))))))))
                .replaceFirst("<html>", "<html lang=\"en\">");
    }
}
