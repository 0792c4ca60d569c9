package org.adapt4j.data.imujoco;

import org.adapt4j.api.plugin.Contributions;
import org.adapt4j.api.plugin.Plugin;

/** Offers the data set {@code imujoco-rollouts}, and to record in its format. */
public final class ImujocoRolloutsPlugin implements Plugin {

    @Override
    public String id() {
        return "imujoco-rollouts";
    }

    @Override
    public void contribute(Contributions contributions) {
        contributions.dataSet("imujoco-rollouts", ImujocoRollouts.Settings.class, ImujocoRollouts.class);
        contributions.dataSetWriter(
                "imujoco-rollouts", ImujocoRolloutsWriter.Settings.class, ImujocoRolloutsWriter.class);
    }
}
