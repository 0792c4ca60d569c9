package org.adapt4j.method.rainbow;

import org.adapt4j.api.plugin.Contributions;
import org.adapt4j.api.plugin.Plugin;

/** Brings the base algorithm {@code rainbow}, and {@code rainbow-canonical}: the same with the numbers of Hessel et al. 2018. */
public final class RainbowPlugin implements Plugin {

    @Override
    public String id() {
        return "rainbow";
    }

    @Override
    public void contribute(Contributions contributions) {
        contributions.algorithm("rainbow", RainbowSettings.class, Rainbow.class);
        contributions.algorithm("rainbow-canonical", RainbowSettings.class, Rainbow.class);
    }
}
