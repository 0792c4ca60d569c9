package org.adapt4j.env.bandit;

import org.adapt4j.api.plugin.Contributions;
import org.adapt4j.api.plugin.Plugin;

/** Contributes the benchmark {@code bandit}. */
public final class BanditPlugin implements Plugin {

    @Override
    public String id() {
        return "bandit";
    }

    @Override
    public void contribute(Contributions contributions) {
        contributions.benchmark("bandit", BanditBenchmark.Settings.class, BanditBenchmark.class);
    }
}
