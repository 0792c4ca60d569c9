package org.adapt4j.runtime.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.adapt4j.runtime.report.Report;
import org.adapt4j.runtime.report.folder.Packed;
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.CellState;
import org.adapt4j.runtime.run.CellStatus;
import org.adapt4j.runtime.run.Code;
import org.adapt4j.runtime.run.CodeLog;
import org.adapt4j.runtime.run.DurableFiles;
import org.adapt4j.runtime.run.Fingerprint;
import org.adapt4j.runtime.run.Origin;
import org.adapt4j.runtime.run.PlannedCell;
import org.adapt4j.runtime.run.RunFolder;
import org.adapt4j.runtime.run.Sha256;
import org.adapt4j.runtime.run.StorageException;

/**
 * Makes a package of a run: a ZIP archive that is a bag (RFC 8493) whose payload is a research object crate (RO-Crate 1.2).
 *
 * <p>The payload holds the run's folder as it is, under {@code run/}, so that whatever reads a run reads a package that was unpacked; beside
 * it stands what the folder alone does not say. The same run gives the same bytes.
 */
public final class PackageMaker {
    static final String RUN = "run/";
    static final String REPORT = RUN + "report/";
    static final String CLAIMS = "claims.json";
    static final String SEEDS = "seeds.json";
    static final String ENVIRONMENT = "environment.json";
    static final String INPUTS = "inputs.json";
    static final String REPRODUCE = "REPRODUCE.md";
    static final String EPISODES_FILE = "results/episodes.csv";

    private static final List<String> OF_A_RUN =
            List.of("plan.json", "experiment.conf", "code.jsonl", "origin.jsonl", "judged.jsonl", "SHA256SUMS");
    private static final List<String> OF_A_CELL = List.of(
            CellFolder.RESOLVED,
            "result.json",
            "state.jsonl",
            "metrics.jsonl",
            "evaluations.jsonl",
            "environment.jsonl",
            "film.gif",
            "SHA256SUMS");
    private static final Set<CellState> ENDED = Set.of(CellState.DONE, CellState.FAILED, CellState.NOT_APPLICABLE);
    private static final int ID_DIGITS = 12;

    /** What is large, and packed only if asked for. */
    public enum Extra {
        /** What pre-training cells learned and what adaptations ended with, as far as the run kept them: weights and what belongs to them. */
        MODELS,
        /** What a cell would go on from. */
        CHECKPOINTS,
        /** Every episode that was measured as a row of one table, {@value #EPISODES_FILE}. */
        EPISODES,
        /** Jars that are to be had elsewhere: with them a package needs nothing but Java. */
        LIBRARIES
    }

    /**
     * What to pack.
     *
     * @param extras besides what is always packed
     * @param terms by which a re-run is to be compared
     */
    public record Options(Set<Extra> extras, Terms terms) {
        /** Copies the set. */
        public Options {
            extras = Set.copyOf(extras);
        }
    }

    /**
     * What was made.
     *
     * @param file the archive
     * @param warnings what it lacks, in sentences
     */
    public record Made(Path file, List<String> warnings) {
        /** Copies the list. */
        public Made {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Jars that may be among those that made the run.
     *
     * @param jars files
     * @param bill CycloneDX bill of materials of what ships; empty if the build left none
     * @param needless names of jars that hold nothing but plug-ins that the run does not use
     */
    public record Jars(List<Path> jars, Optional<Path> bill, Set<String> needless) {
        /** Copies the collections. */
        public Jars {
            jars = List.copyOf(jars);
            needless = Set.copyOf(needless);
        }
    }

    private final RunFolder run;
    private final Path path;
    private final SortedMap<String, Content> payload = new TreeMap<>();
    private final List<String> warnings = new ArrayList<>();

    private PackageMaker(RunFolder run) {
        this.run = run;
        path = run.path();
    }

    /**
     * Packs a run, whose report is written anew, and notes in its folder what it was packed into, to which its page links from then on.
     *
     * @param folder of the run
     * @param out the archive; replaced if it is there
     * @throws org.adapt4j.runtime.run.DamagedFileException if the run is not what was written
     */
    public static Made create(Path folder, Options options, Jars jars, Path out) {
        PackageMaker maker = new PackageMaker(RunFolder.open(folder));
        Report.Written report = Report.write(folder, Report.Options.defaults());
        maker.warnings.addAll(report.warnings());
        // What else lies in its folder, such as tables for other tools, does not follow from the results.
        report.files()
                .forEach(file -> maker.add(REPORT + folder.resolve("report").relativize(file), file));
        maker.payload.put(
                REPORT + Report.PAGE,
                Content.of(Report.page(folder, Report.Options.defaults().inPackage())));
        maker.addRun(options.extras());
        maker.addSoftware(jars, options.extras().contains(Extra.LIBRARIES));
        maker.addFacts(options.terms());
        if (options.extras().contains(Extra.EPISODES)) {
            maker.add(EPISODES_FILE, folder.resolve("report").resolve(Report.EVALUATIONS));
        }
        maker.payload.put(Crate.NAME, Content.of(new Crate(maker.run, maker.payload).json()));
        SortedMap<String, Content> bag = Bag.around(maker.payload, maker.info());
        SortedMap<String, Content> entries = new TreeMap<>();
        String top = maker.top() + "/";
        bag.forEach((name, content) -> entries.put(top + name, content));
        StableZip.write(out, entries);
        Packed.note(folder, out);
        DurableFiles.write(report.page(), Report.page(folder, Report.Options.defaults()));
        return new Made(out, maker.warnings);
    }

    private String top() {
        String name = run.plan()
                .name()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9._-]+", "-")
                .replaceAll("^[.-]+", "");
        return (name.isEmpty() ? "run" : name) + "-" + planSum().substring(0, ID_DIGITS);
    }

