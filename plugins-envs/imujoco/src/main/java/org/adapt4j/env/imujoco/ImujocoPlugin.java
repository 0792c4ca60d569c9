package org.adapt4j.env.imujoco;

import org.adapt4j.api.plugin.Contributions;
import org.adapt4j.api.plugin.Plugin;

/** Offers iMuJoCo as the benchmark {@code imujoco}. */
public final class ImujocoPlugin implements Plugin {

    @Override
    public String id() {
        return "imujoco";
    }

    @Override
    public void contribute(Contributions contributions) {
        contributions.benchmark("imujoco", ImujocoBenchmark.Settings.class, ImujocoBenchmark.class);
    }
}
