package org.adapt4j.runtime.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.Map;

/**
 * What a run consists of, settled before anything starts.
 *
 * @param name of the experiment
 * @param description what it is for
 * @param versions of the framework, the virtual machine and the plug-ins
 * @param claims what the experiment expects, judged by the report; an array of objects with at least id and text
 * @param published what others measured, shown beside what this run does; an array of objects with method and source
 * @param cells in the order of the grid
 * @param experiment the experiment as resolved, with defaults; two runs of the same text are the same run
 */
public record RunPlan(
        String name,
        String description,
        Map<String, String> versions,
        ArrayNode claims,
        ArrayNode published,
        List<PlannedCell> cells,
        String experiment) {

    /** Freezes the list. */
    public RunPlan {
        cells = List.copyOf(cells);
    }
}