    private String planSum() {
        try {
            return Sha256.of(path.resolve("plan.json"));
        } catch (IOException e) {
            throw StorageException.of(path, e);
        }
    }

    private Map<String, String> info() {
        Map<String, String> info = new TreeMap<>();
        info.put("Bag-Software-Agent", "Adapt4J");
        info.put("Bagging-Date", created().substring(0, 10));
        info.put(
                "External-Description",
                run.plan().description().isEmpty()
                        ? run.plan().name()
                        : run.plan().description());
        info.put("External-Identifier", planSum());
        return info;
    }

    /** When the run was planned: the time of packing would make the same run another package. */
    private String created() {
        return RunFolder.plan(path).path("created").asText("1980-02-01T00:00:00Z");
    }

    private void addRun(Set<Extra> extras) {
        OF_A_RUN.forEach(name -> add(RUN + name, path.resolve(name)));
        addAll(RUN + "source/", path.resolve("source"));
        int open = 0;
        int learned = 0;
        int lost = 0;
        int adapted = 0;
        for (CellStatus status : run.status()) {
            CellFolder cell = run.cell(status.cell());
            open += ENDED.contains(status.state()) ? 0 : 1;
            String prefix = RUN + "cells/" + status.cell().id() + "/";
            OF_A_CELL.forEach(name -> add(prefix + name, cell.path().resolve(name)));
            // The sums of what was learned say whether a re-run learned the same, without its weights.
            add(prefix + "learned/SHA256SUMS", cell.learned().resolve("SHA256SUMS"));
            if (extras.contains(Extra.MODELS)) {
                addAll(prefix + "learned/", cell.learned());
                addAll(prefix + "adapted/", cell.adapted());
            }
            if (Files.isDirectory(cell.learned())) {
                learned++;
                lost += Files.isRegularFile(cell.learned().resolve(CellFolder.WEIGHTS)) ? 0 : 1;
            }
            adapted += Files.isRegularFile(cell.adapted().resolve(CellFolder.WEIGHTS)) ? 1 : 0;
            if (extras.contains(Extra.CHECKPOINTS)) {
                addAll(prefix + "checkpoint/", cell.path().resolve("checkpoint"));
            }
            List<String> tail = cell.logTail();
            if (!tail.isEmpty()) {
                payload.put("logs/" + status.cell().id() + ".txt", Content.of(String.join("\n", tail) + "\n"));
            }
        }
        if (extras.contains(Extra.MODELS)) {
            warnOfModels(learned, lost, adapted);
        }
        if (open > 0) {
            warnings.add(open + " of " + run.plan().cells().size()
                    + " cells have not ended; the package holds what there is." + " Go on with: adapt4j resume "
                    + path);
        }
    }

    /** @param lost how many of those that learned have no weights any more @param adapted how many kept what they ended with */
    private void warnOfModels(int learned, int lost, int adapted) {
        if (lost > 0) {
            warnings.add("--with models: what " + lost + " of " + learned
                    + " pre-training cells learned is not in the package: its weights were deleted at the end"
                    + " of the run (run.keep = none). run.keep = learned keeps them in a run to come");
        } else if (learned == 0 && adapted == 0) {
            warnings.add(
                    "--with models: there are none in the run. No cell of it has learned anything for others to start"
                            + " from, and it kept no policy that an adaptation ended with: run.keep = adapted does");
        }
    }

