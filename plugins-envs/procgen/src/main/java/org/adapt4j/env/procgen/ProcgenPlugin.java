package org.adapt4j.env.procgen;

import org.adapt4j.api.plugin.Contributions;
import org.adapt4j.api.plugin.Plugin;

/** Offers Procgen as the benchmark {@code procgen}. */
public final class ProcgenPlugin implements Plugin {

    @Override
    public String id() {
        return "procgen";
    }

    @Override
    public void contribute(Contributions contributions) {
        contributions.benchmark("procgen", ProcgenBenchmark.Settings.class, ProcgenBenchmark.class);
    }
}
