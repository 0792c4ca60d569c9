package org.adapt4j.method.bcfinetune;

import org.adapt4j.api.plugin.Contributions;
import org.adapt4j.api.plugin.Plugin;

/** Contributes the adapter {@code bc-finetune}. */
public final class BcFineTunePlugin implements Plugin {

    @Override
    public String id() {
        return "bc-finetune";
    }

    @Override
    public void contribute(Contributions contributions) {
        contributions.adapter("bc-finetune", BcFineTune.Settings.class, BcFineTune.class);
    }
}
