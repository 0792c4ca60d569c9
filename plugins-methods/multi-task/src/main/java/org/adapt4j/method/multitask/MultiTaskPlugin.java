package org.adapt4j.method.multitask;

import org.adapt4j.api.plugin.Contributions;
import org.adapt4j.api.plugin.Plugin;

/** Contributes the learner {@code multi-task}. */
public final class MultiTaskPlugin implements Plugin {

    @Override
    public String id() {
        return "multi-task";
    }

    @Override
    public void contribute(Contributions contributions) {
        contributions.learner("multi-task", MultiTask.Settings.class, MultiTask.class);
    }
}
