package org.adapt4j.method.c2farm;

import org.adapt4j.testkit.ReferenceDefaults;

/** Settings of tests: those of the plug-in's defaults that a test does not name. */
final class SettingsOf {

    private SettingsOf() {}

    static C2fArmSettings paper(String overrides) {
        return named("c2f-arm", overrides);
    }

    /** Those of one of the two names. */
    static C2fArmSettings named(String name, String overrides) {
        return ReferenceDefaults.of(C2fArmPlugin.class, "algorithms." + name).settings(C2fArmSettings.class, overrides);
    }

    /** As the authors: two outputs for the gripper, labels in corners. */
    static C2fArmSettings original(String overrides) {
        return paper("attention { gripper = logits, anchor = corner, window = action, stretched-crop = true },"
                + " targets = not-negative, " + overrides);
    }
}
