package org.adapt4j.method.finetune;

import org.adapt4j.api.plugin.Contributions;
import org.adapt4j.api.plugin.Plugin;

/** Contributes the adapter {@code fine-tune}. */
public final class FineTunePlugin implements Plugin {

    @Override
    public String id() {
        return "fine-tune";
    }

    @Override
    public void contribute(Contributions contributions) {
        contributions.adapter("fine-tune", FineTune.Settings.class, FineTune.class);
    }
}
