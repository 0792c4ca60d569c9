package org.adapt4j.env.ale;

import org.adapt4j.api.plugin.Contributions;
import org.adapt4j.api.plugin.Plugin;

/** Offers Atari 2600 games as the benchmark {@code ale}. */
public final class AlePlugin implements Plugin {

    @Override
    public String id() {
        return "ale";
    }

    @Override
    public void contribute(Contributions contributions) {
        contributions.benchmark("ale", AleBenchmark.Settings.class, AleBenchmark.class);
    }
}
