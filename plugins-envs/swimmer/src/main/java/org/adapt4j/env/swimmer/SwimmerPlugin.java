package org.adapt4j.env.swimmer;

import org.adapt4j.api.plugin.Contributions;
import org.adapt4j.api.plugin.Plugin;

/** Contributes the benchmark {@code swimmer}, and its expert. */
public final class SwimmerPlugin implements Plugin {

    @Override
    public String id() {
        return "swimmer";
    }

    @Override
    public void contribute(Contributions contributions) {
        contributions.benchmark("swimmer", SwimmerBenchmark.Settings.class, SwimmerBenchmark.class);
        contributions.dataSet("swimmer-expert", SwimmerExpert.Settings.class, SwimmerExpert.class);
    }
}
