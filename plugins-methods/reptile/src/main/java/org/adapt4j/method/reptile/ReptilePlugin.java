package org.adapt4j.method.reptile;

import org.adapt4j.api.plugin.Contributions;
import org.adapt4j.api.plugin.Plugin;

/** Contributes the learner {@code reptile}. */
public final class ReptilePlugin implements Plugin {

    @Override
    public String id() {
        return "reptile";
    }

    @Override
    public void contribute(Contributions contributions) {
        contributions.learner("reptile", Reptile.Settings.class, Reptile.class);
    }
}
