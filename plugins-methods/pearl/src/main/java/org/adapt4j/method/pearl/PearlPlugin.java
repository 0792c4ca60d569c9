package org.adapt4j.method.pearl;

import org.adapt4j.api.plugin.Contributions;
import org.adapt4j.api.plugin.Plugin;

/** Contributes PEARL as a learner and as an adapter, both named {@code pearl}. */
public final class PearlPlugin implements Plugin {

    @Override
    public String id() {
        return "pearl";
    }

    @Override
    public void contribute(Contributions contributions) {
        contributions.learner("pearl", Pearl.Settings.class, Pearl.class);
        contributions.adapter("pearl", PearlAdapter.Settings.class, PearlAdapter.class);
    }
}
