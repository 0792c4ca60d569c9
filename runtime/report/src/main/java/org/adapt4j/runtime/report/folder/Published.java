package org.adapt4j.runtime.report.folder;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What somebody published of a method over numbers of demonstrations, or of learning over environment steps.
 *
 * @param method beside which it stands; empty if it stands beside certain cells
 * @param cells ids of these
 * @param source paper and table
 * @param split {@code train} or {@code test} where it is over environment steps; empty otherwise
 * @param actionLoss by number of demonstrations; empty if it was not published
 * @param returns likewise
 * @param learned returns by environment steps; empty if it is over demonstrations
 */
public record Published(
        String method,
        Set<String> cells,
        String source,
        String split,
        SortedMap<Integer, Double> actionLoss,
        SortedMap<Integer, Double> returns,
        SortedMap<Long, Double> learned) {

    /** Freezes the collections. */
    public Published {
        cells = Set.copyOf(cells);
        actionLoss = Collections.unmodifiableSortedMap(actionLoss);
        returns = Collections.unmodifiableSortedMap(returns);
        learned = Collections.unmodifiableSortedMap(learned);
    }

    static Published of(JsonNode curve) {
        Set<String> cells = new HashSet<>();
        curve.path("cells").forEach(cell -> cells.add(cell.asText()));
        return new Published(
                curve.path("method").asText(""),
                cells,
                curve.path("source").asText(""),
                curve.path("split").asText(""),
                numbers(curve, "demonstrations", JsonNode::asInt, "action-loss"),
                numbers(curve, "demonstrations", JsonNode::asInt, "returns"),
                numbers(curve, "environment-steps", JsonNode::asLong, "returns"));
    }

    /** Whether it stands beside a cell. */
    public boolean isOf(Cell cell) {
        return method.isEmpty() ? cells.contains(cell.id()) : method.equals(cell.method());
    }

    private static <K> SortedMap<K, Double> numbers(
            JsonNode curve, String places, Function<JsonNode, K> place, String key) {
        SortedMap<K, Double> numbers = new TreeMap<>();
        for (int i = 0; i < Math.min(curve.path(places).size(), curve.path(key).size()); i++) {
            numbers.put(
                    place.apply(curve.path(places).path(i)),
                    curve.path(key).path(i).asDouble());
        }
        return numbers;
    }
}
