package org.adapt4j.env.hiddengoal;

import org.adapt4j.api.plugin.Contributions;
import org.adapt4j.api.plugin.Plugin;

/** Contributes the benchmark {@code hidden-goal}. */
public final class HiddenGoalPlugin implements Plugin {

    @Override
    public String id() {
        return "hidden-goal";
    }

    @Override
    public void contribute(Contributions contributions) {
        contributions.benchmark("hidden-goal", HiddenGoalBenchmark.Settings.class, HiddenGoalBenchmark.class);
    }
}
