package org.adapt4j.runtime.report.tensorboard;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.adapt4j.runtime.report.folder.Cell;
import org.adapt4j.runtime.report.folder.RunFolder;
import org.adapt4j.runtime.run.EventFile;

/** Turns what each cell logged and measured into one event file per cell. */
public final class TensorBoardExport {
    private TensorBoardExport() {}

    /**
     * Path of each event file below the log folder, and its bytes.
     *
     * <p>Wall times count from the creation of the plan, so the same run gives the same bytes.
     */
    public static Map<String, byte[]> of(RunFolder run) {
        double start = epoch(run.created());
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (Cell cell : run.cells()) {
            if (cell.training().isEmpty() && cell.evaluations().isEmpty()) {
                continue;
            }
            EventFile events = new EventFile(start);
            for (Cell.TrainingPoint point : cell.training()) {
                double at = start + (Double.isNaN(point.wallSeconds()) ? 0 : point.wallSeconds());
                point.values()
                        .forEach((name, value) ->
                                events.scalar(at, point.environmentSteps(), "training/" + name, value));
            }
            for (Cell.Evaluation evaluation : cell.evaluations()) {
                String tag = evaluation.split() + "/" + evaluation.task().replace('/', '-');
                events.scalar(start, evaluation.declared(), "return/" + tag, evaluation.meanReturn());
                events.scalar(start, evaluation.declared(), "score/" + tag, evaluation.normalised());
                evaluation
                        .solved()
                        .ifPresent(share -> events.scalar(start, evaluation.declared(), "solved/" + tag, share));
            }
            files.put(
                    folder(cell) + "/events.out.tfevents." + (long) start + ".adapt4j." + cell.id(), events.toBytes());
        }
        return files;
    }

    private static String folder(Cell cell) {
        StringBuilder name = new StringBuilder(cell.isPretraining() ? "pretrain" : "adapt")
                .append('/')
                .append(cell.method())
                .append('-')
                .append(cell.preset());
        cell.labels().values().forEach(value -> name.append('-').append(value));
        cell.task().ifPresent(task -> name.append('-').append(task));
        return name.append("-seed")
                .append(cell.seed())
                .toString()
                .replaceAll("[^A-Za-z0-9./_-]", "_")
                .replace("..", "_");
    }

    private static double epoch(String created) {
        try {
            return Instant.parse(created).getEpochSecond();
        } catch (DateTimeParseException e) {
            return 0;
        }
    }
}
