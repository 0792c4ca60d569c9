package org.adapt4j.runtime.report.folder;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * What somebody published of a method over numbers of demonstrations.
 *
 * @param method beside which it stands
 * @param source paper and table
 * @param actionLoss by number of demonstrations; empty if it was not published
 * @param returns likewise
 */
public record Published(String method, String source, Map<Integer, Double> actionLoss, Map<Integer, Double> returns) {

    static Published of(JsonNode curve) {
        return new Published(
                curve.path("method").asText(""),
                curve.path("source").asText(""),
                numbers(curve, "action-loss"),
                numbers(curve, "returns"));
    }

    private static Map<Integer, Double> numbers(JsonNode curve, String key) {
        Map<Integer, Double> numbers = new TreeMap<>();
        for (int i = 0; i < curve.path(key).size(); i++) {
            numbers.put(
                    curve.path("demonstrations").path(i).asInt(),
                    curve.path(key).path(i).asDouble());
        }
        return numbers;
    }
}
