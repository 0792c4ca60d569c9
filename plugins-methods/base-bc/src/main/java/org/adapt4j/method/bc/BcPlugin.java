package org.adapt4j.method.bc;

import org.adapt4j.api.plugin.Contributions;
import org.adapt4j.api.plugin.Plugin;

/** Brings the base algorithm {@code bc}. */
public final class BcPlugin implements Plugin {

    @Override
    public String id() {
        return "bc";
    }

    @Override
    public void contribute(Contributions contributions) {
        contributions.algorithm("bc", BcSettings.class, Bc.class);
    }
}
