package org.example.shrink;

import org.adapt4j.api.plugin.Contributions;
import org.adapt4j.api.plugin.Plugin;

/** Contributes the learner {@code one-task} and the adapter {@code shrink}. */
public final class ShrinkPlugin implements Plugin {

    @Override
    public String id() {
        return "org.example.shrink";
    }

    @Override
    public void contribute(Contributions contributions) {
        contributions.learner("one-task", OneTask.Settings.class, OneTask.class);
        contributions.adapter("shrink", Shrink.Settings.class, Shrink.class);
    }
}
