package org.adapt4j.runtime.experiment;

import java.util.List;
import org.adapt4j.api.settings.Check;

/**
 * What somebody published of a method over numbers of demonstrations; the report shows it beside what was measured.
 *
 * @param method the method of this experiment beside which it stands
 * @param source paper and table
 * @param demonstrations numbers of demonstrations, ascending
 * @param actionLoss mean squared difference from the expert's actions, one each; empty if it was not published
 * @param returns mean return, one each; empty if it was not published
 */
record PublishedCurve(
        String method, String source, List<Integer> demonstrations, List<Double> actionLoss, List<Double> returns) {

    PublishedCurve {
        Check.that(!demonstrations.isEmpty(), "demonstrations", "must have at least one number");
        for (int i = 1; i < demonstrations.size(); i++) {
            Check.that(
                    demonstrations.get(i - 1) < demonstrations.get(i),
                    "demonstrations",
                    "must ascend but is " + demonstrations);
        }
        length("action-loss", actionLoss, demonstrations);
        length("returns", returns, demonstrations);
    }

    private static void length(String key, List<Double> values, List<Integer> demonstrations) {
        Check.that(
                values.isEmpty() || values.size() == demonstrations.size(),
                key,
                "must be empty or have a number for each of the " + demonstrations.size()
                        + " numbers of demonstrations but has " + values.size());
    }
}
