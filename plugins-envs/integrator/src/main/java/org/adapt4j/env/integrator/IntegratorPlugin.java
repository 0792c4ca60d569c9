package org.adapt4j.env.integrator;

import org.adapt4j.api.plugin.Contributions;
import org.adapt4j.api.plugin.Plugin;

/** Contributes the benchmark {@code integrator}, and its expert. */
public final class IntegratorPlugin implements Plugin {

    @Override
    public String id() {
        return "integrator";
    }

    @Override
    public void contribute(Contributions contributions) {
        contributions.benchmark("integrator", IntegratorBenchmark.Settings.class, IntegratorBenchmark.class);
        contributions.dataSet("integrator-expert", IntegratorExpert.Settings.class, IntegratorExpert.class);
    }
}
