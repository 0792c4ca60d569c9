package org.adapt4j.method.maml;

import org.adapt4j.api.plugin.Contributions;
import org.adapt4j.api.plugin.Plugin;

/** Contributes the learner {@code maml}. */
public final class MamlPlugin implements Plugin {

    @Override
    public String id() {
        return "maml";
    }

    @Override
    public void contribute(Contributions contributions) {
        contributions.learner("maml", Maml.Settings.class, Maml.class);
    }
}
