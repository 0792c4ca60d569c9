package org.adapt4j.env.rlbench;

import org.adapt4j.testkit.PluginArchitecture;
import org.adapt4j.testkit.ReferenceDefaults;
import org.junit.jupiter.api.Test;

final class RlbenchPluginTest {

    @Test
    void keepsTheRulesOfTheHouse() {
        PluginArchitecture.of(RlbenchPlugin.class)
                .seeing(
                        "org.adapt4j.env.mujoco",
                        "org.adapt4j.env.mujoco.binding",
                        "org.adapt4j.env.mujoco.render",
                        "org.adapt4j.env.arm..",
                        "org.bytedeco.javacpp..",
                        "com.fasterxml.jackson..")
                .check();
        ReferenceDefaults.of(RlbenchPlugin.class, "benchmarks.rlbench").match(RlbenchSettings.class);
        ReferenceDefaults.of(RlbenchPlugin.class, "data-sets.rlbench-expert").match(RlbenchExpert.Settings.class);
    }
}
