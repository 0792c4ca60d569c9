package org.example.shrink;

import org.adapt4j.api.plugin.Contributions;
import org.adapt4j.api.plugin.Plugin;

/** Contributes the adapter {@code shrink}. */
public final class ShrinkPlugin implements Plugin {

    @Override
    public String id() {
        return "org.example.shrink";
    }

    @Override
    public void contribute(Contributions contributions) {
        contributions.adapter("shrink", Shrink.Settings.class, Shrink.class);
    }
}
