package org.adapt4j.method.sac;

import org.adapt4j.api.plugin.Contributions;
import org.adapt4j.api.plugin.Plugin;

/** Brings the base algorithm {@code sac}. */
public final class SacPlugin implements Plugin {

    @Override
    public String id() {
        return "sac";
    }

    @Override
    public void contribute(Contributions contributions) {
        contributions.algorithm("sac", SacSettings.class, Sac.class);
    }
}
