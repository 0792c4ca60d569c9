package org.adapt4j.runtime.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.adapt4j.runtime.run.CellState;
import org.adapt4j.runtime.run.CellStatus;
import org.adapt4j.runtime.run.RunFolder;

/** Says in short where the cells of a run stand. */
final class Summary {
    private Summary() {}

    /** Such as {@code 12 done, 1 failed, 3 planned}. */
    static String line(List<CellStatus> all) {
        List<String> parts = new ArrayList<>();
        count(all).forEach((state, number) -> parts.add(number + " " + state.word()));
        return all.size() + " cells: " + String.join(", ", parts);
    }

    static ObjectNode toJson(RunFolder folder, List<CellStatus> all) {
        ObjectNode node = new ObjectMapper().createObjectNode();
        node.put("run", folder.path().toString()).put("name", folder.plan().name());
        ObjectNode counts = node.putObject("states");
        count(all).forEach((state, number) -> counts.put(state.word(), number));
        ArrayNode cells = node.putArray("cells");
        for (CellStatus status : all) {
            ObjectNode cell = cells.addObject();
            cell.put("id", status.cell().id()).put("what", status.cell().title());
            cell.put("state", status.state().word()).put("reason", status.reason());
            cell.put("folder", folder.cell(status.cell()).path().toString());
        }
        return node;
    }

    /** The exit status that these cells call for. */
    static int exit(List<CellStatus> all) {
        Map<CellState, Integer> counts = count(all);
        boolean open = counts.keySet().stream().anyMatch(state -> !state.isFinal());
        if (open) {
            return Exit.INTERRUPTED;
        }
        return counts.containsKey(CellState.FAILED) ? Exit.CELLS_FAILED : Exit.OK;
    }

    private static Map<CellState, Integer> count(List<CellStatus> all) {
        Map<CellState, Integer> counts = new EnumMap<>(CellState.class);
        all.forEach(status -> counts.merge(status.state(), 1, Integer::sum));
        return counts;
    }
}
