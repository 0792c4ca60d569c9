package org.adapt4j.method.bcfinetune;

import org.adapt4j.api.plugin.Contributions;
import org.adapt4j.api.plugin.Plugin;

/** Contributes the adapter {@code bc-finetune}, and the learner {@code expert-policy} that gives it a policy to start from. */
public final class BcFineTunePlugin implements Plugin {

    @Override
    public String id() {
        return "bc-finetune";
    }

    @Override
    public void contribute(Contributions contributions) {
        contributions.learner("expert-policy", ExpertPolicy.Settings.class, ExpertPolicy.class);
        contributions.adapter("bc-finetune", BcFineTune.Settings.class, BcFineTune.class);
    }
}
