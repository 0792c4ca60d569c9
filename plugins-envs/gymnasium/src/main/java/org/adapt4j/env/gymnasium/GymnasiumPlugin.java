package org.adapt4j.env.gymnasium;

import org.adapt4j.api.plugin.Contributions;
import org.adapt4j.api.plugin.Plugin;

/** Contributes the benchmark {@code gymnasium}. */
public final class GymnasiumPlugin implements Plugin {

    @Override
    public String id() {
        return "gymnasium";
    }

    @Override
    public void contribute(Contributions contributions) {
        contributions.benchmark("gymnasium", GymnasiumBenchmark.Settings.class, GymnasiumBenchmark.class);
    }
}
