package org.adapt4j.method.gp;

import org.adapt4j.api.plugin.Contributions;
import org.adapt4j.api.plugin.Plugin;

/** Contributes the algorithm {@code gp}. */
public final class GaussianProcessPlugin implements Plugin {

    @Override
    public String id() {
        return "base-gp";
    }

    @Override
    public void contribute(Contributions contributions) {
        contributions.algorithm("gp", GaussianProcessFactory.Settings.class, GaussianProcessFactory.class);
    }
}
