package org.adapt4j.api.benchmark;

import java.util.List;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.task.Split;
import org.apiguardian.api.API;

/**
 * What others have measured while an agent learned the tasks of a benchmark, for setting beside what a run measures.
 *
 * @param source who, where and how, for people
 * @param split on which tasks it was measured
 * @param environmentSteps spent until then, ascending, at least one
 * @param returns mean episode return at each of them, in the benchmark's own units
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record PublishedReturns(String source, Split split, List<Long> environmentSteps, List<Double> returns) {

    /** Copies the lists and checks that they fit. */
    public PublishedReturns {
        environmentSteps = List.copyOf(environmentSteps);
        returns = List.copyOf(returns);
        Check.that(!environmentSteps.isEmpty(), "environment-steps", "must have at least one number");
        for (int i = 1; i < environmentSteps.size(); i++) {
            Check.that(
                    environmentSteps.get(i - 1) < environmentSteps.get(i),
                    "environment-steps",
                    "must ascend but is " + environmentSteps);
        }
        Check.that(
                returns.size() == environmentSteps.size(),
                "returns",
                "must have a number for each of the " + environmentSteps.size() + " numbers of steps but has "
                        + returns.size());
    }
}