    private void add(String name, Path file) {
        if (Files.isRegularFile(file)) {
            payload.put(name, Content.of(file));
        }
    }

    private void addAll(String prefix, Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile)
                    .forEach(
                            file -> payload.put(prefix + folder.relativize(file).toString(), Content.of(file)));
        } catch (IOException e) {
            throw StorageException.of(folder, e);
        }
    }

    private void addSoftware(Jars jars, boolean libraries) {
        Optional<Code> code = CodeLog.of(path).last();
        if (code.isEmpty()) {
            warnings.add("the run does not say what code made it, so the package holds none");
            return;
        }
        warnings.addAll(Software.at(jars, libraries).addTo(payload, code.get()));
    }

    private void addFacts(Terms terms) {
        payload.put(Terms.FILE, json(terms.json()));
        payload.put(SEEDS, json(seeds()));
        payload.put(CLAIMS, json(Claims.of(run.plan().claims(), path.resolve("report"))));
        payload.put(ENVIRONMENT, json(environments()));
        payload.put(INPUTS, json(inputs()));
        payload.put(REPRODUCE, Content.of(reproduce()));
    }

    private static Content json(JsonNode node) {
        return Content.of(node.toPrettyString() + "\n");
    }

    private ObjectNode seeds() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("rule-version", 1);
        json.put(
                "rule",
                "A cell draws from a tree of named streams. The root's key is mix(seed XOR g), with SplitMix64's mix"
                        + " and g = 0x9E3779B97F4A7C15. A child's key is mix(h XOR (length + 1) g), where h begins as its"
                        + " parent's key and becomes mix(h XOR c g) for each UTF-16 unit c of the child's name. A stream"
                        + " is xoshiro256++ started from s0 = mix(key), s1 = mix(s0 XOR g), s2 = mix(s1 XOR g), s3 ="
                        + " mix(s2 XOR g). Streams are made by name on demand, so that the seed below decides them all.");
        ObjectNode cells = json.putObject("cells");
        run.plan().cells().forEach(cell -> cells.put(cell.id(), cell.seed()));
        return json;
    }

    private ArrayNode environments() {
        Map<Fingerprint, List<String>> cells = new LinkedHashMap<>();
        for (PlannedCell cell : run.plan().cells()) {
            for (Fingerprint fingerprint : run.cell(cell).fingerprints()) {
                cells.computeIfAbsent(fingerprint, unused -> new ArrayList<>()).add(cell.id());
            }
        }
        if (cells.isEmpty()) {
            warnings.add("the run does not say where it was computed; it is older than that record");
        }
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        cells.forEach((fingerprint, ids) -> {
            ObjectNode one = all.addObject();
            one.setAll(fingerprint.toJson());
            ids.forEach(one.putArray("cells")::add);
        });
        return all;
    }

    private ObjectNode inputs() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put(
                "how-to-obtain",
                "These files are not in the package: they may be under licences of their own. Get each from"
                        + " where its README or its author offers it, compare its SHA-256, and name its path in the"
                        + " experiment. A folder's sum is that of a list 'SHA-256  name', sorted by name.");
        ObjectNode files = json.putObject("files");
        Optional<Origin> origin = Origin.read(path);
        origin.ifPresent(noted -> noted.inputs().forEach(files::put));
        ArrayNode accepted = json.putArray("accepted-changes");
        origin.ifPresent(noted -> noted.accepted().forEach(accepted::add));
        return json;
    }

    private String reproduce() {
        return """
            # How to reproduce this

            With Adapt4J (its `./adapt4j` builds itself on Linux x86-64 with JDK 17, Maven and g++):

                adapt4j package verify FILE.zip            # whole, and the figures follow from the data; runs no code of it
                adapt4j package rerun FILE.zip --cells 2   # two cells again, compared bit by bit where machines allow it
                adapt4j package rerun FILE.zip --all       # everything again: %s cells, and the claims judged again

            Expected: `integrity: good`, `recompute: good`; a re-run of cells is `bitwise: good` on a machine of the same kind
            (see `environment.json`), elsewhere `statistical: good`, or a statement of how many seeds would decide.

            A re-run uses the jars in `software/`. They are code of whoever made this file: unless your Adapt4J is the very same, it
            asks you to say that you trust them (`--trust-all`, or `--key FILE.pub` where the file is signed), or to use your own
            (`--own-jars`).

            `run/` is the folder of the run, as `adapt4j report`, `status` and `resume` read it; open `run/report/report.html`.
            """.formatted(run.plan().cells().size());
    }
}
