package org.adapt4j.runtime.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.adapt4j.runtime.report.judge.Judge;

/**
 * By what a package wants to be compared with a re-run of it; {@value #FILE} of its payload.
 *
 * @param margin of the normalised score within which two runs count as equivalent
 */
public record Terms(double margin) {
    /** What is declared where nothing else is said. */
    public static final Terms USUAL = new Terms(0.05);

    static final String FILE = "comparison.json";
    private static final String MARGIN = "margin";

    /** Checks the margin. @throws PackageException unless it lies above 0 and below 1 */
    public Terms {
        if (!(margin > 0 && margin < 1)) {
            throw new PackageException(
                    "a margin of the normalised score must lie above 0 and below 1 but is " + margin);
        }
    }

    JsonNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put(MARGIN, margin);
        json.put("quantity", "normalised score of each task, as measured last");
        json.put("confidence", 1 - 2 * Judge.ALPHA);
        json.put("fewest-seeds", Judge.FEWEST);
        json.put(
                "rule",
                "The difference, new minus old, of each method at each place of the grid: over all tasks, and task by"
                        + " task with Holm's correction. Both sides are taken for independent, with seeds as the unit"
                        + " (Welch). Equivalent: the interval lies within the margin, and no task differs. Different: it"
                        + " lies outside of zero and not within the margin, or a task does. Else there are not enough"
                        + " runs.");
        return json;
    }

    /** Those of a package that was unpacked; the usual ones where it declares none. */
    static Terms of(PackageFile file) {
        if (!java.nio.file.Files.isRegularFile(file.payload().resolve(FILE))) {
            return USUAL;
        }
        JsonNode margin = file.json(FILE).path(MARGIN);
        if (!margin.isNumber()) {
            throw new PackageException(FILE + ": does not say the margin, a number");
        }
        return new Terms(margin.asDouble());
    }
}
