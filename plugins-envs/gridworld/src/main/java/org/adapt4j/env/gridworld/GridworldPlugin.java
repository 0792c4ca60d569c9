package org.adapt4j.env.gridworld;

import org.adapt4j.api.plugin.Contributions;
import org.adapt4j.api.plugin.Plugin;

/** Contributes the benchmark {@code gridworld}. */
public final class GridworldPlugin implements Plugin {

    @Override
    public String id() {
        return "gridworld";
    }

    @Override
    public void contribute(Contributions contributions) {
        contributions.benchmark("gridworld", GridworldBenchmark.Settings.class, GridworldBenchmark.class);
    }
}
