package org.adapt4j.method.amf;

import org.adapt4j.api.plugin.Contributions;
import org.adapt4j.api.plugin.Plugin;

/** Contributes the adapter {@code amf}, and strategies for it. */
public final class AmfPlugin implements Plugin {

    @Override
    public String id() {
        return "amf";
    }

    @Override
    public void contribute(Contributions contributions) {
        contributions.adapter("amf", Amf.Settings.class, Amf.class);
        contributions.selector("amf", InformationSelector.Settings.class, InformationSelector.class);
        contributions.selector("uniform", UniformSelector.Settings.class, UniformSelector.class);
        contributions.selector("round-robin", RoundRobinSelector.Settings.class, RoundRobinSelector.class);
        contributions.selector("rebalancing", RebalancingSelector.Settings.class, RebalancingSelector.class);
        contributions.selector(
                "loss-proportional", LossProportionalSelector.Settings.class, LossProportionalSelector.class);
        contributions.selector("entropy", EntropySelector.Settings.class, EntropySelector.class);
        contributions.selector("margin", MarginSelector.Settings.class, MarginSelector.class);
        contributions.selector("d-optimal", DOptimalSelector.Settings.class, DOptimalSelector.class);
        contributions.selector("vtl", VtlSelector.Settings.class, VtlSelector.class);
        contributions.selector("itl", ItlSelector.Settings.class, ItlSelector.class);
        contributions.selector("badge", BadgeSelector.Settings.class, BadgeSelector.class);
        contributions.selector("mmd", MmdSelector.Settings.class, MmdSelector.class);
        contributions.selector("bandit", BanditSelector.Settings.class, BanditSelector.class);
    }
}
