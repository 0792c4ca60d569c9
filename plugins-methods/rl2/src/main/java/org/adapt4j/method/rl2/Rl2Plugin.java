package org.adapt4j.method.rl2;

import org.adapt4j.api.plugin.Contributions;
import org.adapt4j.api.plugin.Plugin;

/** Contributes RL² as a learner and as an adapter, both named {@code rl2}. */
public final class Rl2Plugin implements Plugin {

    @Override
    public String id() {
        return "rl2";
    }

    @Override
    public void contribute(Contributions contributions) {
        contributions.learner("rl2", Rl2.Settings.class, Rl2.class);
        contributions.adapter("rl2", Rl2Adapter.Settings.class, Rl2Adapter.class);
    }
}
