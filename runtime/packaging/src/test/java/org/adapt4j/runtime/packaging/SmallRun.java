package org.adapt4j.runtime.packaging;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.CellResult;
import org.adapt4j.runtime.run.CellState;
import org.adapt4j.runtime.run.Code;
import org.adapt4j.runtime.run.CodeLog;
import org.adapt4j.runtime.run.Fingerprint;
import org.adapt4j.runtime.run.JsonLines;
import org.adapt4j.runtime.run.PlannedCell;
import org.adapt4j.runtime.run.RunFolder;
import org.adapt4j.runtime.run.RunPlan;

/** A run of two methods that adapt to three tasks, made of numbers instead of by training. */
final class SmallRun {
    private static final List<String> METHODS = List.of("reptile", "scratch");
    private static final int TASKS = 3;

    private SmallRun() {}

    /** @param lead what is added to every score @param seeds 0, 1, ... @param machine where it was computed */
    static Path write(Path folder, double lead, int seeds, Fingerprint machine) {
        return write(folder, task -> lead, seeds, machine);
    }

    /** @param lead what is added to the scores of each task */
    static Path write(Path folder, IntToDoubleFunction lead, int seeds, Fingerprint machine) {
        return write(folder, lead, seeds, machine, 0.2);
    }

    /** @param setting a further line of each cell's configuration */
    static Path write(Path folder, double lead, int seeds, Fingerprint machine, String setting) {
        return write(folder, task -> lead, seeds, machine, 0.2, setting);
    }

    /** @param reptile by how much the method of that name leads the other */
    static Path write(Path folder, IntToDoubleFunction lead, int seeds, Fingerprint machine, double reptile) {
        return write(folder, lead, seeds, machine, reptile, "");
    }

    private static Path write(
            Path folder, IntToDoubleFunction lead, int seeds, Fingerprint machine, double reptile, String setting) {
        List<PlannedCell> cells = new ArrayList<>();
        for (String method : METHODS) {
            for (int seed = 0; seed < seeds; seed++) {
                String resolved = "kind = adapt\nmethod = " + method + "\nseed = " + seed + "\n" + setting;
                cells.add(new PlannedCell(
                        CellFolder.idOf(resolved),
                        "adapt",
                        method,
                        "paper",
                        Map.of(),
                        seed,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        resolved));
            }
        }
        RunFolder run = RunFolder.create(
                folder,
                new RunPlan(
                        "small run",
                        "Two methods on three tasks.",
                        Map.of("java", "17"),
                        claims(),
                        JsonNodeFactory.instance.arrayNode(),
                        cells,
                        "name = small\n"));
        CodeLog.of(folder).pin(Code.ofThisProcess(Optional.empty(), Optional.empty()), Map.of(), true, false);
        for (PlannedCell cell : cells) {
            end(run.cell(cell), cell, lead, machine, reptile);
        }
        return folder;
    }

    private static ArrayNode claims() {
        ArrayNode claims = JsonNodeFactory.instance.arrayNode();
        for (boolean scaleFree : new boolean[] {false, true}) {
            ObjectNode claim = claims.addObject();
            claim.put("id", scaleFree ? "free" : "bound")
                    .put("text", "Reptile leads.")
                    .put("kind", "better");
            claim.put("method", "reptile").putArray("than").add("scratch");
            claim.putArray("measures").add("final");
            claim.put("about", "these").put("scale-free", scaleFree);
        }
        return claims;
    }

    private static void end(
            CellFolder folder, PlannedCell cell, IntToDoubleFunction lead, Fingerprint machine, double reptile) {
        folder.enter(CellState.RUNNING, null);
        try (JsonLines metrics = JsonLines.open(folder.metrics(), 0);
                JsonLines evaluations = JsonLines.open(folder.evaluations(), 0)) {
            for (int step = 0; step <= 100; step += 50) {
                ObjectNode line = JsonNodeFactory.instance.objectNode();
                line.put("environment-steps", step).put("updates", step / 10);
                line.putObject("values").put("loss", 1.0 / (1 + step));
                metrics.append(line);
                for (int task = 0; task < TASKS; task++) {
                    evaluations.append(evaluation(cell, step, task, lead.applyAsDouble(task), reptile));
                }
            }
        }
        folder.note(machine);
        folder.end(new CellResult.Done(
                new CellResult.Spent(1, 100, 10), "numbers", "paper", "three tasks", 7, "small", Optional.empty()));
    }

    private static ObjectNode evaluation(PlannedCell cell, int step, int task, double lead, double reptile) {
        double score = step / 200.0
                + (cell.method().equals("reptile") ? reptile + 0.01 * (cell.seed() % 3) : 0)
                + 0.03 * ((7 * cell.seed() + 3 * task) % 5)
                + lead;
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("declared", step).put("environment-steps", step).put("updates", step / 10);
        line.put("split", "test").put("task", "task/" + task).put("span", "episode");
        line.putArray("returns").add(10 * score);
        line.putArray("lengths").add(5);
        line.put("normalised", score);
        return line;
    }

    /** A machine that differs from others in its instruction sets alone. */
    static Fingerprint machine(String instructions) {
        return new Fingerprint(
                new TreeMap<>(Map.of("instructions", instructions, "java", "17", "threads", "OMP_NUM_THREADS=1")),
                new TreeMap<>(Map.of("libm.so.6", "00")));
    }
}
