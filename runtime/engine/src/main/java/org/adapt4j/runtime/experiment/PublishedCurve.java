package org.adapt4j.runtime.experiment;

import java.util.List;
import java.util.Locale;
import org.adapt4j.api.benchmark.PublishedReturns;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.task.Split;

/**
 * What somebody published of a method, over numbers of demonstrations or over steps of learning; the report shows it beside what was measured.
 *
 * @param method the method of this experiment beside which it stands
 * @param source paper and table
 * @param demonstrations numbers of demonstrations, ascending; empty if it is over steps
 * @param environmentSteps steps of learning, ascending; empty if it is over demonstrations
 * @param split {@code train} or {@code test}: on which tasks, where it is over steps; empty otherwise
 * @param actionLoss mean squared difference from the expert's actions, for each number of demonstrations; empty if it was not published
 * @param returns mean return, one each; empty if it was not published
 */
record PublishedCurve(
        String method,
        String source,
        List<Integer> demonstrations,
        List<Long> environmentSteps,
        String split,
        List<Double> actionLoss,
        List<Double> returns) {

    PublishedCurve {
        if (environmentSteps.isEmpty()) {
            Check.that(
                    !demonstrations.isEmpty(),
                    "demonstrations",
                    "must have at least one number, unless environment-steps has");
            for (int i = 1; i < demonstrations.size(); i++) {
                Check.that(
                        demonstrations.get(i - 1) < demonstrations.get(i),
                        "demonstrations",
                        "must ascend but is " + demonstrations);
            }
            Check.that(split.isEmpty(), "split", "is of curves over environment-steps, so must be left out");
            length("action-loss", actionLoss, demonstrations);
            length("returns", returns, demonstrations);
        } else {
            Check.that(
                    demonstrations.isEmpty(), "demonstrations", "must be left out of a curve over environment-steps");
            Check.that(actionLoss.isEmpty(), "action-loss", "must be left out of a curve over environment-steps");
            Check.that(
                    split.equals("train") || split.equals("test"),
                    "split",
                    "must be train or test but is '" + split + "'");
            var unused = new PublishedReturns(
                    source, Split.valueOf(split.toUpperCase(Locale.ROOT)), environmentSteps, returns);
        }
    }

    private static void length(String key, List<Double> values, List<Integer> demonstrations) {
        Check.that(
                values.isEmpty() || values.size() == demonstrations.size(),
                key,
                "must be empty or have a number for each of the " + demonstrations.size()
                        + " numbers of demonstrations but has " + values.size());
    }
}
