package org.adapt4j.method.c2farm;

import org.adapt4j.api.plugin.Contributions;
import org.adapt4j.api.plugin.Plugin;

/** Brings the base algorithm {@code c2f-arm}, and {@code c2f-arm-small}: the same with a network for laptops. */
public final class C2fArmPlugin implements Plugin {

    @Override
    public String id() {
        return "c2f-arm";
    }

    @Override
    public void contribute(Contributions contributions) {
        contributions.algorithm("c2f-arm", C2fArmSettings.class, C2fArm.class);
        contributions.algorithm("c2f-arm-small", C2fArmSettings.class, C2fArm.class);
    }
}
