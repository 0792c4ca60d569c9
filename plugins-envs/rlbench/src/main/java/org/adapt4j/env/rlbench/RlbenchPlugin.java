package org.adapt4j.env.rlbench;

import org.adapt4j.api.plugin.Contributions;
import org.adapt4j.api.plugin.Plugin;

/** Contributes the benchmark {@code rlbench}, and its expert. */
public final class RlbenchPlugin implements Plugin {

    @Override
    public String id() {
        return "rlbench";
    }

    @Override
    public void contribute(Contributions contributions) {
        contributions.benchmark("rlbench", RlbenchSettings.class, RlbenchBenchmark.class);
        contributions.dataSet("rlbench-expert", RlbenchExpert.Settings.class, RlbenchExpert.class);
    }
}
