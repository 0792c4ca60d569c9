package org.adapt4j.method.ppo;

import org.adapt4j.api.plugin.Contributions;
import org.adapt4j.api.plugin.Plugin;

/** Brings the base algorithm {@code ppo}. */
public final class PpoPlugin implements Plugin {

    @Override
    public String id() {
        return "ppo";
    }

    @Override
    public void contribute(Contributions contributions) {
        contributions.algorithm("ppo", PpoSettings.class, Ppo.class);
    }
}
